"""Secrets that are derived: card keys as people type them, staff tokens, and the hand of a device."""

import pytest
from django.test import override_settings

from openspaces.people.keys import card_key, hand, hand_by_stars, new_device, opens_card, staff_token, stars_key

KEY = card_key("camp", "KNIT00")


def test_a_key_is_twenty_symbols_in_groups_to_be_typed() -> None:
    assert [len(group) for group in KEY.split("-")] == [5, 5, 5, 5]


def test_a_key_is_the_same_whenever_it_is_asked_for() -> None:
    assert card_key("camp", "KNIT00") == KEY


@pytest.mark.parametrize(
    "typed",
    [
        KEY,
        KEY.lower(),
        KEY.replace("-", ""),
        KEY.replace("-", " "),
        f"  {KEY}\n",
        KEY.replace("-", "–"),
        ".".join(KEY),
        KEY.replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
    ids=["as printed", "small", "in one", "with spaces", "pasted", "with dashes", "dotted", "misread"],
)
def test_a_key_opens_its_card_however_it_is_typed(typed: str) -> None:
    assert opens_card("camp", "KNIT00", typed)


@pytest.mark.parametrize(
    "wrong",
    ["", "-", KEY[:-1], KEY + "A", KEY[1:] + KEY[0], "A" * 20, card_key("camp", "TALK00"), card_key("fair", "KNIT00")],
)
def test_another_key_does_not(wrong: str) -> None:
    assert not opens_card("camp", "KNIT00", wrong)


@pytest.mark.parametrize("strange", ["\ud800", "\0", "ß" * 20, "2" * 100_000])
def test_nothing_that_is_typed_breaks_it(strange: str) -> None:
    assert not opens_card("camp", "KNIT00", strange)


def test_another_installation_has_other_secrets() -> None:
    here = KEY, staff_token("camp", "api", 1), hand("device", "camp")
    with override_settings(SECRET_KEY="another"):
        there = card_key("camp", "KNIT00"), staff_token("camp", "api", 1), hand("device", "camp")
    assert not set(here) & set(there)


def test_no_secret_is_part_of_another() -> None:
    plain = KEY.replace("-", "")
    assert plain not in staff_token("camp", "card", 1)
    assert hand("KNIT00", "camp").upper() not in plain


def test_two_events_do_not_know_a_device_by_the_same_hand() -> None:
    assert hand("device", "camp") != hand("device", "fair")
    assert hand("device", "camp") == hand("device", "camp")


def test_every_device_is_another() -> None:
    assert len({new_device() for _ in range(1000)}) == 1000


ADA = hand("ada's phone", "camp")
STARS = stars_key("camp", ADA)


def test_the_key_to_a_calendar_of_stars_gives_the_hand_back_and_shows_it_to_nobody() -> None:
    assert (hand_by_stars("camp", STARS), hand_by_stars("camp", STARS.upper())) == (ADA, ADA)
    assert (len(STARS), STARS.isalnum(), ADA in STARS, stars_key("camp", ADA)) == (32, True, False, STARS)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        STARS[:-1],
        STARS + "a",
        f"{STARS}{STARS}",
        STARS[:-8] + "aaaaaaaa",
        "a" * 32,
        "ä" * 32,
        "1" * 32,
        ADA,
        ADA * 2,
    ],
)
def test_another_key_opens_nothing(key: str) -> None:
    assert hand_by_stars("camp", key) is None


def test_every_symbol_of_the_key_counts() -> None:
    others = [STARS[:at] + ("a" if STARS[at] != "a" else "b") + STARS[at + 1 :] for at in range(len(STARS))]
    assert {hand_by_stars("camp", other) for other in others} == {None}


def test_a_key_of_another_event_or_another_installation_opens_nothing() -> None:
    assert hand_by_stars("fair", STARS) is None
    with override_settings(SECRET_KEY="another"):
        assert hand_by_stars("camp", STARS) is None
