"""What each kind of change does to a Board: `fold` is the only place that knows, one branch a kind."""

from collections.abc import Iterable
from functools import reduce

from openspaces.board.fold import cards, claims, desk, erasing, event
from openspaces.board.fold.base import Branches
from openspaces.board.state import Board, Change

BRANCHES: Branches = {**event.BRANCHES, **cards.BRANCHES, **claims.BRANCHES, **desk.BRANCHES, **erasing.BRANCHES}


def fold(board: Board, change: Change) -> Board:
    """The board after `change`. ValueError if the change is not the next one of the board's log."""
    if change.number != board.number + 1:
        raise ValueError(f"change {change.number} does not follow number {board.number} of {board.event}")
    return BRANCHES[change.kind](board, change).but(number=change.number, at=change.at)


def fold_all(board: Board, changes: Iterable[Change]) -> Board:
    """The board after all of `changes`, in their order."""
    return reduce(fold, changes, board)
