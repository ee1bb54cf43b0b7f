"""Accounts: one for an address however it is typed, who is signed in at a browser, and what is forgotten when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people.signing import sign_in

from openspaces.people.accounts import UNPROVEN, account_for, forget, signed_in, sweep
from openspaces.people.members import invite
from openspaces.people.models import Account, Membership, Session
from openspaces.people.sessions import SessionStore
from openspaces.people.who import Role

ADA = "ada@example.org"


def test_an_address_has_one_account_however_it_is_typed(database: None) -> None:
    assert account_for("Ada@Example.ORG ") == account_for(ADA)
    assert list(Account.objects.values_list("email", flat=True)) == [ADA]


def test_nobody_has_a_password(database: None) -> None:
    assert not account_for(ADA).has_usable_password()
    assert not Account.objects.get().has_usable_password()


def test_who_signs_in_is_known_at_that_browser_in_one_query(database: None) -> None:
    session = sign_in(ADA)
    invite("camp", "Ada@Example.org", Role.FACILITATOR, by="program")
    with CaptureQueriesContext(connection) as queries:
        found = signed_in(session, "camp")
    assert found is not None
    assert (found.email, found.role, len(queries)) == (ADA, Role.FACILITATOR, 1)
    elsewhere = signed_in(session, "fair")
    assert elsewhere is not None
    assert (elsewhere.email, elsewhere.role) == (ADA, None)


def test_a_browser_that_waits_for_its_code_is_nobody_yet(database: None) -> None:
    waiting = SessionStore()
    waiting["account_login"] = {"email": ADA}
    waiting.save()
    assert waiting.session_key
    assert signed_in(waiting.session_key, "camp") is None


def test_a_session_that_is_over_is_nobody(database: None) -> None:
    session = sign_in(ADA)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert signed_in(session, "camp") is None


@pytest.mark.parametrize("cookie", ["", "x" * 32, "x" * 500, "\0", "ü" * 32, "' or 1=1 --"])
def test_no_other_cookie_is_anybody(database: None, cookie: str) -> None:
    sign_in(ADA)
    assert signed_in(cookie, "camp") is None


def test_a_forgotten_account_leaves_nothing(database: None) -> None:
    session = sign_in(ADA)
    sign_in("bob@example.org")
    invite("camp", ADA, Role.HELPER, by="program")
    forget(account_for(ADA))
    assert signed_in(session, "camp") is None
    assert [Account.objects.get().email, Session.objects.count(), Membership.objects.count()] == [
        "bob@example.org",
        1,
        0,
    ]


def test_an_address_that_nobody_proved_goes_after_an_hour_and_sessions_when_they_are_over(database: None) -> None:
    now = timezone.now()
    sign_in(ADA)
    account_for("nobody@example.org")
    sweep(now + UNPROVEN - timedelta(minutes=1))
    assert Account.objects.count() == 2
    sweep(now + UNPROVEN + timedelta(minutes=1))
    assert list(Account.objects.values_list("email", flat=True)) == [ADA]
    sweep(now + timedelta(days=61))
    assert (Session.objects.count(), Account.objects.count()) == (0, 1)
