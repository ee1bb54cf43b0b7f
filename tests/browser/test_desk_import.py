"""Cards of a sheet are brought in at the desk: looked at, another column chosen, and written."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import faults, small

MANY = 20


def fine(page: Page) -> None:
    """Nothing is wrong with the page, light and dark, on a desk and on a phone."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert (width, scheme, faults(page), small(page)) == (width, scheme, [], [])
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_sheet_is_looked_at_and_its_cards_are_written(context: BrowserContext, board: Board, tmp_path: Path) -> None:
    sheet = tmp_path / "cards.csv"
    rows = "".join(f"Ada {number},Session {number}\n" for number in range(MANY))
    sheet.write_text(f"Title,Name of the session\n{rows},Nobody\n", encoding="utf-8")
    board.make_staff(context)
    page = context.new_page()
    page.goto(board.url("desk/import/"))
    fine(page)
    page.get_by_label("A file").set_input_files(sheet)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{MANY + 1} rows in cards.csv", timeout=60_000)
    page.get_by_label("Title").select_option("B “Name of the session”")
    page.get_by_label("Name", exact=True).select_option("A “Title”")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(".entry .about").first).to_have_text("Session 0 Ada 0", timeout=60_000)
    fine(page)
    page.get_by_role("button", name=f"Write {MANY + 1} cards").click()
    expect(page.locator(".success")).to_contain_text(f"Cards written: {MANY + 1}.", timeout=60_000)
    fine(page)
    assert page.get_by_role("link", name="Planned").get_attribute("href") == f"/{board.home.event}/planned/"
