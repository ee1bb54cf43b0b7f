"""What is free near by: the cells that a refusal offers instead."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from openspaces.board.moves.hours import open_now
from openspaces.board.state import Board, Day, Room, Slot
from openspaces.board.vocabulary import Cell

OFFERS = 3
"""How many free cells a refusal offers in the same slot, and again in the same room."""


def offers(board: Board, cell: Cell, length: int, at: datetime) -> tuple[Cell, ...]:
    """The nearest cells from which `length` in a row are free: first in the same slot, then in the same room."""
    slot, day = board.slot_of(cell), board.day_of(cell)
    same_slot = [Cell(room.key, slot.key) for room in _rooms_by_nearness(board, day, cell.room)]
    same_room = [Cell(cell.room, other.key) for other in _slots_by_nearness(day, slot)]
    return (
        *_first_free(board, same_slot, length, at),
        *_first_free(board, same_room, length, at),
    )


def offers_after(board: Board, cell: Cell, length: int, at: datetime) -> tuple[Cell, ...]:
    """The next free cells in the same room that can still be taken, on that day or a later one."""
    coming = (Cell(cell.room, slot.key) for slot in _slots_from(board, at) if cell.room in _rooms(board, slot))
    return tuple(_first_free(board, list(coming), length, at))


def free_run(board: Board, cell: Cell, length: int, at: datetime) -> bool:
    """Whether `length` cells in a row from `cell` on could be taken by a host now."""
    if not _to_have(board, cell):
        return False
    row = board.run(cell, length)
    return len(row) == length and all(_to_have(board, each) and open_now(board, each, at) for each in row)


def _first_free(board: Board, cells: list[Cell], length: int, at: datetime) -> list[Cell]:
    return list(islice((cell for cell in cells if free_run(board, cell, length, at)), OFFERS))


def _to_have(board: Board, cell: Cell) -> bool:
    """Free, and nobody waits for it."""
    return board.is_free(cell) and cell not in board.contested and not board.claimants.get(cell)


def _rooms_by_nearness(board: Board, day: Day, room: str) -> list[Room]:
    """The day's other rooms, the nearest in the board's order first, Elsewhere last."""
    place = day.rooms.index(room)
    others = [(abs(index - place), found) for index, key in enumerate(day.rooms) if (found := board.room(key))]
    near = sorted(others, key=lambda other: (other[1].elsewhere, other[0]))
    return [found for _, found in near if found.key != room]


def _slots_by_nearness(day: Day, slot: Slot) -> list[Slot]:
    """The day's other slots, the nearest in time first, of two as near the earlier."""
    others = [other for other in day.slots if other != slot]
    return sorted(others, key=lambda other: (abs(other.starts - slot.starts), other.starts))


def _slots_from(board: Board, at: datetime) -> Iterator[Slot]:
    return (slot for slot in board.slots.values() if slot.ends > at)


def _rooms(board: Board, slot: Slot) -> tuple[str, ...]:
    day = board.day(slot.day)
    return day.rooms if day else ()
