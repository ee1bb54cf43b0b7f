"""The big screen by itself: right by the clock, with the code of the place, and after any kind of trouble."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from tests.browser.board import SECOND, Board, ask, lose_touch, put_forward
from tests.browser.chromium import visitor
from tests.browser.screen.screens import HD, NOON, at, open_at, row, staff
from tests.camp import ROOMS, cell, event_file, founded
from tests.servers import start

# The clock


def heads(page: Page) -> Locator:
    return page.locator("#heads .label")


def test_now_and_next_follow_the_clock(context: BrowserContext, board: Board) -> None:
    board.write("At noon", cell("Oak", 12))
    page = open_at(context, board, at(time(11, 59)))
    expect(heads(page)).to_have_text(["Now 11:00–12:00", "Next 12:00–13:00"])
    expect(row(page, "oak").locator(".next h4")).to_have_text("At noon")
    page.clock.fast_forward(61 * SECOND)
    expect(heads(page)).to_have_text(["Now 12:00–13:00", "Next 13:00–14:00"])
    expect(row(page, "oak").locator(".now h4")).to_have_text("At noon")
    expect(page.locator("#clock")).to_have_text("12:00")


@pytest.mark.parametrize(
    ("clock", "day", "message", "shows"),
    [
        (time(23), -2, "Starts on", ["Next 09:00–10:00", "After that 10:00–11:00"]),
        (time(7), 0, "Opens at 09:00", ["Next 09:00–10:00", "After that 10:00–11:00"]),
        (time(22), 0, "See you tomorrow at 09:00", ["Next 09:00–10:00", "After that 10:00–11:00"]),
        (time(0, 30), 1, "Opens at 09:00", ["Next 09:00–10:00", "After that 10:00–11:00"]),
        (time(22), 1, "Thank you for coming!", []),
    ],
)
def test_before_and_after_the_day_it_says_when_there_is_more(
    context: BrowserContext, board: Board, clock: time, day: int, message: str, shows: list[str]
) -> None:
    page = open_at(context, board, at(clock, day))
    expect(page.locator("#message")).to_have_text(re.compile(f"^{message}"))
    expect(heads(page)).to_have_text(shows)


def test_the_next_day_begins_at_midnight_by_itself(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(time(23, 59)))
    expect(page.locator("#message")).to_have_text("See you tomorrow at 09:00")
    page.clock.fast_forward(2 * 60 * SECOND)
    expect(page.locator("#message")).to_have_text("Opens at 09:00")


def test_a_machine_whose_clock_is_wrong_is_put_right(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.clock.install(time=datetime(1970, 1, 1, tzinfo=UTC))
    page.goto(board.url("screen/"))
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    expect(page.locator("#clock")).to_have_text(re.compile(f"{now:%H:%M}|{now + timedelta(minutes=1):%H:%M}"))


# The code of the place


@pytest.fixture(scope="module")
def guarded(shown: Board, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """An event on the same server whose hosts must be there."""
    file = tmp_path_factory.mktemp("guarded") / "guarded.toml"
    text = event_file(ROOMS[:2]).replace('slug = "camp"', 'slug = "guarded"')
    file.write_text(text + '[policy]\nplacing = "presence"\n')
    return Board(replace(shown.home, event="guarded", token=shown.home.plan(file)["token"]), shown.server)


def code_now(board: Board) -> str:
    answer = ask("GET", board.url("screen/code"), headers={"Authorization": f"Bearer {board.home.token}"})
    return str(answer.json()["code"])


def test_a_screen_of_anybody_shows_no_code(context: BrowserContext, guarded: Board) -> None:
    page = context.new_page()
    with page.expect_response("**/screen/code") as refused:
        page.goto(guarded.url("screen/"))
    expect(page.locator("#clock")).not_to_be_empty()
    assert refused.value.status == 403
    expect(page.locator("#code")).to_be_hidden()


def test_a_screen_of_the_staff_shows_the_code(context: BrowserContext, guarded: Board) -> None:
    guarded.make_staff(context)
    before = code_now(guarded)
    page = context.new_page()
    page.goto(guarded.url("screen/"))
    shown = page.locator("#code b")
    expect(shown).not_to_be_empty()
    assert shown.inner_text().replace(" ", "") in (before, code_now(guarded))


def test_where_no_code_is_used_the_staff_see_none(context: BrowserContext, board: Board) -> None:
    board.make_staff(context)
    page = open_at(context, board, at(NOON))
    expect(row(page, "oak")).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()


def test_a_screen_keeps_the_token_of_its_link_and_not_in_the_address(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url(f"screen/?theme=dark#{board.home.token}"))
    expect(page.locator("#code b")).not_to_be_empty()
    assert page.url == board.url("screen/?theme=dark")
    page.reload()
    expect(page.locator("#code b")).not_to_be_empty()


def test_the_code_is_asked_for_again_when_the_next_one_comes(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(board.url(f"screen/#{board.home.token}"))
    expect(page.locator("#code b")).not_to_be_empty()
    with page.expect_response("**/screen/code"):
        page.clock.fast_forward(11 * 60 * SECOND)


# Trouble


def mark(page: Page) -> None:
    """Something that is gone if the page is ever loaded anew."""
    page.evaluate("window.mark = 'the same page'")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 'the same page'"))


def test_it_outlives_its_server(browser: Browser, tmp_path: Path) -> None:
    home = founded(tmp_path, event_file(ROOMS[:3]), limits="off")
    with visitor(browser, viewport=HD) as machine:
        first = start(home)
        page = open_at(machine, Board(home, first), at(NOON))
        mark(page)
        first.kill()
        page.clock.fast_forward(60 * SECOND)
        expect(page.locator("#stale")).to_have_text(re.compile(r"^Last seen 12:0\d$"))
        expect(row(page, "oak").locator(".now .open")).to_have_text("Free")
        second = start(home, port=int(first.address.rpartition(":")[2]))
        try:
            Board(home, second).write("After the crash", cell("Oak", 12))
            page.clock.fast_forward(35 * SECOND)
            expect(row(page, "oak").locator(".now h4")).to_have_text("After the crash")
            expect(page.locator("#stale")).to_be_hidden()
            Board(home, second).write("By the new stream", cell("Elm", 12))
            expect(row(page, "elm").locator(".now h4")).to_have_text("By the new stream")
            assert is_the_same(page)
        finally:
            second.stop()


def test_without_a_network_it_says_since_when_and_is_right_again_after(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.clock.install()
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url("screen/"))
    mark(page)
    context.set_offline(True)
    lose_touch(page)
    expect(page.locator("#stale")).to_have_text(re.compile(r"^Last seen \d\d:\d\d$"))
    expect(row(page, "oak")).to_be_visible()
    board.write("Meanwhile", cell("Oak", 9))
    context.set_offline(False)
    put_forward(page, row(page, "oak").get_by_role("heading", name="Meanwhile"))
    expect(page.locator("#stale")).to_be_hidden()
    assert is_the_same(page)


def test_without_a_stream_it_polls(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.clock.install()
    page.route("**/live?*", lambda route: route.abort())
    page.goto(board.url("screen/"))
    board.write("By polling", cell("Oak", 9))
    put_forward(page, row(page, "oak").get_by_role("heading", name="By polling"))


def test_the_page_of_a_network_s_door_is_not_taken_for_the_board(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    mark(page)
    expect(row(page, "oak")).to_be_visible()
    page.route("**/screen/", lambda route: route.fulfill(body="<h1>Log in to the Wi-Fi</h1>", content_type="text/html"))
    page.route("**/live?*", lambda route: route.abort())
    with page.expect_response("**/screen/"):
        page.clock.fast_forward(70 * SECOND)
    expect(row(page, "oak")).to_be_visible()
    assert is_the_same(page)


@pytest.mark.parametrize(("there", "anew"), [(True, True), (False, False)])
def test_a_newer_program_is_taken_once_all_of_it_can_be_had(
    context: BrowserContext, board: Board, there: bool, anew: bool
) -> None:
    page = open_at(context, board, at(NOON))
    mark(page)
    newer = "/static/screen/scripted.js" if there else "/static/screen/of-tomorrow.js"

    def upgraded(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r"/static/screen/scripted\.\w+\.js", newer, answer.text())
        route.fulfill(response=answer, body=body, headers={"content-type": "text/html; charset=utf-8"})

    page.route("**/screen/", upgraded)
    with page.expect_event("load") if anew else page.expect_response(f"**{newer}"):
        page.clock.fast_forward(61 * SECOND)
    expect(row(page, "oak")).to_be_visible()
    page.unroute_all(behavior="wait")
    assert is_the_same(page) != anew


def test_it_does_not_grow(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON))
    size = "document.querySelectorAll('*').length"
    code = board.write("Comes and goes", cell("Oak", 12))
    expect(row(page, "oak").locator("h4")).to_have_text("Comes and goes")
    before = page.evaluate(size)
    for number in range(5):
        staff(board, "PUT", f"cards/{code}/placement", cell=cell("Elm", 12))
        expect(row(page, "elm").locator(".now h4")).to_have_text("Comes and goes")
        staff(board, "PUT", f"cards/{code}/placement", cell=cell("Oak", 12))
        expect(row(page, "oak").locator(".now h4")).to_have_text("Comes and goes")
        page.clock.run_for((number + 1) * 30 * SECOND)
    assert page.evaluate(size) == before
