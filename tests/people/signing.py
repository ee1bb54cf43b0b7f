"""Somebody signs in without the pages for it, or shows a token."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from openspaces.people.accounts import account_for
from openspaces.people.sessions import SessionStore
from openspaces.people.staff import API, good_token
from openspaces.people.who import Role


def role_of(event: str, shown: str, purpose: str = API) -> Role | None:
    """The role that a token gives at an event; None if it is not one of its good tokens."""
    row = good_token(event, shown, purpose)
    return Role(row.role) if row else None


def sign_in(email: str) -> str:
    """Somebody signs in at a browser; its session."""
    account = account_for(email)
    account.last_login = timezone.now()
    account.save(update_fields=["last_login"])
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key
