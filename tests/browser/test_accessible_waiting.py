"""Pages on which something waits for somebody: axe finds nothing, and nothing sticks out."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import unusable, visitor
from tests.browser.desk import Desk
from tests.inside import slots_of

SLOT = slots_of()[0][0]
OAK, ELM, ASH, FIR = (f"{room}@{SLOT}" for room in ("r1", "r2", "r3", "r4"))


@pytest.fixture(scope="module")
def desk(shown: Board) -> Desk:
    """A contest that is open and one that is decided, a full room, a hidden card, a hold, and a pause that is told."""
    desk = Desk(shown)
    desk.settle(desk.contest(ELM, "Jazz", "Go"), "Go")
    desk.contest(OAK, "Knitting", "Chess")
    desk.do("PUT", f"cards/{desk.board.write('Full house', ASH)}/full")
    desk.do("PUT", f"cards/{desk.board.write('Abuse', FIR)}/shield", reason="It insults people")
    held = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    desk.do("PUT", f"cells/r5@{SLOT}/closure", reason="Kept for speakers", until=held)
    desk.do("POST", "announcements", text="Lunch is served")
    desk.do("PUT", "freeze", reason="Fire drill")
    return desk


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as somebody:
        yield somebody.new_page()


def _card(title: str) -> Callable[[Desk], str]:
    return lambda desk: f"cards/{desk.code_of(title)}/"


PAGES: dict[str, Callable[[Desk], str]] = {
    "the board": lambda _: "",
    "the board, right to left": lambda _: "?lang=ar",
    "now and next": lambda _: "now/",
    "the contests": lambda _: "contests/",
    "a contested card": _card("Knitting"),
    "a card that lost": _card("Jazz"),
    "a hidden card": _card("[…]"),
    "a full room": _card("Full house"),
}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use(page: Page, desk: Desk, name: str) -> None:
    page.goto(desk.board.url(PAGES[name](desk)))
    expect(page.locator("#notices .frozen, #card")).to_be_visible()
    assert unusable(page) == []
