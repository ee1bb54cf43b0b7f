"""The moves of a cell: close it, hold it for a while, reopen it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openspaces.board.moves.base import NOTHING, Changes, OfStaff
from openspaces.board.moves.contests import called_off
from openspaces.board.moves.seating import displaced
from openspaces.board.moves.taking import cell_facts
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Refusal
from openspaces.board.words import sentence
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class CloseCell(OfStaff):
    """Staff close cells that nobody may take, with a reason that the board shows; with `until` it is a hold, which the
    clock reopens. Cards that stand there lose their cells and are owed others; a contest about them is called off."""

    cells: tuple[Cell, ...]
    reason: str
    until: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if refusal := _unknown(board, self.cells):
            return refusal
        if self.until and self.until <= at:
            return Refusal(Code.OVER, cell_facts(board, self.cells[0]))
        closing = tuple(cell for cell in dict.fromkeys(self.cells) if self._differs(board, cell))
        if not closing:
            return NOTHING
        return (self._closed(board, closing), *losses(board, closing, self.reason, at))

    def _closed(self, board: Board, closing: tuple[Cell, ...]) -> Change:
        """`before` has the closures that this one takes the place of."""
        until = {"until": self.until.isoformat()} if self.until else {}
        return Change(
            Kind.CELL_CLOSED, cells=closing, before=_closures(board, closing), after={"reason": self.reason, **until}
        )

    def _differs(self, board: Board, cell: Cell) -> bool:
        closure = board.closures.get(cell)
        return closure is None or (closure.reason, closure.until) != (self.reason, self.until)


@dataclass(frozen=True, kw_only=True)
class ReopenCell(OfStaff):
    """Staff reopen closed cells; from then on anyone may take them."""

    cells: tuple[Cell, ...]

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        return _unknown(board, self.cells) or reopening(board, self.cells)


def reopening(board: Board, cells: tuple[Cell, ...]) -> Changes:
    """The change that reopens those of `cells` that are closed."""
    closed = tuple(cell for cell in dict.fromkeys(cells) if cell in board.closures)
    return (Change(Kind.CELL_REOPENED, cells=closed, before=_closures(board, closed)),) if closed else NOTHING


def displaced_by(board: Board, cells: tuple[Cell, ...]) -> list[Card]:
    """The cards that would lose their cells, or their claim to them, if `cells` were closed; the oldest first."""
    found = {card.code: card for cell in cells for card in (*board.cards_at(cell), *board.claimed_by(cell))}
    return sorted(found.values(), key=lambda card: card.serial)


def losses(board: Board, cells: tuple[Cell, ...], reason: str, at: datetime) -> Changes:
    """What follows for cards and contests when `cells` can be had no longer."""
    contests = {contest.id: contest for cell in cells if (contest := board.contest_at(cell))}
    over = tuple(called_off(contest, reason, at) for contest in contests.values())
    lost = tuple(_loss(card, cells, reason, at) for card in displaced_by(board, cells))
    return (*over, *lost)


def _loss(card: Card, cells: tuple[Cell, ...], reason: str, at: datetime) -> Change:
    """A card that only asked for one of the cells keeps the other cell that it holds."""
    held = card.placement if card.placement and set(card.cells) & set(cells) else None
    lost = held or (card.claim.placement if card.claim else None)
    assert lost
    return displaced(card, Cause.CLOSED, lost, reason, at, keeps=held is None)


def _unknown(board: Board, cells: tuple[Cell, ...]) -> Refusal | None:
    unknown = next((cell for cell in cells if not board.has_cell(cell)), None)
    return Refusal(Code.UNKNOWN_CELL, {"cell": str(unknown)}) if unknown else None


def _closures(board: Board, cells: tuple[Cell, ...]) -> dict[str, Any]:
    """The reasons of closed cells, and until when where they are held, as the log keeps them."""
    closed = {cell: board.closures[cell] for cell in cells if cell in board.closures}
    reasons = {str(cell): closure.reason for cell, closure in closed.items()}
    untils = {str(cell): closure.until.isoformat() for cell, closure in closed.items() if closure.until}
    return ({"reasons": reasons} if reasons else {}) | ({"untils": untils} if untils else {})
