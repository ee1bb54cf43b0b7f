"""What the tests of pages share: for each file one server, one browser, and a board that is empty for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.board import Board
from tests.browser.chromium import chromium, visitor
from tests.servers import installation, serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, started once for a file."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """The board of the event `race`, served once for a file."""
    with installation(tmp_path_factory.mktemp("board"), days=2) as home, serving(home) as (server,):
        yield Board(home, server)


@pytest.fixture
def board(shown: Board) -> Iterator[Board]:
    """The same board, empty again after each test."""
    yield shown
    shown.clear()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody with a browser of their own."""
    with visitor(browser) as someone:
        yield someone
