"""T11: the power goes, or the disk is full: what was acknowledged is there, and nobody gets half of anything."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.disks import Disk, disk
from tests.hands import Hand, hands, looked, work
from tests.lives import Life, lives
from tests.promises import Chance, Promise
from tests.servers import Installation, installation

HANDS = 6
MOVES = 10, 50
"""From so many acknowledged moves to so many the power stays."""
PROMISED = "power cut: no acknowledged move lost, log and tables agree"


@pytest.mark.parametrize("cuts", [2, pytest.param(20, marks=pytest.mark.faults)])
def test_a_power_cut_takes_nothing_that_was_acknowledged(
    tmp_path: Path, cuts: int, promise: Promise, chance: Chance
) -> None:
    kept, all_hands = promise("T11", PROMISED, database="SQLite"), hands(chance, HANDS)
    with disk(tmp_path / "disk") as place, installed(place) as home:
        assert wrong_after_cuts(home, place, all_hands, cuts, chance) == []
        assert home.check() == 0
    kept.found(f"{cuts} cuts, {acknowledged(all_hands):,} moves acknowledged, none lost")


def test_control_without_flushing_a_power_cut_takes_what_was_acknowledged(
    tmp_path: Path, promise: Promise, chance: Chance
) -> None:
    kept = promise.control("T11", "with synchronous=NORMAL a power cut takes acknowledged moves", database="SQLite")
    with disk(tmp_path / "disk") as place, installed(place) as home:
        wrong = wrong_after_cuts(home, place, hands(chance, HANDS), 1, chance, "flushed")
    assert wrong != []
    kept.found(f"{len(wrong)} things wrong after the first cut")


@contextmanager
def installed(place: Disk) -> Iterator[Installation]:
    """An installation on the disk, all of which has reached it."""
    with installation(place.path / "data", "", days=1) as home:
        place.sync()
        yield home


def wrong_after_cuts(
    home: Installation, place: Disk, all_hands: list[Hand], cuts: int, chance: Random, *without: str
) -> list[str]:
    """Let the clients work, and cut the power now and then; what is wrong when it is back."""
    with lives(home, *without) as born:
        for _ in range(cuts):
            server = born()
            with cut_after(chance.randint(*MOVES), all_hands, place, server):
                work(server.address, all_hands, 1000)
            server.died()
            place.mend()
            if wrong := looked((after := born()).address, all_hands):
                return wrong
            after.kill()
            after.died()
    return []


@contextmanager
def cut_after(moves: int, all_hands: list[Hand], place: Disk, server: Life) -> Iterator[None]:
    """When so many more moves are acknowledged the disk stops, then the processor."""
    enough = acknowledged(all_hands) + moves

    def cut() -> None:
        while acknowledged(all_hands) < enough:
            time.sleep(0.001)
        place.cut()
        server.kill()

    cutting = threading.Thread(target=cut)
    cutting.start()
    yield
    cutting.join()


def acknowledged(all_hands: list[Hand]) -> int:
    """How many answers they have."""
    return sum(hand.acknowledged for hand in all_hands)
