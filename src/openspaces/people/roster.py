"""Everyone who runs an event, as its organiser sees them: addresses, links, devices, programs and screens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, OuterRef, Subquery

from openspaces.people.models import Account, Membership, RoleGiven, Seat, Token
from openspaces.people.staff import API, PROGRAM, hand_of, organisers_link
from openspaces.people.who import Role, highest


@dataclass(frozen=True)
class Maker:
    """Who made something: somebody known by their address or by the note of their link; the organiser's link; or the
    program. None of these where it is not known any more."""

    name: str = ""
    is_link: bool = False
    is_program: bool = False


@dataclass(frozen=True)
class Member:
    """An address with a role. `joined` is when it signed in last; None for somebody who was only invited."""

    id: int
    email: str
    role: Role
    at: datetime
    by: Maker
    joined: datetime | None


@dataclass(frozen=True)
class ShownToken:
    """A good token, without its secret. `is_first` is the organiser's link, which can only be replaced."""

    purpose: str
    serial: int
    role: Role | None
    note: str
    at: datetime
    by: Maker
    devices: int
    is_first: bool


@dataclass(frozen=True)
class ShownDevice:
    """A device with a role, and the note of the link that gave it."""

    id: int
    role: Role
    at: datetime
    note: str
    is_mine: bool


def members(event: str) -> list[Member]:
    """Every address with a role, first come first."""
    rows = list(Membership.objects.filter(event=event).order_by("pk"))
    makers = _makers(event, {row.by for row in rows})
    known = Account.objects.filter(email__in=[row.email for row in rows])
    joined = dict(known.values_list("email", "last_login"))
    return [Member(row.pk, row.email, Role(row.role), row.at, makers[row.by], joined.get(row.email)) for row in rows]


def tokens(event: str) -> list[ShownToken]:
    """Every good token, oldest first, the organiser's link before all others."""
    first = organisers_link(event)
    good = Token.objects.filter(event=event, revoked=None)
    rows = list(good.annotate(devices=Count("rolegiven")).order_by("pk"))
    makers = _makers(event, {row.by for row in rows})
    shown = [
        ShownToken(
            row.purpose,
            row.serial,
            Role(row.role) if row.role else None,
            row.note,
            row.at,
            makers[row.by],
            row.devices,
            row == first,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda token: not token.is_first)


def devices(event: str, mine: str) -> list[ShownDevice]:
    """Every device with a role, newest first. `mine` is the hand of the device that asks."""
    rows = RoleGiven.objects.filter(event=event).select_related("token").order_by("-pk")
    return [
        ShownDevice(row.pk, Role(row.role), row.at, row.token.note if row.token else "", row.hand == mine)
        for row in rows
    ]


@dataclass(frozen=True)
class Doer:
    """Who has a device: by the addresses that were signed in there, else by the note of the link that gave it a role
    ("" without one); or a program, by the note of its token. `role` is None for a member who has been removed."""

    role: Role | None
    name: str


def doers(event: str) -> dict[str, Doer]:
    """Everyone who has or had a role, by the hands of their devices and programs; three queries."""
    programs = {hand_of(row): Doer(Role(row.role), row.note) for row in Token.objects.filter(event=event, purpose=API)}
    rows = RoleGiven.objects.filter(event=event).select_related("token")
    by_link = {row.hand: Doer(Role(row.role), row.token.note if row.token else "") for row in rows}
    return programs | by_link | _seated(event)


def _seated(event: str) -> dict[str, Doer]:
    """Those who were signed in. Where several were, at one device, all are named: the log does not tell them apart."""
    role = Membership.objects.filter(event=event, email=OuterRef("account__email")).values("role")
    seats = Seat.objects.filter(event=event).annotate(role=Subquery(role)).order_by("hand", "pk")
    rows = groupby(seats.values_list("hand", "account__email", "role"), key=itemgetter(0))
    return {hand: _together([(email, Role(has) if has else None) for _, email, has in those]) for hand, those in rows}


def _together(seated: list[tuple[str, Role | None]]) -> Doer:
    return Doer(highest(*(role for _, role in seated)), ", ".join(email for email, _ in seated))


def _makers(event: str, written: Collection[str]) -> dict[str, Maker]:
    """What stands in rows as their maker, made readable: two queries however many there are."""
    accounts = [int(each.removeprefix("account:")) for each in written if each.startswith("account:")]
    emails = Account.objects.filter(pk__in=accounts).values_list("pk", "email")
    notes = Token.objects.filter(event=event).values_list("purpose", "serial", "note")
    named = {f"account:{key}": email for key, email in emails}
    named |= {f"{purpose}:{serial}": note for purpose, serial, note in notes}
    return {each: _maker(named.get(each), each) for each in written}


def _maker(name: str | None, by: str) -> Maker:
    return Maker(name or "", is_link=name == "", is_program=by == PROGRAM)
