"""What waits for somebody, on open pages: contests, holds, lost rooms, hidden cards, a pause, announcements."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.browser.board import SECOND, Board, at
from tests.browser.chromium import visitor
from tests.browser.desk import Desk
from tests.inside import slots_of

SLOT, NEXT = slots_of()[0][:2]
OAK, ELM, ASH, FIR = (f"{room}@{SLOT}" for room in ("r1", "r2", "r3", "r4"))
MINUTE = 60 * SECOND


@pytest.fixture
def desk(board: Board) -> Iterator[Desk]:
    running = Desk(board)
    yield running
    running.rest()


# Live


def test_a_contest_appears_on_every_open_page_and_its_outcome_too(context: BrowserContext, desk: Desk) -> None:
    page = desk.board.open(context)
    contest = desk.contest(OAK)
    wanted = page.locator(f"{at(OAK)} a.wanted")
    expect(wanted).to_contain_text("“Knitting”", timeout=SECOND)
    expect(wanted).to_contain_text("“Chess”")
    expect(wanted).to_have_attribute("href", f"/{desk.board.home.event}/contests/{contest}/")
    expect(page.locator("#notices .contest")).to_contain_text("“Knitting”, “Chess”")
    expect(page.locator("#planned li")).to_contain_text("asks for")
    desk.settle(contest, "Chess")
    expect(page.locator(f"{at(OAK)} h3")).to_have_text("Chess", timeout=SECOND)
    expect(page.locator("#planned li")).to_have_text(re.compile("Knitting.*looks for a new room"))
    expect(page.locator("#notices")).to_be_hidden()


def test_the_page_of_the_contests_follows_too(context: BrowserContext, desk: Desk) -> None:
    page = desk.board.open(context, "contests/")
    expect(page.get_by_text("Nothing is contested now.")).to_be_visible()
    first, second = desk.contest(OAK, "Knitting", "Chess"), desk.contest(ELM, "Jazz", "Go")
    expect(page.locator("#open-contests > li")).to_have_count(2)
    desk.settle(first, "Chess")
    settled = page.locator("#settled-contests")
    expect(settled.locator(f"#contest-{first}")).to_contain_text("“Chess” has it: the facilitator decided.")
    desk.settle(second, "Go")
    expect(settled.locator(f"#contest-{second}")).to_contain_text("“Go” has it")
    expect(settled.locator("> li").first).to_have_id(f"contest-{second}")
    expect(page.locator("#open-contests > li")).to_have_count(0)


def test_the_minutes_that_are_left_are_counted_down(context: BrowserContext, desk: Desk) -> None:
    desk.contest(OAK, minutes=12)
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC))
    page.goto(desk.board.url())
    left = page.locator(f"{at(OAK)} .left")
    page.clock.run_for(SECOND)
    expect(left).to_have_text("12 min left")
    page.clock.run_for(10 * MINUTE + 45 * SECOND)
    expect(left).to_have_text(re.compile(r"^\d\d s left$"))
    page.clock.run_for(2 * MINUTE)
    expect(left).to_have_text("closing")


def test_a_full_room_is_marked_at_once(context: BrowserContext, desk: Desk) -> None:
    code = desk.board.write("Everybody loves it", OAK)
    page = desk.board.open(context)
    desk.do("PUT", f"cards/{code}/full")
    expect(page.locator(f"{at(OAK)} .marks")).to_have_text("Room full", timeout=SECOND)
    desk.do("DELETE", f"cards/{code}/full")
    expect(page.locator(f"{at(OAK)} .marks")).to_have_count(0)


def test_a_cell_that_is_held_says_until_when_and_its_card_looks_for_a_room(context: BrowserContext, desk: Desk) -> None:
    desk.board.write("Evicted", OAK)
    page = desk.board.open(context)
    until = (datetime.now(UTC) + timedelta(hours=3)).replace(microsecond=0)
    desk.do("PUT", f"cells/{OAK}/closure", reason="Kept for speakers", until=until.isoformat())
    expect(page.locator(at(OAK))).to_contain_text("Held until", timeout=SECOND)
    expect(page.locator(f"{at(OAK)} time")).to_have_attribute("datetime", until.isoformat())
    expect(page.locator("#planned li")).to_have_text(re.compile("Evicted.*looks for a new room"))


def test_what_a_hidden_card_said_goes_from_open_pages(context: BrowserContext, desk: Desk) -> None:
    code = desk.board.write("Abuse", OAK, text="More abuse", host="Mallory")
    page = desk.board.open(context)
    desk.do("PUT", f"cards/{code}/shield", reason="It insults people")
    expect(page.locator(f"{at(OAK)} .card")).to_have_text(
        re.compile("^.*Hidden until somebody has read it$"), timeout=SECOND
    )
    assert page.content().count("Abuse") == 0
    desk.do("PUT", f"cards/{code}/approval")
    expect(page.locator(f"{at(OAK)} h3")).to_have_text("Abuse")


# What everyone must hear


def test_an_announcement_is_on_every_page_and_goes_by_itself(context: BrowserContext, desk: Desk) -> None:
    pages = [context.new_page() for _ in ("", "now/")]
    for page, path in zip(pages, ("", "now/"), strict=True):
        page.clock.install(time=datetime.now(UTC))
        with page.expect_response(lambda answer: "/live?" in answer.url):
            page.goto(desk.board.url(path))
        expect(page.locator("#notices")).to_be_hidden()
    desk.do("POST", "announcements", text="Lunch is served", minutes=5)
    for page in pages:
        expect(page.locator("#notices .said")).to_contain_text("Lunch is served")
        page.clock.run_for(5 * MINUTE)
        expect(page.locator("#notices")).to_be_hidden()


def test_while_the_board_is_paused_what_would_write_is_grey(browser: Browser, desk: Desk) -> None:
    with visitor(browser) as someone, visitor(browser) as runs_it:
        desk.board.make_staff(runs_it)
        page, staff = desk.board.open(someone), desk.board.open(runs_it)
        expect(staff.locator("html.staff")).to_have_count(1)
        desk.do("PUT", "freeze", reason="Fire drill")
        for each in (page, staff):
            expect(each.locator("#notices .frozen")).to_have_text("The board is paused. Fire drill", timeout=2 * SECOND)
        writes = page.get_by_role("link", name="Write a card")
        expect(writes).to_have_attribute("aria-disabled", "true")
        expect(page.locator(f"{at(OAK)} a")).to_have_attribute("aria-disabled", "true")
        expect(staff.locator("[aria-disabled]")).to_have_count(0)
        desk.do("DELETE", "freeze")
        expect(page.locator("#notices")).to_be_hidden()
        expect(page.locator("[aria-disabled]")).to_have_count(0)


def test_a_form_that_is_open_while_the_board_is_paused_goes_on_with_it(context: BrowserContext, desk: Desk) -> None:
    desk.do("PUT", "freeze", reason="Fire drill")
    page = context.new_page()
    page.goto(desk.board.url(f"cells/{OAK}/"))
    send = page.get_by_role("button", name="Put my card on the board")
    expect(send).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Title").fill("Written meanwhile")
    desk.do("DELETE", "freeze")
    expect(page.locator("[data-paused], [aria-disabled]")).to_have_count(0, timeout=20 * SECOND)
    send.click()
    expect(page.locator(".success")).to_contain_text("It's up")
    assert desk.board.card_at(OAK) == "Written meanwhile"


def test_a_page_that_lost_its_stream_hears_what_everyone_must_hear_by_polling(
    context: BrowserContext, desk: Desk
) -> None:
    page = context.new_page()
    page.route("**/live?*", lambda route: route.abort())
    page.clock.install(time=datetime.now(UTC))
    page.goto(desk.board.url())
    desk.do("POST", "announcements", text="Lunch is served")
    contest = desk.contest(OAK)
    page.clock.run_for(16 * SECOND)
    expect(page.locator("#notices .said")).to_contain_text("Lunch is served")
    expect(page.locator(f"{at(OAK)} a.wanted")).to_have_attribute("href", re.compile(f"/contests/{contest}/$"))


def test_a_card_is_found_by_its_title_while_it_is_contested(context: BrowserContext, desk: Desk) -> None:
    desk.contest(OAK)
    page = desk.board.open(context)
    page.get_by_label("Find a card").fill("chess")
    expect(page.locator(".found")).to_have_attribute("id", f"cell-{OAK}")
    expect(page.locator("#news")).to_have_text("1 found")
