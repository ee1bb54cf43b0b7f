"""What the rules of schedule.xml and schedule.json, version 1, have in common: their definitions, and the apps.

Written anew from https://c3voc.de/schedule/schema.xsd and schema.json (June 2026) and from what Giggity, EventFahrplan
and ConfClerk do with them. Rules answer in words what is broken; nothing is left to a library that might be kinder.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

Facts = dict[str, Any]

DATE = r"\d{4}-\d\d-\d\d"
MOMENT = DATE + r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
HTTP = r"https?://[^\s<>\"{}|\\^`]+"
LENGTH = r"[0-9]{1,2}:[0-9]{2}"
ANY, LINE = r"[\s\S]*", r"[^\n]+"

CONFERENCE = {
    "title": LINE,
    "acronym": "[a-z0-9_]{4,}",  # the XSD lets hyphens in, the JSON schema does not
    "start": DATE,
    "end": DATE,
    "days": "[1-9][0-9]*",
    "timeslot_duration": LENGTH,
    "base_url": HTTP,
    "logo": HTTP,
    "url": HTTP,
    "time_zone_name": r"[A-Za-z_]+(/[A-Za-z_+-]+)*",
    "color": "",
    "track": "",
}
EVENT = {
    "room": LINE,
    "title": LINE,
    "subtitle": ANY,
    "type": LINE,
    "date": MOMENT,
    "start": "[0-2][0-9]:[0-5][0-9]",
    "duration": LENGTH,
    "abstract": ANY,
    "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}",
    "track": LINE,
    "logo": HTTP,
    "language": ANY,
    "description": ANY,
    "url": HTTP,
    "feedback_url": HTTP,
    "origin_url": HTTP,
}
REQUIRED = ("room", "title", "type", "date", "start", "duration", "abstract", "track")


def unlike(events: Iterable[Facts], name: str) -> Iterator[str]:
    values = [event[name] for event in events]
    yield from (f"{values.count(value)} of the {name} {value}" for value in set(values) if values.count(value) > 1)


def unfit_track(track: Facts) -> Iterator[str]:
    """The definitions ask for its name alone, EventFahrplan for all three."""
    for name, pattern in (("name", LINE), ("slug", "[a-z][a-z0-9-]*[a-z0-9]"), ("color", "#[0-9a-fA-F]{6}")):
        if not re.fullmatch(pattern, track.get(name) or ""):
            yield f"the {name} of a track is {track.get(name)}"


def agreeing(on: date, times: list[tuple[datetime, str, str]]) -> Iterator[str]:
    """ConfClerk reads the day and the clock, the others the whole date; Giggity reads a length as a time of day, and
    EventFahrplan cuts short what overlaps in a room."""
    for moment, clock, length in times:
        if datetime.combine(on, time.fromisoformat(clock)) != moment.replace(tzinfo=None):
            yield f"{on} {clock} is not {moment}"
        if not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", length) or length in ("0:00", "00:00"):
            yield f"the length {length}"
    ends = [moment + _length(length) for moment, _, length in times]
    yield from (
        f"{after[0]} begins before {ended} in one room"
        for ended, (_, after) in zip(ends, pairwise(times), strict=False)
        if after[0] < ended
    )


def _length(written: str) -> timedelta:
    hours, _, minutes = written.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
