"""What a move came to, and how it is remembered under the key that its asker gave."""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
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


def remembered(asked: Asked, fresh: dict[str, tuple[Asked, Outcome]]) -> Outcome | Exception | None:
    """The outcome under the move's key, from this batch or an earlier one; KeyReused if it was another move."""
    if not asked.key:
        return None
    if asked.key in fresh:
        first, outcome = fresh[asked.key]
        return outcome if _digest(first.move) == _digest(asked.move) else KeyReused(asked.key)
    row = models.Outcome.objects.filter(event_id=asked.event, key=asked.key).first()
    if row is None:
        return None
    return _outcome_from(row) if row.asked == _digest(asked.move) else KeyReused(asked.key)


def _outcome_from(row: models.Outcome) -> Outcome:
    changes = store.log(row.event_id, row.number - row.count, row.count) if row.count else []
    return Outcome(row.number, tuple(changes), _refusal_from(row.refusal) if row.refusal else None)


def remember(fresh: dict[str, tuple[Asked, Outcome]]) -> None:
    """Keep these outcomes under their keys, in the transaction that made them."""
    models.Outcome.objects.bulk_create([_row(*each) for each in fresh.values()])


def _row(asked: Asked, outcome: Outcome) -> models.Outcome:
    return models.Outcome(
        event_id=asked.event,
        key=asked.key,
        asked=_digest(asked.move),
        number=outcome.number,
        count=len(outcome.changes),
        refusal=outcome.refusal and _refusal_facts(outcome.refusal),
        at=asked.at,
    )


def _digest(move: Move | Voice) -> str:
    """What was asked for, without what the intake minted (fields that do not compare)."""
    asked = [(each.name, getattr(move, each.name)) for each in fields(move) if each.compare]  # type: ignore[arg-type]
    return hashlib.sha256(repr((type(move).__name__, asked)).encode()).hexdigest()


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
