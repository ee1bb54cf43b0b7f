"""The pages of people in every state: axe finds nothing, light and dark, phone and desk; nothing sticks out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import unusable, visitor
from tests.browser.door import Door, authenticator, become_organiser, opened, sign_in
from tests.browser.steps import from_the_right, visited
from tests.camp import SLUG, cell

LONG = "somebody.with.a.long.address@conference.example.org"


@dataclass(frozen=True)
class Scene:
    """A board that asks for presence, with a stranger, somebody who is signed in, and an organiser."""

    door: Door
    stranger: Page
    member: Page
    organiser: Page


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with (
        opened(tmp_path_factory.mktemp("door"), "presence") as door,
        visitor(browser) as somebody,
        visitor(browser) as signed_in,
        visitor(browser) as runs_it,
    ):
        scene = Scene(door, somebody.new_page(), signed_in.new_page(), runs_it.new_page())
        sign_in(scene.member, door, email=LONG)
        become_organiser(scene.organiser, door)
        invite(scene.organiser, LONG)
        with authenticator(signed_in, scene.member):
            scene.member.goto(door.url("/accounts/passkeys/add/"))
            scene.member.get_by_role("button", name="Make the passkey").click()
            expect(scene.member.get_by_role("button", name="Remove Passkey 1")).to_be_visible()
        yield scene


def invite(page: Page, email: str) -> None:
    page.get_by_label("Invite an e-mail address").fill(email)
    page.get_by_role("button", name="Invite").click()


# The pages, and how one gets there


def _stranger(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.stranger, scene.door.url(path))


def _member(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.member, scene.door.url(path))


def _pressed(path: str, label: str, typed: str, button: str, wrong: str) -> Callable[[Scene], Page]:
    """What comes of typing something and pressing a button."""

    def go(scene: Scene) -> Page:
        page = _stranger(path)(scene)
        page.get_by_label(label, exact=True).fill(typed)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(wrong)).to_be_visible()
        return page

    return go


def _wrong_login_code(scene: Scene) -> Page:
    page = _pressed("/accounts/login/", "E-mail address", "eve@example.org", "Send me a code", "#code")(scene)
    page.get_by_label("Code", exact=True).fill("AAAAAA")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#code-wrong")).to_be_visible()
    return page


def _presence_first(scene: Scene) -> Page:
    page = scene.stranger
    page.goto(scene.door.url(f"/{SLUG}/cells/{cell('Oak', 10)}/"))
    page.evaluate(
        "() => { const form = document.createElement('form'); form.method = 'post';"
        " form.innerHTML = '<input name=title value=Chess>'; document.body.append(form); form.submit(); }"
    )
    expect(page.get_by_role("button", name="I am here: send it")).to_be_visible()
    return page


def _staff(scene: Scene) -> Page:
    page = scene.organiser
    page.goto(scene.door.url(f"/{SLUG}/staff/"))
    for summary in page.locator("summary").all():
        summary.click()
    return page


def _invited(scene: Scene) -> Page:
    page = _staff(scene)
    invite(page, "bob@example.org")
    expect(page.locator(".success")).to_be_visible()
    return page


def _not_invited(scene: Scene) -> Page:
    page = _staff(scene)
    invite(page, "nobody")
    expect(page.locator("#email-wrong")).to_be_visible()
    return page


def _given(title: str, label: str, button: str) -> Callable[[Scene], Page]:
    def go(scene: Scene) -> Page:
        page = _staff(scene)
        page.get_by_label(label).fill(title)
        page.get_by_role("button", name=button).click()
        expect(page.locator("#given")).to_be_visible()
        return page

    return go


def _sign_in_in_arabic(scene: Scene) -> Page:
    return from_the_right(_stranger("/accounts/login/?lang=ar")(scene))


PAGES: dict[str, Callable[[Scene], Page]] = {
    "signing in": _stranger("/accounts/login/?again=code"),
    "signing in, right to left": _sign_in_in_arabic,
    "a wrong address": _pressed("/accounts/login/", "E-mail address", "ada", "Send me a code", "#email-wrong"),
    "a wrong code": _wrong_login_code,
    "the account": _member("/accounts/?added=1"),
    "adding a passkey": _member("/accounts/passkeys/add/"),
    "being there": _stranger(f"/{SLUG}/here/"),
    "a wrong presence code": _pressed(f"/{SLUG}/here/", "Code on the screen", "A", "I am here", "#code-wrong"),
    "a cell that wants presence": _stranger(f"/{SLUG}/cells/{cell('Oak', 9)}/"),
    "a card that waits for presence": _presence_first,
    "the staff's door": _stranger(f"/{SLUG}/staff/"),
    "everyone": _staff,
    "somebody invited": _invited,
    "nobody invited": _not_invited,
    "a link, once": _given("Ada's phone " * 6, "Whose is it?", "Make a link"),
    "a token, once": _given("The hall's lights", "What is it for?", "Make a token"),
}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []
