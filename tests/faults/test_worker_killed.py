"""kill -9 at every named point of the worker: each change is told at least once, and hardly one twice."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.promises import Chance, Promise
from tests.servers import EVENT, ROOT, Installation, installation, postgresql_url

from openspaces.delivery.points import POINTS

CARDS = 4
KILLED = -9


@dataclass
class Sink:
    """A server on loopback that keeps what it is told."""

    address: str
    heard: Counter[int] = field(default_factory=Counter)

    def twice(self) -> int:
        """How many tellings were more than the first of their change."""
        return self.heard.total() - len(self.heard)


@contextmanager
def listening() -> Iterator[Sink]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = int(self.rfile.read(int(self.headers["Content-Length"])))
            sink.heard[told] += 1
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        sink = Sink(f"http://127.0.0.1:{server.server_address[1]}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield sink
        server.shutdown()


def live(home: Installation, sink: Sink, point: str = "-", nth: int = 1, cards: int = CARDS, *without: str) -> int:
    """One life of a worker; its exit status."""
    command = [sys.executable, "-m", "tests.delivery.lives", sink.address, str(cards), point, str(nth), *without]
    return subprocess.run(command, cwd=ROOT, env=home.environment(), timeout=60).returncode


def numbers(home: Installation) -> set[int]:
    """The numbers of all changes about cards."""
    board = home.ask("board", EVENT)
    return set(range(board["number"] - len(board["cards"]) + 1, board["number"] + 1))


UNTOLD = "a worker that is killed leaves no change untold, and tells at most one twice a kill"


def test_a_worker_that_dies_at_any_point_leaves_nothing_untold(tmp_path: Path, promise: Promise) -> None:
    kept = promise("T15", f"{UNTOLD}: at every named point", database="SQLite")
    with installation(tmp_path) as home, listening() as sink:
        assert [live(home, sink, point) for point in POINTS] == [KILLED] * len(POINTS)
        assert live(home, sink) == 0
        assert set(sink.heard) == numbers(home)
        assert sink.twice() <= len(POINTS)
    kept.found(f"{len(POINTS)} kills, {len(sink.heard)} changes all told, {sink.twice()} twice")


@pytest.mark.parametrize(("guard", "point"), [("take over", "claimed"), ("together", "read")])
def test_control_without_its_guards_something_stays_untold(
    tmp_path: Path, guard: str, point: str, promise: Promise
) -> None:
    kept = promise.control("T15", f"without '{guard}' something stays untold", database="SQLite")
    with installation(tmp_path) as home, listening() as sink:
        assert live(home, sink, point, 1, CARDS, guard) == KILLED
        assert live(home, sink, "-", 1, 0, guard) == 0
        assert set(sink.heard) < numbers(home)
        kept.found(f"{len(numbers(home)) - len(sink.heard)} changes untold")


@pytest.mark.faults
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_worker_that_dies_a_hundred_times_leaves_nothing_untold(
    tmp_path: Path, database: str, promise: Promise, chance: Chance
) -> None:
    kept, deaths = promise("T15", f"{UNTOLD}: at random"), 0
    with installation(tmp_path, postgresql_url() if database == "postgresql" else "") as home, listening() as sink:
        for _ in range(100):
            deaths += live(home, sink, chance.choice(POINTS), chance.randint(1, CARDS)) == KILLED
        assert live(home, sink) == 0
        assert set(sink.heard) == numbers(home)
        assert sink.twice() <= deaths
        assert deaths > 30
    kept.found(f"{deaths} kills, {len(sink.heard)} changes all told, {sink.twice()} twice")
