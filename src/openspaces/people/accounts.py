"""Accounts: the e-mail address with which somebody signs in, who sits at a browser, and forgetting them again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from openspaces.people.models import Account, Membership, Session
from openspaces.people.who import Role

UNPROVEN = timedelta(hours=1)
"""How long an address is kept that somebody typed and whose code nobody did."""
_SESSION_KEY = 40


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, with the role that their address has at one event."""

    account: int
    email: str
    role: Role | None


def same_address(typed: str) -> str:
    """An e-mail address as we compare and keep it."""
    return typed.strip().lower()


def signed_in(session: str, event: str) -> SignedIn | None:
    """Who is signed in at the browser with that session, as they are known at `event`: one query."""
    if not (session.isascii() and session.isalnum() and len(session) <= _SESSION_KEY):
        return None
    here = Membership.objects.filter(event=event, email=OuterRef("account__email")).values("role")
    found = Session.objects.filter(session_key=session, expire_date__gt=timezone.now(), account__isnull=False)
    row = found.annotate(role=Subquery(here)).values_list("account_id", "account__email", "role").first()
    return SignedIn(row[0], row[1], Role(row[2]) if row[2] else None) if row else None


def account_for(typed: str) -> Account:
    """The account of an e-mail address; a new one if it has none."""
    email = same_address(typed)
    account, is_new = Account.objects.get_or_create(email=email)
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def forget(account: Account) -> None:
    """Erase an account with its passkeys, its sessions and its roles at events."""
    Membership.objects.filter(email=account.email).delete()
    account.delete()


def sweep(at: datetime) -> int:
    """Forget sessions that are over, and addresses that nobody proved to be theirs; how many rows went."""
    over, _ = Session.objects.filter(expire_date__lt=at).delete()
    unproven, _ = Account.objects.filter(last_login=None, at__lt=at - UNPROVEN).delete()
    return over + unproven
