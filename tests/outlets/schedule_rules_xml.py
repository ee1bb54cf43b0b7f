"""The rules of schedule.xml."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree
from tests.outlets.schedule_rules import (
    ANY,
    CONFERENCE,
    DATE,
    EVENT,
    HTTP,
    MOMENT,
    REQUIRED,
    UUID,
    agreeing,
    unfit_track,
    unlike,
)

TOP = ("generator", "url", "version", "conference", "day")
NESTED = {"persons": "person", "links": "link", "attachments": "attachment"}


def broken_xml(raw: bytes) -> list[str]:
    """The rules of schedule.xml that a document breaks."""
    head = raw[:1024].decode("utf-8", errors="replace")
    if b"<!DOCTYPE" in raw:
        return ["a document type"]
    root = etree.fromstring(raw)
    found = [] if "<schedule" in head and "<conference" in head else ["Giggity does not know it by its beginning"]
    tags = [child.tag for child in root]
    if tags != sorted(tags, key=lambda tag: TOP.index(tag) if tag in TOP else len(TOP)):
        found.append(f"the order {tags}")
    found += [f"<{tag}> at the top" for tag in tags if tag not in TOP]
    found += [f"{tags.count(tag)} of <{tag}>" for tag in TOP[:4] if tags.count(tag) > 1]
    found += [f"no <{tag}>" for tag in TOP[2:] if tag not in tags]
    found += _text(root.find("url"), HTTP) if "url" in tags else []
    return [*found, *_conference(root), *_days(root), *_all_different(root)]


def _conference(root: etree._Element) -> Iterator[str]:
    conference = root.find("conference")
    if conference is None:
        return
    tags = [child.tag for child in conference]
    yield from (f"<{tag}> in <conference>" for tag in tags if tag not in CONFERENCE)
    yield from (f"{tags.count(tag)} of <{tag}>" for tag in CONFERENCE if tag != "track" and tags.count(tag) > 1)
    yield from (f"no <{tag}> in <conference>" for tag in ("title", "acronym") if tag not in tags)
    for child in conference:
        yield from _text(child, CONFERENCE.get(child.tag, ANY))
    for color in conference.iterfind("color"):
        if not re.fullmatch("#[0-9a-fA-F]{6}", color.get("primary", "")):
            yield "a colour without its attribute"
    for track in conference.iterfind("track"):
        yield from unfit_track(dict(track.attrib))
    tracks = [track.get("name") for track in conference.iterfind("track")]
    used = {track.text for track in root.iterfind("day/room/event/track")}
    if set(tracks) != used or len(tracks) != len(used):
        yield f"the tracks {tracks} are not those of the events"


def _days(root: etree._Element) -> Iterator[str]:
    days = root.findall("day")
    conference = root.find("conference")
    assert conference is not None
    if conference.findtext("days") != str(len(days)):
        yield "the number of days is wrong"
    rooms = [[room.get("name") for room in day.iterfind("room")] for day in days]
    if any(names != rooms[0] for names in rooms):
        yield "the rooms are not the same every day"
    if any(len(set(names)) != len(names) for names in rooms):
        yield "two rooms of one name"
    for index, day in enumerate(days, start=1):
        if day.get("index") != str(index):
            yield f"the index {day.get('index')}"
        for name in ("start", "end"):
            if not re.fullmatch(MOMENT, day.get(name, "")):
                yield f"a day's {name} is {day.get(name)}"
        if not re.fullmatch(DATE, day.get("date", "")):
            yield f"a day's date is {day.get('date')}"
        for room in day:
            yield from _room(room, date.fromisoformat(day.get("date", "")))


def _room(room: etree._Element, on: date) -> Iterator[str]:
    if not room.get("name") or not re.fullmatch(UUID, room.get("guid", "")):
        yield f"the room {room.attrib}"
    for event in room:
        yield from _event(event, room.get("name", ""))
    times = [(_moment(event, "date"), event.findtext("start", ""), event.findtext("duration", "")) for event in room]
    yield from agreeing(on, times)


def _event(event: etree._Element, room: str) -> Iterator[str]:
    if set(event.attrib) - {"id", "guid", "code"} or event.tag != "event":
        yield f"<{event.tag} {event.attrib}>"
    for name, pattern in (("id", "[1-9][0-9]*"), ("guid", UUID), ("code", "[0-9A-Z]{6}")):
        if not re.fullmatch(pattern, event.get(name, "")):
            yield f"the {name} {event.get(name)}"
    tags = [child.tag for child in event]
    yield from (f"no <{tag}> in <event>" for tag in REQUIRED if tag not in tags)
    yield from (f"<{tag}> in <event>" for tag in tags if tag not in {*EVENT, *NESTED, "recording"})
    yield from (f"{tags.count(tag)} of <{tag}> in <event>" for tag in set(tags) if tags.count(tag) > 1)
    for child in event:
        yield from _text(child, EVENT.get(child.tag, ANY))
        yield from (f"<{each.tag}> in <{child.tag}>" for each in child if each.tag != NESTED.get(child.tag, each.tag))
    if event.findtext("room") != room:
        yield "an event says another room than the one it is in"
    recording = event.find("recording")
    if recording is None or [(each.tag, each.text or "") for each in recording] != [
        ("license", ""),
        ("optout", "true"),
    ]:
        yield "it does not say that nothing is recorded"
    for person in event.iterfind("persons/person"):
        if not re.fullmatch("[0-9]+", person.get("id", "")) or not person.text:
            yield "ConfClerk takes all persons without a number for one"
    for link in event.iterfind("links/link"):
        if not re.fullmatch(HTTP, link.get("href", "")) or not link.text:
            yield f"the link {link.attrib}"


def _text(element: etree._Element | None, pattern: str) -> Iterator[str]:
    text = "" if element is None else (element.text or "")
    if element is not None and not re.fullmatch(pattern, text) and not (len(element) and not text.strip()):
        yield f"<{element.tag}>{text}"


def _moment(event: etree._Element, name: str) -> datetime:
    return datetime.fromisoformat(event.findtext(name, ""))


def _all_different(root: etree._Element) -> Iterator[str]:
    events = [dict(event.attrib, slug=event.findtext("slug")) for event in root.iterfind("day/room/event")]
    for name in ("id", "guid", "code", "slug"):
        yield from unlike(events, name)
