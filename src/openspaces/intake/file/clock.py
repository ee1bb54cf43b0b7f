"""Times by the event's clocks and what they are in UTC, also in the nights in which clocks change."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

MINUTE = timedelta(minutes=1)


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """When the event's clocks show `wall`, in UTC: for the first time if they show it twice, and the moment of the
    change if they skip it. A time that carries an offset is what it says."""
    if wall.tzinfo:
        return wall.astimezone(UTC)
    while not is_shown(wall, zone):
        wall += MINUTE
    return wall.replace(tzinfo=zone).astimezone(UTC)


def is_shown(wall: datetime, zone: tzinfo) -> bool:
    """Whether the clocks ever show this time; they skip some when they are put forward."""
    there_and_back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == wall


def wall_at(day: date, minutes: int) -> datetime:
    """What clocks show `minutes` after the start of `day`, were no clock ever changed; it may be the next day."""
    return datetime.combine(day, time()) + minutes * MINUTE


def written(minutes: int) -> str:
    """Minutes of a day as an event file writes them; they count on past midnight: `25:00`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
