"""What each kind of change does to a Board: `fold` is the only place that knows, one branch a kind."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import reduce

from openspaces.board.facts import day_from, placement_from, policy_from, room_from
from openspaces.board.state import Board, Card, Change, Closure, Day, Placement
from openspaces.board.vocabulary import Kind


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
