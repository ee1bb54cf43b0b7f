"""The language that an address asks for goes with the reader: along links, through a form, and to what follows it."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import faults
from tests.inside import slots_of

CELL = f"r1@{slots_of()[0][0]}"


def language(page: Page) -> tuple[str, str]:
    """The page's language and direction."""
    root = page.locator("html")
    return root.get_attribute("lang") or "", root.get_attribute("dir") or ""


def test_a_card_goes_up_in_german_from_the_board_to_the_card(context: BrowserContext, board: Board) -> None:
    page = board.open(context, "?lang=de")
    page.locator(f"[id='cell-{CELL}'] a").click()
    page.get_by_label("Titel").fill("Schach")
    page.get_by_role("button", name="Meine Karte an die Tafel hängen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Sie hängt: "))
    page.get_by_role("link", name="Die Karte ansehen").click()
    expect(page).to_have_url(re.compile(r"/cards/\w+/\?lang=de$"))
    assert language(page) == ("de", "ltr")


def test_a_link_at_the_foot_leads_to_the_same_page_in_another_language(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    page.goto(board.url("cards/new/?lang=de"))
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(board.url("cards/new/?lang=ar"))
    assert language(page) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["", f"cells/{CELL}/", "cards/new/"])
def test_pages_that_run_right_to_left_can_be_used_by_everyone(context: BrowserContext, board: Board, path: str) -> None:
    page = context.new_page()
    page.goto(board.url(path + "?lang=ar"))
    assert faults(page) == []
