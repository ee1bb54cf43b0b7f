"""The desk's tools in every state: axe finds nothing, light and dark, phone and desk; nothing sticks out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import unusable, visitor
from tests.browser.hall import Hall, hall
from tests.browser.steps import unfolded, visited
from tests.camp import cell


@dataclass(frozen=True)
class Scene:
    """A hall with a bit of everything, and somebody at its desk."""

    board: Hall
    page: Page
    code: str
    good: int


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with hall(tmp_path_factory.mktemp("hall")) as board, visitor(browser) as someone:
        board.make_staff(someone)
        code = board.place("Chess", "Oak", 10)
        board.place("x" * 80, "Elm", 10)
        board.place("पायथन में मशीन लर्निंग", "Oak", 11)
        board.write(
            "بايثون للمبتدئين", host="مريم", text="Bring a mat.\nAnd tea.", link="https://example.org/" + "z" * 90
        )
        board.write("y" * 80, host="y" * 80)
        good = board.now()["number"]
        board.edit(code, title="Chess and Go", text="For everyone")
        board.close(cell("Fir", 12), "Needed for lunch, says somebody at some length" * 3)
        board.close(cell("Elm", 10), "Paint")
        page = someone.new_page()
        page.goto(board.url("desk/say/"))
        page.get_by_label("On every page and screen").fill("Lunch is ready")
        page.get_by_role("button", name="Announce it").click()
        expect(page.locator("#announcements li")).to_have_count(1)
        yield Scene(board, page, code, good)


# The pages, and how one gets there


def _at(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.page, scene.board.url(f"desk/{path.format(code=scene.code, good=scene.good)}"))


def _all_open(path: str) -> Callable[[Scene], Page]:
    return lambda scene: unfolded(_at(path)(scene))


def _ticked(scene: Scene) -> Page:
    page = _at("rooms/")(scene)
    page.get_by_label("Oak, the whole day").check()
    expect(page.locator("[name=cell]:checked")).to_have_count(12)
    return page


def _nothing_ticked(scene: Scene) -> Page:
    page = _at("rooms/")(scene)
    page.get_by_role("button", name="Close them…").click()
    expect(page.locator("#cell-wrong")).to_be_visible()
    return page


def _closing(scene: Scene) -> Page:
    page = _ticked(scene)
    page.get_by_label("Why? Everyone reads it.").fill("Fire drill")
    page.get_by_role("button", name="Close them…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 cards lose their place")
    return page


def _refused(scene: Scene) -> Page:
    """A cell is lost while one chooses."""
    page = _at("relocate/")(scene)
    page.evaluate(f"document.querySelector('#relocate option').value = '{cell('Oak', 11)}'")
    page.get_by_role("button", name="Place them all").click()
    expect(page.locator("p.wrong")).to_be_visible()
    return page


def _undone(scene: Scene) -> Page:
    page = _at("log/")(scene)
    page.locator("#log > li", has_text="New card: “yyy").get_by_role("button").click()
    expect(page.locator("#told")).to_contain_text("Undone.")
    page.get_by_role("button", name="Do it again").first.click()
    expect(page.locator("#log > li.undone")).not_to_have_count(0)
    return page


def _no_words(scene: Scene) -> Page:
    page = _at("say/")(scene)
    page.get_by_role("button", name="Announce it").click()
    expect(page.locator("#text-wrong")).to_be_visible()
    return page


def _frozen(scene: Scene) -> Page:
    page = _at("say/")(scene)
    if page.locator("#freeze-reason").count():
        page.locator("#freeze-reason").fill("Storm of spam")
        page.get_by_role("button", name="Freeze the board").click()
    expect(page.get_by_role("button", name="Open the board again")).to_be_visible()
    return page


def _pitching(scene: Scene) -> Page:
    page = _at("pitch/")(scene)
    if page.locator("#candidates input[type=checkbox]").count() > 2:
        for each in page.locator("#candidates input[type=checkbox]").all()[:2]:
            each.check()
        page.get_by_role("button", name="Add the ticked cards").click()
    expect(page.locator(".big-title")).to_be_visible()
    return unfolded(page)


def _wrong_way(scene: Scene) -> Page:
    page = _at("out/new/webhook/")(scene)
    page.get_by_label("Address", exact=True).fill("nowhere")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator("#set-url-wrong")).to_be_visible()
    return page


def _shown_once(scene: Scene) -> Page:
    page = _at("out/new/webhook/")(scene)
    page.get_by_label("What it is called here").fill("z" * 80)
    page.get_by_label("Address", exact=True).fill("http://127.0.0.1:9/" + "z" * 200)
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator("#given")).to_have_value(re.compile("whsec_"))
    return page


def _tried(scene: Scene) -> Page:
    """Nothing is sent inward, and the page says so."""
    page = _shown_once(scene)
    page.get_by_role("link", name="I have it").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator(".refusal")).to_contain_text("http://127.0.0.1 leads into a private network")
    return unfolded(page)


PAGES: dict[str, Callable[[Scene], Page]] = {
    "rooms": _at("rooms/"),
    "rooms, ticked": _ticked,
    "rooms, Arabic": _at("rooms/?lang=ar"),
    "rooms, nothing ticked": _nothing_ticked,
    "closing": _closing,
    "relocate": _at("relocate/"),
    "relocate, refused": _refused,
    "log": _all_open("log/"),
    "log, undone": _undone,
    "log, of a card": _at("log/?card={code}"),
    "search": _at("search/?q=y"),
    "search, nothing": _at("search/?q=nothing+like+that"),
    "card": _all_open("cards/{code}/"),
    "card, Arabic": _all_open("cards/{code}/?lang=ar"),
    "past": _all_open("past/?at={good}"),
    "past, Arabic": _all_open("past/?at={good}&lang=ar"),
    "past, now": _at("past/"),
    "restore": _all_open("past/?at={good}&restore=1"),
    "say": _at("say/"),
    "say, no words": _no_words,
    "pitch, nobody": _at("pitch/"),
    "pitch": _pitching,
    "pitch, Arabic": _all_open("pitch/?lang=ar"),
    "ways out": _at("out/"),
    "ways out, Arabic": _at("out/?lang=ar"),
    "a way out, wrong": _wrong_way,
    "a way out, its secret": _shown_once,
    "a way out, tried": _tried,
    "frozen": _frozen,
}


@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing_and_nothing_sticks_out(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []
