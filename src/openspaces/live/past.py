"""The board as it was: `GET /api/{event}/board?at=48`, or at a time like `2027-05-08T14:05`."""

from datetime import datetime
from typing import Any

from openspaces.board.public import masked
from openspaces.board.read import board_at, number_at
from openspaces.board.state import Board
from openspaces.outlets.registry import board_facts


class NoSuchMoment(ValueError):
    """`?at=` names no number of this board's log and no time since its beginning; the text tells what it may say."""


def board_then(board: Board, at: str) -> dict[str, Any]:
    """The board at a number, or at a time (by the event's clocks unless it says its offset). Asks the database.

    Raises NoSuchMoment.
    """
    number = _number(board, at)
    then = board_at(board.event, number) if 1 <= number <= board.number else None
    if then is None:
        raise NoSuchMoment(f"This board has the numbers 1 to {board.number}, and no board before its first change.")
    return board_facts(masked(then, board))


def _number(board: Board, at: str) -> int:
    if at.isascii() and at.isdecimal() and len(at) < 16:
        return int(at)
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))  # an address turns + into a space
        aware = moment if moment.tzinfo else moment.replace(tzinfo=board.zone)
        return min(number_at(board.event, aware), board.number)
    except (ValueError, OverflowError):
        raise NoSuchMoment("Write a number, or a time like 2027-05-08T14:05.") from None
