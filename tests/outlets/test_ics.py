"""The board as a calendar: read back by a program that knows the format, it is the board again."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.drawing import ORGANISER, after, cells
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, with_cards
from tests.outlets.calendars import ALL, BASE, CAMP, WISH, event_of, hours, read
from tests.outlets.desk import desk
from tests.outlets.golden import golden

from openspaces.board.moves import WriteCard
from openspaces.board.state import Board, Card
from openspaces.lib.guids import card_guid
from openspaces.outlets.ics import CALENDAR, calendar
from openspaces.people.who import Who


def test_the_calendar_reads_well() -> None:
    tagged = after(
        desk(),
        WriteCard(title="Ideas #python", text="For #Beginners", host="Ada", handle="@ada", code="WISHED", wished=WISH),
        ORGANISER,
    )
    made = CALENDAR.render(tagged, ALL).decode()
    assert made.replace("\r\n", "\n") == golden("board.ics", made.replace("\r\n", "\n"))


def test_printed_again_it_is_the_same_bytes() -> None:
    once = CALENDAR.render(desk(), ALL)
    calendar._written.cache_clear()
    assert CALENDAR.render(desk(), ALL) == once


def test_what_was_written_for_other_clocks_is_not_taken_for_these() -> None:
    zones = [event_of(replace(CAMP, timezone=zone), "Talk")["DTSTART"] for zone in ("Asia/Kolkata", "Europe/Berlin")]
    assert [starts.params["TZID"] for starts in zones] == ["Asia/Kolkata", "Europe/Berlin"]
    assert zones[0].dt == zones[1].dt


@given(rooms=st.integers(1, 5), days=st.integers(1, 3), count=st.integers(0, 60), minutes=st.sampled_from([30, 60]))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_read_back_it_is_the_board(rooms: int, days: int, count: int, minutes: int) -> None:
    full = with_cards(board(rooms=rooms, days=days, minutes=minutes), count)
    found = [told(event) for event in read(CALENDAR.render(full, ALL))]
    assert sorted(found) == sorted(facts(full, card) for card in full.cards.values())


def told(event: Any) -> tuple[object, ...]:
    place, zone = str(event["LOCATION"]), event["DTSTART"].params["TZID"]
    return str(event["UID"]), str(event["SUMMARY"]), *hours(event), place, zone, int(event["SEQUENCE"])


def facts(of: Board, card: Card) -> tuple[object, ...]:
    assert card.placement
    room = of.room(card.cells[0].room)
    uid = f"{card_guid(of.event, card.code)}@openspaces.invalid"
    place = card.placement.where or (room.name if room else "")
    return uid, card.words.title, *of.time_of(card.placement), place, of.timezone, card.sequence


def test_its_head_says_how_to_follow_it() -> None:
    head = Calendar.from_ical(CALENDAR.render(CAMP, ALL))
    names = ("VERSION", "METHOD", "NAME", "X-WR-CALNAME", "X-PUBLISHED-TTL", "X-WR-TIMEZONE")
    assert [str(head[name]) for name in names] == ["2.0", "PUBLISH", "Camp", "Camp", "PT15M", "Asia/Kolkata"]
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n" in head.to_ical()


def test_the_zone_has_the_rules_of_the_events_days_alone_and_nothing_rings() -> None:
    whole = Calendar.from_ical(CALENDAR.render(with_cards(board(days=3), 40), ALL))
    (zone,) = whole.walk("VTIMEZONE")
    assert (str(zone["TZID"]), len(zone.subcomponents), len(zone.to_ical()) < 300) == ("America/New_York", 1, True)
    assert whole.walk("VALARM") == []


def test_every_event_says_once_what_the_format_wants_once() -> None:
    """RFC 5545, 3.6.1, and RFC 5546, 3.2.1, for what is published."""
    once = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "LAST-MODIFIED", "URL")
    found = read(CALENDAR.render(desk(), ALL))
    assert [name for event in found for name in once if isinstance(event.get(name, []), list)] == []
    assert [str(event["UID"]) for event in found if not event["DTSTART"].dt < event["DTEND"].dt] == []
    assert len({str(event["UID"]) for event in found}) == len(found)


@pytest.mark.parametrize("empty", [board(), board(days=0), board(rooms=0, days=0, timezone="UTC")])
def test_a_board_without_cards_is_a_calendar_without_events(empty: Board) -> None:
    whole = Calendar.from_ical(CALENDAR.render(empty, ALL))
    assert [part.name for part in whole.subcomponents] == ["VTIMEZONE"]


def test_tags_are_categories_and_the_rest_is_in_the_description() -> None:
    said: dict[str, Any] = {
        "title": "On #Python",
        "text": "All #levels, #python",
        "host": "Ada",
        "handle": "@ada",
        "link": "https://x.eu",
    }
    event = event_of(after(CAMP, WriteCard(**said, code="ONPYTH", cells=cells("oak 11:00")), Who("ada")), "ONPYTH")
    assert [str(tag) for tag in event["CATEGORIES"].cats] == ["Python", "levels"]
    address = f"{BASE}/camp/cards/ONPYTH/"
    assert str(event["DESCRIPTION"]).split("\n") == ["Ada @ada", "All #levels, #python", "https://x.eu", address]


def test_it_speaks_the_events_language_or_the_one_asked_for() -> None:
    german = replace(CAMP, language="de")
    spoken = [variant_of(CALENDAR, german, language="ar", **query).language for query in ({}, {"lang": "en"})]
    assert spoken == ["de", "en"]
