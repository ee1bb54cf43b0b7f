"""The moves of a cell: close it, hold it for a while, reopen it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openspaces.board.moves.base import NOTHING, Changes, OfStaff
from openspaces.board.moves.seating import displaced
from openspaces.board.moves.settling import called_off
from openspaces.board.moves.telling import cell_facts
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Refusal
from openspaces.board.words import sentence
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class CloseCell(OfStaff):
    """Staff close cells that nobody may take, with a reason that the board shows; with `until` it is a hold, which the
    clock reopens, and which never shortens a closure for good. Cards that stand there lose their cells and are owed
    others; a contest about them is called off. An hour that is over keeps its card."""

    cells: tuple[Cell, ...]
    reason: str
    until: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if refusal := _unknown(board, self.cells):
            return refusal
        left = tuple(cell for cell in dict.fromkeys(self.cells) if not _was_used(board, cell, at))
        if self.cells and (not left or (self.until and self.until <= at)):
            return Refusal(Code.OVER, cell_facts(board, self.cells[0]))
        closing = tuple(cell for cell in left if self._differs(board, cell))
        return (*losses(board, closing, self.reason, at), self._closed(board, closing)) if closing else NOTHING

    def _closed(self, board: Board, closing: tuple[Cell, ...]) -> Change:
        """`before` has the closures that this one takes the place of."""
        until = {"until": self.until.isoformat()} if self.until else {}
        return Change(Kind.CELL_CLOSED, "", closing, _closures(board, closing), {"reason": self.reason, **until})

    def _differs(self, board: Board, cell: Cell) -> bool:
        closure = board.closures.get(cell)
        if closure is None:
            return True
        shorter = closure.until is None and self.until is not None
        return not shorter and (closure.reason, closure.until) != (self.reason, self.until)


@dataclass(frozen=True, kw_only=True)
class ReopenCell(OfStaff):
    """Staff reopen closed cells; from then on anyone may take them. The clock reopens only holds that are `over`."""

    cells: tuple[Cell, ...]
    over: bool = False

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if refusal := _unknown(board, self.cells):
            return refusal
        return reopening(board, [cell for cell in self.cells if not self.over or _hold_is_over(board, cell, at)])


def reopening(board: Board, cells: Iterable[Cell]) -> Changes:
    """The change that reopens those of `cells` that are closed."""
    closed = tuple(cell for cell in dict.fromkeys(cells) if cell in board.closures)
    return (Change(Kind.CELL_REOPENED, cells=closed, before=_closures(board, closed)),) if closed else NOTHING


def displaced_by(board: Board, cells: tuple[Cell, ...], at: datetime | None = None) -> list[Card]:
    """The cards that would lose their cells, or their claim to them, if `cells` were closed `at` that time; the oldest
    first."""
    closing = [cell for cell in cells if at is None or not _was_used(board, cell, at)]
    found = {card.code: card for cell in closing for card in (*board.cards_at(cell), *board.claimed_by(cell))}
    return sorted(found.values(), key=lambda card: card.serial)


def losses(board: Board, cells: tuple[Cell, ...], reason: str, at: datetime) -> Changes:
    """What follows for cards and contests when `cells` can be had no longer."""
    lost = tuple(displaced(card, cells, Cause.CLOSED, reason, at) for card in displaced_by(board, cells))
    return (*contests_over(board, cells, reason, at), *lost)


def contests_over(board: Board, cells: Iterable[Cell], reason: str, at: datetime) -> Changes:
    """The contests about `cells` are called off."""
    contests = {contest.id: contest for cell in cells if (contest := board.contest_at(cell))}
    return tuple(called_off(contest, reason, at) for contest in contests.values())


def _unknown(board: Board, cells: tuple[Cell, ...]) -> Refusal | None:
    unknown = next((cell for cell in cells if not board.has_cell(cell)), None)
    return Refusal(Code.UNKNOWN_CELL, {"cell": str(unknown)}) if unknown else None


def _was_used(board: Board, cell: Cell, at: datetime) -> bool:
    """Whether a card stood there in an hour that is over: nobody takes that away any more."""
    return cell in board.holders and board.has_cell(cell) and board.slot_of(cell).ends <= at


def _hold_is_over(board: Board, cell: Cell, at: datetime) -> bool:
    closure = board.closures.get(cell)
    return closure is not None and closure.until is not None and closure.until <= at


def _closures(board: Board, cells: tuple[Cell, ...]) -> dict[str, Any]:
    """The reasons of closed cells, and until when where they are held, as the log keeps them."""
    closed = {cell: board.closures[cell] for cell in cells if cell in board.closures}
    reasons = {str(cell): closure.reason for cell, closure in closed.items()}
    untils = {str(cell): closure.until.isoformat() for cell, closure in closed.items() if closure.until}
    return ({"reasons": reasons} if reasons else {}) | ({"untils": untils} if untils else {})
