"""Takes back what an organiser did to the event, its rooms and its days."""

from openspaces.board.facts import day_from, room_from
from openspaces.board.moves.event import AddDay, ChangeDay, ChangeRoom, RemoveDay, RemoveRoom, profile_of
from openspaces.board.moves.inverse.base import Answer, Inverses, Now
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import PROGRAM


def _event_changed(board: Board, change: Change, now: Now) -> Answer:
    facts = profile_of(board).facts()
    if any(facts[name] != value for name, value in change.after.items() if name in facts):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.EVENT_CHANGED, before=change.after, after=change.before),)


def _room_added(board: Board, change: Change, now: Now) -> Answer:
    room = board.room(change.after["key"])
    back = RemoveRoom(key=room.key).decide(board, PROGRAM, now.at) if room else Refusal(Code.CHANGED_SINCE)
    if isinstance(back, Refusal) and not back.facts.get("cards"):  # a day has it by now, and nothing is to be moved
        return Refusal(Code.CHANGED_SINCE)
    return back


def _room_changed(board: Board, change: Change, now: Now) -> Answer:
    room = board.room(change.after["key"])
    if room is None or room != room_from(change.after):
        return Refusal(Code.CHANGED_SINCE)
    return ChangeRoom(room=room_from(change.before)).decide(board, PROGRAM, now.at)


def _room_removed(board: Board, change: Change, now: Now) -> Answer:
    if board.room(change.before["key"]):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.ROOM_ADDED, after=change.before),)


def _day_added(board: Board, change: Change, now: Now) -> Answer:
    day = day_from(change.after)
    return RemoveDay(day=day).decide(board, PROGRAM, now.at) if board.day(day.date) else Refusal(Code.CHANGED_SINCE)


def _day_changed(board: Board, change: Change, now: Now) -> Answer:
    after = day_from(change.after)
    if board.day(after.date) != after:
        return Refusal(Code.CHANGED_SINCE)
    return ChangeDay(day=day_from(change.before)).decide(board, PROGRAM, now.at)


def _day_removed(board: Board, change: Change, now: Now) -> Answer:
    return AddDay(day=day_from(change.before)).decide(board, PROGRAM, now.at)


INVERSES: Inverses = {
    Kind.EVENT_CHANGED: _event_changed,
    Kind.ROOM_ADDED: _room_added,
    Kind.ROOM_CHANGED: _room_changed,
    Kind.ROOM_REMOVED: _room_removed,
    Kind.DAY_ADDED: _day_added,
    Kind.DAY_CHANGED: _day_changed,
    Kind.DAY_REMOVED: _day_removed,
}
