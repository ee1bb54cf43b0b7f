"""A board, and its calendar read back by a program that knows the format."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar
from tests.drawing import after, cells, code, drawn
from tests.outlets.asking import variant_of

from openspaces.board.moves import WriteCard
from openspaces.board.state import Board, Wished
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.ics import CALENDAR
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


def hours(event: Any) -> tuple[datetime, datetime]:
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


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
