"""The closures of an event file: a room, or all of them, from a time to a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.board.moves.cells import CloseCell
from openspaces.board.state import Day
from openspaces.board.vocabulary import REASON_LENGTH, Cell
from openspaces.intake.file.problems import meant
from openspaces.intake.file.table import Table


def read_closures(event: Table, rooms: list[str], days: tuple[Day, ...], zone: ZoneInfo) -> tuple[CloseCell, ...]:
    """A move for each closure; what is wrong with one is reported."""
    closed: set[Cell] = set()
    moves = []
    for table in event.tables("closures"):
        room = _room(table, rooms)
        starts, ends = table.moment("from", zone, needed=True), table.moment("to", zone, needed=True)
        reason = table.text("reason", REASON_LENGTH, needed=True)
        table.done()
        if room is None or not starts or not ends:
            continue
        cells = _cells(days, room, starts, ends)
        _check(table, cells, closed, starts < ends)
        closed |= set(cells)
        if reason and len(reason) <= REASON_LENGTH:
            moves.append(CloseCell(cells=cells, reason=reason))
    return tuple(moves)


def _room(table: Table, known: list[str]) -> str | None:
    """The room's key, "" for all rooms, None if there is no such room."""
    room = table.text("room", 32)
    if room and room not in known:
        hint = {"key": room, "hint": meant(room, known)}
        table.wrong(_("There is no room with the key “%(key)s”. %(hint)s") % hint, "room")
        return None
    return room


def _cells(days: tuple[Day, ...], room: str, starts: datetime, ends: datetime) -> tuple[Cell, ...]:
    """The cells whose slot the time touches."""
    return tuple(
        Cell(key, slot.key)
        for day in days
        for slot in day.slots
        if slot.starts < ends and starts < slot.ends
        for key in day.rooms
        if room in ("", key)
    )


def _check(table: Table, cells: tuple[Cell, ...], closed: set[Cell], forward: bool) -> None:
    twice = [cell for cell in cells if cell in closed]
    if not forward:
        table.wrong(_("It ends before it starts."), "to")
    elif not cells:
        table.wrong(_("No slot of the board lies in this time, so nothing would be closed. Check room, day and hours."))
    elif twice:
        says = _("An earlier closure of this file closes %(cell)s already. Let one begin where the other ends.")
        table.wrong(says % {"cell": twice[0]})
