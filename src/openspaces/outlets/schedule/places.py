"""Places: what a conference app calls a room. Each has a name of its own and holds one card at a time.

Apps know a room by its name, and cut short what overlaps in it. So rooms of one name are told apart by their keys, and
each place that hosts wrote in Elsewhere is a place of its own: it says where to go, and it does not change while others
come and go.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openspaces.board.state import Board, Card, Room
from openspaces.lib.guids import room_guid
from openspaces.lib.plaintext import one_line


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its cards in order of time."""

    name: str
    guid: UUID
    capacity: int | None
    cards: tuple[Card, ...]


def places_of(board: Board) -> tuple[Place, ...]:
    """Every place, empty ones too, in the order of the board's rooms."""
    names = _names(board.rooms)
    taken = set(names.values())
    return tuple(place for room in board.rooms for place in _places(board, room, names[room.key], taken))


def _names(rooms: Iterable[Room]) -> dict[str, str]:
    """The name of each room by its key; where several have one name, with the key."""
    names = {room.key: one_line(room.name) or room.key for room in rooms}
    count = Counter(names.values())
    taken = {name for name in count if count[name] == 1}
    return {key: _called(f"{name} ({key})", 1, taken) if count[name] > 1 else name for key, name in names.items()}


def _places(board: Board, room: Room, name: str, taken: set[str]) -> Iterator[Place]:
    held = _cards(board, room)
    for where in sorted({"", *map(_where, held)}):
        rows = _apart(board, [card for card in held if _where(card) == where])
        for number, row in enumerate(rows, start=1):
            called = _called(f"{name}: {where}" if where else name, number, taken) if where or number > 1 else name
            yield Place(called, room_guid(board.event, f"{room.key}/{where}/{number}"), room.capacity, tuple(row))


def _cards(board: Board, room: Room) -> list[Card]:
    """The cards that meet in a room, in order of time."""
    held = [card for card in board.in_order() if card.cells and card.cells[0].room == room.key]
    return sorted(held, key=lambda card: (_time(board, card), card.serial))


def _where(card: Card) -> str:
    """The place that its host wrote in; nothing while its words are hidden."""
    return one_line(card.placement.where) if card.placement and not card.hidden else ""


def _apart(board: Board, cards: Iterable[Card]) -> list[list[Card]]:
    """Cards in order of time as rows in which none overlaps; at least one row."""
    rows: list[list[Card]] = [[]]
    for card in cards:
        starts, _ = _time(board, card)
        free = [row for row in rows if not row or _time(board, row[-1])[1] <= starts]
        if free:
            free[0].append(card)
        else:
            rows.append([card])
    return rows


def _time(board: Board, card: Card) -> tuple[datetime, datetime]:
    assert card.placement
    return board.time_of(card.placement)


def _called(name: str, number: int, taken: set[str]) -> str:
    """A name that no other place has: `Elsewhere: Park`, then `Elsewhere: Park 2`."""
    wanted = name if number == 1 else f"{name} {number}"
    while wanted in taken:
        number += 1
        wanted = f"{name} {number}"
    taken.add(wanted)
    return wanted
