"""What a programme would add to a board: rooms, days with slots, and cells to close. Proposing changes nothing."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain

from openspaces.board.moves import AddDay, AddRoom, ChangeDay, CloseCell, Move
from openspaces.board.state import Board, Day, Room, Talk
from openspaces.board.vocabulary import REASON_LENGTH, Cell
from openspaces.intake.file import slots
from openspaces.intake.programme.programme import Place, Programme, Stretch

HOUR = 60
"""Minutes of a proposed slot."""
_ROOM_WORDS = re.compile(r"\b(?:room|raum|salle|sala|कमरा|قاعة|غرفة)\b")


@dataclass(frozen=True)
class Proposal:
    """The rooms that the board has not, and its days as they would be with them; none if all is there."""

    rooms: tuple[Room, ...] = ()
    days: tuple[Day, ...] = ()
    stretches: tuple[tuple[date, slots.Stretch], ...] = ()
    """The hours of the days that would be new."""

    @property
    def new_days(self) -> tuple[Day, ...]:
        """The days that the board has not."""
        fresh = {on for on, _stretch in self.stretches}
        return tuple(day for day in self.days if day.date in fresh)

    def moves(self) -> Iterator[Move]:
        """What makes it so."""
        for room in self.rooms:
            yield AddRoom(room=room)
        for day in self.days:
            yield AddDay(day=day) if day in self.new_days else ChangeDay(day=day)


def proposed(board: Board, programme: Programme) -> Proposal:
    """What `programme` has and `board` has not. A room is the same if its name is, whatever its case; a day that is
    there keeps its slots."""
    keys = room_keys(board, programme)
    known = {room.key for room in board.rooms}
    fresh = tuple(Room(keys[place.name], place.name, place.capacity) for place in programme.rooms)
    rooms = tuple(room for room in fresh if room.key not in known)
    added = {room.key for room in rooms}
    days, stretches = [], []
    for stretch in programme.days:
        used = _rooms_of(programme, stretch, keys)
        old = board.day(stretch.date)
        if old and (more := tuple(key for key in used if key in added)):
            days.append(replace(old, rooms=(*old.rooms, *more)))
        elif old is None and (hours := _hours(board, programme, stretch)):
            days.append(_new_day(board, stretch.date, hours, used))
            stretches.append((stretch.date, hours))
    return Proposal(rooms, tuple(days), tuple(stretches))


def room_keys(board: Board, programme: Programme) -> dict[str, str]:
    """The key on the board of each of the programme's rooms, by name: one that is there, or a new one."""
    known = {_same(room.name): room.key for room in board.rooms if not room.elsewhere}
    keys: dict[str, str] = {}
    for place in programme.rooms:
        there = known.get(_same(place.name))
        free = there if there and there not in keys.values() else None
        keys[place.name] = free or _fresh_key(place, {*keys.values(), *(room.key for room in board.rooms)})
    return keys


def busy_cells(board: Board, programme: Programme) -> dict[Cell, Talk]:
    """The board's cells in which talks take place: each with the first of them."""
    keys = room_keys(board, programme)
    found: dict[Cell, Talk] = {}
    for talk in programme.talks:
        key = keys.get(talk.room, "")
        for slot in board.slots.values():
            cell = Cell(key, slot.key)
            if talk.starts < slot.ends and slot.starts < talk.ends and board.has_cell(cell):
                found.setdefault(cell, talk)
    return found


def closing(board: Board, programme: Programme) -> list[CloseCell]:
    """The closures for those cells that are free: one for each talk. Where a card stands, people decide."""
    by_talk: dict[Talk, list[Cell]] = {}
    for cell, talk in busy_cells(board, programme).items():
        if cell not in board.closures and not board.holders.get(cell) and not board.contest_at(cell):
            by_talk.setdefault(talk, []).append(cell)
    return [CloseCell(cells=tuple(cells), reason=talk.title[:REASON_LENGTH]) for talk, cells in by_talk.items()]


def written(proposal: Proposal) -> str:
    """The lines of an event file that say the same, so that its next load does not take it away again."""
    lines: list[str] = []
    for room in proposal.rooms:
        capacity = [f"capacity = {room.capacity}"] if room.capacity else []
        lines += ["[[rooms]]", f"key = {_quoted(room.key)}", f"name = {_quoted(room.name)}", *capacity, ""]
    hours = dict(proposal.stretches)
    for day in proposal.days:
        rooms = ", ".join(map(_quoted, day.rooms))
        said = [f"slots = {_quoted(str(hours[day.date]))}"] if day.date in hours else []
        lines += ["[[days]]", f"date = {day.date.isoformat()}", *said, f"rooms = [{rooms}]", ""]
    return "\n".join(lines)


def event_file(slug: str, programme: Programme, timezone: str) -> str:
    """A whole event file for a programme whose event is not there yet."""
    bare = Board(slug, timezone=programme.timezone or timezone)
    head = [
        f"slug = {_quoted(slug)}",
        f"name = {_quoted(programme.title or slug)}",
        f"timezone = {_quoted(bare.timezone)}",
        "",
        "",
    ]
    return "\n".join(head) + written(proposed(bare, programme))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _rooms_of(programme: Programme, stretch: Stretch, keys: dict[str, str]) -> tuple[str, ...]:
    """The rooms in which there is a talk that day, in the programme's order."""
    used = {talk.room for talk in programme.talks_on(stretch)}
    return tuple(keys[place.name] for place in programme.rooms if place.name in used)


def _new_day(board: Board, on: date, hours: slots.Stretch, rooms: tuple[str, ...]) -> Day:
    elsewhere = tuple(room.key for room in board.rooms if room.elsewhere)
    return Day(on, tuple(slots.slots_on(on, board.zone, [hours])), (*rooms, *elsewhere))


def _hours(board: Board, programme: Programme, stretch: Stretch) -> slots.Stretch | None:
    """Whole hours from the first talk to the end of the last one, as far as the next day leaves room."""
    talks = programme.talks_on(stretch)
    if not talks:
        return None
    start = _minutes(board, stretch.date, min(talk.starts for talk in talks)) // HOUR
    end = -(-_minutes(board, stretch.date, max(talk.ends for talk in talks)) // HOUR)
    end = min(end, *(_minutes(board, stretch.date, each) // HOUR for each in _next_days(board, programme, stretch)), 48)
    return slots.Stretch(start * HOUR, end * HOUR, HOUR) if 0 <= start < end else None


def _next_days(board: Board, programme: Programme, stretch: Stretch) -> Iterator[datetime]:
    yield from (day.slots[0].starts for day in board.days if day.slots and day.date > stretch.date)
    for other in programme.days:
        if other.date > stretch.date and (talks := programme.talks_on(other)):
            yield talks[0].starts
    yield stretch.starts + timedelta(days=2)


def _minutes(board: Board, on: date, moment: datetime) -> int:
    """Minutes that the event's clocks count from the start of a day; past midnight they count on."""
    local = board.local(moment).replace(tzinfo=None)
    return int((local - datetime.combine(on, time())).total_seconds() // 60)


def _same(name: str) -> str:
    """What two names have in common that mean one room: `Room 308` is `308`, and `HALL A` is `Hall A`."""
    bare = "".join(char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", name).casefold())
    return " ".join(_ROOM_WORDS.sub(" ", bare).split()) or " ".join(bare.split())


def _fresh_key(place: Place, taken: Iterable[str]) -> str:
    ascii_name = unicodedata.normalize("NFKD", place.name).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z0-9]+", "-", ascii_name).strip("-")[:24].strip("-") or "room"
    numbered = (f"{key}-{number}" for number in range(2, 100_000))
    return next(each for each in chain([key], numbered) if each not in set(taken))
