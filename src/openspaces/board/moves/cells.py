"""The moves of a cell: close it, reopen it."""

from dataclasses import dataclass
from datetime import datetime

from openspaces.board.moves.base import NOTHING, Changes, staff_only
from openspaces.board.moves.taking import cell_facts, offers
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import REASON_LENGTH, Cell, Code, Kind, Refusal
from openspaces.board.words import Unfit
from openspaces.lib.plaintext import one_line
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class CloseCell:
    """Staff close cells that nobody may take, with a reason that the board shows. A cell under a card is closed only
    once the card has gone elsewhere."""

    cells: tuple[Cell, ...]
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", one_line(self.reason))
        if not self.reason:
            raise Unfit("reason", "empty")
        if len(self.reason) > REASON_LENGTH:
            raise Unfit("reason", "too-long", REASON_LENGTH)

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        for cell in self.cells:
            if refusal := _not_closable(board, cell, at):
                return refusal
        closing = tuple(cell for cell in dict.fromkeys(self.cells) if self._differs(board, cell))
        return (Change(Kind.CELL_CLOSED, cells=closing, after={"reason": self.reason}),) if closing else NOTHING

    def _differs(self, board: Board, cell: Cell) -> bool:
        closure = board.closures.get(cell)
        return closure is None or closure.reason != self.reason


@dataclass(frozen=True, kw_only=True)
class ReopenCell:
    """Staff reopen closed cells; from then on anyone may take them."""

    cells: tuple[Cell, ...]

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        for cell in self.cells:
            if not board.has_cell(cell):
                return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
        closed = tuple(cell for cell in dict.fromkeys(self.cells) if cell in board.closures)
        reasons = {str(cell): board.closures[cell].reason for cell in closed}
        return (Change(Kind.CELL_REOPENED, cells=closed, before={"reasons": reasons}),) if closed else NOTHING


def _not_closable(board: Board, cell: Cell, at: datetime) -> Refusal | None:
    if not board.has_cell(cell):
        return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
    held = next(iter(board.cards_at(cell)), None)
    if held is None:
        return None
    facts = {**cell_facts(board, cell), "title": held.words.title, "host": held.words.host}
    return Refusal(Code.CELL_TAKEN, facts, held.code, offers(board, cell, 1, at))
