"""Room on the big screen: every size, further pages that turn by themselves, and everyone can read it."""

import re
from datetime import time
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from tests.browser.board import SECOND, Board
from tests.browser.chromium import faults, visitor
from tests.browser.screen.screens import HD, MANY, NOON, at, open_at, row, staff
from tests.camp import cell

SIZES = {
    "1080p": HD,
    "720p": {"width": 1280, "height": 720},
    "4K": {"width": 3840, "height": 2160},
    "upright": {"width": 1080, "height": 1920},
    "a tablet": {"width": 1024, "height": 600},
}


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


@pytest.mark.parametrize(
    ("rooms", "size"), [*product(("few", "many"), SIZES), ("one", "1080p"), ("one", "upright"), ("one", "a tablet")]
)
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


@pytest.mark.parametrize("query", ["", "?theme=dark", "?room=oak", "?lang=ar"])
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
