"""T17: two tabs overwrite nothing in silence, what is under way is not shown as done, and no draft is lost."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.board import Board
from tests.inside import slots_of
from tests.promises import Promise

CELL = f"r1@{slots_of()[0][0]}"
SEEN = "form[data-card-form] [name=seen]"


@pytest.fixture
def tabs(context: BrowserContext, board: Board) -> tuple[Page, Page]:
    """The form of one card in two tabs of its host's."""
    code = board.write_mine(context, "Chess", CELL)["code"]
    address = board.url(f"cards/{code}/edit/")
    return _opened(context, address), _opened(context, address)


def test_the_second_of_two_tabs_is_shown_both_texts_and_overwrites_nothing(
    tabs: tuple[Page, Page], board: Board, promise: Promise
) -> None:
    kept = promise("T17", "the second of two tabs overwrites nothing in silence, and keeps its draft")
    first, second = tabs
    _save(first, "Chess for all")
    _save(second, "Blitz chess")
    expect(second.get_by_role("heading", level=1)).to_have_text("Two texts for one card")
    expect(second.get_by_role("cell", name="Blitz chess")).to_be_visible()
    expect(second.get_by_role("cell", name="Chess for all")).to_be_visible()
    assert board.card_at(CELL) == "Chess for all"
    kept.found("both texts are shown, and the board has the first")


def test_control_a_tab_that_claims_to_have_seen_all_overwrites(
    tabs: tuple[Page, Page], board: Board, promise: Promise
) -> None:
    control = promise.control("T17", "what a tab has seen")
    first, second = tabs
    _save(first, "Chess for all")
    first.reload()
    second.locator(SEEN).evaluate("(field, seen) => { field.value = seen; }", first.locator(SEEN).input_value())
    _save(second, "Blitz chess")
    expect(second.locator(".success")).to_be_visible()
    assert board.card_at(CELL) == "Blitz chess"
    control.found("the first tab's text is gone without a word")


def test_control_without_the_script_that_asks_first_a_draft_is_lost(
    context: BrowserContext, board: Board, promise: Promise
) -> None:
    control = promise.control("T17", "asking whether the board can be reached before a form is sent")
    page = context.new_page()
    page.route("**/sending*.js", lambda route: route.abort())
    page.goto(board.url(f"cells/{CELL}/"))
    page.get_by_label("Title").fill("Written in a tunnel")
    context.set_offline(True)
    page.get_by_role("button", name="Put my card on the board").click()
    page.wait_for_url("chrome-error://**")
    expect(page.get_by_label("Title")).to_have_count(0)
    control.found("the browser's own error page stands where the form was")


def _opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def _save(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    with page.expect_navigation():
        page.get_by_role("button", name="Save the words").click()
