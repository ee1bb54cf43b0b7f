"""Calendars (iCalendar): every event with a time becomes a talk in the place that it names."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar.cal.component import Component

from openspaces.intake.programme import times
from openspaces.intake.programme.gathering import Gathered
from openspaces.intake.programme.programme import Damaged, Programme
from openspaces.intake.programme.repeating import NotRead, Window, moment_named, repeats, times_of
from openspaces.lib.plaintext import one_line

SHOWN = 60
MOST_REPEATING = 500
"""Events of a calendar that repeat."""
UNASKED = timedelta(days=14)
"""How long events are followed that repeat, where no days are known."""
_READ = ("DTSTART", "DTEND", "DURATION", "SUMMARY", "UID", "LOCATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EDGE = re.compile(r"(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*", re.IGNORECASE)


def read_ics(raw: bytes, zone: ZoneInfo, days: Iterable[date] = ()) -> Programme:
    """The programme in a whole calendar. What repeats is taken on `days`, from the first to the last of them and of the
    calendar's other events. Raises Damaged."""
    lines = _lines(raw)
    begun = _walked(lines)
    calendars = _parsed(lines)
    named = _first(calendars, "X-WR-TIMEZONE")
    gathered = Gathered(times.zone_of(named, zone))
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    placed = [(event, _Place(lines, begins)) for event, begins in zip(events, begun, strict=False)]
    for event, place in placed:
        if not repeats(event):
            _event(event, place, gathered)
    _repeating([each for each in placed if repeats(each[0])], events, gathered, days)
    known = named if named == gathered.zone.key else ""
    return gathered.programme(_first(calendars, "X-WR-CALNAME", "NAME"), known)


class _Place:
    """Where an event stands in the file, so that what is wrong in it can be named by its line."""

    def __init__(self, lines: list[str], begins: int) -> None:
        self._lines, self._begins = lines, begins

    def wrong(self, name: str, says: str) -> Damaged:
        inside = range(self._begins, len(self._lines))
        edge = next((at for at in inside if _EDGE.fullmatch(self._lines[at])), len(self._lines))
        named = re.compile(rf"{re.escape(name)}\s*[;:]", re.IGNORECASE)
        found = next((at for at in inside[: edge - self._begins] if named.match(self._lines[at])), self._begins - 1)
        return Damaged(_line(found + 1), says)


def _lines(raw: bytes) -> list[str]:
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Damaged(_line(raw[: trouble.start].count(b"\n") + 1), _("this is not UTF-8 text.")) from None
    return [_CONTROL.sub("", line) for line in re.split("\r\n|\r|\n", text)]


def _walked(lines: list[str]) -> list[int]:
    """The line after each BEGIN:VEVENT; a part that is not closed, or closed twice, is refused with its line."""
    opened: list[tuple[str, int]] = []
    events: list[int] = []
    for number, line in enumerate(lines, start=1):
        found = _EDGE.fullmatch(line)
        if found and found[1].upper() == "BEGIN":
            opened.append((found[2].upper(), number))
            events += [number] if found[2].upper() == "VEVENT" else []
        elif found:
            if not opened or opened[-1][0] != found[2].upper():
                says = _("END:%(name)s closes nothing that is open here.")
                raise Damaged(_line(number), says % {"name": found[2]})
            opened.pop()
    if opened:
        name, number = opened[-1]
        says = _("BEGIN:%(name)s is never closed; the file seems to be cut off.")
        raise Damaged(_line(number), says % {"name": name})
    return events


def _parsed(lines: list[str]) -> list[Calendar]:
    try:
        found = Calendar.from_ical("\r\n".join(lines), multiple=True)
    except Exception as trouble:  # the library raises errors of many kinds at what it did not expect
        what = one_line(str(trouble))[:SHOWN]
        raise Damaged("", _("this is not a calendar that can be read (%(what)s).") % {"what": what}) from None
    calendars = [each for each in found if each.name == "VCALENDAR"]
    if not calendars:
        raise Damaged(_line(1), _("this is no calendar: it has no BEGIN:VCALENDAR."))
    return calendars


def _first(calendars: list[Calendar], *names: str) -> str:
    said = (one_line(str(calendar.get(name) or "")) for name in names for calendar in calendars)
    return next((text for text in said if text), "")


def _event(event: Component, place: _Place, gathered: Gathered) -> None:
    if _is_talk(event, place, gathered):
        starts = _moment(event, "DTSTART", place, gathered.zone)
        key = " ".join(filter(None, (_text(event, "UID"), _text(event, "RECURRENCE-ID"))))
        _talk(event, key, starts, _ends(event, starts, place, gathered.zone), gathered)


def _is_talk(event: Component, place: _Place, gathered: Gathered) -> bool:
    for name, why in event.errors:
        if name in _READ:
            raise place.wrong(name, _("%(name)s cannot be read (%(what)s).") % {"name": name, "what": _shown(why)})
    if why := _left_out(event):
        gathered.leave(_text(event, "SUMMARY") or _text(event, "UID"), why)
    return not why


def _talk(event: Component, key: str, starts: datetime, ends: datetime, gathered: Gathered) -> None:
    room = gathered.room(_text(event, "LOCATION"), _text(event, "LOCATION"))
    gathered.talk(key, _text(event, "SUMMARY"), (), room, (starts, ends), list(_categories(event)))


def _repeating(
    found: list[tuple[Component, _Place]], events: list[Component], gathered: Gathered, days: Iterable[date]
) -> None:
    """Each of them at its times, but for those that another event of the calendar stands for."""
    zone = gathered.zone
    known = [*days, *(talk.starts.astimezone(zone).date() for talk in gathered.talks)]
    moved = {(_text(event, "UID"), moment_named(event, zone)) for event in events}
    for number, (event, place) in enumerate(found):
        if _is_talk(event, place, gathered):
            uid, starts = _text(event, "UID"), _moment(event, "DTSTART", place, zone)
            length = _ends(event, starts, place, zone) - starts
            window = _window(known, starts.astimezone(zone).date(), zone)
            for at, other in _taken(event, place, gathered, window, known=number < MOST_REPEATING):
                if not {(uid, at), (uid, at.astimezone(zone).date())} & moved:
                    _talk(event, f"{uid} {at.isoformat()}", at, at + (other or length), gathered)


def _taken(
    event: Component, place: _Place, gathered: Gathered, window: Window, *, known: bool
) -> list[tuple[datetime, timedelta]]:
    """The times at which it is taken, and a word if these are not all."""
    found = _times(event, place, gathered, window) if known else None
    if found is None:
        gathered.leave(_text(event, "SUMMARY"), _("it repeats, and only its first time is taken"))
        return [(_moment(event, "DTSTART", place, gathered.zone), timedelta())]
    if not found:
        gathered.leave(_text(event, "SUMMARY"), _("it repeats, but not on these days"))
    return found


def _times(
    event: Component, place: _Place, gathered: Gathered, window: Window
) -> list[tuple[datetime, timedelta]] | None:
    """When it takes place; None if its rule is of a kind that is not read."""
    try:
        return list(times_of(event, event.get("DTSTART").dt, gathered.zone, window))
    except NotRead:
        return None
    except (ValueError, TypeError, OverflowError) as trouble:
        says = _("%(name)s cannot be read (%(what)s).")
        raise place.wrong("RRULE", says % {"name": "RRULE", "what": _shown(trouble)}) from None


def _window(known: list[date], first: date, zone: ZoneInfo) -> Window:
    """From the first day that is known to the morning after the last one."""
    days = (min(known), max(known)) if known else (first, first + UNASKED)
    starts, ends = (datetime.combine(day, at, zone) for day, at in zip(days, (time(), times.DAY_BREAK), strict=True))
    return starts.astimezone(UTC), ends.astimezone(UTC) + timedelta(days=1)


def _left_out(event: Component) -> str:
    """Why an event is no talk, though nothing is wrong with it."""
    starts = event.get("DTSTART")
    if _text(event, "STATUS").upper() == "CANCELLED":
        return _("it is cancelled")
    if starts is not None and not isinstance(starts, list) and not isinstance(starts.dt, datetime):
        return _("it has a day but no time")
    return ""


def _moment(event: Component, name: str, place: _Place, zone: ZoneInfo) -> datetime:
    value = event.get(name)
    if value is None:
        raise place.wrong(name, _("this event has no %(name)s.") % {"name": name})
    read = None if isinstance(value, list) else value.dt
    moment = times.in_utc(read, zone) if isinstance(read, datetime) else None
    if moment is None:
        raise place.wrong(name, _("%(name)s is no date and time.") % {"name": name})
    return moment


def _ends(event: Component, starts: datetime, place: _Place, zone: ZoneInfo) -> datetime:
    """Without an end or a length an event is a moment."""
    if event.get("DTEND") is not None:
        return _moment(event, "DTEND", place, zone)
    value: Any = event.get("DURATION")
    length = value.dt if value is not None and not isinstance(value, list) else timedelta()
    if not isinstance(length, timedelta) or abs(length) > timedelta(days=366):
        raise place.wrong("DURATION", _("%(name)s is no length.") % {"name": "DURATION"})
    return starts + length


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    first = value[0] if isinstance(value, list) and value else value
    if hasattr(first, "dt"):
        return first.dt.isoformat() if isinstance(first.dt, date) else ""
    return "" if first is None else one_line(str(first))


def _categories(event: Component) -> Iterator[str]:
    value = event.get("CATEGORIES")
    for each in value if isinstance(value, list) else [value] if value else []:
        yield from map(str, getattr(each, "cats", [each]))


def _shown(why: object) -> str:
    return one_line(str(why))[:SHOWN]


def _line(number: int) -> str:
    return _("line %(line)d") % {"line": number}
