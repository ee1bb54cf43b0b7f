"""Where things stand on the board: measured in the browser, left to right and right to left."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.board import Board, at
from tests.browser.chromium import PHONE, visitor
from tests.inside import slots_of

SLOT = slots_of()[0][0]
FREE, TAKEN, CLOSED = f"r1@{SLOT}", f"r2@{SLOT}", f"r3@{SLOT}"


def test_closed_taken_and_free_cells_are_equally_wide(browser: Browser, board: Board) -> None:
    board.close(CLOSED, "Lunch")
    board.write("Knitting", TAKEN)
    with visitor(browser) as reader:
        page = board.open(reader)
        insides = (f"{at(FREE)} a", f"{at(TAKEN)} .card", f"{at(CLOSED)} p")
        assert len({round(box(page.locator(inside))["width"]) for inside in insides}) == 1


@pytest.mark.parametrize("language", ["en-GB", "ar"])
def test_a_long_handle_gives_way_and_the_name_stays_whole(browser: Browser, board: Board, language: str) -> None:
    board.write("Knitting", TAKEN, host="Ada Lovelace", handle="@ada.lovelace@mathematics.example.social")
    with visitor(browser, locale=language) as reader:
        page = board.open(reader)
        name, handle = (page.locator(f"{at(TAKEN)} .by bdi").nth(each) for each in (0, 1))
        assert (is_whole(name), is_whole(handle), starts_in_sight(page, handle)) == (True, False, True)


def test_lines_from_right_to_left_have_room_for_their_dots(browser: Browser, board: Board) -> None:
    board.write("بايثون للمبتدئين في المدارس", TAKEN)
    board.write("Knitting", FREE)
    with visitor(browser) as reader:
        page = board.open(reader)
        arabic, latin = (page.locator(f"{at(cell)} h3").evaluate(LINE) for cell in (TAKEN, FREE))
        assert arabic > 1.15 * latin


LINE = "each => parseFloat(getComputedStyle(each).lineHeight)"


def test_a_word_without_an_end_makes_no_page_of_staff_wider(browser: Browser, board: Board) -> None:
    board.write("x" * 80, TAKEN)
    with visitor(browser, viewport=PHONE) as staff:
        board.make_staff(staff)
        page = staff.new_page()
        page.goto(board.url(f"cells/{TAKEN}/"))
        expect(page.get_by_label("Close this cell: why?")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("path", ["", "now/"])
def test_staff_find_the_desk_and_nobody_else_is_sent_there(browser: Browser, board: Board, path: str) -> None:
    with visitor(browser) as reader, visitor(browser) as staff:
        board.make_staff(staff)
        theirs, mine = board.open(staff, path), board.open(reader, path)
        expect(theirs.get_by_role("link", name="The desk")).to_be_visible()
        expect(mine.get_by_role("link", name="The desk")).to_be_hidden()


def box(what: Locator) -> dict[str, float]:
    found = what.bounding_box()
    assert found
    return dict(found)  # type: ignore[arg-type]


def is_whole(text: Locator) -> bool:
    return bool(text.evaluate("each => each.scrollWidth <= each.clientWidth"))


def starts_in_sight(page: Page, handle: Locator) -> bool:
    """Whether the first letter of something written from left to right is where it can be seen."""
    where = "each => { const all = document.createRange(); all.setStart(each.firstChild, 0);"
    where += " all.setEnd(each.firstChild, 1); return all.getBoundingClientRect().left; }"
    return bool(handle.evaluate(where) >= box(handle)["x"] - 1)
