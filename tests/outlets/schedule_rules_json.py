"""The rules of schedule.json, version 1."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime

from tests.outlets.schedule_rules import (
    CONFERENCE,
    DATE,
    EVENT,
    HTTP,
    LINE,
    MOMENT,
    REQUIRED,
    UUID,
    Facts,
    agreeing,
    unfit_track,
    unlike,
)


def broken_json(raw: bytes) -> list[str]:
    """The rules of schedule.json that a document breaks."""
    made = json.loads(raw)
    found = list(_keys(made, "the document", {"schedule"}, {"$schema", "generator"}))
    found += _value(made, "$schema", re.escape("https://c3voc.de/schedule/schema.json"))
    schedule = made["schedule"]
    found += _keys(schedule, "schedule", {"version", "conference"}, {"base_url"})
    found += _value(schedule, "version", LINE)
    found += _value(schedule, "base_url", HTTP)
    conference = schedule["conference"]
    found += _keys(
        conference,
        "conference",
        {"title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"},
        {"description", "time_zone_name", "logo", "colors", "keywords", "url", "tracks", "rooms", "meta"},
    )
    for name, pattern in CONFERENCE.items():
        found += _value(conference, name, pattern) if pattern and name != "days" else []
    if conference["daysCount"] != len(conference["days"]):
        found.append("daysCount is wrong")
    for room in conference["rooms"]:
        found += _keys(room, "a room", {"name", "guid"}, {"slug", "type", "description", "capacity", "url", "features"})
        found += _value(room, "guid", UUID)
        found += [] if isinstance(room.get("capacity"), int | None) else ["a capacity is no number"]
    for track in conference["tracks"]:
        found += unfit_track(track)
    names = [room["name"] for room in conference["rooms"]]
    found += [] if len(set(names)) == len(names) else ["two rooms of one name"]
    for index, day in enumerate(conference["days"], start=1):
        found += _day(day, index, names)
    events = [each for day in conference["days"] for room in day["rooms"].values() for each in room]
    return [
        *found,
        *unlike(events, "id"),
        *unlike(events, "guid"),
        *unlike(events, "code"),
        *unlike(events, "slug"),
    ]


def _day(day: Facts, index: int, names: list[str]) -> Iterator[str]:
    yield from _keys(day, "a day", {"date", "day_end", "day_start", "index", "rooms"}, set())
    if day["index"] != index:
        yield f"the index {day['index']}"
    for name in ("day_start", "day_end"):
        yield from _value(day, name, MOMENT)
    yield from _value(day, "date", DATE)
    if list(day["rooms"]) != names:
        yield "the rooms are not the same every day"
    for name, events in day["rooms"].items():
        for event in events:
            yield from _event(event, name)
        times = [(datetime.fromisoformat(each["date"]), each["start"], each["duration"]) for each in events]
        yield from agreeing(date.fromisoformat(day["date"]), times)


def _event(event: Facts, room: str) -> Iterator[str]:
    required = {*REQUIRED, "guid", "id", "language", "links", "persons", "slug", "subtitle", "url"}
    allowed = {
        "code",
        "end",
        "logo",
        "description",
        "recording_license",
        "do_not_record",
        "do_not_stream",
        "feedback_url",
    }
    yield from _keys(event, "an event", required, {*allowed, "origin_url", "attachments"})
    for name, pattern in {**EVENT, "guid": UUID, "code": "[0-9A-Z]{6}", "slug": "[a-z0-9_-]+[a-z0-9]"}.items():
        yield from _value(event, name, pattern)
    if not isinstance(event["id"], int) or event["id"] < 1:
        yield f"the id {event['id']!r}"
    if event["room"] != room:
        yield "an event says another room than the one it is in"
    if event["do_not_record"] is not True:
        yield "it does not say that nothing is recorded"
    for person in event["persons"]:
        yield from _keys(person, "a person", {"name", "guid"}, {"url"})
        yield from _value(person, "guid", UUID)
    for link in event["links"]:
        yield from _keys(link, "a link", {"url"}, {"title", "type"})
        yield from _value(link, "url", HTTP)
        yield from _value(link, "type", "slides|paper|web|blog|article|media|related|activitypub")


def _keys(facts: Facts, what: str, required: set[str], allowed: set[str]) -> Iterator[str]:
    yield from (f"{what} has no {name}" for name in sorted(required - facts.keys()))
    yield from (f"{what} has {name}" for name in sorted(facts.keys() - required - allowed))


def _value(facts: Facts, name: str, pattern: str) -> Iterator[str]:
    value = facts.get(name)
    if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
        yield f"{name} is {value!r}"
