"""Everything by keyboard alone: no mouse, and no focus set by the test; what has the focus can be seen and stays."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.board import Board, at
from tests.browser.chromium import visitor
from tests.browser.keys import focus_is_on, press, press_back, tab_to, type_into
from tests.inside import slots_of

FIRST, NEXT = slots_of()[0], slots_of()[1]
FREE, OTHER = f"r1@{FIRST[0]}", f"r3@{FIRST[0]}"


def mine(board: Board, context: BrowserContext, title: str = "Mine", cell: str = FREE) -> str:
    """A card of this browser's; its code."""
    return str(board.write_mine(context, title, cell)["code"])


# What hosts do


def test_a_free_cell_is_taken(context: BrowserContext, board: Board) -> None:
    page = board.open(context)
    press(page, page.locator(f"{at(FREE)} a"))
    type_into(page, page.get_by_label("Title"), "By keyboard")
    press(page, page.get_by_role("button", name="Put my card on the board"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("It's up")
    assert board.card_at(FREE) == "By keyboard"


def test_enter_in_a_field_takes_the_cell(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url(f"cells/{FREE}/"))
    type_into(page, page.get_by_label("Title"), "By Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("It's up")
    assert board.card_at(FREE) == "By Enter"


def test_a_refusal_has_the_focus_and_its_first_offer_is_the_next_stop(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url(f"cells/{FREE}/"))
    board.write("Faster", FREE)
    type_into(page, page.get_by_label("Title"), "Too late")
    page.keyboard.press("Enter")
    assert focus_is_on(page, page.locator("#lost"))
    page.keyboard.press("Tab")
    offer = page.locator(".offers button").first
    assert focus_is_on(page, offer)
    address = str(offer.get_attribute("formaction"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("It's up")
    assert board.card_at(address.split("/")[3]) == "Too late"


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url(f"cells/{FREE}/"))
    type_into(page, page.get_by_label("Title"), "x" * 81)
    page.keyboard.press("Enter")
    assert focus_is_on(page, page.locator("#errors"))
    press(page, page.locator("#errors a"))
    assert focus_is_on(page, page.get_by_label("Title"))


def test_a_card_is_edited(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = board.open(context)
    press(page, page.get_by_role("link", name="Edit: Mine"))
    type_into(page, page.get_by_label("Title"), "Mine, with more words")
    press(page, page.get_by_role("button", name="Save the words"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. The board shows your new words.")
    assert (board.card_at(FREE), board.cells_of(code)) == ("Mine, with more words", [FREE])


def test_a_card_is_moved_by_its_dialog(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = board.open(context)
    press(page, page.get_by_role("button", name="Move to… Mine"))
    press(page, page.get_by_role("dialog").get_by_role("button", name="R3", exact=True).first)
    expect(page.locator(f"{at(OTHER)} h3")).to_have_text("Mine")
    assert board.cells_of(code) == [OTHER]


def test_escape_leaves_the_dialog_and_the_focus_is_back_where_it_was(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = board.open(context)
    handle = page.get_by_role("button", name="Move to… Mine")
    press(page, handle)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert (focus_is_on(page, handle), board.cells_of(code)) == (True, [FREE])


def test_after_a_move_the_focus_is_on_the_card_where_it_now_is(context: BrowserContext, board: Board) -> None:
    mine(board, context)
    page = board.open(context)
    press(page, page.get_by_role("button", name="Move to… Mine"))
    press(page, page.get_by_role("dialog").get_by_role("button", name="R3", exact=True).first)
    expect(page.locator(f"{at(OTHER)} h3")).to_have_text("Mine")
    expect(page.locator(f"{at(OTHER)} :focus")).to_have_count(1)


def test_a_card_is_moved_in_its_form(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = context.new_page()
    page.goto(board.url(f"cards/{code}/edit/"))
    press(page, page.locator(".free-day summary").first)
    press(page, page.locator(".free-day[open]").get_by_role("button", name=re.compile("^R3, 08:00")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("It's up")
    assert board.cells_of(code) == [OTHER]


def test_a_card_is_taken_down(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = context.new_page()
    page.goto(board.url(f"cards/{code}/edit/"))
    press_back(page, page.get_by_role("button", name="Take it down"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Taken down.")
    assert board.cells_of(code) == []


def test_a_card_is_withdrawn(context: BrowserContext, board: Board) -> None:
    code = mine(board, context)
    page = context.new_page()
    page.goto(board.url(f"cards/{code}/edit/"))
    press_back(page, page.get_by_role("link", name="Withdraw it…"))
    press(page, page.get_by_role("button", name="Yes, withdraw it"))
    expect(page.locator(".notice")).to_have_text("This card was withdrawn: it will not take place.")
    assert board.card_at(FREE) == ""


# What staff do


def test_a_cell_is_closed_and_reopened(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url("staff/"))
    type_into(page, page.get_by_label("Token"), board.home.token)
    press(page, page.get_by_role("button", name="This is me"))
    press(page, page.locator("main").get_by_role("link", name="To the board"))
    press(page, page.locator(f"{at(FREE)} a"))
    type_into(page, page.get_by_label("Close this cell: why?"), "Needed for lunch")
    press(page, page.get_by_role("button", name="Close it"))
    press(page, page.get_by_role("button", name="Reopen this cell"))
    expect(page.get_by_role("button", name="Close it")).to_be_visible()
    assert board.now()["closures"] == []


def test_a_closed_cell_is_reopened_from_the_board(context: BrowserContext, board: Board) -> None:
    board.close(FREE, "Needed for lunch")
    board.make_staff(context)
    page = board.open(context)
    press(page, page.locator(f"{at(FREE)} a"))
    press(page, page.get_by_role("button", name="Reopen this cell"))
    expect(page.get_by_role("button", name="Close it")).to_be_visible()
    assert board.now()["closures"] == []


# What readers do


def test_another_day_is_opened_by_its_tab(context: BrowserContext, board: Board) -> None:
    page = board.open(context)
    press(page, page.locator(".days a").nth(1))
    expect(page.locator("#board")).to_have_attribute("data-day", re.compile(f"{NEXT[0][:2]}-{NEXT[0][2:4]}$"))


def test_a_card_is_found_by_typing_and_escape_shows_all(context: BrowserContext, board: Board) -> None:
    board.write("Jazz jam", FREE)
    board.write("Knitting", OTHER)
    page = board.open(context)
    type_into(page, page.get_by_label("Find a card"), "jazz")
    expect(page.locator("#board .card:visible h3")).to_have_text(["Jazz jam"])
    press(page, page.locator(f"{at(FREE)} h3 a"), key="")
    press_back(page, page.get_by_label("Find a card"), key="Escape")
    expect(page.locator("#board .card:visible h3")).to_have_text(["Jazz jam", "Knitting"])


def test_light_turns_dark(context: BrowserContext, board: Board) -> None:
    page = board.open(context)
    press(page, page.get_by_role("button", name="Light or dark"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_first_stop_skips_to_the_main_part(context: BrowserContext, board: Board) -> None:
    page = board.open(context)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the main part")
    assert (focus_is_on(page, skip), skip.evaluate("link => link.getBoundingClientRect().top >= 0")) == (True, True)


# What has the focus


@pytest.mark.parametrize(
    "path", ["", "now/", f"cells/{FREE}/", f"cells/{OTHER}/", "cards/{code}/", "cards/{code}/edit/"]
)
def test_the_focus_can_be_seen_at_every_stop(browser: Browser, board: Board, path: str) -> None:
    """It has an outline, or stands in a card that has one; and it is on the screen, not under a sticky head."""
    with visitor(browser) as host:
        code = mine(board, host, cell=OTHER)
        page = host.new_page()
        page.goto(board.url(path.format(code=code)))
        page.wait_for_timeout(300)
        unseen = [stop for stop in _stops(page, 45) if stop]
        assert unseen == []


def _stops(page: Page, most: int) -> list[str]:
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(UNSEEN))
    return stops


UNSEEN = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return "";
  const marked = [stop, stop.closest(".card")].filter(Boolean).some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = stop.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 30) / 2];
  const on = document.elementFromPoint(x, y);
  const seen = on && (stop.contains(on) || on.contains(stop) || on.closest("label, .card")?.contains(stop));
  return marked && seen ? "" : `${marked ? "covered" : "unmarked"}: ${stop.outerHTML.slice(0, 150)}`;
}"""


def test_news_take_neither_the_focus_nor_the_place(context: BrowserContext, board: Board) -> None:
    for number, slot in enumerate(FIRST):
        board.write(f"Card {number}", f"r2@{slot}")
    page = board.open(context)
    title = page.locator(f"{at(f'r2@{FIRST[9]}')} h3 a")
    tab_to(page, title)
    before = _place(title)
    for slot in FIRST[:4]:
        board.write("One above", f"r9@{slot}", text="With many words. " * 10)
    expect(page.locator(f"{at(f'r9@{FIRST[3]}')} h3")).to_have_text("One above")
    assert (focus_is_on(page, title), _place(title)) == (True, before)


def test_the_focus_stays_on_a_card_that_moves_away_under_it(context: BrowserContext, board: Board) -> None:
    """Its cell is free then: the focus is on what takes it, not at the top of the page."""
    card = mine(board, context)
    page = board.open(context)
    tab_to(page, page.locator(f"{at(FREE)} h3 a"))
    assert context.request.put(board.api(f"cards/{card}/placement"), data={"cell": OTHER}).ok
    expect(page.locator(f"{at(OTHER)} h3")).to_have_text("Mine")
    assert focus_is_on(page, page.locator(f"{at(FREE)} a"))


def _place(what: Locator) -> int:
    return round(float(what.evaluate("element => element.getBoundingClientRect().top")))
