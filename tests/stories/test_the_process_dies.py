"""Story 8. kill -9 while people place cards: what anyone was told is up is up, and open pages recover by themselves.

The machine starts it again as deploy/systemd says; a stand-in reads the unit, for systemd runs nowhere in tests.
"""

import configparser
import re
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import SECOND, Board, at, lose_touch
from tests.browser.chromium import visitor
from tests.camp import HOURS, ROOMS, cell, event_file, founded
from tests.servers import ROOT, Installation, Server, free_port, run

from openspaces.board.points import POINTS

UNIT = ROOT / "deploy" / "systemd" / "openspaces@.service"
DIES = """
import os, signal
from openspaces.lib import points

left = {after}

def passing(point):
    global left
    left -= point == "{point}"
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

points.passing = passing
"""
"""What ends a process at a point that it passes for the so-manieth time."""
RUNS = "import sys; from openspaces.cli import main; sys.exit(main(sys.argv[1:]))"
AGAIN_SECONDS = 60.0
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


@pytest.mark.parametrize(
    "point", [point if point == "committed" else pytest.param(point, marks=pytest.mark.faults) for point in POINTS]
)
def test_killed_at_the_worst_moment_it_is_started_again_and_nothing_is_lost(home: Installation, point: str) -> None:
    with machine(home, DIES.format(point=point, after=KILL_AFTER)) as here:
        told = [pressed_until_told(here, number) for number in range(KILL_AFTER + 10)]
        board = Board(home, Server(here.address, here.process))
        assert {each: board.card_at(each) for each in CELLS[: len(told)]} == dict(zip(CELLS, told, strict=False))
        assert len(board.now()["cards"]) == len(told)
    assert here.killed == 1
    assert home.check() == 0


@pytest.mark.parametrize(("restart", "again"), [("always", True), ("on-failure", True), ("no", False)])
def test_control_a_unit_that_does_not_restart_leaves_it_dead(restart: str, again: bool) -> None:
    assert restarts(restart, -9) is again


class Machine:
    """What systemd does with one process: it starts the unit's command, and again when it dies, as the unit says. The
    first life has `fate` in it."""

    def __init__(self, home: Installation, fate: str) -> None:
        unit = configparser.RawConfigParser(strict=False)
        unit.read_string(UNIT.read_text())
        service = unit["Service"]
        self.port, self.killed, self._over = free_port(), 0, False
        self.address = f"http://127.0.0.1:{self.port}"
        self._typed = shlex.split(service["ExecStart"].replace("%i", str(self.port)))[1:]
        self._restart, self._pause = service["Restart"], float(service["RestartSec"])
        self._home = home
        self.process = self._started(fate)
        self._watching = threading.Thread(target=self._watch)
        self._watching.start()

    def stop(self) -> None:
        """systemctl stop."""
        self._over = True
        self.process.terminate()
        self._watching.join(20)

    def _started(self, fate: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", f"{fate}\n{RUNS}", *self._typed]
        return subprocess.Popen(command, cwd=ROOT, env=self._home.environment(), stdout=subprocess.DEVNULL)

    def _watch(self) -> None:
        while True:
            status = self.process.wait()
            if self._over or not restarts(self._restart, status):
                return
            self.killed += status == -9
            time.sleep(self._pause)
            self.process = self._started("")


def restarts(how: str, status: int) -> bool:
    """Whether systemd starts a service again that ended so (systemd.service(5))."""
    return how == "always" or (how in ("on-failure", "on-abnormal", "on-abort") and status < 0)


@contextmanager
def machine(home: Installation, fate: str) -> Iterator[Machine]:
    """A machine with one service."""
    here = Machine(home, fate)
    try:
        yield here
    finally:
        here.stop()


def pressed_until_told(here: Machine, number: int) -> str:
    """Somebody places a card, and presses again under the same key for as long as nobody answers. What was told."""
    wish, key = {"title": f"Card {number}", "cell": CELLS[number]}, {"Idempotency-Key": f"press-{number}"}
    until = time.monotonic() + AGAIN_SECONDS
    while time.monotonic() < until:
        try:
            answer = httpx.post(f"{here.address}/api/camp/cards", json=wish, headers=key, timeout=10, verify=False)
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        assert answer.status_code == 201, answer.text
        return wish["title"]
    raise AssertionError("nobody answers any more")


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
