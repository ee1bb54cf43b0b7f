"""Which cell a row names exactly: a day, a time and a room of the event, as sheets write them."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache, lru_cache

from django.conf import settings
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

from openspaces.board.state import Board, Room, Slot, Wished
from openspaces.board.vocabulary import Cell
from openspaces.intake.sheets.names import folded
from openspaces.intake.wishes import read_wish

_TIME = re.compile(
    r"(?:um\s*|at\s*)?(\d{1,2})(?:\s*[:.h]\s*(\d{2})(?::\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h|बजे|ص|م)?(?:\s*[-–—]\s*\S.*|\s+(?:to|bis|से)\s+.*)?",
    re.IGNORECASE,
)
_ROOM_WORDS = {"room", "raum", "कमरा", "غرفة", "قاعة"}


class Where:
    """The days, times and rooms of one board, by what they may be called."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._days = _spelled(tuple(day.date for day in board.days))
        self._wishes: dict[str, Wished] = {}
        self._slots = {(day.date, slot.key): slot for day in board.days for slot in day.slots}
        self._rooms: dict[str, set[str]] = {}
        for room in board.rooms:
            for name in _room_names(room):
                self._rooms.setdefault(name, set()).add(room.key)
        self.day = cache(self._day)
        """The one day of the event that is meant; also before a time, as in `2027-05-08 14:00`."""
        self.minutes = cache(_minutes)
        """The time of day at which something starts, in minutes; None if it is none."""
        self.room = cache(self._room)
        """The key of the one room that is meant; empty if none is."""

    def _day(self, typed: str) -> date | None:
        for said in (typed, typed[:10]):
            found = self._days.get(folded(said), set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def _room(self, typed: str) -> str:
        found = self._rooms.get(folded(typed), set())
        return next(iter(found)) if len(found) == 1 else ""

    def slot(self, day: date, minutes: int) -> Slot | None:
        """The slot of a day that starts then; hours past midnight count on, or begin anew."""
        for written in (minutes, minutes + 24 * 60):
            key = f"{day:%m%d}-{written // 60:02}{written % 60:02}"
            if found := self._slots.get((day, key)):
                return found
        return None

    def wish(self, typed: str) -> Wished:
        """What is understood of a wish in people's words."""
        if typed not in self._wishes:
            read = read_wish(typed, self._board, datetime.now(UTC))
            self._wishes[typed] = Wished(read.day, read.slots, read.room)
        return self._wishes[typed]

    def cell(self, day: str, time: str, room: str) -> Cell | None:
        """The cell that all three name exactly."""
        on, minutes, key = self.day(day or time), self.minutes(time or day), self.room(room)
        if on is None or minutes is None or not key:
            return None
        slot = self.slot(on, minutes)
        return Cell(key, slot.key) if slot and self._board.has_cell(Cell(key, slot.key)) else None


def _minutes(typed: str) -> int | None:
    said = typed[11:] if re.match(r"\d{4}-\d{2}-\d{2}[ T]\d", typed) else typed
    found = _TIME.fullmatch(_digits(said).strip())
    if found is None or (found[2] is None and found[3] is None):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half in ("pm", "p.m.", "م") and hour < 12:
        hour += 12
    elif half in ("am", "a.m.", "ص") and hour == 12:
        hour = 0
    return hour * 60 + minute if hour < 30 and minute < 60 else None


def _room_names(room: Room) -> Iterator[str]:
    yield folded(room.key)
    yield (name := folded(room.name))
    words = name.split()
    if len(words) > 1 and _ROOM_WORDS & {words[0], words[-1]}:
        yield " ".join(word for word in words if word not in _ROOM_WORDS)
    elif len(words) == 1:
        yield f"room {name}"
        yield f"raum {name}"


@lru_cache(maxsize=16)
def _spelled(days: tuple[date, ...]) -> dict[str, set[date]]:
    """Every way to write one of the days, and which it may mean. What may mean two of them means none."""
    found: dict[str, set[date]] = {}
    for day in days:
        for written in _written(day):
            found.setdefault(folded(written), set()).add(day)
    return found


def _written(day: date) -> Iterator[str]:
    year, month, number = day.year, day.month, day.day
    yield from (day.isoformat(), f"{year}-{month}-{number}", f"{year}/{month:02}/{number:02}")
    for one, other in ((number, month), (month, number)):
        yield from (f"{one}.{other}.", f"{one:02}.{other:02}.")
        yield from (f"{one}.{other}.{year}", f"{one:02}.{other:02}.{year}")
        yield from (f"{one}.{other}.{year % 100:02}", f"{one:02}.{other:02}.{year % 100:02}")
    for language, _name in settings.LANGUAGES:
        with override(language):
            weekdays = (str(WEEKDAYS[day.weekday()]), str(WEEKDAYS_ABBR[day.weekday()]))
            months = (str(MONTHS[month]), str(MONTHS_3[month]))
        yield from weekdays
        for name in months:
            for date_written in (f"{number} {name}", f"{name} {number}"):
                yield from (date_written, f"{date_written} {year}")
                yield from (f"{weekday} {date_written}" for weekday in weekdays)
                yield from (f"{weekday} {date_written} {year}" for weekday in weekdays)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)
