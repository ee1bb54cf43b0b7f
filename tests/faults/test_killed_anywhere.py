"""T3: kill -9 at every named point of a move's way, and at random: what was acknowledged is there, and nothing else.

A server begins only if the log folds to the tables: then no change is without its effect, and no effect without its
change.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.hands import Hand, Stands, Wish, hands, looked, work
from tests.lives import Life, lives
from tests.promises import Chance, Promise
from tests.servers import Installation, installation, run

from openspaces.board.points import POINTS

HANDS = 6
MOVES = 8
KILLED = -9
PROMISED = "kill -9: no acknowledged move lost, no change without effect or effect without change, no gap"
BOTH = pytest.mark.parametrize("home", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)], indirect=True)
"""The long run is on both databases."""

Deaths = Iterable[tuple[str, int]]


def killed_at_points(home: Installation, all_hands: list[Hand], deaths: Deaths, *without: str) -> list[str]:
    """Let the clients work while one server after the other dies at its point; what was wrong."""
    with lives(home, *without) as born:
        for point, nth in deaths:
            server = born(point, nth)
            if wrong := looked(server.address, all_hands):
                return wrong
            work(server.address, all_hands, 1000)
            assert server.died() == KILLED
        return at_rest(born().address, all_hands)


def at_rest(address: str, all_hands: list[Hand]) -> list[str]:
    """What is wrong before and after everybody got the answer that they wait for."""
    wrong = looked(address, all_hands)
    work(address, all_hands, MOVES)
    assert not any(hand.waiting for hand in all_hands)
    return wrong + looked(address, all_hands)


def told(all_hands: list[Hand], kills: int) -> str:
    """The figure."""
    return f"{kills} kills, {sum(hand.acknowledged for hand in all_hands):,} moves acknowledged, nothing wrong"


@BOTH
def test_a_server_that_dies_at_any_point_of_a_move_loses_nothing(
    home: Installation, promise: Promise, chance: Chance
) -> None:
    kept, again = promise("T3", f"{PROMISED}: at every named point"), promise("T3", "kill -9: serving again in 5 s")
    all_hands, deaths = hands(chance, HANDS), [(point, chance.randint(1, 9)) for point in POINTS]
    assert killed_at_points(home, all_hands, deaths) == []
    assert home.check() == 0
    kept.found(told(all_hands, len(deaths)))
    began = time.monotonic()
    server = run(home)
    again.found(f"{time.monotonic() - began:.1f} s, as a whole new process")
    server.stop()


@pytest.mark.faults
def test_a_server_that_dies_three_hundred_times_loses_nothing(
    home: Installation, promise: Promise, chance: Chance
) -> None:
    kept, all_hands = promise("T3", f"{PROMISED}: at random"), hands(chance, HANDS)
    with lives(home) as born:
        for death in range(300):
            point = chance.choice(POINTS) if death % 2 else "-"
            server = born(point, chance.randint(1, 30))
            assert looked(server.address, all_hands) == []
            with killed_after(chance.uniform(0, 0.3) if point == "-" else 60, server):
                work(server.address, all_hands, 1000)
            server.kill()
            assert server.died() == KILLED
        assert at_rest(born().address, all_hands) == []
    assert home.check() == 0
    kept.found(told(all_hands, 300))


@contextmanager
def killed_after(seconds: float, server: Life) -> Iterator[None]:
    timer = threading.Timer(seconds, server.kill)
    timer.start()
    yield
    timer.cancel()


# Without the guards


def test_control_without_one_transaction_an_effect_has_no_change(
    tmp_path: Path, promise: Promise, chance: Chance
) -> None:
    kept = promise.control("T3", "without one transaction an effect has no change", database="SQLite")
    with installation(tmp_path, "") as home, pytest.raises(RuntimeError, match="did not begin: 3"):
        killed_at_points(home, hands(chance, HANDS), [("rows", 9)], "together")
    kept.found("log and tables differ after the first kill")


def test_control_without_remembered_keys_a_retry_does_it_twice(
    tmp_path: Path, promise: Promise, chance: Chance
) -> None:
    kept = promise.control("T3", "without remembered keys a retry does it twice", database="SQLite")
    all_hands = hands(chance, HANDS)
    for hand in all_hands:
        hand.waiting = Wish("POST", "/cards", {"title": f"{hand.number}"}, then=Stands(f"{hand.number}"))
    with installation(tmp_path, "") as home:
        wrong = killed_at_points(home, all_hands, [("committed", 1)], "keys")
    assert wrong != []
    kept.found(f"{len(wrong)} things wrong after the first kill")
