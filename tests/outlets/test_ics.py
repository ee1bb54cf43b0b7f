"""The board as a calendar: read back by a program that knows the format, it is the board again."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.drawing import EVE, FACILITATOR, ORGANISER, after, at, cells, code, drawn, host_of
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, closed, placed, with_cards
from tests.outlets.desk import LED, desk
from tests.outlets.golden import golden

from openspaces.board.moves import (
    ClaimCell,
    CloseCell,
    EditCard,
    MergeCards,
    MoveCard,
    PlaceCard,
    RemoveCard,
    ShieldCard,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Board, Card, Day, Placement, Slot, Wished
from openspaces.board.vocabulary import Cell
from openspaces.board.words import Words, clean
from openspaces.lib.guids import card_guid
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull, Variant
from openspaces.outlets.ics import CALENDAR, CARD, calendar, render_stars
from openspaces.people.who import Who

BASE = "https://board.example"
ALL = Variant(base_url=BASE)
CAMP = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      11:00   .             .           .
      ---
      09:00   .             Talk        .
    """
)
WISH = Wished(CAMP.days[0].date, ("0517-1100",), "oak")


def read(made: bytes) -> list[Any]:
    return Calendar.from_ical(made).walk("VEVENT")


def events(of: Board, variant: Variant = ALL, pull: Pull = CALENDAR) -> dict[str, Any]:
    """The events of a calendar by the code of their card, which their address ends with."""
    return {str(event["URL"]).split("/")[-2]: event for event in read(pull.render(of, variant))}


def event_of(of: Board, title: str) -> Any:
    return events(of)[code(title)]


def asked(of: Board, **query: str) -> set[str]:
    """The titles in the calendar that an address with that query means."""
    made = CALENDAR.render(of, replace(variant_of(CALENDAR, of, **query), base_url=BASE))
    return {str(event["SUMMARY"]) for event in read(made)}


def stands(event: Any) -> tuple[str, str, int]:
    return str(event["STATUS"]), str(event["SUMMARY"]), int(event["SEQUENCE"])


def hours(event: Any) -> tuple[datetime, datetime]:
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


# What is in it


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


# What happens to a card


def test_a_card_that_moves_keeps_its_name_and_counts_on() -> None:
    moved = after(
        CAMP, MoveCard(card=code("Talk"), cells=cells("oak 09:00", day=1)), FACILITATOR, EVE + timedelta(hours=1)
    )
    before, now = event_of(CAMP, "Talk"), event_of(moved, "Talk")
    assert (now["UID"], int(now["SEQUENCE"])) == (before["UID"], int(before["SEQUENCE"]) + 1)
    assert (str(now["LOCATION"]), now["DTSTAMP"].dt, now["LAST-MODIFIED"].dt) == (
        "Oak",
        *[EVE + timedelta(hours=1)] * 2,
    )


@pytest.mark.parametrize("move", [TakeDown, WithdrawCard])
def test_a_card_that_is_off_is_cancelled_where_it_was(move: type[TakeDown] | type[WithdrawCard]) -> None:
    off = event_of(after(CAMP, move(card=code("Talk")), host_of(CAMP, "Talk")), "Talk")
    assert stands(off) == ("CANCELLED", "Cancelled: Talk", 2)
    assert (hours(off), str(off["LOCATION"])) == (hours(event_of(CAMP, "Talk")), "Elm")


def test_a_card_that_comes_back_is_on_again() -> None:
    off = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    back = after(off, PlaceCard(card=code("Talk"), cells=cells("oak 11:00")), host_of(CAMP, "Talk"))
    assert (stands(event_of(back, "Talk")), str(event_of(back, "Talk")["LOCATION"])) == (
        ("CONFIRMED", "Talk", 3),
        "Oak",
    )


def test_a_card_that_lost_its_room_waits_at_its_hour_and_says_so() -> None:
    lost = after(CAMP, CloseCell(cells=cells("elm 09:00", day=1), reason="Water"), FACILITATOR)
    event = event_of(lost, "Talk")
    assert stands(event) == ("TENTATIVE", "Talk", 2)
    assert (hours(event), str(event["LOCATION"])) == (hours(event_of(CAMP, "Talk")), "Looks for a new room")


def test_a_card_that_was_taken_down_and_then_asked_in_vain_is_cancelled_where_it_was() -> None:
    down = after(replace(CAMP, policy=LED), TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    asking = after(down, ClaimCell(card=code("Talk"), cells=cells("oak 11:00")), host_of(CAMP, "Talk"))
    vain = after(asking, CloseCell(cells=cells("oak 11:00"), reason="Water"), FACILITATOR)
    assert (vain.cards[code("Talk")].owed, stands(event_of(vain, "Talk"))[0]) == (True, "CANCELLED")
    assert hours(event_of(vain, "Talk")) == hours(event_of(CAMP, "Talk"))


def test_a_room_that_is_no_more_is_still_named_for_what_was_there() -> None:
    off = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    gone = replace(off, rooms=tuple(room for room in off.rooms if room.key != "elm"))
    assert (str(event_of(gone, "Talk")["STATUS"]), str(event_of(gone, "Talk")["LOCATION"])) == ("CANCELLED", "elm")


def test_an_hour_that_is_no_more_is_in_no_calendar() -> None:
    shorter = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    assert code("Talk") not in events(replace(shorter, days=shorter.days[:1]))


def test_an_announced_card_whose_hour_is_known_is_tentative() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    event = event_of(planned, "Robots")
    assert stands(event) == ("TENTATIVE", "Robots", 0)
    assert (hours(event), str(event["LOCATION"])) == ((at("11:00"), at("12:00")), "No room yet")


def test_another_wish_counts_on() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    other = EditCard(
        card=code("Robots"), seen=planned.number, wish="at nine", wished=replace(WISH, slots=("0517-0900",))
    )
    event = event_of(after(planned, other, Who("ada")), "Robots")
    assert (hours(event)[0], stands(event)) == (at("09:00"), ("TENTATIVE", "Robots", 1))


def test_an_announced_card_that_is_withdrawn_is_cancelled() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    off = after(planned, WithdrawCard(card=code("Robots")), Who("ada"))
    assert stands(event_of(off, "Robots")) == ("CANCELLED", "Cancelled: Robots", 1)


def test_what_has_no_hour_or_no_host_is_in_no_calendar() -> None:
    more = after(CAMP, WriteCard(title="Some day", code="SOMEDA", wished=Wished(WISH.day)), Who("ada"))
    more = after(more, WriteCard(title="Idea", code="IDEA00", idea=True, wished=WISH), Who("eve"))
    assert set(events(more)) == set(events(CAMP))


def test_a_card_that_became_part_of_another_is_cancelled_and_says_of_which() -> None:
    merged = after(CAMP, MergeCards(card=code("Talk"), into=code("Knit")), FACILITATOR)
    part = event_of(merged, "Talk")
    assert (stands(part), str(part["DESCRIPTION"]).split("\n")[0]) == (
        ("CANCELLED", "Cancelled: Talk", 2),
        "It is part of “Knit” now.",
    )
    alone = events(merged, replace(ALL, name=code("Talk")), CARD)
    assert {key: str(event["STATUS"]) for key, event in alone.items()} == {
        code("Talk"): "CANCELLED",
        code("Knit"): "CONFIRMED",
    }


def test_a_hidden_card_keeps_its_hour_and_says_nothing() -> None:
    shielded = after(CAMP, ShieldCard(card=code("Chess"), reason="Read it first"), FACILITATOR)
    removed = after(CAMP, RemoveCard(card=code("Chess"), reason="Abuse"), FACILITATOR)
    places = [
        (stands(event), str(event["LOCATION"])) for event in (event_of(shielded, "Chess"), event_of(removed, "Chess"))
    ]
    assert places == [(("CONFIRMED", "[…]", 1), "[…]"), (("CANCELLED", "Cancelled: […]", 2), "[…]")]
    assert b"Chess" not in CALENDAR.render(shielded, ALL) + CALENDAR.render(removed, ALL)


# Clocks


def of_one_day(zone: str, on: date, *times: tuple[datetime, datetime]) -> Board:
    """A board with a card on each of these slots of one day."""
    slots = tuple(Slot(f"{on:%m%d}-{number:04}", on, *each) for number, each in enumerate(times))
    full = replace(board(rooms=1, days=0), timezone=zone, days=(Day(on, slots, ("r1",)),))
    for number, slot in enumerate(slots, start=1):
        full = placed(full, Cell("r1", slot.key), f"Hour {number}", serial=number)
    return full


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)


def test_on_the_night_of_a_clock_change_every_hour_is_the_right_one() -> None:
    """The clocks of Berlin show 02:30 twice: at 00:30 and at 01:30 UTC."""
    moments = [utc(10, 25, 22), utc(10, 26, 0), utc(10, 26, 0, 30), utc(10, 26, 1, 30), utc(10, 26, 3)]
    night = of_one_day("Europe/Berlin", date(2025, 10, 25), *pairwise(moments))
    assert [hours(event) for event in read(CALENDAR.render(night, ALL))] == list(pairwise(moments))


def test_control_clocks_alone_would_mean_the_wrong_hour() -> None:
    twice = utc(10, 26, 1, 30).astimezone(ZoneInfo("Europe/Berlin"))
    assert twice.replace(fold=0).astimezone(UTC) == utc(10, 26, 0, 30)


def test_in_spring_an_hour_is_as_long_as_it_is() -> None:
    night = of_one_day("Europe/Berlin", date(2025, 3, 29), (utc(3, 30, 0), utc(3, 30, 2)))
    (event,) = read(CALENDAR.render(night, ALL))
    assert (hours(event), event["DTEND"].dt.hour) == ((utc(3, 30, 0), utc(3, 30, 2)), 4)


def test_a_slot_after_midnight_is_on_the_next_date_and_of_its_own_day() -> None:
    late = of_one_day(
        "Asia/Kolkata", date(2025, 5, 17), (utc(5, 17, 17), utc(5, 17, 18)), (utc(5, 17, 19), utc(5, 17, 20))
    )
    starts = [event["DTSTART"].dt.strftime("%d %H:%M") for event in read(CALENDAR.render(late, ALL))]
    assert (starts, len(asked(late, day="2025-05-17"))) == (["17 22:30", "18 00:30"], 2)


def test_at_an_event_that_keeps_utc_no_zone_is_named() -> None:
    (event,) = read(CALENDAR.render(of_one_day("UTC", date(2025, 5, 17), (utc(5, 17, 9), utc(5, 17, 10))), ALL))
    assert event["DTSTART"].to_ical() == b"20250517T090000Z"


def test_a_card_on_several_slots_is_one_event() -> None:
    assert hours(event_of(CAMP, "Knit")) == (at("09:00"), at("11:00"))


# What one may ask for


TAGGED = after(
    CAMP, WriteCard(title="On #Go", host="Ada Lovelace", code="ONGO00", cells=cells("oak 11:00")), Who("ada")
)
TAGGED = after(
    TAGGED,
    WriteCard(
        title="#go away", host="Eve & Grace", handle="@ada, @grace@example.org", code="AWAY00", cells=cells("elm 11:00")
    ),
    Who("eve"),
)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"room": "oak"}, {"Knit", "On #Go"}),
        ({"room": "elsewhere"}, {"Chess", "Run"}),
        ({"tag": "GO"}, {"On #Go", "#go away"}),
        ({"tag": "#go"}, {"On #Go", "#go away"}),
        ({"tag": "go", "room": "elm"}, {"#go away"}),
        ({"host": "ada lovelace"}, {"On #Go"}),
        ({"host": "@ADA"}, {"#go away"}),
        ({"host": "grace"}, {"#go away"}),
        ({"host": "@grace@example.org"}, {"#go away"}),
        ({"host": "nobody"}, set()),
        ({"day": "2031-05-18"}, {"Talk"}),
        ({"day": "2031-05-18", "room": "oak"}, set()),
        ({}, {"Knit", "Chess", "Run", "Talk", "On #Go", "#go away"}),
    ],
)
def test_a_room_a_tag_a_host_a_day(query: dict[str, str], titles: set[str]) -> None:
    assert asked(TAGGED, **query) == titles


def test_its_name_says_what_was_asked_for() -> None:
    variant = variant_of(CALENDAR, TAGGED, room="elm", tag="Go")
    assert str(Calendar.from_ical(CALENDAR.render(TAGGED, variant))["NAME"]) == "Camp · Elm · #Go"


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"room": "moon"}, BadVariant),
        ({"tag": "x" * 81}, BadVariant),
        ({"host": "x" * 81}, BadVariant),
        ({"day": "x"}, BadVariant),
        ({"day": "1999-01-01"}, NotHere),
    ],
)
def test_what_there_is_not_is_said_to_be_wrong(query: dict[str, str], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        variant_of(CALENDAR, CAMP, **query)


def test_a_wrong_room_is_told_the_right_ones() -> None:
    with pytest.raises(BadVariant) as told:
        variant_of(CALENDAR, CAMP, room="moon")
    assert str(told.value) == "There is no room moon. The rooms are: oak, elm, elsewhere."


def test_a_card_without_an_hour_can_be_followed_until_it_has_one() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots")), Who("ada"))
    seated = after(planned, PlaceCard(card=code("Robots"), cells=cells("oak 11:00")), Who("ada"))
    robots = replace(ALL, name=code("Robots"))
    assert [list(events(each, robots, CARD)) for each in (planned, seated)] == [[], [code("Robots")]]


def test_stars_are_a_calendar_of_their_own_with_what_the_cards_became_part_of() -> None:
    merged = after(CAMP, MergeCards(card=code("Talk"), into=code("Knit")), FACILITATOR)
    found = read(render_stars(merged, (code("Talk"), code("Run"), "GONE00"), ALL))
    assert {str(event["SUMMARY"]) for event in found} == {"Cancelled: Talk", "Knit", "Run"}


# What people write


def corpus() -> Board:
    """A board with every hostile text as title, text, host, handle and place."""
    full = board(rooms=1, days=3)
    outside = (each for day in full.days for each in full.cells_of(day) if full.is_elsewhere(each))
    for serial, (place, text) in enumerate(zip(outside, HOSTILE.values(), strict=False), start=1):
        title, where = clean("title", text), clean("where", text)
        words = Words(title, clean("text", text), clean("host", text[:60]), clean("handle", text[:60]))
        full = full.with_card(Card(f"H{serial:05}", serial, words, "hand", 5, full.at, 1, Placement((place,), where)))
    return full


def test_hostile_words_are_read_back_as_they_are_and_add_nothing() -> None:
    full = corpus()
    found = read(CALENDAR.render(full, ALL))
    assert len(found) == len(HOSTILE)
    assert [
        (str(event["SUMMARY"]), str(event["LOCATION"])) for event in sorted(found, key=lambda each: each["URL"])
    ] == [(each.words.title, each.placement.where) for each in full.in_order() if each.placement]


def test_no_line_is_too_long_and_none_is_cut_inside_a_letter() -> None:
    lines = CALENDAR.render(corpus(), ALL).split(b"\r\n")
    assert ([len(line) for line in lines if len(line) > 75], lines[-1]) == ([], b"")
    assert [line for line in lines if line.decode().strip("\x20") != line.decode().strip()] == []
    assert re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n", b"\r\n".join(lines)) == []


def test_what_the_format_cannot_carry_is_left_out() -> None:
    """Names of rooms and events come from files, and words of a card from a time before they were cleaned."""
    dirty = "a\x00b\x0bc\x1bd\ufffee\uffff\u2028f\r\ng\x7f"
    full = placed(replace(board(), name=dirty), Cell("r1", "0517-0900"), dirty, serial=1)
    whole = Calendar.from_ical(CALENDAR.render(full, ALL))
    assert (str(whole["NAME"]), str(whole.walk("VEVENT")[0]["SUMMARY"])) == ("abcde f g",) * 2


def test_a_closure_is_no_event() -> None:
    assert read(CALENDAR.render(closed(board(), "Lunch", Cell("r1", "0517-1200")), ALL)) == []


def test_a_filter_cannot_be_smuggled_into_another() -> None:
    variant = variant_of(CALENDAR, TAGGED, host="x&room=oak")
    assert variant.name == urlencode({"host": "x&room=oak"})
    assert read(CALENDAR.render(TAGGED, variant)) == []


def test_every_card_of_the_board_has_its_calendar() -> None:
    assert [len(events(CAMP, replace(ALL, name=each), CARD)) for each in CAMP.cards] == [1] * len(CAMP.cards)


def test_there_is_no_calendar_of_a_card_that_is_not() -> None:
    with pytest.raises(NotHere):
        CARD.variant(Asked({"event": "camp", "code": "NONE00"}, {}, "en", EVE), CAMP)
