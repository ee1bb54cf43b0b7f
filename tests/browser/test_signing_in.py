"""Signing in in a real browser: a code from a real letter, then a passkey of a device that knows its owner."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import visitor
from tests.browser.door import Door, authenticator, become_organiser, opened, sign_in
from tests.camp import SLUG


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(tmp_path_factory.mktemp("door")) as door:
        yield door


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as someone:
        yield someone.new_page()


def test_a_passkey_is_added_signs_in_by_itself_and_is_removed(page: Page, door: Door) -> None:
    sign_in(page, door)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    with authenticator(page.context, page):
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("What do you call it?").fill("My laptop")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_role("status")).to_contain_text("The passkey is added.")
        expect(page.get_by_role("button", name="Remove My laptop")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page).to_have_url(door.url(f"/{SLUG}/"))
        letters = len(door.box.letters)
        page.goto(door.url(f"/accounts/login/?next=/{SLUG}/now/"))
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page).to_have_url(door.url(f"/{SLUG}/now/"))
        assert len(door.box.letters) == letters
        page.goto(door.url("/accounts/"))
        page.get_by_role("button", name="Remove My laptop").click()
        expect(page.get_by_role("button", name="Remove My laptop")).to_have_count(0)
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page).to_have_url(door.url(f"/{SLUG}/"))
        page.goto(door.url("/accounts/login/"))
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.locator(".notice")).to_contain_text("This passkey is not known here.")


def test_a_device_that_makes_no_passkey_says_so_and_goes_on(page: Page, door: Door) -> None:
    sign_in(page, replace(door, address=door.address.replace("localhost", "127.0.0.1")))
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("alert").filter(has_text="No passkey was made.")).to_be_visible()


def test_without_scripts_one_signs_in_with_a_code(browser: Browser, door: Door) -> None:
    with visitor(browser, java_script_enabled=False) as someone:
        page = someone.new_page()
        sign_in(page, door)
        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        page.get_by_role("link", name="Add a passkey").click()
        expect(page.locator(".notice")).to_contain_text("This needs a browser with passkeys")
        expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()


def test_somebody_is_invited_signs_in_and_helps_run_the_board(page: Page, browser: Browser, door: Door) -> None:
    become_organiser(page, door)
    page.get_by_label("Invite an e-mail address").fill("bob@example.org")
    page.locator("#email-role").select_option("helper")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("status")).to_contain_text("Invited, and told by mail.")
    letter = door.box.last().get_content()
    onward = next(line for line in letter.splitlines() if "/accounts/login/" in line).partition("/accounts/login/")[2]
    with visitor(browser) as bob:
        theirs = bob.new_page()
        sign_in(theirs, door, onward, "bob@example.org")
        expect(theirs.get_by_role("heading", name="You are helper here")).to_be_visible()
    page.reload()
    expect(page.locator(".who", has_text="bob@example.org")).to_contain_text("signed in")


def test_a_link_for_a_device_is_scanned_and_gives_its_role(page: Page, browser: Browser, door: Door) -> None:
    become_organiser(page, door)
    page.get_by_text("A new link").click()
    page.get_by_label("Whose is it?").fill("Cy's phone")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    with visitor(browser) as cy:
        phone = cy.new_page()
        phone.goto(link)
        expect(phone.get_by_role("heading", name="You are facilitator here")).to_be_visible()
        assert "#" not in phone.url
