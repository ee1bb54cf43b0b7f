"""Every page in every state: axe finds nothing, light and dark, on a phone and at a desk, and nothing sticks out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import Board, lose_touch
from tests.browser.chromium import PHONE, faults, unusable, visitor
from tests.browser.steps import from_the_right, visited
from tests.camp import DAY, ROOMS, cell, event_file, founded
from tests.servers import ROOT, serving

FREE, TAKEN, CLOSED, ELSEWHERE = (cell(room, 9) for room in ("Oak", "Elm", "Fir", "Elsewhere"))
LATER = cell("Ash", 12)
SLOT = FREE.partition("@")[2]


@dataclass(frozen=True)
class Scene:
    """A board with a bit of everything, somebody who has cards on it, and somebody who runs it."""

    board: Board
    host: Page
    staff: Page
    mine: dict[str, Any]
    planned: dict[str, Any]
    withdrawn: dict[str, Any]

    def edit(self, card: dict[str, Any]) -> str:
        return self.board.url(f"cards/{card['code']}/edit/")


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file(ROOMS[:4], days=2), limits="off")
    home.plan(ROOT / "src/openspaces/examples/pyconindia2018.toml")
    with serving(home) as (server,), visitor(browser, has_touch=True) as host, visitor(browser) as staff:
        board = Board(home, server)
        board.make_staff(staff)
        said = {"text": "Welcome!\nBring a mat.", "host": "Ada", "handle": "@ada@example.social"}
        mine = board.write_mine(host, "For everyone", TAKEN, link="https://example.org/", slots=2, **said)
        planned, withdrawn = board.write_mine(host, "Later", host="Ada"), board.write_mine(host, "Never", host="Ada")
        assert host.request.delete(board.api(f"cards/{withdrawn['code']}")).ok
        for room, title in zip(ROOMS, ("पायथन में मशीन लर्निंग", "x" * 80, "بايثون للمبتدئين"), strict=False):
            board.write(title, cell(room, 11), host="مريم")
        board.write("Out there", ELSEWHERE, where="Park")
        board.close(CLOSED, "Needed for lunch")
        yield Scene(board, host.new_page(), staff.new_page(), mine, planned, withdrawn)


# The pages, and how one gets there


def _at(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(
        scene.host, scene.board.url(path.format(mine=scene.mine["code"], gone=scene.withdrawn["code"]))
    )


def _home(scene: Scene) -> Page:
    scene.host.goto(scene.board.server.address)
    expect(scene.host.locator(".events li")).to_have_count(2)
    return scene.host


def _docs(scene: Scene) -> Page:
    scene.host.goto(f"{scene.board.server.address}/api/docs")
    expect(scene.host.get_by_role("heading", name="The API")).to_be_visible()
    return scene.host


def _board(scene: Scene) -> Page:
    scene.host.goto(scene.board.url())
    expect(scene.host.locator(".own").first).to_be_visible()
    return scene.host


def _filtered(scene: Scene) -> Page:
    page = _board(scene)
    page.get_by_label("Find a card").fill("everyone")
    expect(page.locator(".found")).to_have_count(2)
    return page


def _free_rooms(scene: Scene) -> Page:
    page = _board(scene)
    page.set_viewport_size(PHONE)
    page.locator(f"[id='open-{SLOT}'] summary").click()
    return page


def _stale(scene: Scene) -> Page:
    page = scene.host.context.new_page()
    page.clock.install()
    page.goto(scene.board.url())
    page.route("**/*", lambda route: route.abort())
    scene.host.context.set_offline(True)
    try:
        lose_touch(page)
    finally:
        scene.host.context.set_offline(False)
    return page


def _in_arabic(path: str) -> Callable[[Scene], Page]:
    return lambda scene: from_the_right(_at(f"{path}?lang=ar")(scene))


def _dialog(scene: Scene) -> Page:
    page = _board(scene)
    page.locator(".own button").first.click()
    expect(page.get_by_role("dialog").get_by_role("button").nth(5)).to_be_visible()
    return page


def _typing(scene: Scene) -> Page:
    page = _at(f"cells/{FREE}/")(scene)
    page.get_by_label("Title").press_sequentially("For everyone")
    expect(page.locator(".similar li")).to_have_count(1)
    return page


def _lost(scene: Scene) -> Page:
    """Somebody else is faster while the form is open."""
    page = _at(f"cells/{LATER}/")(scene)
    page.get_by_label("Title").fill("Too late")
    scene.board.write("Faster", LATER)
    page.get_by_role("button", name="Put my card on the board").click()
    expect(page.locator(".refusal .offers").first).to_be_visible()
    return page


def _misfit(scene: Scene) -> Page:
    page = _at(f"cells/{FREE}/")(scene)
    page.get_by_label("Title").fill("x" * 81)
    page.get_by_label("Link").fill("no address")
    page.get_by_role("button", name="Put my card on the board").click()
    expect(page.locator("#errors li")).to_have_count(2)
    return page


def _clash(scene: Scene) -> Page:
    page = _at(f"cells/{FREE}/")(scene)
    page.get_by_label("Title").fill("At two places at once")
    page.get_by_role("button", name="Put my card on the board").click()
    expect(page.get_by_role("button", name="Put it there anyway")).to_be_visible()
    return page


def _success(scene: Scene) -> Page:
    scene.host.goto(f"{scene.edit(scene.mine)}?placed=1")
    expect(scene.host.locator(".success")).to_be_visible()
    return scene.host


def _edit(scene: Scene) -> Page:
    scene.host.goto(scene.edit(scene.mine))
    scene.host.locator(".free-day summary").first.click()
    return scene.host


def _edit_planned(scene: Scene) -> Page:
    scene.host.goto(scene.edit(scene.planned))
    return scene.host


def _not_moved(scene: Scene) -> Page:
    page = _edit_planned(scene)
    page.locator(".free-day summary").first.click()
    page.evaluate("cell => { document.querySelector('[name=cell]').value = cell; }", CLOSED)
    page.locator("[name=cell]").first.click()
    expect(page.locator(".refusal")).to_be_visible()
    return page


def _stale_edit(scene: Scene) -> Page:
    page = _edit_planned(scene)
    page.locator("#title").fill("Later mine")
    theirs = {"title": "Later theirs", "host": "Bob", "seen": scene.board.now()["number"]}
    assert page.context.request.patch(scene.board.api(f"cards/{scene.planned['code']}"), data=theirs).ok
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("heading", name="Two texts for one card")).to_be_visible()
    return page


def _withdraw(scene: Scene) -> Page:
    scene.host.goto(f"{scene.edit(scene.mine)}?withdraw=1")
    return scene.host


def _edit_withdrawn(scene: Scene) -> Page:
    scene.host.goto(scene.edit(scene.withdrawn))
    return scene.host


def _locked(scene: Scene) -> Page:
    page = scene.staff.context.browser.new_page()  # type: ignore[union-attr]
    page.goto(scene.edit(scene.mine))
    page.get_by_label("Edit key").fill("WRONG")
    page.get_by_role("button", name="Open my card").click()
    expect(page.locator("#key-wrong")).to_be_visible()
    return page


def _staff(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.staff, scene.board.url(path))


PAGES: dict[str, Callable[[Scene], Page]] = {
    "the events": _home,
    "the board": _board,
    "the board, filtered": _filtered,
    "the board, free rooms open": _free_rooms,
    "the board, out of touch": _stale,
    "the board, right to left": _in_arabic(""),
    "an empty day": _at(f"days/{DAY + timedelta(days=1)}/"),
    "where to move a card": _dialog,
    "now and next": _at("now/"),
    "a card": _at("cards/{mine}/"),
    "a withdrawn card": _at("cards/{gone}/"),
    "a free cell": _at(f"cells/{FREE}/"),
    "a free cell, right to left": _in_arabic(f"cells/{FREE}/"),
    "typing a title that is taken": _typing,
    "a taken cell": _at(f"cells/{TAKEN}/"),
    "a closed cell": _at(f"cells/{CLOSED}/"),
    "a cell elsewhere": _at(f"cells/{ELSEWHERE}/"),
    "somebody was faster": _lost,
    "words that do not fit": _misfit,
    "two cards at one time": _clash,
    "success": _success,
    "my card": _edit,
    "my planned card": _edit_planned,
    "a move refused": _not_moved,
    "two texts": _stale_edit,
    "withdrawing": _withdraw,
    "my withdrawn card": _edit_withdrawn,
    "a wrong key": _locked,
    "a new card": _at("cards/new/"),
    "a new card from a sheet that is not ours": _at("cards/new/?paper=PAAAAA"),
    "what can be printed": _at("print/"),
    "what can be printed, right to left": _in_arabic("print/"),
    "the staff's door": _at("staff/"),
    "staff": _staff("staff/"),
    "a free cell for staff": _staff(f"cells/{FREE}/"),
    "a closed cell for staff": _staff(f"cells/{CLOSED}/"),
    "nothing there": _at("cards/NOCARD/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []


def test_everyone_can_read_of_the_api(scene: Scene) -> None:
    assert faults(_docs(scene)) == []
