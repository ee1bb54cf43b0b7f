"""Quick entry over two days in a browser: what was typed stays when one looks at another day, or when two want it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.chromium import PHONE, phone, visitor
from tests.browser.hall import Hall, at_the_desk, hall
from tests.camp import DAY, NEXT_DAY, cell

FIRST, SECOND = f"{DAY:%A}", f"{NEXT_DAY:%A}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall"), days=2) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with phone(browser) as someone:
        yield someone


def other_day(page: Page) -> None:
    """Look at the hours of the second day."""
    page.get_by_role("button", name=SECOND).click()
    expect(page.get_by_role("heading", name="Put it up")).to_contain_text(SECOND)


def test_what_was_typed_stays_when_one_looks_at_another_day(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/")
    page.get_by_label("Title").fill("Juggling")
    page.get_by_label("Whose is it?").fill("Bo")
    page.get_by_text("Text, length, place, handle, link").click()
    page.get_by_label("What is it about").fill("Three balls")
    other_day(page)
    expect(page.get_by_label("Title")).to_have_value("Juggling")
    expect(page.get_by_label("What is it about")).to_have_value("Three balls")
    expect(page.get_by_label("Title")).not_to_be_focused()
    page.get_by_role("button", name=f"{SECOND} 10:00–11:00, Oak", exact=True).tap()
    expect(page.locator("#told")).to_contain_text("“Juggling” is on the board")
    assert board.card_at(cell("Oak", 10, NEXT_DAY)) == "Juggling"
    expect(page.get_by_role("heading", name="Put it up")).to_contain_text(SECOND)


def test_what_was_typed_stays_when_a_second_one_comes(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/")
    page.get_by_label("Title").fill("Rust")
    page.get_by_label("Whose is it?").fill("Fe")
    page.get_by_role("button", name="Two want one hour").tap()
    expect(page.locator("#title")).to_have_value("Rust")
    expect(page.locator("#title2")).to_be_focused()
    page.keyboard.type("Zig")
    page.get_by_label("Minutes").fill("15")
    page.get_by_role("button", name=SECOND).tap()
    expect(page.locator("#title2")).to_have_value("Zig")
    expect(page.get_by_label("Minutes")).to_have_value("15")
    page.get_by_role("button", name="Only one card").tap()
    expect(page.get_by_label("Title")).to_have_value("Rust")
    expect(page.get_by_label("Whose is it?")).to_have_value("Fe")


def test_enter_in_a_title_neither_leaves_the_page_nor_puts_anything_up(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/?two=1")
    page.get_by_label("Title").first.fill("Rust")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_have_value("Rust")
    expect(page).to_have_url(board.url("desk/enter/?two=1"))
    assert [card["title"] for card in board.now()["cards"] if card["title"] == "Rust"] == []


def test_what_was_refused_on_another_day_is_asked_for_there_again(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/")
    page.get_by_label("Title").fill("Juggling")
    other_day(page)
    page.get_by_role("button", name=f"{SECOND} 10:00–11:00, Elsewhere", exact=True).tap()
    expect(page.locator("#where-wrong")).to_be_visible()
    with page.expect_response(lambda answer: "part=picker" in answer.url):
        board.claim("News", "Oak", 9)
    page.get_by_label("Where is it?").fill("On the lawn")
    page.get_by_role("button", name=f"{SECOND} 10:00–11:00, Elsewhere", exact=True).tap()
    expect(page.locator("#told")).to_contain_text("“Juggling” is on the board")


def test_without_a_script_too(browser: Browser, board: Hall) -> None:
    with visitor(browser, viewport=PHONE, java_script_enabled=False) as someone:
        board.make_staff(someone)
        page = someone.new_page()
        page.goto(board.url("desk/enter/"))
        page.get_by_label("Title").fill("Juggling")
        other_day(page)
        page.get_by_role("button", name="Two want one hour").click()
        expect(page.get_by_label("Title").first).to_have_value("Juggling")
        expect(page.get_by_role("heading", name="Which hour do they want?")).to_contain_text(SECOND)
