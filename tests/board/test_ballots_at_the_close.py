"""Ballots at the close: whoever settles waits for one that is being cast, and one that comes later is refused.

Ballots do not lock the event. They lock their contest: the controls show what would be lost without that, one of them
in on_postgresql_alone.py.
"""

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.contested import TEA, WINE, contest_in, contested
from tests.drawing import EVE, HELPER
from tests.neighbour import Neighbour, neighbour

from openspaces.board import read, store
from openspaces.board.contest import Contest
from openspaces.board.models import Ballot
from openspaces.board.moves import SettleContest
from openspaces.board.play import Outcome, play
from openspaces.board.vocabulary import Code
from openspaces.board.voices import CastBallot
from openspaces.people.who import Who


def settled_while_a_ballot_is_cast(
    event: str, locked: Callable[[str, list[int]], list[Contest]], other: Neighbour, wait: bool
) -> Outcome:
    """A ballot is cast under a lock, and before it is committed somebody else settles."""
    number = contest_in(event).id
    with transaction.atomic():
        assert locked(event, [number])[0].open
        store.cast(event, number, "voter", (TEA,), EVE)
        other.ask(event, SettleContest(contest=number), by=HELPER, at=EVE)
        early = other.answer() if wait else None
    return early or other.answer()


def counted(outcome: Outcome) -> int:
    """How many ballots an outcome counts."""
    ballots: int = outcome.changes[0].after["contest"]["ballots"]
    return ballots


def test_whoever_settles_waits_for_a_ballot_that_is_being_cast(database: None) -> None:
    event = contested()
    with neighbour() as other:
        outcome = settled_while_a_ballot_is_cast(event, store.locked_contests, other, wait=False)
    assert counted(outcome) == Ballot.objects.count() == 1


def test_a_process_that_has_not_heard_of_the_outcome_refuses_a_late_ballot(database: None) -> None:
    event = contested()
    number = contest_in(event).id
    with neighbour() as other:
        other.play(event, SettleContest(contest=number, winner=WINE), by=HELPER, at=EVE)
        late = play(event, CastBallot(contest=number, cards=(TEA,)), by=Who("late"), at=EVE)
    assert late.refusal is not None
    assert (late.refusal.code, late.refusal.facts["title"]) == (Code.CONTEST_OVER, "Wine")
    assert read.ballots_cast(event) == {}


def test_control_one_that_looks_at_its_memory_alone_takes_it(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "locked_contests", lambda _slug, _numbers: [])
    event = contested()
    number = contest_in(event).id
    with neighbour() as other:
        other.play(event, SettleContest(contest=number, winner=WINE), by=HELPER, at=EVE)
        late = play(event, CastBallot(contest=number, cards=(TEA,)), by=Who("late"), at=EVE)
    assert (late.refusal, read.ballots_cast(event)) == (None, {number: 1})
