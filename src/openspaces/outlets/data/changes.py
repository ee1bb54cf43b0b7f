"""A change as public JSON: the one shape that the API, its stream and the feeds share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from openspaces.board.facts import contest_from
from openspaces.board.public import contest_facts
from openspaces.board.state import Board, Change, Programme
from openspaces.board.vocabulary import HIDDEN, Facts, Kind
from openspaces.board.words import Words

PRIVATE = frozenset({"hand", "cohosts", "by", "seal"})
"""Facts of the log that say who asked, and what a lot will be drawn from; they are nobody else's business."""
WRITTEN = ("where", "title", "text")
"""What a host wrote that is not among a card's words: a place Elsewhere, the words of a deal."""


def change_facts(change: Change, board: Board) -> dict[str, Any]:
    """`{number, at, kind, card?, cells?, before?, after?}`; times are ISO 8601 with the offset of the event. What a
    card said that is hidden on `board` is hidden here too."""
    shown = masked(change, board)
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


def masked(change: Change, board: Board) -> Change:
    """A line of the log as everyone may read it: without what a card said that is hidden by now, and without why it was
    hidden, for those who report a card write what they like."""
    if change.kind is Kind.CARD_SHIELDED:
        change = replace(change, after={name: fact for name, fact in change.after.items() if name != "reason"})
    cards = (board.cards.get(code) for code in (change.card, change.after.get("with", "")))
    if not any(card and card.hidden for card in cards):
        return change
    return replace(change, before=_hidden(change.before), after=_hidden(change.after))


def _hidden(facts: Facts) -> dict[str, Any]:
    return {name: _without_words(name, fact) for name, fact in facts.items()}


def _without_words(name: str, fact: Any) -> Any:
    if isinstance(fact, Words):
        return fact.hidden()
    if isinstance(fact, Mapping):
        return _hidden(fact)
    return HIDDEN if name in WRITTEN and fact else fact


def _public(facts: Facts, board: Board) -> dict[str, Any]:
    return {name: _plain(name, value, board) for name, value in facts.items() if name not in PRIVATE}


def _plain(name: str, value: Any, board: Board) -> Any:
    if isinstance(value, Words):
        return value.as_said()
    if isinstance(value, Programme):  # thousands of talks are no part of the log that everybody reads
        return {"version": value.version, "talks": len(value.talks)}
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
