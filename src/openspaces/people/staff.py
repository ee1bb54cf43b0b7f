"""Roles and staff tokens: who runs an event. An event's first tokens are made with the event."""

from hmac import compare_digest

from openspaces.people.keys import staff_token
from openspaces.people.models import RoleGiven, Token
from openspaces.people.who import Role

API, LINK = "api", "link"
"""What a token is for: calling the API, or making a device the organiser's by opening a link."""


def first_tokens(event: str) -> tuple[str, str]:
    """The organiser's link token and API token of an event; asked again, the same ones, unless revoked."""
    return _first(event, LINK), _first(event, API)


def _first(event: str, purpose: str) -> str:
    good = Token.objects.filter(event=event, purpose=purpose, revoked=None).order_by("serial").first()
    if good is None:
        used = Token.objects.filter(event=event, purpose=purpose).count()
        good = Token.objects.create(event=event, purpose=purpose, serial=used + 1, role=Role.ORGANISER)
    return staff_token(event, purpose, good.serial)


def role_of_token(event: str, token: str, purpose: str = API) -> Role | None:
    """The role that a token gives at `event`, or None if it is not one of its good tokens."""
    kind, _, rest = token.partition(".")
    serial = rest.partition(".")[0]
    if kind != purpose or not serial.isdecimal() or len(serial) > 9:
        return None
    row = Token.objects.filter(event=event, purpose=purpose, serial=int(serial), revoked=None).first()
    if row is None or not _equal(token, staff_token(event, purpose, row.serial)):
        return None
    return Role(row.role)


def give_role(event: str, hand: str, role: Role) -> None:
    """Give a device a role at an event, in place of the one it had."""
    RoleGiven.objects.update_or_create(event=event, hand=hand, defaults={"role": role})


def _equal(shown: str, right: str) -> bool:
    return compare_digest(shown.encode(errors="replace"), right.encode())
