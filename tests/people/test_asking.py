"""Who is asking: cookies that cannot be forged, keys that let a device hold a card, tokens that give a role."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people.signing import role_of, sign_in

from openspaces.people.accounts import account_for, forget
from openspaces.people.asking import Device, device_from, hold, who
from openspaces.people.keys import card_key, hand, staff_token
from openspaces.people.members import invite, remove
from openspaces.people.models import Holding, Presence, Token
from openspaces.people.presence import LASTS, code_now, show
from openspaces.people.roster import Doer, doers
from openspaces.people.staff import API, LINK, first_tokens, give_role, make_token, written
from openspaces.people.who import Role, Who

KEY = card_key("camp", "KNIT00")
PHONE = Device("phone")


# Devices


def test_a_device_is_known_by_its_cookie() -> None:
    assert device_from(PHONE.cookie) == PHONE


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "phone",
        "phone:",
        ":",
        "tablet" + PHONE.cookie.removeprefix("phone"),
        PHONE.cookie[:-1],
        PHONE.cookie + "x",
        PHONE.cookie.upper(),
        "\ud800:x",
        "ü" * 5000,
    ],
)
def test_a_cookie_that_is_not_ours_makes_a_fresh_device(cookie: str | None) -> None:
    device = device_from(cookie)
    assert device.fresh
    assert device.name not in ("phone", "tablet", "")
    assert device_from(device.cookie) == Device(device.name)


# Cards


def test_a_device_that_shows_the_key_holds_the_card_from_then_on(database: None) -> None:
    assert who("camp", PHONE).cards == frozenset()
    assert hold("camp", PHONE, "KNIT00", KEY.lower())
    assert hold("camp", PHONE, "KNIT00", KEY)
    assert who("camp", PHONE).cards == {"KNIT00"}
    assert Holding.objects.count() == 1


def test_the_wrong_key_holds_nothing(database: None) -> None:
    assert not hold("camp", PHONE, "KNIT00", card_key("camp", "TALK00"))
    assert who("camp", PHONE).cards == frozenset()


def test_holding_a_card_is_of_one_event_and_one_device(database: None) -> None:
    hold("camp", PHONE, "KNIT00", KEY)
    assert who("fair", PHONE).cards == frozenset()
    assert who("camp", Device("tablet")).cards == frozenset()


def test_a_key_shown_with_a_request_is_good_for_that_request(database: None) -> None:
    fresh = Device("new", fresh=True)
    assert who("camp", fresh, card="KNIT00", key=KEY).cards == {"KNIT00"}
    assert who("camp", fresh, card="TALK00", key=KEY).cards == frozenset()
    assert Holding.objects.count() == 0


# Roles


def test_the_first_tokens_stay_the_same_and_give_the_organisers_role(database: None) -> None:
    link, api = first_tokens("camp")
    assert first_tokens("camp") == (link, api)
    assert (role_of("camp", link, LINK), role_of("camp", api, API)) == (Role.ORGANISER, Role.ORGANISER)


def test_a_token_is_good_for_its_purpose_and_its_event_only(database: None) -> None:
    link, api = first_tokens("camp")
    first_tokens("fair")
    assert [role_of("camp", link, API), role_of("camp", api, LINK), role_of("fair", api)] == [None] * 3


def test_a_token_without_a_row_is_no_token(database: None) -> None:
    assert role_of("camp", staff_token("camp", "api", 1)) is None


def test_a_revoked_token_gives_nothing_and_the_next_is_another(database: None) -> None:
    _, api = first_tokens("camp")
    Token.objects.filter(event="camp", purpose=API).update(revoked=datetime.now(UTC))
    _, newer = first_tokens("camp")
    assert newer != api
    assert (role_of("camp", api), role_of("camp", newer)) == (None, Role.ORGANISER)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "api",
        "api.",
        "api.1",
        "api.1.",
        "api.1.x",
        "api.x.y",
        "api.99999999999.x",
        "api.-1.x",
        "api.١.x",
        "api.1.\ud800",
    ],
)
def test_nothing_else_is_a_token(database: None, token: str) -> None:
    first_tokens("camp")
    assert role_of("camp", token) is None


def test_a_token_in_other_digits_is_not_the_token(database: None) -> None:
    _, api = first_tokens("camp")
    assert role_of("camp", api.replace(".1.", ".١.")) is None


def test_a_device_keeps_its_role_though_a_wrong_token_is_shown(database: None) -> None:
    give_role("camp", hand("phone", "camp"), Role.FACILITATOR)
    assert who("camp", PHONE, token="api.1.wrong") == Who(hand("phone", "camp"), Role.FACILITATOR)


def test_a_role_is_given_in_place_of_the_one_before_and_at_one_event(database: None) -> None:
    give_role("camp", hand("phone", "camp"), Role.HELPER)
    give_role("camp", hand("phone", "camp"), Role.ORGANISER)
    assert (who("camp", PHONE).role, who("fair", PHONE).role) == (Role.ORGANISER, None)


def test_an_api_token_makes_staff_of_a_program_without_a_cookie(database: None) -> None:
    _, api = first_tokens("camp")
    assert who("camp", Device("new", fresh=True), token=api).is_staff
    assert not who("fair", Device("new", fresh=True), token=api).is_staff


# All at once


def test_the_highest_of_the_roles_counts(database: None) -> None:
    session = sign_in("ada@example.org")
    token = written(make_token("camp", API, role=Role.FACILITATOR, note="lights"))
    give_role("camp", hand("phone", "camp"), Role.HELPER)
    assert who("camp", PHONE, session=session, token=token).role is Role.FACILITATOR
    invite("camp", "ada@example.org", Role.ORGANISER, by="program")
    assert who("camp", PHONE, session=session, token=token).role is Role.ORGANISER


def test_whoever_is_signed_in_is_told_apart_from_whoever_has_a_role(database: None) -> None:
    session = sign_in("ada@example.org")
    assert who("camp", PHONE, session=session) == Who(hand("phone", "camp"), signed_in=True)
    assert who("camp", Device("new", fresh=True), session=session).signed_in
    assert not who("camp", PHONE, session="x" * 32).signed_in


def test_where_a_member_asks_is_remembered_once_and_with_nobody_elses_name(database: None) -> None:
    session = sign_in("ada@example.org")
    invite("camp", "ada@example.org", Role.HELPER, by="program")
    who("fair", PHONE, session=session)
    who("camp", Device("new", fresh=True), session=session)
    who("camp", Device("tablet"))
    assert doers("camp") == {}
    assert [queries(lambda: who("camp", PHONE, session=session)) > 2, doers("fair")] == [True, {}]
    assert doers("camp") == {hand("phone", "camp"): Doer(Role.HELPER, "ada@example.org")}
    assert queries(lambda: who("camp", PHONE, session=session)) == 2


def test_two_at_one_device_are_both_named_and_whoever_was_removed_without_a_role(database: None) -> None:
    for email in ("ada@example.org", "bob@example.org"):
        member = invite("camp", email, Role.HELPER, by="program")
        who("camp", PHONE, session=sign_in(email))
    assert doers("camp") == {hand("phone", "camp"): Doer(Role.HELPER, "ada@example.org, bob@example.org")}
    remove("camp", member.pk)
    assert doers("camp")[hand("phone", "camp")].role is Role.HELPER
    forget(account_for("ada@example.org"))
    assert doers("camp") == {hand("phone", "camp"): Doer(None, "bob@example.org")}


def test_a_device_that_showed_the_code_is_present_at_that_event(database: None) -> None:
    now = timezone.now()
    show("camp", hand("phone", "camp"), code_now("camp", now)[0], now)
    assert [who(event, PHONE).present for event in ("camp", "fair")] == [True, False]
    Presence.objects.update(at=now - LASTS)
    assert not who("camp", PHONE).present


def test_asking_costs_a_query_each_for_device_session_and_token_and_none_for_a_fresh_device(database: None) -> None:
    session, (_, api) = sign_in("ada@example.org"), first_tokens("camp")
    hold("camp", PHONE, "KNIT00", KEY)
    give_role("camp", hand("phone", "camp"), Role.HELPER)
    show("camp", hand("phone", "camp"), code_now("camp", timezone.now())[0], timezone.now())
    fresh = Device("new", fresh=True)
    asked = [
        lambda: who("camp", fresh),
        lambda: who("camp", fresh, card="KNIT00", key=KEY),
        lambda: who("camp", PHONE),
        lambda: who("camp", PHONE, session=session),
        lambda: who("camp", PHONE, session=session, token=api),
    ]
    assert [queries(each) for each in asked] == [0, 0, 1, 2, 3]
    mine = frozenset({"KNIT00"})
    assert asked[-2]() == Who(hand("phone", "camp"), Role.HELPER, mine, present=True, signed_in=True)
    lights = hand("token:api.1", "camp")
    everything = Who(hand("phone", "camp"), Role.ORGANISER, mine, present=True, signed_in=True, program=lights)
    assert asked[-1]() == everything


def queries(asked: Callable[[], Who]) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked()
    return len(captured)
