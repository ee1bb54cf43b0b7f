"""One at a time: however many processes there are, the one that holds the lease works."""

import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from openspaces.delivery.models import Lease as Row

HELD = timedelta(seconds=10)
"""How long others wait for a worker that says nothing more."""
RENEWED = timedelta(seconds=3)
WORKER = "worker"


class Lease:
    """A hold on the work of that name; others wait so long for a holder that says nothing more."""

    def __init__(self, name: str = WORKER, held: timedelta = HELD) -> None:
        self._name, self._held = name, held
        self._holder = secrets.token_hex(8)
        self._until: datetime | None = None

    def hold(self, at: datetime) -> bool:
        """Whether this worker is to work now. Costs a query every three seconds, not more."""
        if self._until and at < self._until - self._held + RENEWED:
            return True
        self._until = at + self._held if self._got(at) else None
        return self._until is not None

    def let_go(self) -> None:
        """Let another worker begin at once."""
        if self._until:
            Row.objects.filter(name=self._name, holder=self._holder).update(holder="")
            self._until = None

    def _got(self, at: datetime) -> bool:
        Row.objects.get_or_create(name=self._name, defaults={"until": at})
        free = Q(holder=self._holder) | Q(holder="") | Q(until__lt=at)
        mine = Row.objects.filter(free, name=self._name)
        return bool(mine.update(holder=self._holder, until=at + self._held))
