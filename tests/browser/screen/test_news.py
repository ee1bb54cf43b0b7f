"""News on the big screen, at once and by themselves: cards, rooms, contests, announcements; at a door; the pitch."""

import re
from datetime import UTC, datetime, time, timedelta

from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.board import SECOND, Board
from tests.browser.screen.screens import NOON, PUBLIC, at, open_at, row, staff
from tests.camp import cell


def test_a_card_is_on_the_screen_at_once(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    board.write("Lightning knitting", cell("Oak", 12), host="Ada")
    expect(row(page, "oak").locator(".now h4")).to_have_text("Lightning knitting")
    expect(row(page, "oak").locator(".now .by")).to_have_text("Ada")


def test_a_card_for_later_is_told_too(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    board.write("Stars", cell("Fir", 20))
    expect(page.locator("#latest p:visible")).to_have_text(re.compile("New Stars .* 20:00–21:00, Fir"))


def test_news_come_by_the_stream_and_not_by_the_clock(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    page.clock.pause_at(at(time(12, 1)))
    with page.expect_request(re.compile("screen/$")):
        board.write("Soon", cell("Oak", 12))
        _let_pass(page, 400)
    expect(row(page, "oak").locator("h4")).to_have_text("Soon")


def _let_pass(page: Page, milliseconds: int) -> None:
    """Let the paused clock run on; real time passes as well, for the stream is real."""
    for _ in range(40):
        page.wait_for_timeout(25)
        page.clock.run_for(milliseconds // 40)


def test_a_room_that_is_full_and_a_cell_that_is_held_say_so(context: BrowserContext, board: Board) -> None:
    code = board.write("Crowded", cell("Oak", 12))
    page = open_at(context, board, at(NOON))
    staff(board, "PUT", f"cards/{code}/full")
    board.close(cell("Elm", 13), "Needed for lunch")
    expect(row(page, "oak").locator(".now .mark")).to_have_text("Room full")
    expect(row(page, "elm").locator(".next .why")).to_have_text("Needed for lunch")


def test_an_announcement_goes_by_itself(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, datetime.now(UTC))
    page.route("**/live?*", lambda route: route.abort())
    staff(board, "POST", "announcements", text="Lunch is served", minutes=1)
    page.clock.fast_forward(11 * SECOND)
    expect(page.locator("#said p")).to_have_text("Lunch is served")
    page.route("**/screen/", lambda route: route.abort())
    page.clock.fast_forward(60 * SECOND)
    expect(page.locator("#said p")).to_be_hidden()


def test_a_pause_is_told(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    staff(board, "PUT", "freeze", reason="We count the chairs")
    expect(page.locator("#freeze")).to_have_text("The board is paused: We count the chairs")
    staff(board, "DELETE", "freeze")
    expect(page.locator("#freeze")).to_be_hidden()


def test_a_contest_can_be_scanned_and_its_time_runs(context: BrowserContext, board: Board) -> None:
    cards = [board.write(title) for title in ("Vim", "Emacs")]
    page = open_at(context, board, datetime.now(UTC))
    contest = staff(board, "POST", "contests", cell=cell("Oak", 15), cards=cards, method="vote", minutes=9)
    band = page.locator("#contests section")
    expect(band.locator(".titles")).to_have_text("“Vim”, “Emacs”")
    expect(band.locator(".qr")).to_have_attribute("aria-label", f"{PUBLIC}/camp/contests/{contest['id']}/")
    expect(band.locator(".left")).to_have_text(re.compile(r"^8:\d\d left$"))
    page.clock.fast_forward(10 * 60 * SECOND)
    expect(band.locator(".left")).to_have_text("closing")
    staff(board, "POST", f"contests/{contest['id']}/settlement", winner=cards[0], reason="They agreed")
    expect(band.locator(".titles")).to_have_text("“Vim” has it")


def test_bands_that_take_turns_move_nothing_else(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, datetime.now(UTC))
    for hour in (15, 16):
        cards = [board.write(f"{title} {hour}") for title in ("Vim", "Emacs")]
        contest = staff(board, "POST", "contests", cell=cell("Oak", hour), cards=cards, method="vote", minutes=30)
    staff(board, "POST", f"contests/{contest['id']}/settlement", winner=cards[0], reason="They agreed")
    expect(page.locator("#contests .titles", has_text="“Vim 16” has it")).to_have_count(1)
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    heights: dict[str, float] = {}
    for _ in range(2):
        page.clock.run_for(10 * SECOND)
        shown = page.locator("#contests section:visible")
        heights[shown.inner_text()] = page.locator("#rows").evaluate("rows => rows.clientHeight")
    assert (len(heights), len(set(heights.values()))) == (2, 1)


# At a door


def test_a_door_shows_its_room_and_how_to_take_it(context: BrowserContext, board: Board) -> None:
    board.write("Later", cell("Elm", 14), host="Ada")
    page = open_at(context, board, at(NOON), "?room=elm")
    expect(page.locator("#rows > li")).to_have_count(1)
    expect(page.locator(".now .open")).to_have_text("Free until 14:00")
    expect(page.locator(".now .qr")).to_have_attribute("aria-label", f"{PUBLIC}/camp/cells/{cell('Elm', 12)}/")
    board.write("Taken at the door", cell("Elm", 12), host="Grace")
    expect(page.locator(".now h4")).to_have_text("Taken at the door")
    expect(page.locator(".now .by")).to_have_text("Grace")
    expect(page.locator(".now .until")).to_have_text("until 13:00")


# The pitch


def test_the_pitch_fills_the_screen_and_counts_down(context: BrowserContext, board: Board) -> None:
    queue = [board.write(title, host="Ada", text=f"All about {title}") for title in ("One", "Two", "Three", "Four")]
    page = open_at(context, board, datetime.now(UTC))
    staff(board, "PUT", "pitch", queue=queue, seconds=300)
    pitch = page.locator("#pitch")
    expect(pitch.locator(".first h1")).to_have_text("One")
    expect(pitch.locator(".first .text")).to_have_text("All about One")
    expect(pitch.locator("li")).to_have_text(["Two Ada", "Three Ada", "Four Ada"])
    expect(pitch.locator(".left")).to_have_text("5:00")
    expect(page.locator("#rows")).to_be_hidden()
    staff(board, "PUT", "pitch", queue=queue, seconds=300, started=True)
    expect(pitch.locator(".left")).to_have_text(re.compile(r"4:\d\d"))
    page.clock.fast_forward(302 * SECOND)
    expect(pitch.locator(".left")).to_have_text("0:00")
    staff(board, "DELETE", f"cards/{queue[0]}")
    expect(pitch.locator(".first h1")).to_have_text("Two")
    staff(board, "PUT", "pitch", queue=[])
    expect(pitch).to_be_hidden()
    expect(row(page, "oak")).to_be_visible()
