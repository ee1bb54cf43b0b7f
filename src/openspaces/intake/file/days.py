"""The days of an event file: date, slots, rooms, sign-up window, and what is held back."""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.board.state import Day, Room
from openspaces.intake.file.holds import Share, read_share
from openspaces.intake.file.problems import meant
from openspaces.intake.file.slots import read_slots
from openspaces.intake.file.table import Table

Written = tuple[Day, Share | None]
"""A day, and what it holds back."""


def read_days(event: Table, rooms: tuple[Room, ...], zone: ZoneInfo) -> tuple[Written, ...]:
    """The days in order of date, and what is wrong with them or between them reported."""
    found: dict[date, tuple[Table, Written]] = {}
    for table in event.tables("days", needed=True):
        written = _day(table, rooms, zone)
        if written and (earlier := _same_day(found, written[0])):
            table.wrong(_("The board has %(day)s already.") % {"day": earlier}, "date")
        elif written:
            found[written[0].date] = table, written
    in_order = [found[on] for on in sorted(found)]
    for (_one, (before, _share)), (table, (after, _other)) in pairwise(in_order):
        _apart(table, before, after)
    days = tuple(written for _table, written in in_order)
    _all_used(event, rooms, tuple(day for day, _share in days))
    return days


def _day(table: Table, rooms: tuple[Room, ...], zone: ZoneInfo) -> Written | None:
    on = table.day("date")
    clocks = ZoneInfo("UTC") if on is None else zone
    slots = read_slots(table, on or date.min, clocks)
    named = _rooms(table, [room.key for room in rooms])
    day = Day(on or date.min, slots, named, table.moment("opens", zone), table.moment("closes", zone))
    share = read_share(table, day, clocks)
    table.done()
    if on is None:
        return None
    _window(table, day)
    return day, share


def _rooms(table: Table, known: list[str]) -> tuple[str, ...]:
    """The rooms that the day names, else all."""
    named = table.texts("rooms")
    if not named:
        if table.raw("rooms") == []:
            table.wrong(_("Name at least one room, or leave the key out: then the day has all rooms."), "rooms")
        return tuple(known)
    for place, key in enumerate(named):
        if key not in known:
            hint = {"key": key, "hint": meant(key, known)}
            table.wrong(_("There is no room with the key “%(key)s”. %(hint)s") % hint, "rooms", place)
        if key in named[:place]:
            table.wrong(_("“%(key)s” stands here twice.") % {"key": key}, "rooms", place)
    return named


def _window(table: Table, day: Day) -> None:
    if day.opens and day.closes and day.closes <= day.opens:
        table.wrong(_("Sign-up closes before it opens."), "closes")
    if day.opens and day.slots and day.opens >= day.slots[-1].ends:
        table.wrong(_("Sign-up opens when the day is over."), "opens")


def _same_day(found: dict[date, tuple[Table, Written]], day: Day) -> date | None:
    """A day that writes its cells alike. They carry month and day but no year, so an event is shorter than one."""
    return next((on for on in found if (on.month, on.day) == (day.date.month, day.date.day)), None)


def _apart(table: Table, before: Day, after: Day) -> None:
    if before.slots and after.slots and after.slots[0].starts < before.slots[-1].ends:
        facts = {"before": before.date, "after": after.date}
        table.wrong(_("%(before)s still runs when %(after)s begins. Shorten one of them.") % facts, "slots")


def _all_used(event: Table, rooms: tuple[Room, ...], days: tuple[Day, ...]) -> None:
    used = {key for day in days for key in day.rooms}
    for place, room in enumerate(rooms):
        if days and room.key and room.key not in used:
            says = _("No day uses the room “%(room)s”. Name it in the rooms of a day, or take it out of the file.")
            event.wrong(says % {"room": room.key}, "rooms", place)
