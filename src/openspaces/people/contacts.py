"""How to reach a card's host, where they left an address. It is nobody's to read but the program's and the staff's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from openspaces.people.models import Contact, Holding


@dataclass(frozen=True, slots=True)
class Reached:
    """A card whose host left an address: when they did, and whether the edit link went there already."""

    card: str
    at: datetime
    linked: bool


def keep_contact(event: str, card: str, email: str) -> None:
    """Keep a card's address in place of the one before; an empty one takes it away. Another address than before has not
    had the edit link."""
    there, typed = Contact.objects.filter(event=event, card=card), email.strip()
    if not typed:
        there.delete()
    elif not there.filter(email=typed).exists():
        Contact.objects.update_or_create(event=event, card=card, defaults={"email": typed, "linked": None})


def contact_of(event: str, card: str) -> str:
    """The address of a card's host; "" if none was left."""
    return Contact.objects.filter(event=event, card=card).values_list("email", flat=True).first() or ""


def reached(event: str) -> list[Reached]:
    """The event's cards whose hosts left an address, the first first."""
    rows = Contact.objects.filter(event=event).order_by("id").values_list("card", "at", "linked")
    return [Reached(card, at, linked is not None) for card, at, linked in rows]


def linked(event: str, card: str, at: datetime) -> None:
    """The edit link went to the card's address. `at` of the contact stays: it is when the address was left."""
    Contact.objects.filter(event=event, card=card).update(linked=at)


def cards_at(event: str, email: str) -> int:
    """Of how many of the event's cards somebody said that this is their address."""
    return Contact.objects.filter(event=event, email__iexact=email).count()


def holders(event: str, cards: Collection[str]) -> dict[str, set[str]]:
    """The devices that showed the edit key of each of these cards."""
    found: dict[str, set[str]] = {}
    for card, hand in Holding.objects.filter(event=event, card__in=cards).values_list("card", "hand"):
        found.setdefault(card, set()).add(hand)
    return found
