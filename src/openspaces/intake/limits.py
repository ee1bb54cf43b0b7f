"""How fast one device, one event and one address may write: too fast is answered with how long to wait."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from time import monotonic

from django.conf import settings

from openspaces.lib.limits import Buckets
from openspaces.people.asking import Device


@dataclass(frozen=True)
class Limits:
    """The buckets of one kind of asking, in the order in which they are looked at."""

    device: Buckets
    event: Buckets
    address: Buckets


WRITES = Limits(device=Buckets(0.5, 40), event=Buckets(300, 5000), address=Buckets(50, 4000))
"""A host writes a few cards in a row. A whole conference shares an address, so that one holds 3,000 people who all
write their first card at once; it counts only devices without a cookie, which everybody is once, and an abuser is all
the time."""

TRIES = Limits(device=Buckets(0.1, 6), event=Buckets(5, 100), address=Buckets(0.5, 60))
"""Typed edit keys and tokens, right or wrong."""

PRESENCE = Limits(device=Buckets(0.1, 6), event=Buckets(30, 3000), address=Buckets(0.5, 1000))
"""Typed presence codes: only wrong ones count for event and address, for the whole hall types at once. So a hall behind
one address has 1,000 wrong codes, and it takes 60 addresses to keep the event's bucket empty for others. Two of 26^6
codes are good: at 30 a second for a whole day one is found with a chance of 1 in 60, for one device."""


@dataclass(frozen=True)
class MailLimits:
    """The buckets of letters that people ask for: one network's for one mailbox, the mailbox's, the network's, all."""

    asker: Buckets
    mailbox: Buckets
    network: Buckets
    everybody: Buckets


CODES = MailLimits(Buckets(1 / 60, 5), Buckets(1 / 300, 20), Buckets(5, 1500), Buckets(10, 3000))
"""Sign-in codes. Nobody's mailbox is filled: 20 letters, then one in five minutes. A hall of 1,500 may sign in at once.
That somebody elsewhere asks for codes to my mailbox stops me only after those 20, and never my passkey or my link."""


@dataclass(frozen=True)
class LetterLimits:
    """The buckets of letters that come to a board: one sender's, and the event's."""

    sender: Buckets
    event: Buckets


LETTERS = LetterLimits(Buckets(1 / 300, 10), Buckets(1, 500))
"""Letters that are to become cards. A sender's name can be forged, so the event has a limit too."""


def check(device: Device, event: str, address: str, limits: Limits = WRITES, now: float | None = None) -> float:
    """Seconds that this device has to wait before it may write, or 0; then the write is counted. A refused one is not
    counted, so whoever hammers takes nothing from the others."""
    known = (limits.address, _network(address)) if device.fresh else (limits.device, f"{event}/{device.name}")
    return _counted([known, (limits.event, event)], now)


def check_presence(device: Device, event: str, address: str, now: float | None = None) -> float:
    """The same for a typed presence code. Devices cost an abuser nothing, so known ones count for their address too."""
    own = [] if device.fresh else [(PRESENCE.device, f"{event}/{device.name}")]
    return _counted([*own, (PRESENCE.address, _network(address)), (PRESENCE.event, event)], now)


def presence_was_right(event: str, address: str) -> None:
    """The code was right: it counts for nobody but the device."""
    PRESENCE.address.give_back(_network(address))
    PRESENCE.event.give_back(event)


def check_mail(mailbox: str, address: str, limits: MailLimits = CODES, now: float | None = None) -> float:
    """Seconds to wait before a letter goes to `mailbox` because somebody at `address` asks for it, or 0; then it is
    counted."""
    network = _network(address)
    asked = [
        (limits.asker, f"{network} {mailbox}"),
        (limits.mailbox, mailbox),
        (limits.network, network),
        (limits.everybody, ""),
    ]
    return _counted(asked, now)


def check_letter(sender: str, event: str, limits: LetterLimits = LETTERS, now: float | None = None) -> float:
    """Seconds to wait before another letter of `sender` is taken at an event, or 0; then it is counted."""
    return _counted([(limits.sender, f"{event} {sender}"), (limits.event, event)], now)


def check_address(address: str, limits: Limits = TRIES, now: float | None = None) -> float:
    """The same for what belongs to no event and no device, such as a passkey that is shown."""
    return _counted([(limits.address, _network(address))], now)


def _counted(asked: list[tuple[Buckets, str]], now: float | None) -> float:
    """The longest wait of these buckets, or 0 after a token was taken from each."""
    if not settings.LIMITS:
        return 0.0
    at = monotonic() if now is None else now
    wait = max(buckets.wait(name, at) for buckets, name in asked)
    if not wait:
        for buckets, name in asked:
            buckets.take(name, at)
    return wait


def _network(address: str) -> str:
    """The address, or for IPv6 the /64 that one household or phone has to itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
