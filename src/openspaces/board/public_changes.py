"""A change as public JSON: the one shape that the API, its stream, the feeds and the hooks share."""

from datetime import datetime
from typing import Any

from openspaces.board.facts import contest_from
from openspaces.board.public import contest_facts, masked_change
from openspaces.board.state import Board, Change, Programme
from openspaces.board.vocabulary import Facts
from openspaces.board.words import Words

PRIVATE = frozenset({"hand", "cohosts", "by", "seal"})
"""Facts of the log that say who asked, and what a lot will be drawn from; they are nobody else's business."""


def change_facts(change: Change, board: Board) -> dict[str, Any]:
    """`{number, at, kind, card?, cells?, before?, after?}`; times are ISO 8601 with the offset of the event. What a
    card said that is hidden on `board` is hidden here too."""
    shown = masked_change(change, board)
    facts: dict[str, Any] = {
        "number": change.number,
        "at": board.local(change.at).isoformat(),
        "kind": change.kind.value,
        "card": change.card,
        "cells": [str(cell) for cell in change.cells],
        "before": _public(shown.before, board),
        "after": _public(shown.after, board),
    }
    return {name: value for name, value in facts.items() if value or name == "number"}


def _public(facts: Facts, board: Board) -> dict[str, Any]:
    return {name: _plain(name, value, board) for name, value in facts.items() if name not in PRIVATE}


def _plain(name: str, value: Any, board: Board) -> Any:
    if isinstance(value, Words):
        return value.as_said()
    if isinstance(value, Programme):  # thousands of talks are no part of the log that everybody reads
        return {"version": value.version, "talks": len(value.talks)}
    if name == "hosts":  # whose names were erased; what else the cards say they say themselves
        return sorted(value)
    if name == "contest":
        return contest_facts(contest_from({**value}), board)
    if name in ("claim", "notice", "deal"):
        return _public(value, board)
    if name in ("opens", "closes", "at", "until", "ends"):
        return value and _local(value, board)
    if name == "slots":
        return [
            {"key": key, "starts": _local(starts, board), "ends": _local(ends, board)} for key, starts, ends in value
        ]
    return value


def _local(written: str, board: Board) -> str:
    """A moment of the log (UTC) as the event's clocks show it."""
    return board.local(datetime.fromisoformat(written)).isoformat()
