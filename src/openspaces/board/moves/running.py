"""The moves while it is on: still on, room full, nobody here."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.facts import placement_facts, waiting_facts
from openspaces.board.moves.base import NOTHING, Changes, Knowing, OfStaff, holder_or_staff, living
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import Who

PRESENT_TO_FREE = 3
"""How many present devices must say that nobody is there before the room is free."""


@dataclass(frozen=True, kw_only=True)
class ConfirmCard:
    """A host, or staff who asked, says that it is still on; and once more where people have said since that nobody is
    there."""

    card: str
    doubted: bool = field(default=False, compare=False)

    def informed(self, known: Knowing) -> Self:
        return replace(self, doubted=known.doubted(self.card))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = on_the_board(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.confirmed and not self.doubted:
            return NOTHING
        return (Change(Kind.CARD_CONFIRMED, card.code, card.cells),)


@dataclass(frozen=True, kw_only=True)
class MarkFull:
    """A host or staff say that nobody else fits into the room, or that there is room again."""

    card: str
    full: bool

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = on_the_board(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.full == self.full:
            return NOTHING
        return (Change(Kind.CARD_FULL, card.code, card.cells, {"full": card.full}, {"full": self.full}),)


@dataclass(frozen=True, kw_only=True)
class FreeRoom(OfStaff):
    """Nobody came: a helper, or three people at the event, say so while the card's time runs, and the room is free for
    the rest of the hour and for the hours that the card was to have after it. The card is kept."""

    card: str

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = on_the_board(board, self.card)
        if isinstance(card, Refusal):
            return card
        if not running(board, card, at):
            return Refusal(Code.NOT_RUNNING, {"title": card.words.title})
        used = tuple(cell for cell in card.cells if board.slot_of(cell).ends <= at)
        left = placement_facts(replace(card.placement, cells=used) if card.placement and used else None)
        free = tuple(cell for cell in card.cells if cell not in used)
        before = {**placement_facts(card.placement), **waiting_facts(card, "notice")}
        return (Change(Kind.CARD_ABSENT, card.code, free, before, left),)


def running(board: Board, card: Card, at: datetime) -> bool:
    """Whether the card's time has begun and is not over."""
    if not card.placement:
        return False
    starts, ends = board.time_of(card.placement)
    return starts <= at < ends


def on_the_board(board: Board, code: str) -> Card | Refusal:
    """The card, if it holds a cell."""
    card = living(board, code)
    if isinstance(card, Card) and not card.placement:
        return Refusal(Code.NOT_PLACED, {"title": card.words.title})
    return card
