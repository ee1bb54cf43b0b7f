"""What one may ask a calendar for: a room, a tag, a host, a day, a card, stars."""

from dataclasses import replace

import pytest
from icalendar import Calendar
from tests.drawing import FACILITATOR, after, cells, code
from tests.outlets.asking import variant_of
from tests.outlets.calendars import ALL, CAMP, TAGGED, asked, events, read

from openspaces.board.moves import MergeCards, PlaceCard, WriteCard
from openspaces.outlets.base import BadVariant, NotHere
from openspaces.outlets.ics import CALENDAR, CARD, render_stars
from openspaces.people.who import Who


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
