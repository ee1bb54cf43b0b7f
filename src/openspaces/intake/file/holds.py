"""The share of a day's cells that nobody takes until a time: `held_back = { share = 30, until = "09:00" }`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.moves.cells import CloseCell
from openspaces.board.state import Day, Room
from openspaces.board.vocabulary import Cell
from openspaces.intake.file.clock import moment_of, wall_at
from openspaces.intake.file.table import Table

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """So many percent of a day's cells are held until then (UTC)."""

    percent: int
    until: datetime


def read_share(day: Table, on: Day, zone: ZoneInfo) -> Share | None:
    """What a day says of it; None if it says nothing, or what it says is reported."""
    if not day.has("held_back"):
        return None
    table = day.table("held_back")
    percent = table.number("share", 0, 1, 99, needed=True)
    until = _until(table, on, zone)
    table.done()
    return Share(percent, until) if percent and until else None


def holds(
    days: tuple[tuple[Day, Share | None], ...], rooms: tuple[Room, ...], closed: set[Cell], language: str
) -> tuple[CloseCell, ...]:
    """A move for each day that holds cells back; never Elsewhere, and none that the file closes anyway."""
    inside = {room.key for room in rooms if not room.elsewhere}
    with override(language):
        reason = _("Held back for later")
    found = ((share, _spread(day, inside, closed, share.percent)) for day, share in days if share)
    return tuple(CloseCell(cells=cells, reason=reason, until=share.until) for share, cells in found if cells)


def _until(table: Table, on: Day, zone: ZoneInfo) -> datetime | None:
    """A clock of that day, or a date and time."""
    wall = _wall(table.raw("until"), on.date)
    if wall is None:
        table.wrong(_('Write until when, by the clocks of that day: until = "09:00".'), "until")
        return None
    until = moment_of(wall, zone)
    if on.slots and until >= on.slots[-1].ends:
        table.wrong(_("The day is over by then, so nobody could ever take these cells. Name an earlier time."), "until")
        return None
    return until


def _wall(typed: object, day: date) -> datetime | None:
    """What clocks show then; None if that is no time."""
    if isinstance(typed, datetime):
        return typed
    text = typed.strftime("%H:%M") if isinstance(typed, time) else typed
    clock = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    return wall_at(day, int(clock[1]) * 60 + int(clock[2])) if clock else None


def _spread(day: Day, inside: set[str], closed: set[Cell], percent: int) -> tuple[Cell, ...]:
    """So many percent of the day's cells, at least one. Every hour has its share, and the rooms take turns."""
    rooms = [key for key in day.rooms if key in inside]
    rows = [[cell for room in rooms if (cell := Cell(room, slot.key)) not in closed] for slot in day.slots]
    many = sum(map(len, rows))
    held, seen, turn = max(1, (many * percent + 50) // 100), 0, 0
    found: list[Cell] = []
    for row in rows:
        share = (seen + len(row)) * held // many - seen * held // many if many else 0
        nearest = sorted(row, key=lambda cell: (rooms.index(cell.room) - turn) % len(rooms))
        found += nearest[:share]
        turn = rooms.index(nearest[share - 1].room) + 1 if share else turn
        seen += len(row)
    return tuple(found)
