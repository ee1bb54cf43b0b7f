"""The hours of a calendar: through clock changes, after midnight, and in UTC."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.drawing import at
from tests.outlets.boards import board, placed
from tests.outlets.calendars import ALL, CAMP, asked, event_of, hours, read

from openspaces.board.state import Board, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.outlets.ics import CALENDAR


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
