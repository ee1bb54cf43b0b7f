"""What the tests of the big screen share: a camp on it, a congress with many rooms, a machine with a large screen."""

import re
from collections.abc import Iterator
from dataclasses import astuple, replace

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.board import Board
from tests.browser.chromium import visitor
from tests.browser.screen.screens import HD, MANY, Public, staff
from tests.camp import ROOMS, cell, event_file, founded
from tests.servers import serving


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A camp of three rooms and Elsewhere, on two days."""
    home = founded(tmp_path_factory.mktemp("camp"), event_file(ROOMS[:3], days=2), limits="off")
    with serving(Public(*astuple(home))) as (server,):
        yield Board(home, server)


@pytest.fixture
def board(shown: Board) -> Iterator[Board]:
    """The same board, empty again after each test, and going on."""
    yield shown
    staff(shown, "DELETE", "freeze")
    staff(shown, "PUT", "pitch", queue=[])
    shown.clear()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A machine with a large screen."""
    with visitor(browser, viewport=HD) as machine:
        yield machine


@pytest.fixture(scope="module")
def congress(shown: Board, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Forty rooms on the same server, all of them taken at noon but for Hall 5 to 9."""
    file = tmp_path_factory.mktemp("congress") / "congress.toml"
    file.write_text(event_file(MANY).replace('slug = "camp"', 'slug = "congress"'))
    text = re.sub(r'key = "hall (\d+)"', r'key = "hall-\1"', file.read_text())
    file.write_text(text)
    token = shown.home.plan(file)["token"]
    board = Board(replace(shown.home, event="congress", token=token), shown.server)
    for number in (*range(1, 5), *range(10, 41)):
        board.write(f"A title for number {number} that takes two lines", cell(f"hall-{number}", 12), host="Ada")
    return board
