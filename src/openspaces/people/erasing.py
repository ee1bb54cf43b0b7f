"""What people left with us goes when its time has come, or when they ask: addresses, roles, who holds which card."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from openspaces.people.accounts import forget, sweep
from openspaces.people.erasures import is_address
from openspaces.people.models import (
    Account,
    Contact,
    Holding,
    MailStopped,
    Membership,
    Presence,
    RoleGiven,
    Seat,
    Subscription,
)
from openspaces.people.presence import LASTS


def erase_people(events: Collection[str], left_before: datetime) -> int:
    """Erase what was left at these events before then; how many rows went. Links and tokens open as before."""
    tables = (Contact, Holding, MailStopped, RoleGiven, Membership, Subscription)
    return sum(table.objects.filter(event__in=events, at__lt=left_before).delete()[0] for table in tables)


def erase_stale(at: datetime) -> int:
    """Erase who was present longer ago than it counts, and sessions that are over; how many rows went."""
    present, _ = Presence.objects.filter(at__lt=at - LASTS).delete()
    return present + sweep(at)


# Of one person


def erase_device(event: str, hand: str, left_before: datetime) -> int:
    """Erase what is known of a device since before then; how many rows went."""
    tables = (Holding, Subscription, Presence, RoleGiven)
    erased = sum(table.objects.filter(event=event, hand=hand, at__lte=left_before).delete()[0] for table in tables)
    return erased + Seat.objects.filter(event=event, hand=hand).delete()[0]


def erase_cards(event: str, cards: Collection[str]) -> int:
    """Erase how to reach the hosts of these cards, and which devices hold them; how many rows went."""
    return sum(table.objects.filter(event=event, card__in=cards).delete()[0] for table in (Contact, Holding))


def cards_reached(event: str, address: str, left_before: datetime) -> list[str]:
    """The cards whose host left the address that an erasure names, before then."""
    rows = Contact.objects.filter(event=event, at__lte=left_before).values_list("card", "email")
    return sorted(card for card, email in rows if is_address(event, email, address))


def erase_address(event: str, address: str, left_before: datetime) -> int:
    """Erase an address that an erasure names, its role at the event and its account, if it has had them since before
    then: whoever comes back stays. How many rows went."""
    erased, _ = MailStopped.objects.filter(event=event, address=address, at__lte=left_before).delete()
    for member in Membership.objects.filter(event=event, at__lte=left_before):
        if is_address(event, member.email, address):
            erased += member.delete()[0]
    for account in Account.objects.filter(at__lte=left_before):
        if is_address(event, account.email, address):
            erased += 1
            forget(account)
    return erased


def of_device(event: str, hand: str, cards: Collection[str]) -> dict[str, Any]:
    """What is known of a device at an event, for its owner to read."""
    here = {"event": event, "hand": hand}
    told = ("keywords", "quiet_from", "quiet_until", "budget", "language", "service", "at")
    return {
        "contacts": list(Contact.objects.filter(event=event, card__in=cards).values("card", "email", "at")),
        "holds": list(Holding.objects.filter(**here).values("card", "at")),
        "messages": list(Subscription.objects.filter(**here).values(*told)),
        "present": list(Presence.objects.filter(**here).values_list("at", flat=True)),
        "roles": list(RoleGiven.objects.filter(**here).values("role", "at")),
        "accounts": list(
            Account.objects.filter(seat__event=event, seat__hand=hand).values("email", "at", "last_login")
        ),
    }
