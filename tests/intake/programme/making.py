"""Makes programmes in each format, by what the formats' own descriptions say, for the tests to read back.

schedule.json and schedule.xml follow c3voc's schema files and pretalx's exports (also where the XSD would reject
those), calendars RFC 5545, and the API pretalx's own description of its version 2.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
SATURDAY, SUNDAY = date(2027, 3, 27), date(2027, 3, 28)
"""In the night between them clocks are put forward."""
TITLE = "Spring: days & <nights>"
SITE = "https://pretalx.example/api/events/spring/"


@dataclass(frozen=True)
class Hall:
    """A room as a conference has it: two may have one name."""

    number: int
    name: str
    capacity: int | None = None

    @property
    def guid(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"hall {self.number}"))


@dataclass(frozen=True)
class Lecture:
    """A talk; `starts` is what the clocks show, `day` the one that it is listed under."""

    number: int
    title: str
    hall: Hall
    day: date
    starts: datetime
    minutes: int
    speakers: tuple[str, ...] = ()
    kind: str = "Talk"

    @property
    def guid(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"lecture {self.number}"))

    @property
    def code(self) -> str:
        return f"CODE{self.number:02}"

    @property
    def ends(self) -> datetime:
        ends: datetime = (self.starts.astimezone(ZoneInfo("UTC")) + timedelta(minutes=self.minutes)).astimezone(ZONE)
        return ends


HALLS = (Hall(1, "Hall A", 500), Hall(2, "Hall A", 40), Hall(3, "कक्ष ३"))


def at(day: date, clock: str) -> datetime:
    """When the event's clocks show that."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


LECTURES = (
    Lecture(1, "Opening", HALLS[0], SATURDAY, at(SATURDAY, "10:00"), 60, ("Ada Lovelace", "Grace Hopper"), "Keynote"),
    Lecture(2, "पायथन में मशीन लर्निंग", HALLS[2], SATURDAY, at(SATURDAY, "10:00"), 45, ("अनन्या शर्मा",)),
    Lecture(3, "بايثون للمبتدئين: كيف نبدأ معًا؟", HALLS[1], SATURDAY, at(SATURDAY, "11:30"), 30, ("ليلى",)),
    Lecture(4, "After midnight", HALLS[0], SATURDAY, at(SUNDAY, "00:30"), 30),
    Lecture(5, "While the clocks skip an hour", HALLS[0], SATURDAY, at(SUNDAY, "01:30"), 60),
    Lecture(6, 'Tags <b>, & "quotes", commas; and 🦋', HALLS[0], SUNDAY, at(SUNDAY, "09:00"), 90, ('O\'Hara, "Bo"',)),
    Lecture(7, "Same hour, same name of a hall", HALLS[1], SUNDAY, at(SUNDAY, "09:00"), 90),
)
"""Two days, a night in which clocks change, two rooms of one name, four scripts."""
BELLS = replace(LECTURES[0], title="Bell\x07, \x0btab\tand\x00 nothing")
"""A title with characters that no XML may hold."""


# schedule.json


class _Pairs(dict[str, Any]):
    """A JSON object that may have a key twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.pairs = list(pairs)
        super().__init__(self.pairs)

    def items(self) -> Any:
        return self.pairs


def schedule_json(lectures: tuple[Lecture, ...] = LECTURES, **conference: Any) -> dict[str, Any]:
    """A whole schedule.json as a value, so that tests can damage it."""
    days = [_json_day(index, day, lectures) for index, day in enumerate((SATURDAY, SUNDAY), start=1)]
    said = {
        "acronym": "spring",
        "title": TITLE,
        "start": SATURDAY.isoformat(),
        "end": SUNDAY.isoformat(),
        "daysCount": 2,
        "timeslot_duration": "00:05",
        "time_zone_name": ZONE.key,
        "colors": {"primary": "#0fe"},
        "rooms": [{"name": h.name, "guid": h.guid, "description": None, "capacity": h.capacity} for h in HALLS],
        "tracks": [{"name": "Main", "slug": "main", "color": "#00ff00"}],
        "days": days,
    }
    schedule = {"url": "", "version": "v1.1", "base_url": "https://pretalx.example/", "conference": said | conference}
    return {"$schema": "https://c3voc.de/schedule/schema.json", "generator": {"name": "pretalx"}, "schedule": schedule}


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _json_day(index: int, day: date, lectures: tuple[Lecture, ...]) -> dict[str, Any]:
    rooms = [(hall.name, [_json_talk(each) for each in _held(lectures, day, hall)]) for hall in HALLS]
    return {
        "index": index,
        "date": day.isoformat(),
        "day_start": at(day, "04:00").isoformat(),
        "day_end": at(day + timedelta(days=1), "03:59").isoformat(),
        "rooms": _Pairs(rooms),
    }


def _json_talk(lecture: Lecture) -> dict[str, Any]:
    return {
        "guid": lecture.guid,
        "code": lecture.code,
        "id": lecture.number,
        "logo": None,
        "date": lecture.starts.isoformat(),
        "start": f"{lecture.starts:%H:%M}",
        "duration": _duration(lecture),
        "room": lecture.hall.name,
        "slug": f"spring-{lecture.number}-talk",
        "url": "https://pretalx.example/spring/talk/",
        "title": lecture.title,
        "subtitle": "",
        "track": None,
        "type": lecture.kind,
        "language": "en",
        "abstract": None,
        "description": "",
        "recording_license": "",
        "do_not_record": False,
        "persons": [{"code": "P", "name": name, "public_name": name, "biography": None} for name in lecture.speakers],
        "links": [],
        "attachments": [],
    }


# schedule.xml


def frab_xml(lectures: tuple[Lecture, ...] = LECTURES, zone: str = ZONE.key) -> str:
    """A schedule.xml as pretalx exports it, with what the XSD rejects: a colour as text, an empty feedback_url."""
    return f"""<?xml version='1.0' encoding='utf-8' ?>
<!-- Made with love by pretalx v2026.2.1. -->
<schedule>
    <generator name="pretalx" system="pretalx.example" version="2026.2.1" />
    <version>v1.1</version>
    <conference>
        <title>{escape(TITLE)}</title>
        <acronym>spring</acronym>
        <days>2</days>
        <timeslot_duration>00:05</timeslot_duration>
        <time_zone_name>{zone}</time_zone_name>
        <color>#00ffee</color>
    </conference>
    {"".join(_xml_day(index, day, lectures) for index, day in enumerate((SATURDAY, SUNDAY), start=1))}
</schedule>
"""


def _xml_day(index: int, day: date, lectures: tuple[Lecture, ...]) -> str:
    ends = at(day + timedelta(days=1), "03:59")
    rooms = "".join(_xml_room(hall, _held(lectures, day, hall)) for hall in HALLS)
    start = at(day, "04:00").isoformat()
    return f"<day index='{index}' date='{day}' start='{start}' end='{ends.isoformat()}'>{rooms}</day>\n"


def _xml_room(hall: Hall, lectures: list[Lecture]) -> str:
    return f"<room name={quoteattr(hall.name)} guid='{hall.guid}'>{''.join(map(_xml_talk, lectures))}</room>\n"


def _xml_talk(lecture: Lecture) -> str:
    persons = "".join(f"<person id='1'>{escape(name)}</person>" for name in lecture.speakers)
    return f"""
<event guid='{lecture.guid}' id='{lecture.number}' code='{lecture.code}'>
    <room>{escape(lecture.hall.name)}</room>
    <title>{escape(lecture.title)}</title>
    <subtitle></subtitle>
    <type>{lecture.kind}</type>
    <date>{lecture.starts.isoformat()}</date>
    <start>{lecture.starts:%H:%M}</start>
    <duration>{_duration(lecture)}</duration>
    <abstract></abstract>
    <track></track>
    <persons>{persons}</persons>
    <feedback_url></feedback_url>
    <unheard-of>of</unheard-of>
</event>"""


# iCalendar


def ics(lectures: tuple[Lecture, ...] = LECTURES) -> str:
    """A calendar with its lines folded at 75 bytes, and times in the event's zone."""
    zone = [
        "BEGIN:VTIMEZONE",
        f"TZID:{ZONE.key}",
        *("BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"),
        *("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"),
        *("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"),
        "END:VTIMEZONE",
    ]
    events = [line for lecture in lectures for line in _ics_event(lecture)]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pretalx//spring//", f"X-WR-CALNAME:{_ics_text(TITLE)}"]
    return "".join(f"{_fold(line)}\r\n" for line in [*head, *zone, *events, "END:VCALENDAR"])


def _ics_event(lecture: Lecture) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{lecture.guid}@pretalx.example",
        "DTSTAMP:20270101T000000Z",
        f"DTSTART;TZID={ZONE.key}:{lecture.starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE.key}:{lecture.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_ics_text(lecture.title)}",
        f"LOCATION:{_ics_text(lecture.hall.name)}",
        f"CATEGORIES:{lecture.kind}",
        "END:VEVENT",
    ]


def _ics_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> str:
    raw, pieces = line.encode(), []
    while len(raw) > 75:
        cut = 75
        while raw[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(raw[:cut])
        raw = b" " + raw[cut:]
    return b"\r\n".join([*pieces, raw]).decode()


# pretalx's API


def pretalx_pages(
    lectures: tuple[Lecture, ...] = LECTURES, base: str = SITE, size: int = 3
) -> dict[str, dict[str, Any]]:
    """What the API answers under each path that follows `base`; lists come `size` to a page."""
    rooms = [
        {
            "id": hall.number,
            "name": {"en": hall.name},
            "description": None,
            "uuid": hall.guid,
            "guid": None,
            "capacity": hall.capacity,
            "position": hall.number,
            "hidden": False,
        }
        for hall in HALLS
    ]
    event = {
        "name": {"de": "Frühling", "en": TITLE},
        "slug": "spring",
        "is_public": True,
        "date_from": SATURDAY.isoformat(),
        "date_to": SUNDAY.isoformat(),
        "timezone": ZONE.key,
    }
    expanded = "room,submission,submission.speakers,submission.submission_type,submission.track"
    return {
        "": event,
        **_paged(base, "rooms/", rooms, size),
        **_paged(base, f"slots/?expand={expanded}", [_slot(each) for each in lectures], size),
    }


def _paged(base: str, path: str, results: list[Any], size: int) -> dict[str, dict[str, Any]]:
    joint = "&" if "?" in path else "?"
    pages = [results[start : start + size] for start in range(0, len(results), size)] or [[]]
    paths = [path, *(f"{path}{joint}page={number}" for number in range(2, len(pages) + 1))]
    following = [f"{base}{later}" for later in paths[1:]]
    return {
        here: {"count": len(results), "next": then, "previous": None, "results": page}
        for here, then, page in zip(paths, [*following, None], pages, strict=True)
    }


def _slot(lecture: Lecture) -> dict[str, Any]:
    speakers = [{"code": f"S{place}", "name": name, "avatar_url": ""} for place, name in enumerate(lecture.speakers)]
    return {
        "id": 900 + lecture.number,
        "room": {"id": lecture.hall.number, "name": {"en": lecture.hall.name}, "capacity": lecture.hall.capacity},
        "start": lecture.starts.isoformat(),
        "end": lecture.ends.isoformat(),
        "submission": {
            "code": lecture.code,
            "title": lecture.title,
            "speakers": speakers,
            "submission_type": {"id": 1, "name": {"en": lecture.kind}},
            "track": None,
            "state": "confirmed",
        },
        "schedule": 7,
        "description": None,
        "duration": lecture.minutes,
    }


def _held(lectures: tuple[Lecture, ...], day: date, hall: Hall) -> list[Lecture]:
    return [each for each in lectures if each.day == day and each.hall == hall]


def _duration(lecture: Lecture) -> str:
    return f"{lecture.minutes // 60:02}:{lecture.minutes % 60:02}"
