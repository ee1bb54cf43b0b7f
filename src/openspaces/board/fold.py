"""What each kind of change does to a Board: `fold` is the only place that knows, one branch a kind."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from typing import Any

from openspaces.board.state import Board, Card, Change, Closure, Day, Placement, Policy, Room, Slot
from openspaces.board.vocabulary import Cell, Competing, Facts, Kind, Placing


def fold(board: Board, change: Change) -> Board:
    """The board after `change`. ValueError if the change is not the next one of the board's log."""
    if change.number != board.number + 1:
        raise ValueError(f"change {change.number} does not follow number {board.number} of {board.event}")
    return replace(_BRANCHES[change.kind](board, change), number=change.number, at=change.at)


def fold_all(board: Board, changes: Iterable[Change]) -> Board:
    """The board after all of `changes`, in their order."""
    return reduce(fold, changes, board)


# The event and its parts


def _event(board: Board, change: Change) -> Board:
    plain = dict(change.after)
    if "policy" in plain:
        plain["policy"] = policy_from(plain["policy"])
    if "hashtags" in plain:
        plain["hashtags"] = tuple(plain["hashtags"])
    return replace(board, **plain)


def _room_added(board: Board, change: Change) -> Board:
    return replace(board, rooms=(*board.rooms, room_from(change.after)))


def _room_changed(board: Board, change: Change) -> Board:
    new = room_from(change.after)
    return replace(board, rooms=tuple(new if room.key == new.key else room for room in board.rooms))


def _room_removed(board: Board, change: Change) -> Board:
    return replace(board, rooms=tuple(room for room in board.rooms if room.key != change.before["key"]))


def _day_added(board: Board, change: Change) -> Board:
    return replace(board, days=_in_order((*board.days, day_from(change.after))))


def _day_changed(board: Board, change: Change) -> Board:
    new = day_from(change.after)
    return replace(board, days=_in_order((*(day for day in board.days if day.date != new.date), new)))


def _day_removed(board: Board, change: Change) -> Board:
    gone = date.fromisoformat(change.before["date"])
    return replace(board, days=tuple(day for day in board.days if day.date != gone))


def _in_order(days: Iterable[Day]) -> tuple[Day, ...]:
    return tuple(sorted(days, key=lambda day: day.date))


# Cards


def _written(board: Board, change: Change) -> Board:
    after = change.after
    card = Card(
        code=change.card,
        serial=after["serial"],
        words=after["words"],
        hand=after["hand"],
        edited=change.number,
        at=change.at,
    )
    return replace(board.with_card(card), last_serial=card.serial)


def _edited(board: Board, change: Change) -> Board:
    words = change.after["words"]
    return board.with_card(replace(board.cards[change.card], words=words, edited=change.number, at=change.at))


def _seated(board: Board, change: Change) -> Board:
    """Placed, moved or taken down: `after` holds the placement, or nothing."""
    return _seat(board, change.card, placement_from(change.after), change)


def _withdrawn(board: Board, change: Change) -> Board:
    empty = _seat(board, change.card, None, change)
    return empty.with_card(replace(empty.cards[change.card], withdrawn=True))


def _swapped(board: Board, change: Change) -> Board:
    one, other = change.card, change.after["with"]
    taken = board.cards[one].placement, board.cards[other].placement
    return _seat(_seat(board, one, taken[1], change), other, taken[0], change)


def _seat(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    card = board.cards[code]
    return board.with_card(replace(card, placement=placement, sequence=card.sequence + 1, at=change.at))


# Cells


def _closed(board: Board, change: Change) -> Board:
    closure = Closure(reason=change.after["reason"], by=change.by, at=change.at)
    return replace(board, closures=board.closures.update(dict.fromkeys(change.cells, closure)))


def _reopened(board: Board, change: Change) -> Board:
    closures = board.closures
    for cell in change.cells:
        closures = closures.delete(cell)
    return replace(board, closures=closures)


_BRANCHES: dict[Kind, Callable[[Board, Change], Board]] = {
    Kind.EVENT_MADE: _event,
    Kind.EVENT_CHANGED: _event,
    Kind.ROOM_ADDED: _room_added,
    Kind.ROOM_CHANGED: _room_changed,
    Kind.ROOM_REMOVED: _room_removed,
    Kind.DAY_ADDED: _day_added,
    Kind.DAY_CHANGED: _day_changed,
    Kind.DAY_REMOVED: _day_removed,
    Kind.CARD_WRITTEN: _written,
    Kind.CARD_EDITED: _edited,
    Kind.CARD_PLACED: _seated,
    Kind.CARD_MOVED: _seated,
    Kind.CARD_TAKEN_DOWN: _seated,
    Kind.CARD_WITHDRAWN: _withdrawn,
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _reopened,
}


# Values as the log's plain facts, and back


def policy_facts(policy: Policy) -> dict[str, Any]:
    """A policy as plain facts."""
    return {name: getattr(policy, name) for name in Policy.__dataclass_fields__}


def policy_from(facts: Facts) -> Policy:
    """The policy that plain facts describe."""
    return Policy(**{**facts, "placing": Placing(facts["placing"]), "competing": Competing(facts["competing"])})


def room_facts(room: Room) -> dict[str, Any]:
    """A room as plain facts."""
    return {
        "key": room.key,
        "name": room.name,
        "capacity": room.capacity,
        "kit": list(room.kit),
        "elsewhere": room.elsewhere,
    }


def room_from(facts: Facts) -> Room:
    """The room that plain facts describe."""
    return Room(**{**facts, "kit": tuple(facts["kit"])})


def day_facts(day: Day) -> dict[str, Any]:
    """A day as plain facts, times in ISO 8601."""
    return {
        "date": day.date.isoformat(),
        "opens": day.opens and day.opens.isoformat(),
        "closes": day.closes and day.closes.isoformat(),
        "rooms": list(day.rooms),
        "slots": [[slot.key, slot.starts.isoformat(), slot.ends.isoformat()] for slot in day.slots],
    }


def day_from(facts: Facts) -> Day:
    """The day that plain facts describe."""
    on = date.fromisoformat(facts["date"])
    return Day(
        date=on,
        slots=tuple(Slot(key, on, _moment(starts), _moment(ends)) for key, starts, ends in facts["slots"]),
        rooms=tuple(facts["rooms"]),
        opens=_moment(facts["opens"]) if facts["opens"] else None,
        closes=_moment(facts["closes"]) if facts["closes"] else None,
    )


def placement_facts(placement: Placement | None) -> dict[str, Any]:
    """A placement as plain facts; none is empty."""
    if placement is None:
        return {}
    return {"cells": [str(cell) for cell in placement.cells], "where": placement.where}


def placement_from(facts: Facts) -> Placement | None:
    """The placement that plain facts describe, or None."""
    if not facts.get("cells"):
        return None
    return Placement(tuple(Cell.parse(cell) for cell in facts["cells"]), facts["where"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
