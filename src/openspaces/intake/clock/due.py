"""What is due on a Board: contests past their close, holds past their end, announcements past theirs."""

from collections.abc import Iterator
from datetime import datetime

from openspaces.board.moves import EndAnnouncement, Move, ReopenCell, SettleContest
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell


def due(board: Board, at: datetime) -> list[Move]:
    """What the clock has to play at `at`, the longest due first."""
    found = [(since, move) for since, move in _coming(board) if since <= at]
    return [move for _, move in sorted(found, key=lambda each: each[0])]


def soonest(board: Board, at: datetime) -> datetime | None:
    """When something will be due after `at`; None if nothing will, as long as the Board is as it is."""
    return min((since for since, _ in _coming(board) if since > at), default=None)


def _coming(board: Board) -> Iterator[tuple[datetime, Move]]:
    yield from _contests(board)
    yield from _holds(board)
    for said in board.announcements:
        yield said.until, EndAnnouncement(announcement=said.number)


def _contests(board: Board) -> Iterator[tuple[datetime, Move]]:
    """While the board is frozen nobody can vote, so nothing is decided."""
    for contest in board.contests.values() if board.freeze is None else ():
        if contest.open and contest.closes and contest.by_itself:
            yield contest.closes, SettleContest(contest=contest.id)


def _holds(board: Board) -> Iterator[tuple[datetime, Move]]:
    """Cells that are held until the same time are open again together."""
    held: dict[datetime, list[Cell]] = {}
    for cell, closure in board.closures.items():
        if closure.until and board.has_cell(cell):
            held.setdefault(closure.until, []).append(cell)
    for until, cells in held.items():
        yield until, ReopenCell(cells=tuple(sorted(cells)), over=True)
