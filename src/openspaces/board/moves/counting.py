"""The move that tells how many would come."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.moves.base import NOTHING, Changes, Knowing
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import PROGRAM, Who


@dataclass(frozen=True, kw_only=True)
class CountStars:
    """The program tells how many would come to each card, where that has changed. A card of several parts counts a
    device once."""

    counted: Mapping[str, int] = field(default_factory=dict, compare=False)

    def informed(self, known: Knowing) -> Self:
        return replace(self, counted=known.stars())

    def may(self, by: Who, board: Board) -> Refusal | None:
        return None if by == PROGRAM else Refusal(Code.NOT_ALLOWED)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        now = {card.code: self.counted.get(card.code, 0) for card in board.in_order()}
        stars = {code: count for code, count in now.items() if count != board.cards[code].stars}
        if not stars:
            return NOTHING
        before = {code: board.cards[code].stars for code in stars}
        return (Change(Kind.STARS_COUNTED, "", (), {"stars": before}, {"stars": stars}),)
