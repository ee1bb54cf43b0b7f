"""What a move came to, and how it is remembered under the key that its asker gave."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from openspaces.board import models, store
from openspaces.board.moves.base import Move
from openspaces.board.state import Change
from openspaces.board.vocabulary import Cell, Code, Refusal
from openspaces.board.voices import Voice
from openspaces.people.who import Who


@dataclass(frozen=True)
class Outcome:
    """What a move came to: its changes, or a refusal; `number` is the board's after it."""

    number: int
    changes: tuple[Change, ...] = ()
    refusal: Refusal | None = None


class KeyReused(Exception):
    """The idempotency key was given before with another move."""


@dataclass(frozen=True)
class Asked:
    """A move that waits to be played, or a voice that waits to be heard."""

    event: str
    move: Move | Voice
    by: Who
    at: datetime
    key: str


class Remembered:
    """What was answered under the keys of a batch of moves, earlier and in the batch itself."""

    def __init__(self, event: str, batch: Iterable[Asked]) -> None:
        keys = {asked.key for asked in batch if asked.key}
        rows = models.Outcome.objects.filter(event_id=event, key__in=keys) if keys else []
        self._rows = {row.key: row for row in rows}
        self._fresh: dict[str, tuple[Asked, Outcome]] = {}

    def of(self, asked: Asked) -> Outcome | Exception | None:
        """The outcome under the move's key; KeyReused if it was another move."""
        if asked.key in self._fresh:
            first, outcome = self._fresh[asked.key]
            return outcome if _digest(first.move) == _digest(asked.move) else KeyReused(asked.key)
        if row := self._rows.get(asked.key):
            return _outcome_from(row) if row.asked == _digest(asked.move) else KeyReused(asked.key)
        return None

    def keep(self, asked: Asked, outcome: Outcome) -> None:
        """Remember an outcome, if its asker gave a key."""
        if asked.key:
            self._fresh[asked.key] = asked, outcome

    def write(self) -> None:
        """Keep these outcomes under their keys, in the transaction that made them."""
        store.insert(models.Outcome, [_row(*each) for each in self._fresh.values()])


def _outcome_from(row: models.Outcome) -> Outcome:
    changes = store.log(row.event_id, row.number - row.count, row.count) if row.count else []
    return Outcome(row.number, tuple(changes), _refusal_from(row.refusal) if row.refusal else None)


def _row(asked: Asked, outcome: Outcome) -> store.Row:
    return {
        "event_id": asked.event,
        "key": asked.key,
        "asked": _digest(asked.move),
        "number": outcome.number,
        "count": len(outcome.changes),
        "refusal": outcome.refusal and _refusal_facts(outcome.refusal),
        "at": asked.at,
    }


def _digest(move: Move | Voice) -> str:
    """What was asked for, without what the intake minted (fields that do not compare)."""
    kind: Any = type(move)
    asked = [(name, getattr(move, name)) for name in _compared(kind)]
    return hashlib.sha256(repr((kind.__name__, asked)).encode()).hexdigest()


@cache
def _compared(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.compare)


def _refusal_facts(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code.value,
        "facts": dict(refusal.facts),
        "held_by": refusal.held_by,
        "free": [str(cell) for cell in refusal.free],
        "confirmable": refusal.confirmable,
    }


def _refusal_from(facts: dict[str, Any]) -> Refusal:
    free = tuple(Cell.parse(cell) for cell in facts["free"])
    return Refusal(Code(facts["code"]), facts["facts"], facts["held_by"], free, facts["confirmable"])
