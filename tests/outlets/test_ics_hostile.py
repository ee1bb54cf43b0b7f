"""What people write is read back from a calendar as it is, and adds nothing to it."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from tests.drawing import EVE
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, closed, placed
from tests.outlets.calendars import ALL, CAMP, TAGGED, events, read

from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import Cell
from openspaces.board.words import Words, clean
from openspaces.outlets.base import Asked, NotHere
from openspaces.outlets.ics import CALENDAR, CARD


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
