"""One life of a worker in a process of its own: `python -m tests.delivery.lives <sink> <cards> <point> <nth> [guard…]`.

It writes some cards, tells of them at `sink`, and dies by kill -9 when it passes `point` for the nth time; where that
is `-` it ends when nothing is left to tell. Guards that are named are taken away.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
EVENT = "race"
QUIET = 8
"""Turns without anything to do after which nothing is left."""


def live(sink: str, cards: int, point: str, nth: int) -> None:
    """Write cards and tell of them."""
    from tests.delivery.trial import destination

    from openspaces.board.read import catch_up
    from openspaces.delivery.known import know
    from openspaces.delivery.models import Destination
    from openspaces.delivery.worker import Worker

    push = outlet(sink)
    know([push])
    if not Destination.objects.exists():
        destination(EVENT, push)
    catch_up()
    worker = Worker()
    turn_until_quiet(worker)
    write(cards)
    die_at(point, nth)
    turn_until_quiet(worker)
    worker._lease.let_go()


def outlet(sink: str) -> Any:
    """Tells of each change at once, with its number and how often that was tried."""
    from tests.delivery.trial import Ear, trial

    from openspaces.delivery.contract import Job, Message, News, Thing

    def wants(news: News) -> list[Thing]:
        return [Thing(f"change {each.number}", each.at, each.number) for each in news.changes if each.card]

    def send(message: Message, job: Job) -> str:
        with urlopen(Request(sink, f"{job.number}".encode(), method="POST"), timeout=5):
            return "taken"

    told = trial(Ear(), wants=wants, compose=lambda job, board: Message(str(job.number)), send=send)
    return replace(told, again=(timedelta(),) * 3)


def turn_until_quiet(worker: Any) -> None:
    """Turn as long as there is something to do."""
    from openspaces.delivery.models import Delivery
    from openspaces.delivery.rows import State

    quiet = 0
    while quiet < QUIET:
        worker.turn(datetime.now(UTC))
        worker.settle(datetime.now(UTC))
        left = Delivery.objects.filter(state=State.WAITING).exists()
        quiet = 0 if left else quiet + 1
        time.sleep(0.02 if worker._works else 0.2)
        if not worker._works:
            quiet = 0


def write(cards: int) -> None:
    """New cards that stand nowhere."""
    from openspaces.board.moves import WriteCard
    from openspaces.board.play import play
    from openspaces.people.who import PROGRAM

    for number in range(cards):
        assert play(EVENT, WriteCard(title=f"Card {number}"), by=PROGRAM).refusal is None


def die_at(point: str, nth: int) -> None:
    """Kill this process when it comes to a point once more and so often."""
    from openspaces.delivery import carrying, gathering, worker

    passed = 0

    def passing(here: str) -> None:
        nonlocal passed
        passed += here == point
        if passed == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    for module in (carrying, gathering, worker):
        module.passing = passing  # type: ignore[attr-defined]


def hurry() -> None:
    """A dead worker's lease is soon over."""
    from openspaces.delivery import lease

    lease.HELD, lease.RENEWED = timedelta(seconds=0.5), timedelta(seconds=0.1)


# Guards, taken away


def leave_what_was_under_way() -> None:
    """Nobody takes over what a dead worker had begun."""
    from openspaces.delivery import rows

    rows.take_over = lambda promises: None


def read_before_writing_down() -> None:
    """The log counts as read before what is to be told is written down."""
    from importlib import import_module

    gathering, worker = (import_module(f"openspaces.delivery.{name}") for name in ("gathering", "worker"))

    def gather(push: Any, board: Any, destination: Any, at: Any) -> bool:
        cursor = gathering._cursor(push, board, destination)
        known, cursor.number = cursor.number, board.number
        cursor.save()
        changes = tuple(gathering.changes_after(board.event, known))
        gathering.passing("read")
        gathering._plan(push, board, destination, list(push.wants(gathering.News(board, changes, destination))), at)
        return True

    vars(worker)["gather_news"] = gather


GUARDS: dict[str, Callable[[], None]] = {
    "take over": leave_what_was_under_way,
    "together": read_before_writing_down,
}

if __name__ == "__main__":
    django.setup()
    sink, cards, point, nth, *without = sys.argv[1:]
    hurry()
    for guard in without:
        GUARDS[guard]()
    live(sink, int(cards), point, int(nth))
