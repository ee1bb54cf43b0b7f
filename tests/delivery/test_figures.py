"""How telling goes, in figures: what waits, what failed, who is behind, which destinations work, the worker's sign."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.delivery.trial import Ear, destination, trial
from tests.drawing import EVENT
from tests.intake.event import furnish

from openspaces.board.read import board_now
from openspaces.delivery import destinations
from openspaces.delivery.contract import Push
from openspaces.delivery.figures import figures, sign
from openspaces.delivery.known import know
from openspaces.delivery.lease import HELD
from openspaces.delivery.models import Cursor, Delivery, Lease
from openspaces.delivery.rows import State

AT = datetime(2027, 5, 8, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def push(database: None) -> Iterator[Push]:
    furnish()
    outlet = trial(Ear())
    know((outlet,))
    yield outlet
    know(())


def told(state: State, *, waited: int, due: int, tries: int = 0, outlet: str = "trial") -> None:
    """A telling, planned so many minutes ago, due in so many."""
    Delivery.objects.create(
        event=EVENT,
        outlet=outlet,
        subject=f"{state}{waited}{due}",
        since=AT - waited * MINUTE,
        due=AT + due * MINUTE,
        state=state,
        tries=tries,
    )


def test_the_oldest_is_one_that_is_due_or_has_failed_before(push: Push) -> None:
    told(State.WAITING, waited=90, due=30)
    told(State.WAITING, waited=3, due=-1)
    assert figures(AT)["trial"].oldest == 180
    told(State.WAITING, waited=40, due=20, tries=2)
    assert figures(AT)["trial"].oldest == 2400


def test_what_waits_and_what_failed_is_counted_and_what_was_told_is_the_past(push: Push) -> None:
    for state in (State.WAITING, State.ASKED, State.FAILED, State.SENT, State.DROPPED):
        told(state, waited=2, due=1)
    told(State.FAILED, waited=3, due=1)
    assert figures(AT)["trial"].states == {"waiting": 1, "asked": 1, "failed": 2}


def test_who_is_behind_is_told_but_not_a_destination_that_was_stopped(push: Push) -> None:
    board = board_now(EVENT)
    assert board is not None
    row = destination(EVENT, push)
    Cursor.objects.filter(destination=row.pk).update(number=board.number - 3)
    known = figures(AT)["trial"]
    assert (known.behind, known.destinations) == (3, {"works": 1})
    destinations.stop(row.pk, AT, trouble="It says 410.")
    known = figures(AT)["trial"]
    assert (known.behind, known.destinations) == (0, {"switched_off": 1})
    destinations.stop(row.pk, AT, by="ada")
    assert figures(AT)["trial"].destinations == {"stopped": 1}


def test_a_log_that_was_restored_is_not_read_yet_and_nobody_is_behind(push: Push) -> None:
    Cursor.objects.create(event=EVENT, outlet="trial", destination=7, epoch="earlier", number=1)
    assert figures(AT) == {}


@pytest.mark.parametrize(("holder", "ended"), [("one", False), ("", True)])
def test_the_worker_has_a_last_sign(database: None, holder: str, ended: bool) -> None:
    Lease.objects.create(name="another", holder="two", until=AT + HELD)
    assert sign(AT) is None
    Lease.objects.create(name="worker", holder=holder, until=AT + HELD - timedelta(seconds=4))
    known = sign(AT)
    assert known is not None
    assert (known.seconds, known.ended) == (4.0, ended)
