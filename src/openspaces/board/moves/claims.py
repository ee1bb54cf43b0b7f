"""The moves of a claim: ask for a cell, give the claim up, refuse it, offer other cells."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from openspaces.board.facts import notice_facts, waiting_facts
from openspaces.board.moves.base import NOTHING, Changes, OfStaff, holder_or_staff, living
from openspaces.board.moves.claiming import claimed, may_claim
from openspaces.board.moves.taking import placement_of, why_not
from openspaces.board.state import Board, Card, Change, Notice, Placement
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Refusal, fresh_seal
from openspaces.board.words import clean, sentence
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class ClaimCell:
    """A host asks for a cell where the facilitators place cards, or where others want it too. Asking for another cell
    gives up the first claim. Where hosts place cards themselves and nobody else wants the cell, it is theirs at once;
    where two want one cell, the event's policy says whether the second is refused or a contest begins. A host who was
    not told of the others (`contend` is false) begins no contest unawares, and reads first what is free instead."""

    slows: ClassVar[bool] = True

    card: str
    cells: tuple[Cell, ...]
    where: str = ""
    contend: bool = True
    confirmed: bool = False
    seal: str = fresh_seal()

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", clean("where", self.where))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card) or may_claim(by, board)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        wanted = placement_of(board, self.cells, self.where)
        return claimed(board, by, at, wanted, card, self.seal, contend=self.contend, confirmed=self.confirmed)


@dataclass(frozen=True, kw_only=True)
class DropClaim:
    """A host gives way: the claim is gone, the card is kept. If it stood in a contest and one card is left there, that
    one has the cell. A host who holds the cell gives way by taking the card down."""

    card: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        return (_dropped(card),) if card.claim else NOTHING


@dataclass(frozen=True, kw_only=True)
class RefuseClaim(OfStaff):
    """Staff refuse a claim with a reason, which its host reads."""

    card: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if not card.claim:
            return Refusal(Code.NO_CLAIM, {"title": card.words.title})
        return (_dropped(card, Notice(Cause.REFUSED, card.claim.placement, self.reason, at)),)


@dataclass(frozen=True, kw_only=True)
class OfferCells(OfStaff):
    """Staff offer a card free cells instead of the one that it asks for or lost; its host takes one with a tap. What it
    asked for is answered by that; a card that stands in a contest waits for its outcome first."""

    card: str
    cells: tuple[Cell, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason, needed=False))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        wanted = _asked_for(card, self.cells)
        if refusal := _in_contest(board, card) or self._not_to_have(board, by, at, len(wanted.cells)):
            return refusal
        notice = Notice(Cause.OFFER, wanted, self.reason, at, self.cells)
        if card.notice and not card.claim and replace(notice, at=card.notice.at) == card.notice:
            return NOTHING
        before, after = waiting_facts(card, "claim", "notice"), {"notice": notice_facts(notice)}
        return (Change(Kind.CARD_OFFERED, card.code, self.cells, before, after),)

    def _not_to_have(self, board: Board, by: Who, at: datetime, length: int) -> Refusal | None:
        """That one of the cells cannot be had, for as long as the card needs it; or that there are none."""
        runs = [board.run(cell, length) if board.has_cell(cell) else (cell,) for cell in self.cells] or [()]
        refusals = (why_not(board, by, at, Placement(run), None, confirmed=True) for run in runs)
        return next((refusal for refusal in refusals if refusal), None)


def _in_contest(board: Board, card: Card) -> Refusal | None:
    return Refusal(Code.IN_CONTEST, {"title": card.words.title}) if board.contest_of(card.code) else None


def _dropped(card: Card, notice: Notice | None = None) -> Change:
    after = {"notice": notice_facts(notice)} if notice else {}
    return Change(Kind.CLAIM_DROPPED, card.code, card.asks, waiting_facts(card, "claim", "notice"), after)


def _asked_for(card: Card, cells: tuple[Cell, ...]) -> Placement:
    """What the card does not get; where it asked for nothing, what it has, or else the first of the offered cells."""
    if card.claim:
        return card.claim.placement
    return card.notice.lost if card.notice else card.placement or Placement(cells[:1])
