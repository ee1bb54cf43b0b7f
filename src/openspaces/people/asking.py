"""Who is asking: from a device's cookie, a session, a card's key and a staff token to a `Who` at one event."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from openspaces.people.accounts import SignedIn, signed_in
from openspaces.people.keys import hand, new_device, opens_card
from openspaces.people.models import Holding, Presence, RoleGiven, Seat
from openspaces.people.presence import LASTS
from openspaces.people.staff import API, good_token, hand_of
from openspaces.people.who import Role, Who, highest

COOKIE = "device"
COOKIE_DAYS = 400
"""As long as browsers keep a cookie at most."""
_SIGNER = signing.Signer(salt="openspaces.device")


@dataclass(frozen=True)
class Device:
    """A browser or a program. `fresh` means that it has no cookie yet: the answer to its first write sets one."""

    name: str
    fresh: bool = False

    @property
    def cookie(self) -> str:
        """The signed value of its cookie."""
        return _SIGNER.sign(self.name)


def device_from(cookie: str | None) -> Device:
    """The device that a cookie names; a new one if there is none or its signature is not ours."""
    try:
        return Device(_SIGNER.unsign(cookie or ""))
    except (signing.BadSignature, UnicodeError):
        return Device(new_device(), fresh=True)


def who(event: str, device: Device, *, token: str = "", card: str = "", key: str = "", session: str = "") -> Who:
    """Who asks at `event`: the device with the cards it holds, its role and whether it is present, whoever is signed in
    at it, and what a staff token or a card's key shown with this request adds. Whoever shows a good token is a program
    of that name in the log, whatever device it is. A wrong token, key or session adds nothing. One query each for the
    device, the session and the token; none for a fresh device that shows nothing. A device at which a member of the
    staff asks for the first time is remembered as theirs."""
    mine = hand(device.name, event)
    known = _Known() if device.fresh else _known(event, mine)
    account = signed_in(session, event) if session else None
    if account and not device.fresh:
        _sit_down(event, mine, account, known)
    program = good_token(event, token, API) if token else None
    opened = {card} if key and card and opens_card(event, card, key) else set()
    return Who(
        mine,
        role=highest(Role(program.role) if program else None, known.role, account.role if account else None),
        cards=known.cards | opened,
        present=known.present,
        signed_in=account is not None,
        program=hand_of(program) if program else "",
    )


def hold(event: str, device: Device, card: str, key: str) -> bool:
    """Let a device that shows the right key edit the card from now on; whether the key was right."""
    if not opens_card(event, card, key):
        return False
    Holding.objects.get_or_create(event=event, hand=hand(device.name, event), card=card)
    return True


@dataclass(frozen=True)
class _Known:
    """What the database knows of a device at one event."""

    cards: frozenset[str] = frozenset()
    role: Role | None = None
    present: bool = False
    accounts: frozenset[int] = frozenset()


def _known(event: str, mine: str) -> _Known:
    """One query for the four tables: most requests that change something begin with it."""
    tables = {
        "card": Holding.objects.filter(event=event, hand=mine).values_list("card"),
        "role": RoleGiven.objects.filter(event=event, hand=mine).values_list("role"),
        "present": Presence.objects.filter(event=event, hand=mine, at__gt=timezone.now() - LASTS).values_list("hand"),
        "account": Seat.objects.filter(event=event, hand=mine).values_list(Cast("account_id", CharField())),
    }
    held, *others = (rows.annotate(table=Value(name, CharField())) for name, rows in tables.items())
    found = [(table, what) for what, table in held.union(*others, all=True)]
    roles = [Role(what) for table, what in found if table == "role"]
    return _Known(
        frozenset(what for table, what in found if table == "card"),
        roles[0] if roles else None,
        any(table == "present" for table, _ in found),
        frozenset(int(what) for table, what in found if table == "account"),
    )


def _sit_down(event: str, mine: str, account: SignedIn, known: _Known) -> None:
    """Remember whose device it is. A fresh one has no name yet that would last beyond this request."""
    if account.role and account.account not in known.accounts:
        Seat.objects.get_or_create(event=event, hand=mine, account_id=account.account)
