"""When a cell may be taken: not after its slot, not outside the day's sign-up, not too shortly before."""

from datetime import datetime, timedelta

from openspaces.board.moves.telling import written
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Code, Facts


def open_now(board: Board, cell: Cell, at: datetime) -> bool:
    """Whether a host could take this cell at `at`, were it only for the time."""
    return mistimed(board, cell, at) is None


def mistimed(board: Board, cell: Cell, at: datetime) -> Code | None:
    """Over, too late, not open yet, or sign-up closed. A running slot may be taken, unless the event stops earlier."""
    slot, day, stop = board.slot_of(cell), board.day_of(cell), board.policy.stop_taking
    if at >= slot.ends:
        return Code.OVER
    if stop and at >= slot.starts - timedelta(minutes=stop):
        return Code.TOO_LATE
    if day.opens and at < day.opens:
        return Code.NOT_OPEN_YET
    if day.closes and at >= day.closes:
        return Code.SIGN_UP_CLOSED
    return None


def limit_facts(board: Board, cell: Cell, code: Code) -> Facts:
    """What the sentence of such a refusal needs beside the cell: when sign-up opens or closed, or how long before."""
    day = board.day_of(cell)
    if code is Code.TOO_LATE:
        return {"minutes": board.policy.stop_taking}
    if code is Code.NOT_OPEN_YET and day.opens:
        return {"opens": written(board, day.opens)}
    if code is Code.SIGN_UP_CLOSED and day.closes:
        return {"closed": written(board, day.closes)}
    return {}
