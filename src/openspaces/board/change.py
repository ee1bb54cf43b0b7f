"""A change: what happened, a numbered line of an event's log."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from openspaces.board.vocabulary import Cell, Facts, Kind

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a board on which nothing has happened."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened: a numbered line of an event's log.

    `before` and `after` hold plain values, and Words under `words`. `by` is the hand that asked, never a name. `step`
    is the number of the first change of the same move: what was done together.
    """

    kind: Kind
    card: str = ""
    cells: tuple[Cell, ...] = ()
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    number: int = 0
    at: datetime = BEGINNING
    by: str = ""
    step: int = 0
