"""A typed presence code, at every door: not guessed too often, and known from then on for the device that typed it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest

from openspaces.intake.limits import check_presence, presence_was_right
from openspaces.intake.reading import reading
from openspaces.people.asking import Device
from openspaces.people.keys import hand
from openspaces.people.presence import show


@dataclass(frozen=True)
class Shown:
    """What came of a typed code: whether it was right, or how many seconds there are to wait before it is looked at."""

    right: bool
    wait: float = 0.0


async def shown(request: HttpRequest, event: str, device: Device, typed: str) -> Shown:
    """Take the presence code that `device` typed; the answer to such a request must give a new device its cookie."""
    address = request.META.get("REMOTE_ADDR", "")
    if wait := check_presence(device, event, address):
        return Shown(False, wait)
    right = await reading(show, event, hand(device.name, event), typed, datetime.now(UTC))
    if right:
        presence_was_right(event, address)
    return Shown(right)
