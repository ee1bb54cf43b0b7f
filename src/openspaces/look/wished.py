"""Where a card that holds no cell would like to be: its wish as cells of the board."""

from datetime import datetime

from openspaces.board.state import Board, Card, Day, Placement
from openspaces.board.vocabulary import Cell


def wished_place(board: Board, card: Card, at: datetime) -> Placement | None:
    """The wished cells; where the room is left open the first one, where the hour is, the next one of the day. None
    where no day of the board is wished for, or nothing of it is left."""
    day, wished = wished_day(board, card), card.wished
    if wished is None or day is None or not day.rooms:
        return None
    coming = [slot.key for slot in day.slots if slot.ends > at]
    slots = tuple(slot for slot in wished.slots if slot in board.slots) or tuple(coming[:1])
    room = wished.room if wished.room in day.rooms else day.rooms[0]
    return Placement(tuple(Cell(room, slot) for slot in slots)) if slots else None


def wished_day(board: Board, card: Card) -> Day | None:
    """The day that a card wishes for."""
    wished = card.wished
    if wished is None:
        return None
    if wished.slots and wished.slots[0] in board.slots:
        return board.day(board.slots[wished.slots[0]].day)
    return board.day(wished.day) if wished.day else None


def wished_length(card: Card) -> int:
    """How many cells in a row a card has, or wishes for while it has none."""
    return len(card.cells) or (len(card.wished.slots) if card.wished else 0) or 1
