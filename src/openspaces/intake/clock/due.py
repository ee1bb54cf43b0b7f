"""What is due on a Board: contests past their close, holds past their end, announcements past theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from openspaces.board.moves import EndAnnouncement, Move, ReopenCell, SettleContest
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Method

BY_ITSELF = (Method.VOTE, Method.LOT)
"""The methods that need nobody; hands are counted and decisions made by people, however late it is."""


@dataclass(frozen=True)
class Due:
    """A move for which the time has come. Every process comes upon it, and its key lets one play it: it names what is
    due and since when, so that a contest which is given more time is due once more."""

    since: datetime
    move: Move
    key: str


def due(board: Board, at: datetime) -> list[Due]:
    """What the clock has to play at `at`, the longest due first."""
    return sorted((each for each in _coming(board) if each.since <= at), key=lambda each: (each.since, each.key))


def soonest(board: Board, at: datetime) -> datetime | None:
    """When something will be due after `at`; None if nothing will, as long as the Board is as it is."""
    return min((each.since for each in _coming(board) if each.since > at), default=None)


def _coming(board: Board) -> Iterator[Due]:
    yield from _contests(board)
    yield from _holds(board)
    for said in board.announcements:
        move = EndAnnouncement(announcement=said.number)
        yield Due(said.until, move, f"clock announcement {said.number} {said.until.isoformat()}")


def _contests(board: Board) -> Iterator[Due]:
    """While the board is frozen nobody can vote, so nothing is decided."""
    for contest in board.contests.values() if board.freeze is None else ():
        if contest.open and contest.closes and contest.method in BY_ITSELF:
            key = f"clock contest {contest.id} {contest.closes.isoformat()}"
            yield Due(contest.closes, SettleContest(contest=contest.id), key)


def _holds(board: Board) -> Iterator[Due]:
    """Cells that were held together are open again together."""
    held: dict[tuple[datetime, datetime], list[Cell]] = {}
    for cell, closure in board.closures.items():
        if closure.until:
            held.setdefault((closure.until, closure.at), []).append(cell)
    for (until, since), cells in held.items():
        named = sha256(" ".join(sorted(str(cell) for cell in cells)).encode()).hexdigest()[:16]
        key = f"clock hold {since.isoformat()} {until.isoformat()} {named}"
        yield Due(until, ReopenCell(cells=tuple(sorted(cells))), key)
