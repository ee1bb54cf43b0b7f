"""Story 3. 250A is needed for lunch: its two hosts are offered others, one takes Elm with a tap, a helper places the
other in Fir; everybody hears it once. Then lunch moves elsewhere, and she undoes it all."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import Board, at
from tests.browser.chromium import phone, visitor
from tests.browser.forum import need
from tests.camp import DAY, cell, event_file, founded
from tests.live.listening import Listener, listening
from tests.servers import running

REASON = "Needed for lunch"
AT_12, AT_13 = cell("250A", 12), cell("250A", 13)
ELM, FIR = cell("Elm", 12), cell("Fir", 13)
WEEKDAY = f"{DAY:%A}"


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file(("250A", "Elm", "Fir", "Oak")))
    with running(home) as (server,):
        yield Board(home, server)


def test_lunch_needs_250a_and_then_does_not(camp: Board, browser: Browser) -> None:
    with phone(browser) as ada, phone(browser) as bo, phone(browser) as helper, visitor(browser) as hall:
        chess, go = (camp.write_mine(ada, "Chess", AT_12), camp.write_mine(bo, "Go", AT_13))
        board, adas_board = camp.open(hall), camp.open(ada)
        expect(adas_board.locator(f"{at(AT_12)} .own")).to_be_visible()
        with listening(camp.api("live")) as follower:
            desk = desk_of_a_helper(camp, hall, helper)
            close_for_lunch(desk)
            expect(board.locator(at(AT_12))).to_contain_text(REASON)
            take_elm(adas_board)
            place_in_fir(camp, desk)
            expect(board.locator(f"{at(FIR)} h3")).to_have_text("Go")
            assert (camp.cells_of(chess["code"]), camp.cells_of(go["code"])) == ([ELM], [FIR])
            assert_each_was_told_once(camp, follower, chess["code"], go["code"])

        undo_it_all(camp, desk)
        expect(board.locator(f"{at(AT_12)} h3")).to_have_text("Chess")
        expect(board.locator(f"{at(AT_13)} h3")).to_have_text("Go")
        assert (camp.card_at(ELM), camp.card_at(FIR), camp.now()["closures"]) == ("", "", [])
        assert camp.home.check() == 0


# A helper


def desk_of_a_helper(camp: Board, hall: BrowserContext, helper: BrowserContext) -> Page:
    """The organiser gives a helper a link for her phone; she opens it, and goes to the desk."""
    camp.make_staff(hall)
    given = hall.request.post(camp.url("staff/"), form={"do": "make-link", "note": "Her phone", "role": "helper"})
    link = re.search(r'id="given" readonly value="([^"]+)"', given.text())
    assert link
    page = helper.new_page()
    page.goto(link[1])
    expect(page.get_by_role("heading", name="You are helper here")).to_be_visible()
    page.goto(camp.url("desk/"))
    return page


def close_for_lunch(desk: Page) -> None:
    """She ticks two cells, says why, and sees first whom it displaces and what they are offered."""
    desk.get_by_role("link", name="Rooms", exact=True).tap()
    for ticked in (AT_12, AT_13):
        desk.locator(f"[name=cell][value='{ticked}']").tap()
    desk.get_by_label("Why? Everyone reads it.").fill(REASON)
    desk.get_by_role("button", name="Close them…").tap()
    expect(desk.get_by_role("heading", level=1)).to_have_text("2 cards lose their place")
    offered = "; ".join(f"{WEEKDAY} 12:00–13:00, {room}" for room in ("Elm", "Fir", "Oak"))
    expect(desk.locator("li.entry").first).to_contain_text(f"Its host is offered: {offered}")
    desk.get_by_role("button", name="Close, and displace 2 cards").tap()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Cards that lost their place")


def place_in_fir(camp: Board, desk: Page) -> None:
    """Bo does not look at his phone: only his card still stands on her list, and she places it herself."""
    desk.goto(camp.url("desk/"))
    expect(desk.locator("#items > li > h2")).to_have_text(
        [f"“Go” lost {WEEKDAY} 13:00–14:00, 250A: {REASON}. It has no place yet."]
    )
    desk.locator("#items summary", has_text="Another place").tap()
    desk.get_by_role("button", name="Fir 13:00–14:00").tap()
    expect(desk.locator("#told")).to_contain_text(f"“Go” is on the board: {WEEKDAY} 13:00–14:00, Fir.")
    expect(desk.locator("#nothing")).to_be_visible()


def undo_it_all(camp: Board, desk: Page) -> None:
    """What came last is undone first: where the two went, and then the closing itself."""
    desk.goto(camp.url("desk/log/"))
    steps = ("“Go” is on the board:", "“Chess” is on the board:", f"Closed, {REASON}")
    for undone, says in enumerate(steps, 1):
        step = desk.locator("#log > li:not(.undone)").filter(has_text=says).first
        step.get_by_role("button", name="Undo no.").tap()
        expect(desk.locator("#log > li.undone")).to_have_count(undone)
        expect(desk.locator("#told")).to_contain_text("Undone.")


# Hosts, and whoever follows


def take_elm(board: Page) -> None:
    """The board in her hand says that a card needs her, and why; of three rooms she takes Elm with a tap."""
    bar = board.locator(".needs-me")
    expect(bar).to_contain_text(f"Your card “Chess” needs you. You lost {WEEKDAY} 12:00–13:00, 250A: {REASON}.")
    bar.get_by_role("link", name="Open it").tap()
    offers = need(board, "lost").locator(".offers button")
    for place, room in enumerate(("Elm", "Fir", "Oak")):
        expect(offers.nth(place)).to_have_text(f"{room} 12:00–13:00")
    offers.first.tap()
    expect(board.get_by_role("heading", level=1)).to_have_text(f"It's up: {WEEKDAY} 12:00–13:00, Elm.")


def assert_each_was_told_once(camp: Board, follower: Listener, chess: str, go: str) -> None:
    told = Counter((frame.data["kind"], frame.data.get("card")) for frame in follower.until(camp.now()["number"]))
    moved = [(kind, card) for kind in ("card.displaced", "card.placed") for card in (chess, go)]
    assert told == Counter([("cell.closed", None), *moved])
