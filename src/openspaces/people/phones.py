"""The devices that want to be told by themselves: which words, how often at most, and when not."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from openspaces.people.keys import number_for
from openspaces.people.models import Subscription

BUDGET = 20
"""Messages a day, unless its owner chose otherwise."""
HOUR = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a device wants to be told. Quiet hours are minutes of the event's day, from and until."""

    keywords: tuple[str, ...] = ()
    quiet: tuple[int, int] = (22 * HOUR, 7 * HOUR)
    budget: int = BUDGET
    language: str = "en"

    def is_quiet(self, minute: int) -> bool:
        """Whether nothing is to be told at that minute of the day."""
        begins, ends = self.quiet
        return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one browser: `sealed` has its address and keys, `service` is the host that carries messages there."""

    mark: str
    service: str
    sealed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Phone:
    """A device of an event and its wishes; `sealed` is "" where it has no line."""

    id: int
    hand: str
    wishes: Wishes
    service: str = ""
    sealed: str = field(default="", repr=False)


def signing_number() -> int:
    """The secret by which this installation signs messages to browsers; derived, so that it is nowhere to be lost."""
    return number_for("web-push")


def mark_of(endpoint: str) -> str:
    """What tells one browser from another, and nobody where it is."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


# What its owner chooses


def phone_of(event: str, hand: str) -> Phone | None:
    """What a device chose at an event; None if it never did."""
    row = Subscription.objects.filter(event=event, hand=hand).first()
    return _phone(row) if row else None


def keep_wishes(event: str, hand: str, wishes: Wishes) -> Phone:
    """Tell a device as it wishes from now on."""
    row, _ = Subscription.objects.update_or_create(event=event, hand=hand, defaults=_facts(wishes))
    return _phone(row)


def keep_line(event: str, hand: str, line: Line) -> None:
    """Send to that browser what its device is told; the device has said how. A browser whose device was another before,
    for it lost its cookie, is told once."""
    with transaction.atomic():
        Subscription.objects.filter(event=event, mark=line.mark).exclude(hand=hand).delete()
        rows = Subscription.objects.filter(event=event, hand=hand)
        rows.update(mark=line.mark, service=line.service, sealed=line.sealed)


def cut_line(event: str, id_: int) -> None:
    """Send nothing there any more. What the device wished is kept for when it comes back."""
    Subscription.objects.filter(event=event, id=id_).update(mark="", service="", sealed="")


def lines_to(event: str, service: str, but: str) -> int:
    """How many devices of an event, but that one, have a line by one service."""
    return Subscription.objects.filter(event=event, service=service).exclude(hand=but).count()


# Whom to tell


def phones(event: str, hands: Collection[str] | None = None) -> list[Phone]:
    """The devices with a line; only those of `hands`, if these are given. One query, however many."""
    rows = Subscription.objects.filter(event=event).exclude(sealed="").order_by("id")
    return [_phone(row) for row in rows if hands is None or row.hand in hands]


def phone(event: str, id_: int) -> Phone | None:
    """One of them; None if it has no line any more."""
    row = Subscription.objects.filter(event=event, id=id_).exclude(sealed="").first()
    return _phone(row) if row else None


def _phone(row: Subscription) -> Phone:
    words = tuple(word for word in row.keywords.split("\n") if word)
    wishes = Wishes(words, (row.quiet_from, row.quiet_until), row.budget, row.language)
    return Phone(row.pk, row.hand, wishes, row.service, row.sealed)


def _facts(wishes: Wishes) -> dict[str, str | int]:
    return {
        "keywords": "\n".join(wishes.keywords),
        "quiet_from": wishes.quiet[0],
        "quiet_until": wishes.quiet[1],
        "budget": wishes.budget,
        "language": wishes.language,
    }
