"""What everyone may read: a contest without what is secret until its close, the past without what is hidden by now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import HIDDEN, Facts, Kind
from openspaces.board.words import Words

WRITTEN = ("where", "title", "text")
"""What a host wrote that is not among a card's words: a place Elsewhere, the words of a deal."""


def contest_facts(contest: Contest, board: Board, ballots: int | None = None) -> dict[str, Any]:
    """`{id, cell, cards, method, closes, outcome, reason, ballots}` and more; `outcome` is the code of the card that
    won, null while it is open. `ballots` is how many were cast, where the caller has counted them.

    While it is open the lot's `commitment` is told; afterwards the tally, and the `seal` that it was the SHA-256 of.
    """
    facts: dict[str, Any] = {
        "id": contest.id,
        "cell": str(contest.cell),
        "cells": [str(cell) for cell in contest.cells],
        "cards": list(contest.cards),
        "method": contest.method.value,
        "tie": contest.tie.value,
        "presence": contest.presence,
        "opened": board.local(contest.opened).isoformat(),
        "closes": contest.closes and board.local(contest.closes).isoformat(),
        "settled": contest.settled and board.local(contest.settled).isoformat(),
        "outcome": contest.winner or None,
        "reason": contest.reason,
        "ballots": contest.ballots if ballots is None else ballots,
        "commitment": contest.commitment,
    }
    return facts if contest.open else {**facts, **_afterwards(contest)}


def masked(then: Board, now: Board) -> Board:
    """The past as it may be shown today: what is hidden by now was never said."""
    for card in now.cards.values():
        if card.hidden and (earlier := then.cards.get(card.code)):
            then = then.with_card(replace(earlier, words=earlier.words.hidden(), standing=card.standing))
    return then


def masked_change(change: Change, board: Board) -> Change:
    """A line of the log as everyone may read it: without what a card said that is hidden by now, and without why it was
    hidden, for those who report a card write what they like."""
    if change.kind is Kind.CARD_SHIELDED:
        change = replace(change, after={name: fact for name, fact in change.after.items() if name != "reason"})
    cards = (board.cards.get(code) for code in (change.card, change.after.get("with", "")))
    if not any(card and card.hidden for card in cards):
        return change
    return replace(change, before=_hidden(change.before), after=_hidden(change.after))


def _afterwards(contest: Contest) -> dict[str, Any]:
    """The tally, and what a lot was drawn from: anyone can draw it again."""
    return {"tally": dict(contest.tally), "seal": contest.seal, "drawn": list(contest.drawn)}


def _hidden(facts: Facts) -> dict[str, Any]:
    return {name: _without_words(name, fact) for name, fact in facts.items()}


def _without_words(name: str, fact: Any) -> Any:
    if isinstance(fact, Words):
        return fact.hidden()
    if isinstance(fact, Mapping):
        return _hidden(fact)
    return HIDDEN if name in WRITTEN and fact else fact
