"""Staff tokens and the devices that hold a role: who runs an event without signing in. An event's first tokens are made
with the event."""

from hmac import compare_digest

from django.db import transaction
from django.utils import timezone

from openspaces.people.keys import hand, staff_token
from openspaces.people.models import RoleGiven, Token
from openspaces.people.who import Role

API, LINK, SCREEN = "api", "link", "screen"
"""What a token is for: calling the API; giving a role to a device by opening a link; showing the presence code."""
PROGRAM = "program"
"""Who made a token that came with the event."""
NOTE_LENGTH = 80


def first_tokens(event: str) -> tuple[str, str]:
    """The organiser's link token and API token of an event; asked again, the same ones, unless revoked."""
    return written(_first(event, LINK)), written(_first(event, API))


def organisers_link(event: str) -> Token:
    """The organiser's link of an event: the way in that always is."""
    return _first(event, LINK)


def make_token(event: str, purpose: str, *, role: Role | None = None, note: str = "", by: str = PROGRAM) -> Token:
    """A new token; what is shown of it, once, is `written`. A screen's has no role."""
    with transaction.atomic():
        serial = 1 + max(Token.objects.filter(event=event, purpose=purpose).values_list("serial", flat=True), default=0)
        kept = note.strip()[:NOTE_LENGTH]
        return Token.objects.create(event=event, purpose=purpose, serial=serial, role=role or "", note=kept, by=by)


def written(token: Token) -> str:
    """A token as somebody shows it."""
    return staff_token(token.event, token.purpose, token.serial)


def good_token(event: str, shown: str, *purposes: str) -> Token | None:
    """The row of a token that is good at `event` for one of these purposes."""
    purpose, _, rest = shown.partition(".")
    serial = rest.partition(".")[0]
    if purpose not in purposes or not serial.isdecimal() or len(serial) > 9:
        return None
    row = Token.objects.filter(event=event, purpose=purpose, serial=int(serial), revoked=None).first()
    return row if row and _equal(shown, written(row)) else None


def hand_of(token: Token) -> str:
    """The name by which the log knows the programs that show a token, whatever cookies they keep."""
    return hand(f"token:{token.purpose}.{token.serial}", token.event)


def may_show_code(event: str, token: str) -> bool:
    """Whether a token lets a screen show the presence code: a screen's own, or one of the staff's."""
    return bool(token) and good_token(event, token, SCREEN, API) is not None


def take_role(event: str, hand: str, shown: str) -> Role | None:
    """Give a device the role of the token that it shows, in place of the one it had; None if the token is not good."""
    row = good_token(event, shown, LINK, API)
    if row is None:
        return None
    given = {"role": row.role, "token": row}
    RoleGiven.objects.update_or_create(event=event, hand=hand, defaults=given)
    return Role(row.role)


def give_role(event: str, hand: str, role: Role) -> None:
    """Give a device a role at an event, in place of the one it had."""
    RoleGiven.objects.update_or_create(event=event, hand=hand, defaults={"role": role, "token": None})


def has_role(event: str, hand: str) -> bool:
    """Whether the device has a role of its own, whoever is signed in at it."""
    return RoleGiven.objects.filter(event=event, hand=hand).exists()


def drop_role(event: str, hand: str) -> None:
    """The device has no role of its own any more."""
    RoleGiven.objects.filter(event=event, hand=hand).delete()


def revoke(event: str, purpose: str, serial: int) -> bool:
    """A token is good no longer, and devices that got their role by it have none; whether there was such a token. The
    organiser's link stays: it can only be replaced, so that there is always a way in."""
    row = Token.objects.filter(event=event, purpose=purpose, serial=serial, revoked=None).first()
    if row is None or row == _kept(event):
        return False
    _end(row)
    return True


def replace_link(event: str, *, by: str, keeping: str) -> Token:
    """A new organiser's link in place of the one there is; devices that opened that one are out, but for `keeping`, the
    hand of the device that asks."""
    with transaction.atomic():
        old = _kept(event)
        fresh = make_token(event, LINK, role=Role.ORGANISER, by=by)
        RoleGiven.objects.filter(event=event, hand=keeping, token=old).update(token=fresh)
        if old:
            _end(old)
    return fresh


def _first(event: str, purpose: str) -> Token:
    return _kept(event, purpose) or make_token(event, purpose, role=Role.ORGANISER)


def _kept(event: str, purpose: str = LINK) -> Token | None:
    good = Token.objects.filter(event=event, purpose=purpose, role=Role.ORGANISER, revoked=None)
    return good.order_by("serial").first()


def _end(row: Token) -> None:
    with transaction.atomic():
        RoleGiven.objects.filter(token=row).delete()
        row.revoked = timezone.now()
        row.save(update_fields=["revoked"])


def _equal(shown: str, right: str) -> bool:
    return compare_digest(shown.encode(errors="replace"), right.encode())
