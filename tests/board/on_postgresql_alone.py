"""What SQLite cannot show, for it has one lock for the whole database, and none to take away. faults/test_postgresql.py
runs it."""

from tests.board.test_ballots_at_the_close import counted, settled_while_a_ballot_is_cast
from tests.contested import contested
from tests.neighbour import neighbour

from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.models import Ballot
from openspaces.board.models import Contest as Row


def unlocked(slug: str, numbers: list[int]) -> list[Contest]:
    """The contests as they are, without the lock."""
    return [contest_from(row.facts) for row in Row.objects.filter(event=slug, number__in=numbers)]


def test_control_without_the_lock_a_ballot_is_taken_at_the_close_and_not_counted(database: None) -> None:
    event = contested()
    with neighbour() as other:
        outcome = settled_while_a_ballot_is_cast(event, unlocked, other, wait=True)
    assert (counted(outcome), Ballot.objects.count()) == (0, 1)
