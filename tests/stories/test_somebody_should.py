"""Story 6. An idea gathers stars overnight; a shy person takes it up with a co-host who offered, and it goes to a room
that holds as many as would come."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import phone, visitor
from tests.camp import DAY, SLUG, cell, founded
from tests.servers import running

TITLE = "A space for organisers"
FILE = f"""
slug = "{SLUG}"
name = "The camp"
timezone = "UTC"
[[rooms]]
key = "oak"
name = "Oak"
capacity = 10
[[rooms]]
key = "elm"
name = "Elm"
capacity = 14
[[days]]
date = {DAY}
slots = "09:00-18:00/60"
"""
DEVICES, CHANGED_THEIR_MINDS = 29, 16
AT_14 = cell("Elm", 14)


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), FILE, limits="off")
    with running(home) as (server,):
        yield Board(home, server)


def test_somebody_should(camp: Board, browser: Browser) -> None:
    with phone(browser) as someone, visitor(browser) as fan, phone(browser) as ada, phone(browser) as shy:
        code = leave(camp.open(someone, "ideas/"), camp)
        ideas = camp.open(fan, "ideas/")
        by_one_tap(ideas, code)
        by_many_devices(camp, code)
        expect(ideas.locator(f"#card-{code} .stars")).to_have_text("14 would come")

        offer(ada.new_page(), camp, code)
        page = take_up(shy.new_page(), camp, code)
        expect(ideas.locator(f"#card-{code}")).to_have_count(0)
        expect(page.locator("#interest")).to_contain_text("14 would come.")
        put_up(page)
        assert (camp.cells_of(code), camp.card_at(AT_14)) == ([AT_14], TITLE)

        heard = ideas.locator(".heard")
        expect(heard).to_contain_text(f"“{TITLE}” is on the board:")
        heard.get_by_role("button", name="I have read it").click()
        expect(heard).to_have_count(0)
        (card,) = [each for each in camp.now()["cards"] if each["code"] == code]
        assert (card["host"], card["stars"], card["stage"]) == ("Shy, Ada", 14, "placed")
        both_may_change_it(ada.new_page(), camp, code)
    assert camp.home.check() == 0


def test_without_a_script_it_goes_by_links_and_forms(camp: Board, browser: Browser) -> None:
    with visitor(browser, java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(camp.url("ideas/"))
        page.get_by_label("Somebody should…").fill("Somebody should teach Git")
        page.get_by_role("button", name="Leave this idea").click()
        page.get_by_role("button", name="I’d come: Somebody should teach Git").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You would come")
        page.get_by_role("link", name="Back to the list").click()
        page.get_by_role("link", name="Take it up: Somebody should teach Git").click()
        page.get_by_label("Your name").fill("Joe")
        page.get_by_label("Take a free hour now").select_option(cell("Oak", 9))
        page.get_by_role("button", name="Take it up").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("It's up:")
    assert camp.card_at(cell("Oak", 9)) == "Somebody should teach Git"


# What they do


def leave(page: Page, camp: Board) -> str:
    """Leave an idea in a line; its code."""
    page.get_by_label("Somebody should…").fill(TITLE)
    page.get_by_role("button", name="Leave this idea").tap()
    expect(page.locator("#ideas h3").first).to_have_text(TITLE)
    (code,) = [card["code"] for card in camp.now()["cards"] if card["title"] == TITLE]
    return str(code)


def by_one_tap(page: Page, code: str) -> None:
    button = page.locator(f"[data-star='{code}']")
    expect(button).to_have_attribute("aria-pressed", "false")
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        button.dblclick()
    expect(button).to_have_attribute("aria-pressed", "false")
    with page.expect_response(lambda answer: answer.url.endswith(f"/cards/{code}/star")):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


def by_many_devices(camp: Board, code: str) -> None:
    """Others star it, each on a device of their own; some take it back."""
    for number in range(DEVICES):
        with httpx.Client(verify=False, timeout=30) as device:
            answer = device.put(camp.api(f"cards/{code}/star")).raise_for_status()
            if number < CHANGED_THEIR_MINDS:
                answer = device.delete(camp.api(f"cards/{code}/star")).raise_for_status()
    assert answer.json() == {"code": code, "stars": 1 + DEVICES - CHANGED_THEIR_MINDS}


def offer(page: Page, camp: Board, code: str) -> None:
    page.goto(camp.url(f"cards/{code}/"))
    page.get_by_role("link", name=f"I’d co-host: {TITLE}").tap()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="I’d co-host").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def take_up(page: Page, camp: Board, code: str) -> Page:
    """Take it up with whoever offered; the page of the card."""
    page.goto(camp.url(f"cards/{code}/"))
    page.get_by_role("link", name=f"Take it up: {TITLE}").tap()
    page.get_by_label("Your name").fill("Shy")
    page.get_by_role("checkbox", name="Ada").check()
    page.get_by_role("button", name="Take it up").tap()
    expect(page.get_by_role("heading", name="Your edit link")).to_be_visible()
    page.goto(camp.url(f"cards/{code}/edit/"))
    return page


def put_up(page: Page) -> None:
    """One room is said to be too small, and the other one is taken."""
    page.locator(".free-day summary").tap()
    expect(page.get_by_role("button", name="Oak · only 10 seats, 14:00–15:00")).to_be_visible()
    page.get_by_role("button", name="Elm · 14 seats, 14:00–15:00").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("14:00–15:00, Elm.")


def both_may_change_it(page: Page, camp: Board, code: str) -> None:
    page.goto(camp.url(f"cards/{code}/edit/"))
    expect(page.get_by_label("Your name")).to_have_value("Shy, Ada")
