"""The moves between two hosts: they change places, or make one card of two, when both have agreed; and part again."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.facts import claim_facts, deal_facts, placement_facts, waiting_facts
from openspaces.board.moves.base import (
    NOTHING,
    Changes,
    Knowing,
    OfStaff,
    all_living,
    holder_or_staff,
    living,
    unknown_card,
)
from openspaces.board.moves.cards import both_placed, swapped
from openspaces.board.moves.moderating import approval
from openspaces.board.state import AskedDeal, Board, Card, Change, Claim, Placement
from openspaces.board.vocabulary import NAME_LENGTH, Code, Deal, Facts, Kind, Refusal
from openspaces.board.words import Words, clean
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class AskDeal:
    """A host asks another to change places, or to make one card of their two. Nothing happens until the other agrees.
    Asking anew takes the place of what was asked before."""

    card: str
    other: str
    deal: Deal
    title: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "text"):
            typed = getattr(self, name)
            object.__setattr__(self, name, clean(name, typed) if typed.strip() else "")

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        refusal = card if isinstance(card, Refusal) else _not_fitting(board, self.card, self.other, self.deal)
        if isinstance(card, Refusal) or refusal:
            return refusal or NOTHING
        if card.hidden:
            return Refusal(Code.SHIELDED)
        deal = AskedDeal(self.deal, self.other, at, self.title, self.text)
        if card.deal and replace(card.deal, at=at) == deal:
            return NOTHING
        return (Change(Kind.DEAL_ASKED, card.code, (), waiting_facts(card, "deal"), {"deal": deal_facts(deal)}),)


@dataclass(frozen=True, kw_only=True)
class DropDeal:
    """Whoever asked takes it back, or whoever was asked says no."""

    card: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        card = board.cards.get(self.card)
        asked = card.deal.other if card and card.deal else self.card
        return holder_or_staff(by, board, self.card) and holder_or_staff(by, board, asked)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        return (_dropped(card),) if card.deal else NOTHING


@dataclass(frozen=True, kw_only=True)
class AcceptDeal:
    """The host of the other card agrees, and it is done in one step: the cards change places, or the asking card
    becomes part of the other one, which then has two hosts and the better of the two places."""

    card: str
    """The card that was asked for the deal."""
    asking: str

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        asking, card = living(board, self.asking), board.cards.get(self.card)
        if isinstance(asking, Refusal):
            return asking
        if card is None:
            return unknown_card(self.card)
        deal = asking.deal
        if deal is None or deal.other != self.card:
            return Refusal(Code.NO_DEAL, {"title": asking.words.title})
        if refusal := _not_fitting(board, asking.code, self.card, deal.kind):
            return refusal
        if deal.kind is Deal.MERGE:
            return (merged(asking, card, deal.title, deal.text),)
        return _dropped(asking), swapped(asking, card)


@dataclass(frozen=True, kw_only=True)
class MergeCards(OfStaff):
    """Staff make one card of two whose hosts have agreed before them. The first becomes part of the second."""

    card: str
    into: str
    title: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "text"):
            typed = getattr(self, name)
            object.__setattr__(self, name, clean(name, typed) if typed.strip() else "")

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if refusal := _not_fitting(board, self.card, self.into, Deal.MERGE):
            return refusal
        return (merged(board.cards[self.card], board.cards[self.into], self.title, self.text),)


@dataclass(frozen=True, kw_only=True)
class UnmergeCards:
    """A host of either card or staff part two cards again. The one that was part of the other is planned, with its own
    words; the other keeps the cell and says again what it said before. Where its words were edited since, only the name
    of the host who leaves goes."""

    card: str
    """The card that became part of another."""
    merging: Change | None = field(default=None, compare=False)
    """The change by which it did, as the log has it."""

    def informed(self, known: Knowing) -> Self:
        return replace(self, merging=known.merging(self.card))

    def may(self, by: Who, board: Board) -> Refusal | None:
        card = board.cards.get(self.card)
        into = card.merged_into if card and card.merged_into else self.card
        return holder_or_staff(by, board, into)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = board.cards.get(self.card)
        if card is None:
            return unknown_card(self.card)
        if not card.merged_into:
            return Refusal(Code.NOT_MERGED, {"card": self.card})
        into = board.cards[card.merged_into]
        if into.hidden:
            return Refusal(Code.SHIELDED)
        words = replace(self._words_alone(into, card), version=into.words.version + 1)
        return (parted(into, card, words),)

    def _words_alone(self, into: Card, card: Card) -> Words:
        """What the other card says from now on: what it said before, or where that was edited since, the same without
        the name of the host who leaves."""
        if self.merging and self.merging.after["words"].as_said() == into.words.as_said():
            before: Words = self.merging.before["words"]
            return before
        alone = self.merging is not None and not self.merging.before["words"].host
        host = "" if alone and into.words.host == card.words.host else _without(into.words.host, card.words.host)
        return replace(into.words, host=host)


def merged(card: Card, into: Card, title: str, text: str) -> Change:
    """`card` becomes part of `into`, which keeps its place, or takes that of `card` if it has none."""
    words = replace(
        into.words,
        title=title or into.words.title,
        text=text or into.words.text,
        host=both(into.words.host, card.words.host),
        version=into.words.version + 1,
    )
    place = into.placement or card.placement
    return joined(card, into, words, place, _asks(card, into, place))


def joined(card: Card, into: Card, words: Words, place: Placement | None, claim: Claim | None) -> Change:
    """`card` becomes part of `into`, which says `words`, holds `place` and asks for what `claim` names."""
    other = {**placement_facts(card.placement), **waiting_facts(card)}
    was = {"with": card.code, "words": into.words, **approval(into)}
    before = {**was, **placement_facts(into.placement), **waiting_facts(into)}
    after = {"with": card.code, "words": words, **placement_facts(place), "claim": claim_facts(claim)}
    cells = tuple(dict.fromkeys((*into.cells, *card.cells)))
    return Change(Kind.CARDS_MERGED, into.code, cells, {**before, "other": other}, after)


def parted(into: Card, card: Card, words: Words, again: Facts | None = None) -> Change:
    """`card` is a card of its own again; `again` is what the two wait for and that somebody approved it, where that
    takes a merging back."""
    before = {"with": card.code, "words": into.words, **approval(into), **waiting_facts(into)}
    after = {"with": card.code, "words": words, **(again or {})}
    return Change(Kind.CARDS_UNMERGED, into.code, into.cells, before, after)


def _asks(card: Card, into: Card, place: Placement | None) -> Claim | None:
    """What the one card asks for: what it asked for already; without a cell also what the other one asked for."""
    if place:
        return into.claim if place == into.placement else None
    return into.claim or card.claim


def _not_fitting(board: Board, code: str, other: str, deal: Deal) -> Refusal | None:
    """Why the two cannot make this deal. A card does not leave a contest by becoming part of one that is not in it."""
    if code == other:
        return Refusal(Code.SAME_CARD)
    if deal is Deal.SWAP:
        pair = both_placed(board, code, other)
        return pair if isinstance(pair, Refusal) else None
    cards = all_living(board, code, other)
    if isinstance(cards, Refusal):
        return cards
    if any(card.hidden for card in cards):
        return Refusal(Code.SHIELDED)
    if any(code in contest.cards and other not in contest.cards for contest in board.open_contests):
        return Refusal(Code.IN_CONTEST, {"title": board.cards[code].words.title})
    return None


def _dropped(card: Card) -> Change:
    return Change(Kind.DEAL_DROPPED, card.code, (), waiting_facts(card, "deal"))


def both(one: str, other: str) -> str:
    """The names of both hosts, each once."""
    names = dict.fromkeys(name for name in (one, other) if name)
    return ", ".join(names)[:NAME_LENGTH].strip()


def _without(names: str, gone: str) -> str:
    """`names` but for the last `gone` that was joined to others."""
    before, joined_on, after = f"{names}, ".rpartition(f", {gone}, ")
    return f"{before}, {after}".removesuffix(", ") if gone and joined_on else names
