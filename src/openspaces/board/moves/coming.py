"""What the moves have in common by which a card comes to the board as it gets its host: its words and its cells."""

from dataclasses import dataclass
from datetime import datetime

from openspaces.board.moves.base import Changes
from openspaces.board.moves.claiming import claimed, may_claim
from openspaces.board.moves.seating import seated
from openspaces.board.moves.taking import may_place, placement_of, why_not
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Refusal, fresh_seal
from openspaces.board.words import Said, clean
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class Coming(Said):
    """With cells the card goes on the board in the same step, or asks for them (`claim`, and where others ask too only
    if it is to `contend`). Staff write for somebody who stands before them (`walk_up`): the card belongs to no device
    until its host opens the edit link."""

    cells: tuple[Cell, ...] = ()
    where: str = ""
    walk_up: bool = False
    claim: bool = False
    contend: bool = True
    confirmed: bool = False
    seal: str = fresh_seal()

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "where", clean("where", self.where))

    def may(self, by: Who, board: Board) -> Refusal | None:
        if not self.cells:
            return None
        return may_claim(by, board) if self.claim else may_place(by, board)

    def hand(self, by: Who) -> str:
        """Whose the card is."""
        return "" if self.walk_up and by.is_staff else by.hand

    def seat(self, board: Board, card: Card, by: Who, at: datetime) -> Changes | Refusal:
        """How the card comes to its cells, on the board as it is with the card."""
        wanted = placement_of(board, self.cells, self.where)
        if self.claim:
            return claimed(board, by, at, wanted, card, self.seal, contend=self.contend, confirmed=self.confirmed)
        return why_not(board, by, at, wanted, card, self.confirmed) or (seated(card, wanted),)
