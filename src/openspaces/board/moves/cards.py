"""The moves of a card: write, edit, place, move, swap, take down, withdraw."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from openspaces.board.facts import placement_facts, wished_facts
from openspaces.board.moves.base import (
    NOTHING,
    Changes,
    Knowing,
    OfStaff,
    all_living,
    following,
    holder_or_staff,
    living,
    unknown_card,
)
from openspaces.board.moves.coming import Coming
from openspaces.board.moves.moderating import approval, held_back, hiding
from openspaces.board.moves.seating import seated, taken_down, withdrawn
from openspaces.board.moves.taking import may_place, placement_of, why_not
from openspaces.board.state import Board, Card, Change, Wished
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal, Standing, fresh_code
from openspaces.board.words import Said, Unfit, Words, clean
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class WriteCard(Coming):
    """Anyone may write a card. With cells it goes on the board in the same step, or asks for them (`claim`, and where
    others ask too only if it is to `contend`), and if that is refused nothing is written. Without cells it is planned;
    with nobody to host it (`idea`) it is an idea. Staff write one down for somebody who stands before them
    (`walk_up`): it belongs to no device until its host opens the edit link. What comes from where nobody is trusted is
    `held` until somebody has read it. `wished` is what was understood of its wish."""

    slows: ClassVar[bool] = True

    idea: bool = False
    held: bool = False
    wished: Wished | None = None
    code: str = fresh_code()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.title is None:
            raise Unfit("title", "empty")

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if self.code in board.cards:
            return Refusal(Code.CODE_TAKEN)
        written = self._written(board, by)
        there = following(board, (written,), by, at)
        seat = self.seat(there, there.cards[self.code], by, at) if self.cells else NOTHING
        if isinstance(seat, Refusal):
            return seat
        return written, *self._held(board, by, written.after["words"]), *seat

    def _held(self, board: Board, by: Who, words: Words) -> Changes:
        if self.held:
            return (hiding(self.code, words, Standing.LIVE, Standing.HELD, ""),)
        return held_back(board, by, self.code, words)

    def _written(self, board: Board, by: Who) -> Change:
        hand = "" if self.idea and not self.cells else self.hand(by)
        wished = {"wished": wished_facts(self.wished)} if self.wished else {}
        after = {"serial": board.last_serial + 1, "hand": hand, "words": Words(**self.said()), **wished}
        return Change(Kind.CARD_WRITTEN, self.code, after=after)


@dataclass(frozen=True, kw_only=True)
class EditCard(Said):
    """The card's host or staff change what it says. Whoever edits says which number they saw; if the words have
    changed since, both texts are shown and nothing is lost. What waits to be read for the first time can be corrected
    until then, and waits on; what was hidden after people had read it stays as it is."""

    slows: ClassVar[bool] = True

    card: str
    seen: int
    wished: Wished | None = None
    """What was understood of the wish, where the edit has one."""
    says: Words | None = field(default=None, compare=False, repr=False)
    """What the card says, also where it is kept from the public."""

    def informed(self, known: Knowing) -> Self:
        return replace(self, says=known.words(self.card))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.hidden and card.standing is not Standing.HELD:
            return Refusal(Code.SHIELDED)
        old = self.says if card.hidden else card.words
        if old is None or old.version != card.words.version:  # written in the very batch of moves in which it is edited
            return Refusal(Code.TRY_AGAIN)
        words = replace(old, **self.said())
        if words == old:
            return NOTHING
        if card.edited > self.seen:
            return Refusal(Code.STALE_EDIT, {"theirs": old.as_said(), "yours": words.as_said()})
        return (self._edited(card, old, replace(words, version=old.version + 1)),)

    def _edited(self, card: Card, old: Words, words: Words) -> Change:
        before, after = {"words": old, **approval(card)}, {"words": words}
        if words.wish != old.wish:
            before, after = before | _wished(card.wished), after | _wished(self.wished)
        return Change(Kind.CARD_EDITED, card.code, card.cells, before, after)


def _wished(wished: Wished | None) -> dict[str, Any]:
    return {"wished": wished_facts(wished)}


@dataclass(frozen=True, kw_only=True)
class PlaceCard:
    """A card takes a free cell, or several in a row; cells that it held before become free in the same step.
    A cell holds one card (Elsewhere any number, each with its place written in). A card that lost its cell may take
    any other, and one that was offered cells may take those, whoever places cards otherwise. A cell that a contest is
    about is taken by its outcome alone."""

    slows: ClassVar[bool] = True

    card: str
    cells: tuple[Cell, ...]
    where: str = ""
    confirmed: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", clean("where", self.where))

    def may(self, by: Who, board: Board) -> Refusal | None:
        card = board.cards.get(self.card)
        due = card is not None and card.takes(self.cells)
        return holder_or_staff(by, board, self.card) or (None if due else may_place(by, board))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        wanted = placement_of(board, self.cells, self.where)
        if card.placement == wanted:
            return NOTHING
        if refusal := why_not(board, by, at, wanted, card, self.confirmed):
            return refusal
        return (seated(card, wanted),)


@dataclass(frozen=True, kw_only=True)
class MoveCard(PlaceCard):
    """A card on the board goes to another free cell. One that holds no cell any more stays where it is: whoever drags
    a card that somebody has just taken down does not put it up again."""

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card and not card.withdrawn and not card.placement:
            return Refusal(Code.NOT_PLACED, {"title": card.words.title})
        return super().decide(board, by, at)


@dataclass(frozen=True, kw_only=True)
class SwapCards(OfStaff):
    """Staff let two placed cards change places in one step."""

    card: str
    other: str

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        pair = both_placed(board, self.card, self.other)
        if isinstance(pair, Refusal):
            return pair
        return NOTHING if pair[0].placement == pair[1].placement else (swapped(*pair),)


@dataclass(frozen=True, kw_only=True)
class TakeDown:
    """The card's host or staff take it off the board; its cells are free again and the card is kept."""

    card: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        if not card.placement:
            return NOTHING
        return (taken_down(card),)


@dataclass(frozen=True, kw_only=True)
class WithdrawCard:
    """The card's host or staff withdraw it: it will not take place, its cells are free, its page says so."""

    card: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return NOTHING if card.code is Code.WITHDRAWN else card
        return (withdrawn(card),)


def both_placed(board: Board, code: str, other: str) -> tuple[Card, Card] | Refusal:
    """Two cards that hold cells no contest is about, so that they can change places; or why they cannot."""
    pair = all_living(board, code, other)
    if isinstance(pair, Refusal):
        return pair
    for card in pair:
        if not card.placement:
            return Refusal(Code.NOT_PLACED, {"title": card.words.title})
        if board.contest_of(card.code):
            return Refusal(Code.IN_CONTEST, {"title": card.words.title})
    return pair[0], pair[1]


def swapped(one: Card, other: Card) -> Change:
    """Two cards change places."""
    before = {"with": other.code, **placement_facts(one.placement)}
    after = {"with": other.code, **placement_facts(other.placement)}
    return Change(Kind.CARDS_SWAPPED, one.code, (*one.cells, *other.cells), before, after)
