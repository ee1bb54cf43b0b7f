"""What a move is: a frozen value that says whether somebody may, and what would happen."""

from datetime import datetime
from typing import Protocol

from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Code, Refusal
from openspaces.people.who import Role, Who

Changes = tuple[Change, ...]
NOTHING: Changes = ()
"""What was asked for is so already; doing it twice does nothing."""


class Move(Protocol):
    """What somebody asks for. Both functions are pure; the clock comes in as `at` (UTC)."""

    def may(self, by: Who, board: Board) -> Refusal | None:
        """Why `by` may not ask for this at all, or None."""
        ...

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        """The changes that follow on `board`, not yet numbered, or why not."""
        ...


def staff_only(by: Who, *roles: Role) -> Refusal | None:
    """Refuse everyone without a role, or without one of `roles` where some are named."""
    if by.is_staff and (not roles or by.role in roles):
        return None
    return Refusal(Code.NOT_ALLOWED)


def holder_or_staff(by: Who, board: Board, code: str) -> Refusal | None:
    """Refuse everyone but the card's host (the device that wrote it, or one that showed its key) and staff."""
    card = board.cards.get(code)
    if card is None or by.is_staff or holds(by, card):
        return None
    return Refusal(Code.NOT_ALLOWED)


def holds(by: Who, card: Card) -> bool:
    """Whether `by` is the card's host."""
    return card.code in by.cards or (card.hand != "" and by.hand == card.hand)


def unknown_card(code: str) -> Refusal:
    """The refusal for a card that the event has not."""
    return Refusal(Code.UNKNOWN_CARD, {"card": code})
