"""Tokens and the devices that have a role by them: made, shown once, replaced, revoked; and everyone in a list."""

import pytest
from tests.people.signing import role_of

from openspaces.people import roster, staff
from openspaces.people.accounts import account_for
from openspaces.people.asking import Device, who
from openspaces.people.keys import hand
from openspaces.people.members import change_role, invite, maker, remove, remove_device
from openspaces.people.models import Membership, RoleGiven, Token
from openspaces.people.staff import API, LINK, SCREEN, first_tokens, make_token, revoke, written
from openspaces.people.who import Role, highest

PHONE, TABLET = (hand(device, "camp") for device in ("phone", "tablet"))


def helpers_link(note: str = "Ada's phone") -> Token:
    return make_token("camp", LINK, role=Role.HELPER, note=note, by="link:1")


def roles() -> dict[str, str]:
    return dict(RoleGiven.objects.values_list("hand", "role"))


# Making and taking


def test_of_several_roles_the_one_that_may_most_counts() -> None:
    assert highest(None, Role.HELPER, Role.ORGANISER, Role.FACILITATOR) is Role.ORGANISER
    assert highest(None, None) is None


def test_a_link_gives_its_role_to_each_device_that_opens_it(database: None) -> None:
    shown = written(helpers_link())
    assert [staff.take_role("camp", each, shown) for each in (PHONE, TABLET)] == [Role.HELPER, Role.HELPER]
    assert who("camp", Device("phone")).role is Role.HELPER


def test_a_link_is_no_token_for_the_api_and_neither_is_a_screens(database: None) -> None:
    screen = make_token("camp", SCREEN, note="by the board")
    shown = [written(helpers_link()), written(screen)]
    assert [role_of("camp", each) for each in shown] == [None, None]
    assert staff.take_role("camp", PHONE, written(screen)) is None


def test_a_screens_token_shows_the_code_of_its_event_and_does_nothing_else(database: None) -> None:
    screen = written(make_token("camp", SCREEN, note="by the board"))
    assert (staff.may_show_code("camp", screen), staff.may_show_code("fair", screen)) == (True, False)
    assert staff.may_show_code("camp", first_tokens("camp")[1])
    assert not staff.may_show_code("camp", first_tokens("camp")[0])
    assert who("camp", Device("new", fresh=True), token=screen).role is None


def test_the_first_tokens_stay_the_organisers_though_others_are_made(database: None) -> None:
    helpers_link()
    link, api = first_tokens("camp")
    make_token("camp", API, role=Role.HELPER, note="lights")
    assert first_tokens("camp") == (link, api)
    assert role_of("camp", link, LINK) is Role.ORGANISER


def test_a_note_is_kept_short(database: None) -> None:
    assert len(helpers_link("x" * 500).note) == 80


# Revoking


def test_a_revoked_link_and_the_devices_that_opened_it_are_out(database: None) -> None:
    link, other = helpers_link(), helpers_link("Bob's phone")
    staff.take_role("camp", PHONE, written(link))
    staff.take_role("camp", TABLET, written(other))
    assert revoke("camp", LINK, link.serial)
    assert (roles(), staff.take_role("camp", PHONE, written(link))) == ({TABLET: "helper"}, None)
    assert not revoke("camp", LINK, link.serial)


def test_a_token_of_another_event_cannot_be_revoked(database: None) -> None:
    link = helpers_link()
    assert not revoke("fair", LINK, link.serial)
    assert not revoke("camp", API, link.serial)
    assert Token.objects.get(pk=link.pk).revoked is None


def test_the_organisers_link_cannot_be_revoked_only_replaced(database: None) -> None:
    old, _ = first_tokens("camp")
    for each in (PHONE, TABLET):
        staff.take_role("camp", each, old)
    assert not revoke("camp", LINK, staff.organisers_link("camp").serial)
    fresh = staff.replace_link("camp", by="link:1", keeping=PHONE)
    assert (first_tokens("camp")[0], roles()) == (written(fresh), {PHONE: "organiser"})
    assert (role_of("camp", old, LINK), role_of("camp", written(fresh), LINK)) == (None, Role.ORGANISER)


def test_a_device_gives_its_role_back_or_loses_it(database: None) -> None:
    for each in (PHONE, TABLET):
        staff.take_role("camp", each, written(helpers_link()))
    staff.drop_role("camp", PHONE)
    (left,) = roster.devices("camp", mine=TABLET)
    assert (left.is_mine, remove_device("fair", left.id), remove_device("camp", left.id)) == (True, False, True)
    assert roles() == {}


# Members


def test_an_address_has_one_role_at_an_event(database: None) -> None:
    invite("camp", "Ada@example.org", Role.HELPER, by="program")
    invite("camp", "ada@example.org", Role.ORGANISER, by="program")
    invite("fair", "ada@example.org", Role.HELPER, by="program")
    assert list(Membership.objects.values_list("event", "email", "role")) == [
        ("camp", "ada@example.org", "organiser"),
        ("fair", "ada@example.org", "helper"),
    ]


def test_members_are_changed_and_removed_at_their_own_event_only(database: None) -> None:
    ada = invite("camp", "ada@example.org", Role.HELPER, by="program").pk
    assert (change_role("fair", ada, Role.ORGANISER), remove("fair", ada)) == (False, False)
    assert change_role("camp", ada, Role.FACILITATOR)
    assert [member.role for member in roster.members("camp")] == [Role.FACILITATOR]
    assert remove("camp", ada)
    assert roster.members("camp") == []


# The list


def test_the_list_says_who_made_what(database: None) -> None:
    first = staff.organisers_link("camp")
    staff.take_role("camp", PHONE, written(first))
    ada = account_for("ada@example.org")
    assert (maker("camp", PHONE, None), maker("camp", PHONE, ada.pk), maker("camp", TABLET, None)) == (
        "link:1",
        f"account:{ada.pk}",
        "",
    )
    bob = make_token("camp", LINK, role=Role.HELPER, note="Bob's phone", by=maker("camp", PHONE, None))
    make_token("camp", API, role=Role.HELPER, note="lights", by=f"link:{bob.serial}")
    make_token("camp", SCREEN, note="hall", by=f"account:{ada.pk}")
    shown = [(token.note, token.devices, token.is_first, token.by) for token in roster.tokens("camp")]
    assert shown == [
        ("", 1, True, roster.Maker(is_program=True)),
        ("Bob's phone", 0, False, roster.Maker(is_link=True)),
        ("lights", 0, False, roster.Maker("Bob's phone")),
        ("hall", 0, False, roster.Maker("ada@example.org")),
    ]


def test_who_was_forgotten_is_named_no_more(database: None) -> None:
    ada = account_for("ada@example.org")
    invite("camp", "bob@example.org", Role.HELPER, by=f"account:{ada.pk}")
    ada.delete()
    assert [member.by for member in roster.members("camp")] == [roster.Maker()]


@pytest.mark.parametrize("has_signed_in", [True, False])
def test_the_list_tells_who_has_signed_in(database: None, has_signed_in: bool) -> None:
    invite("camp", "ada@example.org", Role.HELPER, by="program")
    if has_signed_in:
        ada = account_for("ada@example.org")
        ada.last_login = ada.at
        ada.save()
    assert [member.joined is not None for member in roster.members("camp")] == [has_signed_in]
