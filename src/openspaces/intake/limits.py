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


def check(device: Device, event: str, address: str, limits: Limits = WRITES, now: float | None = None) -> float:
    """Seconds that this device has to wait before it may write, or 0; then the write is counted. A refused one is not
    counted, so whoever hammers takes nothing from the others."""
    if not settings.LIMITS:
        return 0.0
    at = monotonic() if now is None else now
    known = (limits.address, _network(address)) if device.fresh else (limits.device, f"{event}/{device.name}")
    asked = [known, (limits.event, event)]
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
