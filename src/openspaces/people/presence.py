"""The presence code: six symbols on the board's screen, others every ten minutes, that show that a device is there.

Nothing of it is stored but which device showed it: each code is derived from the secret, the event and the time.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction

from openspaces.lib.symbols import same
from openspaces.people.keys import presence_code
from openspaces.people.models import Presence

WINDOW = timedelta(minutes=10)
"""How long the screen shows one code. The one before still counts: somebody has just read it."""
LASTS = timedelta(hours=16)
"""How long a device counts as present: a whole day of a conference, and not the next."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def code_now(event: str, at: datetime) -> tuple[str, datetime]:
    """The code that the screen shows at `at`, and when the next one comes."""
    window = _window(at)
    return presence_code(event, window), _EPOCH + (window + 1) * WINDOW


def show(event: str, hand: str, typed: str, at: datetime) -> bool:
    """Take what a device typed; whether it was the code. Then the device is present for `LASTS`."""
    window = _window(at)
    if not any(same(typed, presence_code(event, each)) for each in (window, window - 1)):
        return False
    with transaction.atomic():
        Presence.objects.filter(at__lt=at - LASTS).delete()
        Presence.objects.update_or_create(event=event, hand=hand, defaults={"at": at})
    return True


def is_present(event: str, hand: str, at: datetime) -> bool:
    """Whether the device showed the code not long ago. `asking.who` tells it too, and asks less."""
    return Presence.objects.filter(event=event, hand=hand, at__gt=at - LASTS).exists()


def came_after(event: str, hands: Collection[str], moment: datetime) -> int:
    """How many of these devices showed the code only after that moment."""
    late = Presence.objects.filter(event=event, at__gt=moment).values_list("hand", flat=True)
    return len(set(late).intersection(hands))


def _window(at: datetime) -> int:
    return (at - _EPOCH) // WINDOW
