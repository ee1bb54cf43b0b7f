"""The moves by which a card comes to hosts: an idea that is taken up, and a host who takes another one in."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from openspaces.board.facts import wished_facts
from openspaces.board.moves.base import NOTHING, Changes, Knowing, following, holder_or_staff, living
from openspaces.board.moves.coming import Coming
from openspaces.board.moves.deals import both
from openspaces.board.moves.moderating import approval, held_back
from openspaces.board.state import Board, Card, Change, Wished
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.board.words import Unfit
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class TakeUp(Coming):
    """Somebody hosts an idea, and says who they are. With cells it goes on the board in the same step, or asks for
    them, and if that is refused it is still nobody's."""

    slows: ClassVar[bool] = True

    card: str
    wished: Wished | None = None
    """What was understood of the wish, where its host has one."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.host:
            raise Unfit("host", "empty")

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.hidden:
            return Refusal(Code.SHIELDED)
        if card.hand or card.words.host:
            return Refusal(Code.HAS_HOST, {"title": card.words.title, "host": card.words.host})
        taken = self._taken(card, by)
        there = following(board, (taken,), by, at)
        seat = self.seat(there, there.cards[card.code], by, at) if self.cells else NOTHING
        if isinstance(seat, Refusal):
            return seat
        return taken, *held_back(board, by, card.code, taken.after["words"]), *seat

    def _taken(self, card: Card, by: Who) -> Change:
        words = replace(card.words, **self.said(), version=card.words.version + 1)
        before: dict[str, Any] = {"words": card.words, "hand": card.hand, **approval(card)}
        after: dict[str, Any] = {"words": words, "hand": self.hand(by)}
        if words.wish != card.words.wish:
            before, after = before | _wished(card.wished), after | _wished(self.wished)
        return Change(Kind.CARD_TAKEN_UP, card.code, card.cells, before, after)


def _wished(wished: Wished | None) -> dict[str, Any]:
    return {"wished": wished_facts(wished)}


@dataclass(frozen=True, kw_only=True)
class AcceptOffer:
    """A card's host, or staff, take in somebody who offered to host it too: both names stand on the card, and both may
    change it from then on."""

    card: str
    hand: str
    """The device on which it was offered."""
    name: str = field(default="", compare=False)

    def informed(self, known: Knowing) -> Self:
        return replace(self, name=known.offer(self.card, self.hand) or "")

    def may(self, by: Who, board: Board) -> Refusal | None:
        return holder_or_staff(by, board, self.card)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.hidden:
            return Refusal(Code.SHIELDED)
        if not self.name:
            return Refusal(Code.NO_SUCH_OFFER, {"title": card.words.title})
        return NOTHING if self.hand in card.hands else (self._taken_in(card),)

    def _taken_in(self, card: Card) -> Change:
        words = replace(card.words, host=both(card.words.host, self.name), version=card.words.version + 1)
        before = {"words": card.words, "cohosts": list(card.cohosts), **approval(card)}
        after = {"words": words, "cohosts": [*card.cohosts, self.hand]}
        return Change(Kind.CARD_COHOSTED, card.code, card.cells, before, after)
