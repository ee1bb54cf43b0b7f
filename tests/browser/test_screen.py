"""The big screen in a real browser: nobody touches it, and it is right, by the clock and after any kind of trouble."""

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from tests.browser.board import SECOND, Board, ask, lose_touch, put_forward
from tests.browser.chromium import faults, visitor
from tests.camp import DAY, ROOMS, cell, event_file, founded
from tests.servers import Installation, serving, start

HD = {"width": 1920, "height": 1080}
SIZES = {
    "1080p": HD,
    "720p": {"width": 1280, "height": 720},
    "4K": {"width": 3840, "height": 2160},
    "upright": {"width": 1080, "height": 1920},
    "a tablet": {"width": 1024, "height": 600},
}
MANY = tuple(f"Hall {number}" for number in range(1, 41))
NOON = time(12)
PUBLIC = "https://board.example"


@dataclass(frozen=True)
class Public(Installation):
    """An installation that knows its public address, for what can be scanned."""

    def environment(self) -> dict[str, str]:
        """The same, with that address."""
        return super().environment() | {"OPENSPACES_URL": PUBLIC}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A camp of three rooms and Elsewhere, on two days."""
    home = founded(tmp_path_factory.mktemp("camp"), event_file(ROOMS[:3], days=2), limits="off")
    with serving(Public(*astuple(home))) as (server,):
        yield Board(home, server)


@pytest.fixture
def board(shown: Board) -> Iterator[Board]:
    """The same board, empty again after each test, and going on."""
    yield shown
    staff(shown, "DELETE", "freeze")
    staff(shown, "PUT", "pitch", queue=[])
    shown.clear()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A machine with a large screen."""
    with visitor(browser, viewport=HD) as machine:
        yield machine


@pytest.fixture(scope="module")
def congress(shown: Board, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Forty rooms on the same server, all of them taken at noon but for Hall 5 to 9."""
    file = tmp_path_factory.mktemp("congress") / "congress.toml"
    file.write_text(event_file(MANY).replace('slug = "camp"', 'slug = "congress"').replace("Hall ", "hall-", 0))
    text = re.sub(r'key = "hall (\d+)"', r'key = "hall-\1"', file.read_text())
    file.write_text(text)
    token = shown.home.plan(file)["token"]
    board = Board(replace(shown.home, event="congress", token=token), shown.server)
    for number in (*range(1, 5), *range(10, 41)):
        board.write(f"A title for number {number} that takes two lines", cell(f"hall-{number}", 12), host="Ada")
    return board


def at(clock: time, day: int = 0) -> datetime:
    """A moment by the camp's clocks."""
    return datetime.combine(DAY + timedelta(days=day), clock, ZoneInfo("Europe/Berlin")).astimezone(UTC)


def open_at(machine: BrowserContext, board: Board, moment: datetime, query: str = "") -> Page:
    """The screen when its machine's clock says so; it is not told that the server's clock says otherwise."""
    page = machine.new_page()
    page.clock.install(time=moment)
    page.add_init_script(NO_DATE)
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url(f"screen/{query}"))
    return page


NO_DATE = """{
  const get = Headers.prototype.get;
  Headers.prototype.get = function (name) { return name === "date" ? null : get.call(this, name); };
}"""


def row(page: Page, room: str) -> Locator:
    """The row of a room."""
    return page.locator(f"#rows [data-key^='{room.lower()}.']")


def staff(board: Board, does: str, path: str, /, **said: Any) -> Any:
    """What the API answers to somebody of the staff."""
    headers = {"Authorization": f"Bearer {board.home.token}"}
    return ask(does, board.api(path), json=said or None, headers=headers).json()


# News


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


# Room on the screen


def test_what_does_not_fit_is_on_further_pages_that_turn_by_themselves(
    context: BrowserContext, congress: Board
) -> None:
    page = open_at(context, congress, at(NOON))
    expect(page.locator("#dots i").first).to_have_class("here")
    page.clock.pause_at(at(time(12, 1)))
    seen: list[str] = []
    count, first = page.locator("#dots i").count(), _place(page.locator("#dots .here"))
    for number in range(count):
        expect(page.locator("#dots i").nth((first + number) % count)).to_have_class("here")
        expect(page.locator("#rows")).not_to_have_class(re.compile("turning"))
        seen += page.locator("#rows > li:visible h3 bdi").all_inner_texts()
        page.clock.run_for(9_500)
        page.clock.run_for(500)
    free = [f"Hall {number}" for number in range(5, 10)]
    taken = [name for name in MANY if name not in free]
    assert (count > 1, sorted(seen)) == (True, sorted(taken))
    expect(page.locator("#dots i").nth(first)).to_have_class("here")


def test_rooms_that_are_free_share_a_row_where_there_are_many(context: BrowserContext, congress: Board) -> None:
    page = open_at(context, congress, at(NOON))
    expect(page.locator(".idles bdi")).to_have_text([f"Hall {number}" for number in range(5, 10)])


def test_news_on_another_page_are_turned_to(context: BrowserContext, congress: Board) -> None:
    page = open_at(context, congress, at(NOON))
    last = row(page, "hall-40")
    expect(page.locator("#dots i").first).to_have_class("here")
    expect(last).to_be_hidden()
    congress.write("Just in", cell("hall-40", 13))
    expect(last.locator(".next h4")).to_have_text("Just in")
    expect(last).to_be_visible()


def test_where_motion_is_unwelcome_pages_are_cut(browser: Browser, congress: Board) -> None:
    with visitor(browser, viewport=HD, reduced_motion="reduce") as machine:
        page = open_at(machine, congress, at(NOON))
        expect(page.locator("#dots i").first).to_have_class("here")
        page.clock.pause_at(at(time(12, 1)))
        there = page.locator("#dots .here")
        before = _place(there)
        page.clock.run_for(10 * SECOND)
        assert _place(there) != before


def _place(dot: Locator) -> int:
    return int(dot.evaluate("dot => [...dot.parentElement.children].indexOf(dot)"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rooms", ["few", "one", "many"])
def test_everything_is_inside_the_screen(
    browser: Browser, board: Board, congress: Board, rooms: str, size: str
) -> None:
    board.write("x" * 80, cell("Oak", 12), host="y" * 80, text="A long text. " * 30, slots=2)
    board.write("A second hour that has a title of an ordinary length", cell("Elm", 13), host="Ada")
    which, query = {"few": (board, ""), "one": (board, "?room=oak"), "many": (congress, "")}[rooms]
    with visitor(browser, viewport=SIZES[size]) as machine:
        page = open_at(machine, which, at(NOON), query)
        expect(page.locator("#rows > li:visible").first).to_be_visible()
        assert page.evaluate(OUTSIDE) == []


OUTSIDE = """() => {
  const sticks = (part, space) => part.bottom > space.bottom + 1 || part.right > space.right + 1 || part.left < -1;
  const [page, screen] = [document.documentElement, { right: innerWidth, bottom: innerHeight }];
  const rows = document.getElementById("rows").getBoundingClientRect();
  const all = (selector, space) => [...document.querySelectorAll(selector)].map((each) => [each, space]);
  const pieces = all("#rows > li, #rows > li > *", rows);
  const parts = [...all("#stage > *, main > *, #rail > *, #rail .qr", screen), ...pieces]
    .filter(([each]) => each.checkVisibility())
    .filter(([each, space]) => sticks(each.getBoundingClientRect(), space));
  const scrolls = page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;
  return [...parts.map(([each]) => each.outerHTML.slice(0, 80)), ...(scrolls ? ["it scrolls"] : [])];
}"""


def test_on_a_phone_it_is_a_list_as_long_as_it_is(browser: Browser, congress: Board) -> None:
    with visitor(browser, viewport={"width": 390, "height": 844}) as reader:
        page = open_at(reader, congress, at(NOON))
        expect(page.locator("#rows > li:visible")).to_have_count(40)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


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


# Everyone


def test_the_address_is_read_from_left_to_right_everywhere(context: BrowserContext, board: Board) -> None:
    page = open_at(context, board, at(NOON), "?lang=ar")
    address = page.locator("#board bdi")
    first, last = (address.evaluate(PLACE, place) for place in (0, -1))
    assert (page.locator("html").get_attribute("dir"), first < last) == ("rtl", True)


PLACE = """(address, place) => {
  const texts = [...address.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const range = document.createRange();
  range.selectNodeContents(texts.at(place));
  return range.getBoundingClientRect().left;
}"""


@pytest.mark.parametrize("query", ["", "?theme=dark", "?room=oak", "?lang=ar", "?lang=hi"])
def test_everyone_can_read_it(context: BrowserContext, board: Board, query: str) -> None:
    cards = [board.write(title, host="Ada", text="What it is about") for title in ("Vim", "Emacs")]
    board.write("Knitting", cell("Oak", 12), host="Grace", slots=2)
    board.write("Chess", cell("Elsewhere", 12), where="Park")
    board.close(cell("Elm", 12), "Needed for lunch")
    staff(board, "POST", "contests", cell=cell("Fir", 13), cards=cards, method="vote", minutes=600)
    said = staff(board, "POST", "announcements", text="Lunch is served", minutes=600)
    page = open_at(context, board, at(NOON), query)
    expect(row(page, "oak").locator(".now h4")).to_have_text("Knitting")
    found = faults(page)
    staff(board, "PUT", "pitch", queue=cards)
    if query != "?room=oak":
        expect(page.locator("#pitch")).to_be_visible()
        found += faults(page)
    staff(board, "PUT", "pitch", queue=[])
    page.set_viewport_size({"width": 390, "height": 844})
    expect(row(page, "oak").first).to_be_visible()
    found += faults(page)
    staff(board, "DELETE", f"announcements/{said['number']}")
    assert found == []


def test_without_scripts_it_is_the_list_of_the_day(browser: Browser, board: Board) -> None:
    board.write("Plain", cell("Oak", 12))
    with visitor(browser, java_script_enabled=False) as reader:
        page = reader.new_page()
        page.goto(board.url("screen/"))
        expect(page.locator("#slots h4")).to_have_text(["Plain"])
        expect(page.locator("#slots h4")).to_be_visible()
