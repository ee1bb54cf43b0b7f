"""What a move is: a frozen value that says whether somebody may, and what would happen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol, Self, runtime_checkable

from openspaces.board.fold import fold
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Words
from openspaces.people.who import Role, Who

Changes = tuple[Change, ...]
Left = Mapping[str, Collection[str]]
"""The ideas that nobody has taken up, by the hand of the device that left them: a Board has them as nobody's."""
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


class Knowing(Protocol):
    """What is known beside the Board, as it is when the move is decided."""

    def ballots(self, contest: int) -> list[list[str]]: ...

    def step(self, number: int) -> list[Change]: ...

    def later(self, number: int) -> list[Change]: ...

    def words(self, card: str) -> Words | None: ...

    def words_naming(self, cards: Iterable[str], names: Collection[str]) -> Mapping[str, Words]: ...

    def offer(self, card: str, hand: str) -> str | None: ...

    def stars(self) -> dict[str, int]: ...

    def ideas_left(self) -> Left: ...

    def merging(self, card: str) -> Change | None: ...

    def doubted(self, card: str) -> bool: ...


@runtime_checkable
class Informed(Protocol):
    """A move that has to know more than the Board says. It is told so just before it is decided."""

    def informed(self, known: Knowing) -> Self:
        """The same move with what it has to know. Those fields are no part of what was asked for."""
        ...


def following(board: Board, changes: Iterable[Change], by: Who, at: datetime) -> Board:
    """The board as it would be after these changes."""
    for change in changes:
        board = fold(board, replace(change, number=board.number + 1, at=at, by=by.hand))
    return board


def staff_only(by: Who, *roles: Role) -> Refusal | None:
    """Refuse everyone without a role, or without one of `roles` where some are named."""
    if by.is_staff and (not roles or by.role in roles):
        return None
    return Refusal(Code.NOT_ALLOWED)


class OfStaff:
    """Organisers, facilitators and helpers may."""

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by)


class OfFacilitators:
    """Organisers and facilitators may; helpers may not."""

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by, Role.ORGANISER, Role.FACILITATOR)


def holder_or_staff(by: Who, board: Board, code: str) -> Refusal | None:
    """Refuse everyone but the card's host (the device that wrote it, or one that showed its key) and staff."""
    card = board.cards.get(code)
    if card is None or by.is_staff or holds(by, board, card):
        return None
    return Refusal(Code.NOT_ALLOWED)


def holds(by: Who, board: Board, card: Card) -> bool:
    """Whether `by` is a host of the card, or of one that became part of it."""
    return any(part.code in by.cards or (by.hand != "" and by.hand in part.hands) for part in board.parts(card))


def living(board: Board, code: str) -> Card | Refusal:
    """The card, or why nothing can be done with it any more."""
    card = board.cards.get(code)
    if card is None:
        return unknown_card(code)
    if card.merged_into:
        return Refusal(Code.MERGED, {"title": card.words.title, "into": board.whole(card).words.title})
    return Refusal(Code.WITHDRAWN, {"title": card.words.title}) if card.withdrawn else card


def all_living(board: Board, *codes: str) -> list[Card] | Refusal:
    """The cards, or why nothing can be done with one of them; above all that it is not there."""
    missing = next((code for code in codes if code not in board.cards), None)
    if missing is not None:
        return unknown_card(missing)
    found = [living(board, code) for code in codes]
    refusal = next((each for each in found if isinstance(each, Refusal)), None)
    return refusal or [each for each in found if isinstance(each, Card)]


def unknown_card(code: str) -> Refusal:
    """The refusal for a card that the event has not."""
    return Refusal(Code.UNKNOWN_CARD, {"card": code})
