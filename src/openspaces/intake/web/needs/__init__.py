"""What a card's host has to know and to answer: a lost cell, a claim, a contest, what others ask, whether it is on."""

from collections.abc import Iterator
from datetime import datetime

from openspaces.board.state import Board, Card
from openspaces.intake.web.needs.asked import asked
from openspaces.intake.web.needs.lost import lost
from openspaces.intake.web.needs.need import Answer, Need
from openspaces.intake.web.needs.own import asking, claim, contest, hidden, still_on, won
from openspaces.intake.web.needs.planned import planned
from openspaces.people.who import Who

__all__ = ["Answer", "Need", "needs_of"]


def needs_of(board: Board, card: Card, by: Who, at: datetime) -> list[Need]:
    """What the host of `card` has to know at `at`, what presses most first. `by` is who looks: staff do it for them."""
    if card.merged_into or card.withdrawn:
        return []
    return [need for need in _found(board, card, by, at) if need]


def _found(board: Board, card: Card, by: Who, at: datetime) -> Iterator[Need | None]:
    yield still_on(board, card, at)
    yield lost(board, card, by, at)
    yield planned(board, card, by, at)
    yield from asked(board, card)
    yield contest(board, card, by, at)
    yield won(board, card, at)
    yield claim(board, card)
    yield asking(board, card)
    yield hidden(card)
