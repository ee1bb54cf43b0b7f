"""What is done to an event, its rooms and its days."""

from collections.abc import Iterable
from datetime import date

from openspaces.board.facts import day_from, policy_from, room_from
from openspaces.board.fold.base import Branches
from openspaces.board.state import Board, Change, Day
from openspaces.board.vocabulary import Kind


def _event(board: Board, change: Change) -> Board:
    plain = {name: fact for name, fact in change.after.items() if name not in ("undoes", "restores")}
    if "policy" in plain:
        plain["policy"] = policy_from(plain["policy"])
    if "hashtags" in plain:
        plain["hashtags"] = tuple(plain["hashtags"])
    return board.but(**plain)


def _room_added(board: Board, change: Change) -> Board:
    """The last of all, or where it stood when it was removed."""
    rooms = list(board.rooms)
    rooms.insert(change.after.get("place", len(rooms)), room_from(change.after))
    return board.but(rooms=tuple(rooms))


def _room_changed(board: Board, change: Change) -> Board:
    new = room_from(change.after)
    return board.but(rooms=tuple(new if room.key == new.key else room for room in board.rooms))


def _room_removed(board: Board, change: Change) -> Board:
    return board.but(rooms=tuple(room for room in board.rooms if room.key != change.before["key"]))


def _day_added(board: Board, change: Change) -> Board:
    return board.but(days=_in_order((*board.days, day_from(change.after))))


def _day_changed(board: Board, change: Change) -> Board:
    new = day_from(change.after)
    return board.but(days=_in_order((*(day for day in board.days if day.date != new.date), new)))


def _day_removed(board: Board, change: Change) -> Board:
    gone = date.fromisoformat(change.before["date"])
    return board.but(days=tuple(day for day in board.days if day.date != gone))


def _in_order(days: Iterable[Day]) -> tuple[Day, ...]:
    return tuple(sorted(days, key=lambda day: day.date))


BRANCHES: Branches = {
    Kind.EVENT_MADE: _event,
    Kind.EVENT_CHANGED: _event,
    Kind.ROOM_ADDED: _room_added,
    Kind.ROOM_CHANGED: _room_changed,
    Kind.ROOM_REMOVED: _room_removed,
    Kind.DAY_ADDED: _day_added,
    Kind.DAY_CHANGED: _day_changed,
    Kind.DAY_REMOVED: _day_removed,
}
