"""Events of a calendar that repeat: at which times, in the days that matter (RFC 5545, 3.3.10 and 3.8.5)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar.cal.component import Component

from openspaces.intake.file.clock import moment_of

MOST_TIMES = 50_000
"""Times of one rule that are looked at: every day for more than a hundred years."""
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
_SPARSE = {*_PARTS, "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_READ: Mapping[str, set[str]] = {"DAILY": _PARTS, "WEEKLY": _PARTS, "MONTHLY": _SPARSE, "YEARLY": _SPARSE}
"""What a rule of each kind may be made of. What is left out is what nobody writes for a conference, and what makes a
rule that is looked through until the year 9999 and never true."""

Window = tuple[datetime, datetime]


class NotRead(Exception):
    """A rule is of a kind that is not read."""


def repeats(event: Component) -> bool:
    """Whether an event takes place more than once."""
    return bool(event.get("RRULE") or event.get("RDATE"))


def times_of(event: Component, starts: datetime, zone: tzinfo, window: Window) -> Iterator[tuple[datetime, timedelta]]:
    """When an event begins in the window, in UTC, each with its length where it is another one than the event's, else
    zero. `starts` is its first time, as written; floating times are those of `zone`. Raises NotRead and ValueError."""
    own = starts.tzinfo or zone
    gone = {_utc(each, zone) if isinstance(each, datetime) else each for each in _listed(event, "EXDATE")}
    found = {_utc(wall, own): timedelta() for wall in _by_rule(event, starts, own, window)}
    for each in _listed(event, "RDATE"):
        first, length = each if isinstance(each, tuple) else (each, timedelta())
        if isinstance(first, datetime):
            found[_utc(first, zone)] = (
                length if isinstance(length, timedelta) else _utc(length, zone) - _utc(first, zone)
            )
    for at in sorted(found):
        if window[0] <= at < window[1] and at not in gone and at.astimezone(own).date() not in gone:
            yield at, found[at]


def _by_rule(event: Component, starts: datetime, own: tzinfo, window: Window) -> Iterator[datetime]:
    """What clocks show at each time: the first one, and those of the rule up to the window's end."""
    wall = starts.replace(tzinfo=None)
    yield wall
    rule = event.get("RRULE")
    if rule is None:
        return
    last = window[1].astimezone(own).replace(tzinfo=None)
    for each in islice(rrulestr(_written(rule, own), dtstart=wall), MOST_TIMES):
        if each > last:
            return
        yield each


def _written(rule: Any, own: tzinfo) -> str:
    """A rule whose end is on the same clocks as its beginning."""
    parts = {} if isinstance(rule, list) else {str(name).upper(): value for name, value in rule.items()}
    kind = str(parts.get("FREQ", [""])[0])
    if not parts or set(parts) - _READ.get(kind, set()):
        raise NotRead
    copy = type(rule)(rule)
    if until := parts.get("UNTIL"):
        copy["UNTIL"] = [_wall(until[0], own)]
    return str(copy.to_ical().decode())


def _wall(until: Any, own: tzinfo) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time(23, 59, 59))
    return until.astimezone(own).replace(tzinfo=None) if until.tzinfo else until


def _listed(event: Component, name: str) -> Iterator[Any]:
    value = event.get(name)
    for each in value if isinstance(value, list) else [value] if value else []:
        yield from (one.dt for one in getattr(each, "dts", ()))


def _utc(read: datetime, zone: tzinfo) -> datetime:
    return read.astimezone(UTC) if read.tzinfo else moment_of(read, zone)


def moment_named(event: Component, zone: tzinfo) -> datetime | date | None:
    """Which time of a repeating event another one stands for; None if it stands for itself."""
    value = event.get("RECURRENCE-ID")
    read = getattr(value, "dt", None)
    return _utc(read, zone) if isinstance(read, datetime) else read
