"""What everyone may read of a contest, as plain facts: what is secret until its close is not in it."""

from typing import Any

from openspaces.board.contest import Contest
from openspaces.board.state import Board


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


def _afterwards(contest: Contest) -> dict[str, Any]:
    """The tally, and what a lot was drawn from: anyone can draw it again."""
    return {"tally": dict(contest.tally), "seal": contest.seal, "drawn": list(contest.drawn)}
