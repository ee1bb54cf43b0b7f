"""Story 8. kill -9 while people place cards: what anyone was told is up is up, and open pages recover by themselves."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import SECOND, Board, at, lose_touch
from tests.browser.chromium import visitor
from tests.camp import HOURS, ROOMS, cell, event_file, founded
from tests.servers import Installation, Server, run

CELLS = [cell(room, hour) for hour in HOURS for room in ROOMS]
AT_ONCE = 16
KILL_AFTER = 30
BACK = 30 * SECOND
"""The longest that a page may take to be right again once the server is back; it looks every ten seconds."""


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return founded(tmp_path, event_file())


def test_every_card_that_anyone_was_told_of_is_there(home: Installation, browser: Browser) -> None:
    first = run(home)
    with visitor(browser) as someone:
        page = watched(Board(home, first), someone.new_page())
        acknowledged = killed_while_placing(Board(home, first), first.kill)
        assert KILL_AFTER <= len(acknowledged) < len(CELLS)
        assert_the_page_says_how_old_it_is(page)

        second = run(home, port=port_of(first))
        try:
            board = Board(home, second)
            assert {each: board.card_at(each) for each in acknowledged} == acknowledged
            assert_the_page_catches_up(page, board)
        finally:
            second.stop()
    assert home.check() == 0


def watched(board: Board, page: Page) -> Page:
    """The board, open in a browser whose clock the test can put forward."""
    page.clock.install()
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url())
    return page


def killed_while_placing(board: Board, kill: Callable[[], None]) -> dict[str, str]:
    """Many people place cards, some at once; after some answers the process is killed. Answers what was acknowledged:
    the title at each cell."""
    acknowledged: dict[str, str] = {}

    def place(number: int) -> None:
        wish = {"title": f"Card {number}", "cell": CELLS[number]}
        try:
            answer = httpx.post(board.api("cards"), json=wish, timeout=10, verify=False)
        except httpx.TransportError:
            return
        if answer.status_code == 201:
            acknowledged[CELLS[number]] = wish["title"]

    with ThreadPoolExecutor(AT_ONCE) as people:
        people.map(place, range(len(CELLS)))
        while len(acknowledged) < KILL_AFTER:
            time.sleep(0.002)
        kill()
    return acknowledged


def port_of(server: Server) -> int:
    return int(server.address.rpartition(":")[2])


def assert_the_page_says_how_old_it_is(page: Page) -> None:
    stale = page.locator("#stale")
    expect(stale).to_be_hidden()
    lose_touch(page)
    expect(stale).to_have_text(re.compile(r"^Last seen \d\d:\d\d(, \d+ min ago)?, trying again$"))


def assert_the_page_catches_up(page: Page, board: Board) -> None:
    """Nobody reloads it, and yet it shows exactly the cards that the board has."""
    up = {card["placement"]["cells"][0]: card["title"] for card in board.now()["cards"]}
    expect(page.locator("#stale")).to_be_hidden(timeout=BACK)
    expect(page.locator("#board h3")).to_have_count(len(up), timeout=BACK)
    assert {each: page.locator(f"{at(each)} h3").inner_text() for each in up} == up
