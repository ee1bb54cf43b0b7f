"""The presence code: what the screen shows, what of that is accepted, and how long a device counts as present."""

from datetime import UTC, datetime, timedelta

import pytest

from openspaces.people.models import Presence
from openspaces.people.presence import LASTS, WINDOW, code_now, is_present, show

NOON = datetime(2031, 5, 16, 12, 0, tzinfo=UTC)
CODE, UNTIL = code_now("camp", NOON)
HAND = "phone"


def test_the_screen_shows_one_code_for_ten_minutes() -> None:
    assert (len(CODE), UNTIL) == (6, NOON + timedelta(minutes=10))
    assert code_now("camp", UNTIL - timedelta(seconds=1)) == (CODE, UNTIL)
    assert code_now("camp", UNTIL)[0] != CODE


def test_two_events_show_different_codes() -> None:
    assert code_now("fair", NOON)[0] != CODE


@pytest.mark.parametrize(
    ("after", "good"),
    [(0, True), (9.9, True), (10, True), (19.9, True), (20, False), (-0.1, False)],
    ids=["at once", "just before the next", "as the one before", "as the one before still", "too late", "too early"],
)
def test_the_running_code_counts_and_the_one_before(database: None, after: float, good: bool) -> None:
    at = NOON + timedelta(minutes=after)
    assert (show("camp", HAND, CODE, at), is_present("camp", HAND, at)) == (good, good)


@pytest.mark.parametrize("typed", [CODE.lower(), f" {CODE[:3]}-{CODE[3:]} "])
def test_the_code_is_taken_as_people_type_it(database: None, typed: str) -> None:
    assert show("camp", HAND, typed, NOON)


@pytest.mark.parametrize("typed", ["", CODE[:5], CODE + "2", code_now("fair", NOON)[0], "\0", "\ud800"])
def test_another_code_is_not_taken(database: None, typed: str) -> None:
    assert (show("camp", HAND, typed, NOON), Presence.objects.count()) == (False, 0)


def test_being_there_is_of_one_device_at_one_event(database: None) -> None:
    show("camp", HAND, CODE, NOON)
    assert [is_present(*who, NOON) for who in (("camp", "tablet"), ("fair", HAND))] == [False, False]


def test_it_lasts_a_day_and_not_the_next_and_can_be_shown_again(database: None) -> None:
    show("camp", HAND, CODE, NOON)
    assert is_present("camp", HAND, NOON + LASTS - timedelta(seconds=1))
    assert not is_present("camp", HAND, NOON + LASTS)
    later = NOON + timedelta(hours=9)
    assert show("camp", HAND, code_now("camp", later)[0], later)
    assert (is_present("camp", HAND, NOON + LASTS), Presence.objects.count()) == (True, 1)


def test_what_is_over_is_forgotten_with_the_next_code_that_is_shown(database: None) -> None:
    show("camp", HAND, CODE, NOON)
    tomorrow = NOON + timedelta(days=1)
    show("fair", "tablet", code_now("fair", tomorrow)[0], tomorrow)
    assert list(Presence.objects.values_list("event", "hand")) == [("fair", "tablet")]


def test_the_codes_of_a_year_are_all_kinds_of_codes() -> None:
    codes = {code_now("camp", NOON + number * WINDOW)[0] for number in range(6 * 24 * 7)}
    assert len(codes) == 6 * 24 * 7
