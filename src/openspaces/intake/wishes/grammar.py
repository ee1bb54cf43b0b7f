"""The grammar of wishes: reads an event's own days, slots and rooms in what somebody typed. Pure; never raises."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openspaces.board.state import Board
from openspaces.intake.wishes import days as of_days
from openspaces.intake.wishes.days import DaySaid, days_said, short_days_said
from openspaces.intake.wishes.fitting import Fit, choices, fits
from openspaces.intake.wishes.folding import Token, tokens
from openspaces.intake.wishes.lexicon import Item, Sense, items
from openspaces.intake.wishes.marks import PARTS
from openspaces.intake.wishes.rooms import RoomSaid, rooms_said
from openspaces.intake.wishes.times import TimeSaid, times_said
from openspaces.intake.wishes.understood import Doubt, Part, Span, Understood

MANY = 12
"""Choices that a doubt names at most."""


def read_wish(text: str, board: Board, at: datetime) -> Understood:
    """What `text`, typed at `at`, wishes of `board`: only days, slots and rooms that the event has. What is left open
    is among the doubts. It books nothing, and whatever the text, it answers."""
    found = tokens(text)
    rooms = rooms_said(text, found, board.rooms)
    dates = tuple(day.date for day in board.days)
    read, days = days_said(_without(found, rooms), dates, board.local(at).date())
    read, times = times_said(read)
    read, short_days = short_days_said(read, dates)
    said = _Said(text, found, tuple(rooms), tuple(sorted([*days, *short_days], key=_start)), tuple(times))
    return _understood(board, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that a text names."""

    text: str
    found: list[Token]
    rooms: tuple[RoomSaid, ...]
    days: tuple[DaySaid, ...]
    times: tuple[TimeSaid, ...]

    def room_span(self, room: RoomSaid) -> tuple[int, int]:
        """Where the text names that room."""
        return self.found[room.first].start, self.found[room.first + room.length - 1].end

    def spans(self) -> tuple[Span, ...]:
        """Every piece that was read, in the order of the text."""
        every = [Span(Part.DAY, day.start, day.end) for day in self.days]
        every += [Span(Part.TIME, time.start, time.end) for time in self.times]
        every += [Span(Part.ROOM, *self.room_span(room)) for room in self.rooms]
        return tuple(sorted(every, key=_start))


def _without(found: list[Token], rooms: list[RoomSaid]) -> list[Item]:
    """The items of the text, with a mark in place of each room."""
    read: list[Item] = []
    place = 0
    for room in rooms:
        read += items(found[place : room.first])
        place = room.first + room.length
        mark = {Sense.SAID: frozenset({PARTS.index(Part.ROOM)})}
        read.append(Item("", found[room.first].start, found[place - 1].end, False, None, mark))
    return [*read, *items(found[place:])]


def _understood(board: Board, said: _Said) -> Understood:
    days = of_days.meant(list(said.days)) or _only_day(board, said)
    fit, time_doubts = _slots(board, days, said)
    day = fit.day if fit else days[0] if len(days) == 1 else None
    rooms = _rooms(said.rooms)
    doubts = [*_day_doubts(said, days, day), *time_doubts, *_room_doubts(said, rooms)]
    slots = fit.slots if fit else ()
    room = rooms[0] if len(rooms) == 1 else ""
    return Understood(said.text, day, slots, room, said.spans(), tuple(doubts))


def _only_day(board: Board, said: _Said) -> tuple[date, ...]:
    """An event of one day has no other, unless another was said."""
    return (board.days[0].date,) if len(board.days) == 1 and said.times and not said.days else ()


def _day_doubts(said: _Said, days: tuple[date, ...], day: date | None) -> Iterator[Doubt]:
    for each in of_days.unknown(list(said.days)):
        yield Doubt(Part.DAY, said.text[each.start : each.end])
    if day is None and len(days) > 1:
        yield Doubt(Part.DAY, _piece(said.text, said.days), tuple(each.isoformat() for each in days[:MANY]))


def _slots(board: Board, days: tuple[date, ...], said: _Said) -> tuple[Fit | None, list[Doubt]]:
    """The slots that all times together mean, if it is one row; and what is open."""
    if not said.times:
        return None, []
    if not days and any(not day.dates for day in said.days):
        return None, []  # of a day that the event has not, nothing can be said
    together: list[Fit] = []
    for time in said.times:
        found = [] if time.any_of else fits(board, days, time)
        both = [fit for fit in together if fit in found]
        together = both or [*together, *(fit for fit in found if fit not in together)]
    wanted = any(not time.any_of for time in said.times)
    if len(together) == 1 and wanted:
        return together[0], []
    piece = _piece(said.text, said.times)
    open_to = [fit.slots[0] for fit in together]
    if not wanted:
        open_to = [key for time in said.times for key in choices(board, days, time)]
    return None, [Doubt(Part.TIME, piece, tuple(dict.fromkeys(open_to))[:MANY])]


def _rooms(said: Iterable[RoomSaid]) -> tuple[str, ...]:
    """The rooms that all that was said may mean."""
    together: tuple[str, ...] = ()
    for each in said:
        both = tuple(key for key in together if key in each.keys)
        together = both or tuple(dict.fromkeys([*together, *each.keys]))
    return together


def _room_doubts(said: _Said, rooms: tuple[str, ...]) -> Iterator[Doubt]:
    for each in said.rooms:
        start, end = said.room_span(each)
        if not each.keys:
            yield Doubt(Part.ROOM, said.text[start:end])
    if len(rooms) > 1:
        spans = [Span(Part.ROOM, *said.room_span(each)) for each in said.rooms if each.keys]
        yield Doubt(Part.ROOM, _piece(said.text, spans), rooms[:MANY])


def _piece(text: str, said: Iterable[DaySaid | TimeSaid | Span]) -> str:
    """The text from the first to the last of these; only the first where they stand far apart."""
    places = sorted((each.start, each.end) for each in said)
    if not places:
        return ""
    start, end = places[0][0], places[-1][1]
    return text[start:end] if end - start <= 60 else text[start : places[0][1]]


def _start(said: DaySaid | TimeSaid | Span) -> int:
    return said.start
