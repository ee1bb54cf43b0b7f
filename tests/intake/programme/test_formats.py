"""Every format says the same programme: nothing of it is lost, whatever its rooms, nights and letters."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.intake.programme import making
from tests.intake.programme.making import BELLS, LECTURES, SATURDAY, SITE, SUNDAY, TITLE, ZONE, Lecture, as_json, at

from openspaces.board.state import Talk
from openspaces.intake.programme import Damaged, Place, Programme, Stretch, is_programme, read_programme
from openspaces.intake.programme.nodes import Node
from openspaces.intake.programme.pretalx import api_event, read_pretalx

UTC_ZONE = ZoneInfo("UTC")
NAMES = {1: "Hall A", 2: "Hall A (2)", 3: "कक्ष ३"}
PLACES = (Place("Hall A", 500), Place("Hall A (2)", 40), Place("कक्ष ३"))


def of_pretalx(pages: dict[str, dict[str, Any]]) -> Programme:
    """The programme that an API of these pages has."""
    return read_pretalx(SITE, lambda url: Node(pages[url.removeprefix(SITE)], "page "), UTC_ZONE)


def expected(lecture: Lecture, key: str, room: str) -> Talk:
    starts, ends = lecture.starts.astimezone(UTC), lecture.ends.astimezone(UTC)
    return Talk(key, lecture.title, starts, ends, room, lecture.speakers, lecture.kind == "Keynote")


def in_order(talks: list[Talk]) -> tuple[Talk, ...]:
    return tuple(sorted(talks, key=lambda talk: (talk.starts, talk.room, talk.key)))


def read(raw: bytes | str) -> Programme:
    return read_programme(raw if isinstance(raw, bytes) else raw.encode(), UTC_ZONE)


WHOLE = in_order([expected(each, each.guid, NAMES[each.hall.number]) for each in LECTURES])


def test_schedule_json_is_read_without_loss() -> None:
    programme = read(as_json(making.schedule_json()))
    assert (programme.talks, programme.rooms) == (WHOLE, PLACES)
    assert (programme.title, programme.timezone, programme.left) == (TITLE, "Europe/Berlin", ())


def test_schedule_xml_is_read_without_loss_also_where_its_schema_rejects_it() -> None:
    programme = read(making.frab_xml())
    assert (programme.talks, [place.name for place in programme.rooms]) == (WHOLE, list(NAMES.values()))
    assert (programme.title, programme.timezone, programme.left) == (TITLE, "Europe/Berlin", ())


def test_a_calendar_is_read_without_loss() -> None:
    programme = read(making.ics())
    talks = [expected(each, f"{each.guid}@pretalx.example", each.hall.name) for each in LECTURES]
    assert programme.talks == in_order([replace(talk, speakers=()) for talk in talks])
    assert [place.name for place in programme.rooms] == ["Hall A", "कक्ष ३"]
    assert (programme.title, programme.left) == (TITLE, ())


@pytest.mark.parametrize("size", [1, 3, 50])
def test_pretalx_is_read_page_by_page_without_loss(size: int) -> None:
    programme = of_pretalx(making.pretalx_pages(size=size))
    assert programme.talks == in_order([expected(each, each.code, NAMES[each.hall.number]) for each in LECTURES])
    assert (programme.rooms, programme.title, programme.timezone) == (PLACES, TITLE, "Europe/Berlin")


def test_a_night_belongs_to_the_day_that_it_continues() -> None:
    saturday = Stretch(SATURDAY, at(SATURDAY, "04:00").astimezone(UTC), at(SUNDAY, "04:00").astimezone(UTC))
    programme = of_pretalx(making.pretalx_pages())
    assert programme.days[0] == saturday
    numbers = [talk.key for talk in programme.talks_on(saturday)]
    assert numbers == ["CODE01", "CODE02", "CODE03", "CODE04", "CODE05"]
    assert [len(read(made).talks_on(read(made).days[0])) for made in (making.frab_xml(), making.ics())] == [5, 5]


def test_a_talk_across_the_hour_that_clocks_skip_lasts_as_long_as_it_lasts() -> None:
    for programme in (read(making.frab_xml()), read(making.ics()), read(as_json(making.schedule_json()))):
        (talk,) = [talk for talk in programme.talks if talk.title == "While the clocks skip an hour"]
        assert talk.ends - talk.starts == timedelta(hours=1)
        assert talk.ends.astimezone(ZONE).strftime("%H:%M") == "03:30"


def test_characters_that_cannot_be_shown_go_and_the_rest_stays() -> None:
    whole = "Bell, tab and nothing"
    for made in (making.frab_xml((BELLS,)), making.ics((BELLS,)), as_json(making.schedule_json((BELLS,)))):
        assert [talk.title for talk in read(made).talks] == [whole]
    escaped = making.frab_xml((LECTURES[0],)).replace("Opening", "Bell&#7;, &#xB;tab&#9;and&#0; nothing")
    assert [talk.title for talk in read(escaped).talks] == [whole]


def test_a_schedule_in_another_encoding_is_read() -> None:
    umlauts = making.frab_xml((replace(LECTURES[0], title="Größe"),)).replace("कक्ष ३", "Saal")
    old = umlauts.replace("'utf-8'", "'iso-8859-1'").encode("iso-8859-1")
    wide = umlauts.replace("'utf-8'", "'utf-16'").encode("utf-16")
    assert [read(raw).talks[0].title for raw in (old, wide)] == ["Größe", "Größe"]


def test_the_start_on_a_day_is_read_where_a_schedule_gives_no_whole_date() -> None:
    bare = [line for line in making.frab_xml().splitlines() if "<date>" not in line]
    assert read("\n".join(bare)).talks == WHOLE


@pytest.mark.parametrize(
    ("written", "by_pretalx", "minutes"),
    [("00:30", True, 30), ("1:05", True, 65), ("26:00", False, 1560), ("01:30:00", False, 90), ("1:02:30", True, 1590)],
)
def test_a_length_of_three_parts_is_read_as_its_writer_meant_it(written: str, by_pretalx: bool, minutes: int) -> None:
    made = making.frab_xml((LECTURES[0],)).replace("01:00</duration>", f"{written}</duration>")
    (talk,) = read(made if by_pretalx else made.replace('name="pretalx"', 'name="frab"')).talks
    assert talk.ends - talk.starts == timedelta(minutes=minutes)


def test_times_without_an_offset_are_those_of_the_event() -> None:
    floating = making.ics((LECTURES[0],)).replace(f";TZID={ZONE.key}:", ":")
    assert read_programme(floating.encode(), ZONE).talks[0].starts == LECTURES[0].starts
    universal = floating.replace("T100000", "T100000Z").replace("T110000", "T110000Z")
    assert read_programme(universal.encode(), ZONE).talks[0].starts == datetime(2027, 3, 27, 10, tzinfo=UTC)


def test_what_is_no_talk_is_left_out_and_told() -> None:
    day = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270327\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n"
    gone = "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270327T100000Z\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
    point = "BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20270327T100000Z\r\nSUMMARY:Gong\r\nEND:VEVENT\r\n"
    made = making.ics(()).replace("END:VCALENDAR", day + gone + point + "END:VCALENDAR")
    assert read(made).left == (
        "“Fair” is left out: it has a day but no time.",
        "“Off” is left out: it is cancelled.",
        "“Gong” is left out: it has no length.",
    )


# Events of a calendar that repeat


DAYS = (SATURDAY - timedelta(days=1), SATURDAY, SUNDAY)


def repeated(*lines: str, days: tuple[date, ...] = DAYS) -> tuple[list[str], tuple[str, ...]]:
    """When a calendar's event of an hour takes place, by the event's clocks, and what is left out. It begins on the
    Friday at nine; an empty line begins another event."""
    events = "\r\n".join(lines).split("\r\n\r\n")
    first = f"DTSTART;TZID={ZONE.key}:20270326T090000\r\n" if "DTSTART" not in events[0] else ""
    whole = "".join(f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Yoga\r\n{each}\r\nEND:VEVENT\r\n" for each in events)
    made = making.ics(()).replace("END:VCALENDAR", whole.replace("Yoga\r\n", f"Yoga\r\n{first}", 1) + "END:VCALENDAR")
    programme = read_programme(made.replace(":Yoga\r\n", ":Yoga\r\nDURATION:PT1H\r\n").encode(), ZONE, "en", days)
    assert len({talk.key for talk in programme.talks}) == len(programme.talks)
    return [
        f"{talk.starts.astimezone(ZONE):%a %H:%M}-{talk.ends.astimezone(ZONE):%H:%M}" for talk in programme.talks
    ], (programme.left)


EVERY_DAY = ["Fri 09:00-10:00", "Sat 09:00-10:00", "Sun 09:00-10:00"]


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        (["RRULE:FREQ=DAILY"], EVERY_DAY),
        (["DTSTART;TZID=Europe/Berlin:19700101T090000", "RRULE:FREQ=WEEKLY;BYDAY=SA,SU"], EVERY_DAY[1:]),
        (["DTSTART:20270325T090000", "RRULE:FREQ=DAILY;COUNT=3"], EVERY_DAY[:2]),
        (["RRULE:FREQ=DAILY;UNTIL=20270327T080000Z"], EVERY_DAY[:2]),
        (["RRULE:FREQ=DAILY;UNTIL=20270327"], EVERY_DAY[:2]),
        (["RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20270327T090000"], [EVERY_DAY[0], EVERY_DAY[2]]),
        (["RRULE:FREQ=MONTHLY;BYDAY=-1FR,-1SU"], [EVERY_DAY[0], EVERY_DAY[2]]),
        (
            ["RDATE;TZID=Europe/Berlin:20270327T110000", "RDATE;VALUE=PERIOD:20270327T120000Z/PT2H"],
            [EVERY_DAY[0], "Sat 11:00-12:00", "Sat 13:00-15:00"],
        ),
    ],
)
def test_what_repeats_is_taken_at_each_of_its_times_in_the_events_days(lines: list[str], times: list[str]) -> None:
    assert repeated(*lines) == (times, ())


def test_a_time_that_was_moved_or_cancelled_is_taken_as_it_is_now() -> None:
    moved = ("RECURRENCE-ID;TZID=Europe/Berlin:20270327T090000", "DTSTART;TZID=Europe/Berlin:20270327T150000")
    off = ("RECURRENCE-ID:20270328T070000Z", "DTSTART:20270328T070000Z", "STATUS:CANCELLED")
    assert repeated("RRULE:FREQ=DAILY", "", *moved, "", *off) == (
        [EVERY_DAY[0], "Sat 15:00-16:00"],
        ("“Yoga” is left out: it is cancelled.",),
    )


def test_what_repeats_is_left_out_where_it_is_not_on_these_days_or_not_read() -> None:
    assert repeated("RRULE:FREQ=DAILY", days=(date(2026, 1, 1),)) == (
        [],
        ("“Yoga” is left out: it repeats, but not on these days.",),
    )
    assert repeated("RRULE:FREQ=SECONDLY") == (
        EVERY_DAY[:1],
        ("“Yoga” is left out: it repeats, and only its first time is taken.",),
    )


def test_a_rule_that_is_damaged_is_named_by_its_line() -> None:
    with pytest.raises(Damaged) as refused:
        repeated("RRULE:FREQ=DAILY;UNTIL=later")
    assert str(refused.value) == "line 25: RRULE cannot be read (Expected datetime, date, or time. Got: 'later')."


def test_a_break_is_shown_and_a_talk_without_a_time_waits() -> None:
    pages = making.pretalx_pages((LECTURES[0],))
    slots = next(page["results"] for path, page in pages.items() if path.startswith("slots"))
    slots.append({**slots[0], "submission": None, "description": {"de": "Mittag", "en": "Lunch"}, "id": 5})
    slots.append({**slots[0], "submission": {"code": "LATER1", "title": "Later"}, "start": None, "end": None})
    programme = of_pretalx(pages)
    assert [talk.title for talk in programme.talks] == ["Opening", "Lunch"]
    assert programme.left == ("“Later” is left out: it has no time yet.",)


def test_a_talk_held_twice_has_two_keys() -> None:
    again = replace(LECTURES[1], starts=at(SUNDAY, "12:00"), day=SUNDAY)
    assert sorted(talk.key for talk in of_pretalx(making.pretalx_pages((LECTURES[1], again))).talks) == [
        "CODE02",
        "CODE02-2",
    ]


@pytest.mark.parametrize(
    ("kind", "keynote"),
    [
        ("Keynote", True),
        ("keynotes", True),
        ("Talk", False),
        ("مجلس", False),
        ("मुख्य वक्तव्य", True),
        ("كلمة رئيسية", True),
    ],
)
def test_a_keynote_is_known_by_what_its_programme_calls_it(kind: str, keynote: bool) -> None:
    assert [talk.keynote for talk in read(making.frab_xml((replace(LECTURES[1], kind=kind),))).talks] == [keynote]


# What is damaged is refused whole, with its place


def damaged(raw: bytes | str) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(Damaged) as refused:
        read(raw)
    return str(refused.value)


def line_of(made: str, piece: str) -> int:
    """The line on which a piece stands first."""
    return made[: made.index(piece)].count("\n") + 1


def test_a_wrong_time_in_schedule_json_is_named_by_its_path() -> None:
    made = making.schedule_json()
    made["schedule"]["conference"]["days"][1]["rooms"].pairs[0][1][0]["date"] = "soon"
    assert damaged(as_json(made)) == (
        'schedule.conference.days[1].rooms["Hall A"][0].date: “soon” is no date and time.'
    )
    made["schedule"]["conference"]["days"][1]["rooms"].pairs[0][1][0] = 7
    assert damaged(as_json(made)) == 'schedule.conference.days[1].rooms["Hall A"][0]: here should be a table, { … }.'


def test_a_schedule_json_that_is_cut_off_is_named_by_its_line() -> None:
    raw = as_json(making.schedule_json())
    cut = raw[: raw.index(b'"rooms": {')]
    place = f"line {cut.count(10) + 1}, column {len(cut) - cut.rindex(10)}"
    assert damaged(cut) == f"{place}: this is not JSON (Expecting property name enclosed in double quotes)."
    assert damaged(b'{"schedule": 1}') == "schedule: here should be a table, { … }."
    assert damaged(b"[" * 100_000).endswith("too deep, or a number in it is too long.")
    assert damaged(b'{"a": "\xff"}') == "line 1: this is not UTF-8 text."


def test_a_schedule_xml_that_is_cut_off_or_wrong_is_named_by_its_line() -> None:
    made = making.frab_xml()
    lines = made.split("\n")
    place = next(number for number, line in enumerate(lines, start=1) if "<duration>00:45" in line)
    assert damaged("\n".join(lines[: place - 1])).startswith(
        f"line {place - 1}: this is not XML (Premature end of data"
    )
    assert damaged(made.replace("00:45</dur", "soon</dur")) == f"line {place}: “soon” is no length like 01:30."
    assert damaged(made.replace("00:45</dur", "25:90</dur")) == f"line {place}: “25:90” is no length like 01:30."
    assert damaged(made.replace("2027-03-27T10:00:00+01:00", "2027-13-27", 1)).endswith(
        "“2027-13-27” is no date and time."
    )
    untitled = made.replace("<title>Opening</title>", "<title>\u200b</title>")
    first = next(number for number, line in enumerate(lines, start=1) if "<event" in line)
    assert damaged(untitled) == f"line {first}: this <event> has no title."


def test_a_schedule_xml_names_no_entities_and_has_no_document_type() -> None:
    inside = '<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<schedule>'
    says = "line 3: a document type is not allowed here; take it out."
    made = making.frab_xml()
    assert damaged(made.replace("<schedule>", inside)) == says
    hidden = made.replace("<!-- Made", f"<!-- <schedule --> {inside.removesuffix('<schedule>')}<!-- Made")
    assert damaged(hidden).endswith("a document type is not allowed here; take it out.")
    assert damaged(made.replace("Opening", "&nbsp;Opening")) == (
        f"line {line_of(made, 'Opening')}: this is not XML (Entity 'nbsp' not defined)."
    )


def test_a_wrong_time_in_a_calendar_is_named_by_its_line() -> None:
    made = making.ics()
    lines = made.split("\r\n")
    place = [number for number, line in enumerate(lines, start=1) if line.startswith("DTEND")][2]
    lines[place - 1] = "DTEND:later"
    assert damaged("\r\n".join(lines)).startswith(f"line {place}: DTEND cannot be read (")
    unstarted = made.replace("DTSTART;TZID=Europe/Berlin", "X-START", 1)
    assert damaged(unstarted) == f"line {line_of(made, 'BEGIN:VEVENT')}: this event has no DTSTART."


def test_a_calendar_that_is_cut_off_is_named_by_its_line() -> None:
    made = making.ics()
    cut = made[: made.index("BEGIN:VEVENT") + 60]
    assert damaged(cut) == (
        f"line {line_of(made, 'BEGIN:VEVENT')}: BEGIN:VEVENT is never closed; the file seems to be cut off."
    )
    crossed = made.replace("END:VEVENT", "END:VALARM", 1)
    assert damaged(crossed) == (f"line {line_of(made, 'END:VEVENT')}: END:VALARM closes nothing that is open here.")


def test_pages_of_pretalx_that_are_wrong_are_named() -> None:
    pages = making.pretalx_pages()
    first = next(path for path in pages if path.startswith("slots"))
    pages[first]["results"][1]["start"] = "tomorrow"
    with pytest.raises(Damaged) as wrong_time:
        of_pretalx(pages)
    assert str(wrong_time.value) == "page results[1].start: “tomorrow” is no date and time."
    pages[first]["results"][1]["start"] = pages[first]["results"][0]["start"]
    for away in ("https://elsewhere.example/", f"{SITE}{first}"):
        pages[first]["next"] = away
        with pytest.raises(Damaged) as strayed:
            of_pretalx(pages)
        assert str(strayed.value).startswith("page next: “https://")
        assert str(strayed.value).endswith("is no next page.")


def test_a_web_page_is_told_from_a_programme() -> None:
    assert damaged("<!DOCTYPE html><html><body>Programme</body></html>").startswith(
        "this is a web page, not a programme."
    )
    assert damaged('{"count": 3, "next": null, "results": []}').startswith("this is one page of an answer of pretalx.")
    assert damaged("Title,Host\nOpening,Ada\n").startswith("no programme is known in this form.")


@pytest.mark.parametrize(
    ("raw", "looks"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><schedule/>", True),
        (b"<schedule/>", True),
        (b"begin:vcalendar", True),
        (b'{"schedule": {}}', True),
        (b"[\n{", True),
        (b"<html>", True),
        (b"<b>bold</b>,Ada", False),
        (b"[Draft] talk;Ada", False),
        (b"{curly} brackets,Ada", False),
        (b"Title,Host", False),
        (b"", False),
    ],
)
def test_what_looks_like_a_programme_is_read_as_one(raw: bytes, looks: bool) -> None:
    assert is_programme(raw) is looks


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://pretalx.com/api/events/democon/", "https://pretalx.com/api/events/democon/"),
        ("https://x.org/sub/api/events/a-b/slots/?page=2", "https://x.org/sub/api/events/a-b/"),
        ("https://pretalx.com/api/events/", ""),
        ("https://pretalx.com/democon/schedule/export/schedule.json", ""),
    ],
)
def test_an_address_of_the_api_is_known(url: str, api: str) -> None:
    assert api_event(url) == api


@pytest.mark.parametrize("made", [making.frab_xml(), making.ics(), as_json(making.schedule_json()).decode()])
def test_whatever_is_broken_in_a_file_it_is_read_or_refused(made: str) -> None:
    chance, raw = random.Random(7), made.encode()
    for _each in range(150):
        broken = bytearray(raw)
        for _hit in range(chance.randint(1, 6)):
            start = chance.randrange(len(broken))
            cut = chance.choice([0, 1, 1, 40])
            broken[start : start + cut] = bytes(chance.choices(b'<>{}[]":;,0159TZ\n\xff\x00', k=chance.randint(0, 3)))
        try:
            read(bytes(broken))
        except Damaged:
            continue
