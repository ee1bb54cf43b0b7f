"""Who is asking: from a device's cookie, a card's key and a staff token to a `Who` at one event."""

from dataclasses import dataclass

from django.core import signing

from openspaces.people.keys import hand, new_device, opens_card
from openspaces.people.models import Holding, RoleGiven
from openspaces.people.staff import role_of_token
from openspaces.people.who import Role, Who

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


def who(event: str, device: Device, *, token: str = "", card: str = "", key: str = "") -> Who:
    """Who asks at `event`: the device, with the cards it holds and its role, plus what a staff token or a card's key
    shown with this request adds. A wrong token or key adds nothing. Asks the database unless the device is fresh."""
    mine = hand(device.name, event)
    if device.fresh and not token and not key:
        return Who(mine)
    cards = frozenset(Holding.objects.filter(event=event, hand=mine).values_list("card", flat=True))
    if key and card and opens_card(event, card, key):
        cards |= {card}
    role = (role_of_token(event, token) if token else None) or _role(event, mine)
    return Who(mine, role, cards)


def hold(event: str, device: Device, card: str, key: str) -> bool:
    """Let a device that shows the right key edit the card from now on; whether the key was right."""
    if not opens_card(event, card, key):
        return False
    Holding.objects.get_or_create(event=event, hand=hand(device.name, event), card=card)
    return True


def _role(event: str, mine: str) -> Role | None:
    given = RoleGiven.objects.filter(event=event, hand=mine).first()
    return Role(given.role) if given else None
