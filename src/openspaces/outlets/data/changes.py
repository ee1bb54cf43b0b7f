"""A change as public JSON: the one shape that the API, its stream and the feeds share."""

from datetime import datetime
from typing import Any

from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Facts
from openspaces.board.words import Words

PRIVATE = frozenset({"hand", "by"})
"""Facts of the log that say who asked; they are nobody else's business."""


def change_facts(change: Change, board: Board) -> dict[str, Any]:
    """`{number, at, kind, card?, cells?, before?, after?}`; times are ISO 8601 with the offset of the event."""
    facts: dict[str, Any] = {
        "number": change.number,
        "at": board.local(change.at).isoformat(),
        "kind": change.kind.value,
        "card": change.card,
        "cells": [str(cell) for cell in change.cells],
        "before": _public(change.before, board),
        "after": _public(change.after, board),
    }
    return {name: value for name, value in facts.items() if value or name == "number"}


def _public(facts: Facts, board: Board) -> dict[str, Any]:
    return {name: _plain(name, value, board) for name, value in facts.items() if name not in PRIVATE}


def _plain(name: str, value: Any, board: Board) -> Any:
    if isinstance(value, Words):
        return value.as_said()
    if name in ("opens", "closes"):
        return value and _local(value, board)
    if name == "slots":
        return [
            {"key": key, "starts": _local(starts, board), "ends": _local(ends, board)} for key, starts, ends in value
        ]
    return value


def _local(written: str, board: Board) -> str:
    """A moment of the log (UTC) as the event's clocks show it."""
    return board.local(datetime.fromisoformat(written)).isoformat()
