"""The moves of a card: write, edit, place, move, swap, take down, withdraw."""

from dataclasses import dataclass, replace
from datetime import datetime

from openspaces.board.facts import placement_facts
from openspaces.board.moves.base import NOTHING, Changes, holder_or_staff, staff_only, unknown_card
from openspaces.board.moves.taking import may_place, placement_of, why_not
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal, fresh_code
from openspaces.board.words import Said, Unfit, Words, clean
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class WriteCard(Said):
    """Anyone may write a card. With cells it goes on the board in the same step, and if that is refused nothing is
    written. Without cells it is planned; with nobody to host it (`idea`) it is an idea."""

    cells: tuple[Cell, ...] = ()
    where: str = ""
    idea: bool = False
    confirmed: bool = False
    code: str = fresh_code()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.title is None:
            raise Unfit("title", "empty")
        object.__setattr__(self, "where", clean("where", self.where))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return may_place(by, board) if self.cells else None

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if self.code in board.cards:
            return Refusal(Code.CODE_TAKEN)
        written = self._written(board, by)
        if not self.cells:
            return (written,)
        wanted = placement_of(board, self.cells, self.where)
        if refusal := why_not(board, by, at, wanted, None, self.confirmed):
            return refusal
        return written, _placed(self.code, wanted)

    def _written(self, board: Board, by: Who) -> Change:
        hand = "" if self.idea and not self.cells else by.hand
        after = {"serial": board.last_serial + 1, "hand": hand, "words": Words(**self.said())}
        return Change(Kind.CARD_WRITTEN, self.code, after=after)


@dataclass(frozen=True, kw_only=True)
class EditCard(Said):
    """The card's host or staff change what it says. Whoever edits says which number they saw; if the words have
    changed since, both texts are shown and nothing is lost."""

    card: str
    seen: int

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = _living(board, self.card)
        if isinstance(card, Refusal):
            return card
        words = replace(card.words, **self.said())
        if words == card.words:
            return NOTHING
        if card.edited > self.seen:
            return Refusal(Code.STALE_EDIT, {"theirs": card.words.as_said(), "yours": words.as_said()})
        words = replace(words, version=card.words.version + 1)
        return (Change(Kind.CARD_EDITED, card.code, card.cells, {"words": card.words}, {"words": words}),)


@dataclass(frozen=True, kw_only=True)
class PlaceCard:
    """A card takes a free cell, or several in a row; cells that it held before become free in the same step.
    A cell holds one card (Elsewhere any number, each with its place written in)."""

    card: str
    cells: tuple[Cell, ...]
    where: str = ""
    confirmed: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", clean("where", self.where))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card) or may_place(by, board)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = _living(board, self.card)
        if isinstance(card, Refusal):
            return card
        wanted = placement_of(board, self.cells, self.where)
        if card.placement == wanted:
            return NOTHING
        if refusal := why_not(board, by, at, wanted, card, self.confirmed):
            return refusal
        return (_moved(card, wanted) if card.placement else _placed(card.code, wanted),)


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
class SwapCards:
    """Staff let two placed cards change places in one step."""

    card: str
    other: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        pair = _living(board, self.card), _living(board, self.other)
        for card in pair:
            if isinstance(card, Refusal):
                return card
            if not card.placement:
                return Refusal(Code.NOT_PLACED, {"title": card.words.title})
        one, other = pair
        assert isinstance(one, Card)
        assert isinstance(other, Card)
        return NOTHING if one.placement == other.placement else (_swapped(one, other),)


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
        return (Change(Kind.CARD_TAKEN_DOWN, card.code, card.cells, placement_facts(card.placement)),)


@dataclass(frozen=True, kw_only=True)
class WithdrawCard:
    """The card's host or staff withdraw it: it will not take place, its cells are free, its page says so."""

    card: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        if card.withdrawn:
            return NOTHING
        return (Change(Kind.CARD_WITHDRAWN, card.code, card.cells, placement_facts(card.placement)),)


def _living(board: Board, code: str) -> Card | Refusal:
    card = board.cards.get(code)
    if card is None:
        return unknown_card(code)
    return Refusal(Code.WITHDRAWN, {"title": card.words.title}) if card.withdrawn else card


def _placed(code: str, wanted: Placement) -> Change:
    return Change(Kind.CARD_PLACED, code, wanted.cells, {}, placement_facts(wanted))


def _moved(card: Card, wanted: Placement) -> Change:
    touched = (*card.cells, *(cell for cell in wanted.cells if cell not in card.cells))
    before, after = placement_facts(card.placement), placement_facts(wanted)
    return Change(Kind.CARD_MOVED, card.code, touched, before, after)


def _swapped(one: Card, other: Card) -> Change:
    before = {"with": other.code, **placement_facts(one.placement)}
    after = {"with": other.code, **placement_facts(other.placement)}
    return Change(Kind.CARDS_SWAPPED, one.code, (*one.cells, *other.cells), before, after)
