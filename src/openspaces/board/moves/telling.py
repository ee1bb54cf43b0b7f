"""What a refusal tells of cells, moments and cards: names and times, so that it says the same when it is told again."""

from collections.abc import Iterable
from datetime import datetime

from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Facts


def cell_facts(board: Board, cell: Cell) -> Facts:
    """What a sentence needs to name a cell: room, day, start and end by the event's clocks."""
    slot, room = board.slot_of(cell), board.room(cell.room)
    return {
        "cell": str(cell),
        "room": room.name if room else cell.room,
        "starts": written(board, slot.starts),
        "ends": written(board, slot.ends),
    }


def written(board: Board, moment: datetime) -> str:
    """A moment as a refusal names it: ISO 8601 by the event's clocks."""
    return board.local(moment).isoformat()


def titles(board: Board, codes: Iterable[str]) -> list[str]:
    """What the cards of these codes are called."""
    return [board.cards[code].words.title for code in codes if code in board.cards]
