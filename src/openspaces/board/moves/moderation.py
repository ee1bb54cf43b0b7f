"""The moves of moderation: shield a card, approve it, remove it, remove all of one device, be cautious."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.facts import caution_facts, placement_facts, waiting_facts
from openspaces.board.moves.base import NOTHING, Changes, Knowing, Left, OfFacilitators, OfStaff, unknown_card
from openspaces.board.moves.hosts import NOBODYS, ideas_of
from openspaces.board.moves.moderating import shielding
from openspaces.board.state import Board, Card, Caution, Change
from openspaces.board.vocabulary import Code, Kind, Refusal, Standing
from openspaces.board.words import Unfit, Words, sentence
from openspaces.people.who import Who

SLOWEST = 24 * 60
"""Minutes."""


@dataclass(frozen=True, kw_only=True)
class ShieldCard(OfStaff):
    """Staff hide what a card says until somebody has looked at it, and so do three reports of people at the event. Its
    cells are kept: nobody wins a cell by a report."""

    card: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        return NOTHING if card.hidden else (shielding(card, self.reason),)


@dataclass(frozen=True, kw_only=True)
class ApproveCard(OfStaff):
    """Staff have read the card, and it may stand. Reports do not hide it again, unless its words change. Whoever says
    which number they saw approves nothing that was written since."""

    card: str
    seen: int | None = None
    words: Words | None = field(default=None, compare=False)

    def informed(self, known: Knowing) -> Self:
        return replace(self, words=known.words(self.card))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None or self.words is None:
            return unknown_card(self.card)
        if card.standing is Standing.REMOVED:
            return Refusal(Code.REMOVED)
        if self.seen is not None and card.edited > self.seen:
            return Refusal(Code.REWORDED)
        words = self.words if card.hidden else card.words
        if words.version != card.words.version:  # edited in the very batch of moves in which it is approved
            return Refusal(Code.TRY_AGAIN)
        return NOTHING if card.standing is Standing.APPROVED else (approving(card, words, Standing.APPROVED),)


@dataclass(frozen=True, kw_only=True)
class RemoveCard(OfFacilitators):
    """A facilitator removes a card that breaks the rules, with a reason: its text is gone and its cells are free."""

    card: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        return NOTHING if card.standing is Standing.REMOVED else (removing(card, self.reason),)


@dataclass(frozen=True, kw_only=True)
class RemoveAllOf(OfFacilitators):
    """A facilitator removes everything that one device wrote, in one step, with a reason: also the ideas that it left,
    as long as nobody else has taken them up. The device is named by one of its cards or ideas; a card of the event
    file, or one that staff wrote for somebody, goes alone."""

    card: str
    reason: str
    left: Left = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def informed(self, known: Knowing) -> Self:
        return replace(self, left=known.ideas_left())

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        return tuple(removing(each, self.reason) for each in all_of(board, card, self.left))


@dataclass(frozen=True, kw_only=True)
class SetCaution(OfFacilitators):
    """In a storm of abuse facilitators slow hosts down to one move in some minutes, hold the cards of new hosts until
    somebody has read them, or both; and lift it again."""

    slow: int = 0
    hold: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.slow <= SLOWEST:
            raise Unfit("slow", "too-long", SLOWEST)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        new = Caution(self.slow, self.hold)
        if new == board.caution:
            return NOTHING
        return (Change(Kind.CAUTION_CHANGED, before=caution_facts(board.caution), after=caution_facts(new)),)


def all_of(board: Board, card: Card, left: Left) -> list[Card]:
    """What goes with a card when all of its device does, itself included: what is not removed yet, the oldest first."""
    hand = card.hand or next((hand for hand, codes in left.items() if card.code in codes), "")
    theirs = [card] if hand in NOBODYS else [*board.cards_of(hand), *ideas_of(board, hand, left)]
    there = (each for each in theirs if each.standing is not Standing.REMOVED)
    return sorted(there, key=lambda each: each.serial)


def approving(card: Card, words: Words, standing: Standing) -> Change:
    """What a card says can be read (again)."""
    before, after = {"standing": card.standing.value}, {"standing": standing.value, "words": words}
    return Change(Kind.CARD_APPROVED, card.code, card.cells, before, after)


def removing(card: Card, reason: str) -> Change:
    """A card is hidden and off the board."""
    words = {} if card.hidden else {"words": card.words}
    was = {"standing": card.standing.value, "withdrawn": card.withdrawn}
    before = {**placement_facts(card.placement), **waiting_facts(card), **was, **words}
    return Change(Kind.CARD_REMOVED, card.code, card.cells, before, {"reason": reason})
