"""Times as programmes write them: moments with or without an offset, clocks, lengths, and the days they make."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from openspaces.board.state import Talk
from openspaces.intake.file.clock import moment_of
from openspaces.intake.programme.programme import Stretch

DAY_BREAK = time(4)
"""Where a format knows no days of its own, a night belongs to the day before until four o'clock, as in pretalx."""
YEARS = range(1970, 2201)
LONGEST = timedelta(days=7)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):([0-5]\d)", re.ASCII)


def zone_of(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The time zone of that name, or `otherwise` if there is none."""
    return ZoneInfo(name) if name in available_timezones() else otherwise


def moment(written: str, zone: ZoneInfo) -> datetime | None:
    """An ISO date and time as UTC, read by `zone` if it has no offset; None if it is none."""
    try:
        read = datetime.fromisoformat(written.strip())
        return in_utc(read, zone) if len(written.strip()) > len("2027-05-08") else None
    except (ValueError, OverflowError):
        return None


def in_utc(read: datetime, zone: ZoneInfo) -> datetime | None:
    """The same moment in UTC; None if the year cannot be meant."""
    return moment_of(read, zone) if read.year in YEARS else None


def day(written: str) -> date | None:
    """An ISO date, also one with a time behind it; None if it is none."""
    try:
        read = date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None
    return read if read.year in YEARS else None


def on_day(on: date, clock: str, zone: ZoneInfo, not_before: datetime | None) -> datetime | None:
    """When clocks show `clock` on a day, or in the night after it; None if it is no time of day."""
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        return None
    wall = datetime.combine(on, time()) + timedelta(hours=int(found[1]), minutes=int(found[2]))
    read = moment_of(wall, zone)
    after_midnight = not_before is not None and read < not_before
    return moment_of(wall + timedelta(days=1), zone) if after_midnight else read


def length(written: str, *, days_first: bool = False) -> timedelta | None:
    """`H:MM`, or of three parts `H:MM:SS`, or `D:HH:MM` as pretalx writes it; None if it is none."""
    found = _LENGTH.fullmatch(written.strip())
    if found is None:
        return None
    first, middle, last = int(found[1] or 0), int(found[2]), int(found[3])
    if found[1] is None:
        read = timedelta(hours=middle, minutes=last)
    elif days_first:
        read = timedelta(days=first, hours=middle, minutes=last)
    else:
        read = timedelta(hours=first, minutes=middle, seconds=last)
    return read if read <= LONGEST else None


def days_of(talks: Iterable[Talk], zone: ZoneInfo) -> tuple[Stretch, ...]:
    """The days that talks make, from one break of day to the next."""
    found = {_day_of(talk.starts, zone) for talk in talks}
    return tuple(Stretch(on, _break(on, zone), _break(on + timedelta(days=1), zone)) for on in sorted(found))


def _day_of(starts: datetime, zone: ZoneInfo) -> date:
    local = starts.astimezone(zone)
    return local.date() if local.time() >= DAY_BREAK else local.date() - timedelta(days=1)


def _break(on: date, zone: ZoneInfo) -> datetime:
    return moment_of(datetime.combine(on, DAY_BREAK), zone).astimezone(UTC)
