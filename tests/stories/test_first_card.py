"""Story 1. Somebody who has never seen the site scans the QR, takes Oak at 14:00, moves to 15:00, and withdraws."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.board import SECOND, Board, at
from tests.browser.chromium import PHONE, visitor
from tests.camp import cell, event_file, founded
from tests.servers import running

TITLE = "AcroYoga in the park"
AT_14, AT_15 = cell("Oak", 14), cell("Oak", 15)
A_PHONE = {"viewport": PHONE, "has_touch": True}
PLAIN = {"java_script_enabled": False}
MOST_TABS = 120

Do = Callable[[Page, Locator], None]
"""A way to press something: by finger, or by keyboard alone."""


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file())
    with running(home) as (server,):
        yield Board(home, server)


def test_a_first_card_goes_up_moves_and_is_withdrawn(camp: Board, browser: Browser) -> None:
    with (
        visitor(browser) as hall,
        visitor(browser, viewport=PHONE, has_touch=True) as phone,
        visitor(browser) as laptop,
    ):
        screen, picture = camp.open(hall), picture_of(camp)
        page = phone.new_page()
        page.goto(scanned(picture))
        take(page, by_finger)
        expect(screen.locator(f"{at(AT_14)} h3")).to_have_text(TITLE, timeout=SECOND)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^It's up: .* 14:00–15:00, Oak\.$"))
        assert_the_picture_has_changed(camp, picture)
        assert (camp.card_at(AT_14), camp.card_at(AT_15)) == (TITLE, "")

        link = page.get_by_label("Link", exact=True).input_value()
        opened = laptop.new_page()
        opened.goto(link)
        expect(opened.get_by_role("heading", name="Move it", exact=True)).to_be_visible()
        move_in_the_form(opened, by_finger)
        expect(screen.locator(f"{at(AT_15)} h3")).to_have_text(TITLE, timeout=SECOND)
        assert (camp.card_at(AT_14), camp.card_at(AT_15)) == ("", TITLE)

        withdraw(opened, link, by_finger)
        expect(screen.locator(f"{at(AT_15)}.free")).to_have_count(1, timeout=SECOND)
        assert_it_is_withdrawn(camp, opened)


def test_a_first_card_without_scripts(camp: Board, browser: Browser) -> None:
    """The key is typed in, for an address's fragment reaches no form by itself."""
    plain = {"java_script_enabled": False}
    with (
        visitor(browser) as hall,
        visitor(browser, viewport=PHONE, **plain) as phone,
        visitor(browser, **plain) as laptop,
    ):
        screen, page = camp.open(hall), phone.new_page()
        page.goto(camp.url())
        take(page, by_finger)
        expect(screen.locator(f"{at(AT_14)} h3")).to_have_text(TITLE, timeout=SECOND)

        link, key = page.get_by_label("Link", exact=True).input_value(), page.locator(".key").inner_text()
        opened = laptop.new_page()
        opened.goto(link)
        opened.get_by_label("Edit key").fill(key)
        opened.get_by_role("button", name="Open my card").click()
        move_in_the_form(opened, by_finger)
        expect(screen.locator(f"{at(AT_15)} h3")).to_have_text(TITLE, timeout=SECOND)

        withdraw(opened, link, by_finger)
        expect(screen.locator(f"{at(AT_15)}.free")).to_have_count(1, timeout=SECOND)
        assert_it_is_withdrawn(camp, opened)


def test_a_first_card_by_keyboard_alone(camp: Board, browser: Browser) -> None:
    with visitor(browser) as hall, visitor(browser) as desk:
        screen, page = camp.open(hall), camp.open(desk)
        take(page, by_keyboard)
        expect(screen.locator(f"{at(AT_14)} h3")).to_have_text(TITLE, timeout=SECOND)

        link = page.get_by_label("Link", exact=True).input_value()
        by_keyboard(page, page.get_by_role("link", name="See it on the board"))
        by_keyboard(page, page.get_by_role("button", name=f"Move to… {TITLE}"))
        hour = page.get_by_role("dialog").locator("section", has_text="15:00–16:00")
        by_keyboard(page, hour.get_by_role("button", name="Oak", exact=True))
        expect(screen.locator(f"{at(AT_15)} h3")).to_have_text(TITLE, timeout=SECOND)
        assert (camp.card_at(AT_14), camp.card_at(AT_15)) == ("", TITLE)

        withdraw(page, link, by_keyboard)
        expect(screen.locator(f"{at(AT_15)}.free")).to_have_count(1, timeout=SECOND)
        assert_it_is_withdrawn(camp, page)


# What she does


def take(page: Page, press: Do) -> None:
    """Tap Oak at 14:00 on the board, write the card, save."""
    rooms = page.locator(f"[id='open-{AT_14.partition('@')[2]}'] summary")
    if rooms.is_visible():
        press(page, rooms)
    press(page, page.locator(f"{at(AT_14)} a"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r" 14:00–15:00, Oak$"))
    for label, words in (("Title", TITLE), ("Your name (optional)", "Grace")):
        to_be_typed_in(page, page.get_by_label(label, exact=True), press)
        page.keyboard.type(words)
    press(page, page.get_by_role("button", name="Put my card on the board"))
    page.wait_for_url(re.compile("placed=1"))


def move_in_the_form(page: Page, press: Do) -> None:
    """On the page that the edit link opens, choose Oak at 15:00."""
    press(page, page.locator(".free-day summary"))
    press(page, page.get_by_role("button", name="Oak, 15:00–16:00"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^It's up: .* 15:00–16:00, Oak\.$"))


def withdraw(page: Page, link: str, press: Do) -> None:
    """On the card's own page, say that it will not take place, and confirm it."""
    page.goto(link.partition("#")[0])
    press(page, page.get_by_role("link", name="Withdraw it…"))
    press(page, page.get_by_role("button", name="Yes, withdraw it"))
    expect(page.locator(".notice")).to_have_text("This card was withdrawn: it will not take place.")


# How she does it


def by_finger(_page: Page, what: Locator) -> None:
    what.click()


def by_keyboard(page: Page, what: Locator) -> None:
    """Tab to it and press Enter; no mouse, and no focus by script."""
    tab_to(page, what)
    page.keyboard.press("Enter")


def to_be_typed_in(page: Page, field: Locator, press: Do) -> None:
    """Go into a field without sending the form."""
    if press is by_keyboard:
        tab_to(page, field)
    else:
        field.click()


def tab_to(page: Page, what: Locator) -> None:
    what.wait_for()
    for _ in range(MOST_TABS):
        if what.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} cannot be reached by Tab")


# What others see


def picture_of(camp: Board) -> httpx.Response:
    """The board as the picture at /os, large enough for a phone to read its QR code."""
    return httpx.get(f"{camp.server.address}/os?w=1920", timeout=30).raise_for_status()


def scanned(picture: httpx.Response) -> str:
    """The address in the picture's QR code."""
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.content)))
    return code.text


def assert_the_picture_has_changed(camp: Board, before: httpx.Response) -> None:
    now = picture_of(camp)
    assert now.headers["etag"] != before.headers["etag"]
    assert now.content != before.content


def assert_it_is_withdrawn(camp: Board, page: Page) -> None:
    """Its hour is free for others, and its page says what became of it."""
    assert (camp.card_at(AT_14), camp.card_at(AT_15)) == ("", "")
    code = camp.now()["cards"][-1]["code"]
    page.goto(camp.url(f"cards/{code}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".notice")).to_have_text("This card was withdrawn: it will not take place.")
