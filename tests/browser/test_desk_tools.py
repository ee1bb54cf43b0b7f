"""The desk's tools in a browser: the log, one card, the board as it was, a word to everyone, the pitch."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.hall import Hall, at_the_desk, hall
from tests.browser.keys import press, type_into
from tests.camp import DAY, cell

WEEKDAY = f"{DAY:%A}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall")) as served:
        yield served


def row(page: Page) -> list[str]:
    return page.locator(".queue .about").all_text_contents()


# The log


def test_a_change_is_undone_in_the_log_and_done_again(context: BrowserContext, board: Hall) -> None:
    board.place("Chess", "Oak", 10)
    page = at_the_desk(board, context, "log/")
    newest = page.locator("#log > li").first
    newest.get_by_role("button").click()
    expect(page.locator("#told")).to_contain_text("Undone.")
    expect(page.locator("#log > li.undone")).to_have_count(1)
    assert board.card_at(cell("Oak", 10)) == ""
    page.locator("#log > li").first.get_by_role("button", name="Undo no.").click()
    expect(page.locator("#log > li.undone").nth(0)).to_contain_text("undoes no.")
    assert board.card_at(cell("Oak", 10)) == "Chess"


def test_the_log_is_filtered_by_keyboard(context: BrowserContext, board: Hall) -> None:
    board.place("Chess", "Oak", 10)
    board.close(cell("Elm", 10), "Paint")
    page = at_the_desk(board, context, "log/")
    press(page, page.get_by_label("Where"), "")
    page.keyboard.type("Elm")
    press(page, page.get_by_role("button", name="Show", exact=True))
    expect(page.locator("#log > li").first).to_contain_text("Closed, Paint")
    expect(page.get_by_role("link", name="Show everything")).to_be_visible()


# One card


def test_a_card_is_found_moved_and_brought_back(context: BrowserContext, board: Hall) -> None:
    board.place("Chess", "Oak", 10)
    page = at_the_desk(board, context, "search/")
    type_into(page, page.get_by_label("Title, text, host, handle or code"), "chess")
    page.keyboard.press("Enter")
    page.locator("li.link a").first.click()
    page.get_by_role("button", name="Elm, 11:00–12:00").first.click()
    expect(page.locator(".states")).to_contain_text(f"{WEEKDAY} 11:00–12:00, Elm")
    page.locator("#history").get_by_role("button").first.click()
    expect(page.locator(".states")).to_contain_text(f"{WEEKDAY} 10:00–11:00, Oak")
    assert board.card_at(cell("Oak", 10)) == "Chess"


# The board as it was


def test_the_slider_goes_back_and_the_board_is_restored(context: BrowserContext, board: Hall) -> None:
    board.place("Chess", "Oak", 10)
    good = board.now()["number"]
    board.clear()
    board.place("Vandal", "Oak", 10)
    page = at_the_desk(board, context, "past/")
    page.get_by_label("Or change by change").fill(str(good))
    page.locator("[data-slide] button").click()
    expect(page.locator("td.differs")).to_contain_text("Chess")
    expect(page.locator("td.differs")).to_contain_text("now: Vandal")
    page.get_by_role("link", name="Restore the whole board to this…").click()
    expect(page.locator(".counts li")).to_have_text(["1 card goes back to its cell", "1 card is taken down"])
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Restore the whole board").click()
    expect(page.locator("td.differs")).to_have_count(0)
    assert (board.card_at(cell("Oak", 10)), board.home.check()) == ("Chess", 0)


# A word to everyone


def test_an_announcement_is_made_and_ended_without_leaving_the_page(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "say/")
    type_into(page, page.get_by_label("On every page and screen"), "Lunch is ready")
    press(page, page.get_by_role("button", name="Announce it"))
    expect(page.locator("#announcements")).to_contain_text("Lunch is ready")
    page.get_by_role("button", name="End: Lunch is ready").click()
    expect(page.locator("#announcements li")).to_have_count(0)


def test_a_frozen_board_says_so_on_every_page_of_the_desk(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "say/")
    type_into(page, page.locator("#freeze-reason"), "Storm of spam")
    press(page, page.get_by_role("button", name="Freeze the board"))
    expect(page.locator("#frozen")).to_contain_text("The board is paused: Storm of spam")
    page.goto(board.url("desk/log/"))
    page.get_by_role("link", name="Open it again").click()
    page.get_by_role("button", name="Open the board again").click()
    expect(page.locator("#frozen")).to_have_count(0)


# The pitch


def test_cards_are_pitched_one_after_the_other_and_placed_on_the_spot(context: BrowserContext, board: Hall) -> None:
    for title in ("Chess", "Go", "Juggling"):
        board.write(title)
    page = at_the_desk(board, context, "pitch/")
    for title in ("Chess", "Go", "Juggling"):
        page.locator("#candidates label", has_text=title).click()
    page.get_by_role("button", name="Add the ticked cards").click()
    expect(page.locator(".big-title")).to_have_text("Chess")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".countdown")).to_contain_text("0:")
    page.locator(".on-the-spot summary").first.click()
    page.locator(".on-the-spot").get_by_role("button", name="Oak, 10:00–11:00").click()
    expect(page.locator("#stage .facts").first).to_have_text(f"{WEEKDAY} 10:00–11:00, Oak")
    expect(page.locator(".countdown")).to_contain_text("0:")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".big-title")).to_have_text("Go")
    assert (board.card_at(cell("Oak", 10)), row(page)) == ("Chess", ["Go", "Juggling"])


def test_a_card_is_dragged_to_another_place_in_the_row(context: BrowserContext, board: Hall) -> None:
    for title in ("Chess", "Go", "Juggling"):
        board.write(title)
    page = at_the_desk(board, context, "pitch/")
    for title in ("Chess", "Go", "Juggling"):
        page.locator("#candidates label", has_text=title).click()
    page.get_by_role("button", name="Add the ticked cards").click()
    expect(page.locator(".queue > li[draggable=true]")).to_have_count(3)
    page.locator(".queue > li", has_text="Juggling").drag_to(
        page.locator(".queue > li", has_text="Chess"), target_position={"x": 40, "y": 4}
    )
    expect(page.locator(".big-title")).to_have_text("Juggling")
    expect(page.locator(".queue .about")).to_have_text(["Juggling", "Chess", "Go"])


def test_the_order_is_changed_by_keyboard_and_the_focus_stays(context: BrowserContext, board: Hall) -> None:
    for title in ("Chess", "Go"):
        board.write(title)
    page = at_the_desk(board, context, "pitch/")
    for title in ("Chess", "Go"):
        press(page, page.locator("#candidates label", has_text=title).locator("input"), "Space")
    page.keyboard.press("Enter")
    expect(page.locator(".queue .about")).to_have_text(["Chess", "Go"])
    press(page, page.get_by_role("button", name="Earlier: Go"))
    expect(page.locator(".queue .about")).to_have_text(["Go", "Chess"])
