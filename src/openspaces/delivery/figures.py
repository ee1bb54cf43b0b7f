"""How telling people outside goes, in figures: what waits, how far outlets have read, and the worker's last sign."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q

from openspaces.board.memory import MEMORY
from openspaces.delivery.known import push_named
from openspaces.delivery.lease import HELD, WORKER
from openspaces.delivery.models import Cursor, Delivery, Lease
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import COMING, State

LOOKED_AT = (*COMING, State.SENDING, State.FAILED)
"""What was told and what was dropped is the most by far, and the past."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What is known of the worker: how many seconds ago it last said that it works, and whether it has ended since."""

    seconds: float
    ended: bool


@dataclass(slots=True)
class Figures:
    """One outlet: its tellings by state, for how many seconds the oldest has waited that is due or has failed, by how
    many numbers it is behind at worst, and its destinations that work, were stopped by hand, or were switched off."""

    states: Counter[str] = field(default_factory=Counter)
    oldest: float = 0.0
    behind: int = 0
    destinations: Counter[str] = field(default_factory=Counter)


def sign(at: datetime) -> Sign | None:
    """The worker's last sign; None if there never was one."""
    row = Lease.objects.filter(name=WORKER).first()
    return Sign(max(0.0, (at - row.until + HELD).total_seconds()), not row.holder) if row else None


def figures(at: datetime) -> Mapping[str, Figures]:
    """Every outlet that has anything to be told of, by its name."""
    found = defaultdict[str, Figures](Figures)
    _count_rows(found, at)
    _count_cursors(found, _count_destinations(found))
    return dict(found)


def _count_rows(found: dict[str, Figures], at: datetime) -> None:
    rows = Delivery.objects.filter(state__in=LOOKED_AT).order_by()
    for row in rows.values("outlet", "state").annotate(count=Count("id")):
        found[row["outlet"]].states[row["state"]] = row["count"]
    waits = rows.filter(Q(due__lte=at) | Q(tries__gt=0), state=State.WAITING)
    for late in waits.values("outlet").annotate(oldest=Min("since")):
        found[late["outlet"]].oldest = max(0.0, (at - late["oldest"]).total_seconds())


def _count_destinations(found: dict[str, Figures]) -> set[int]:
    """The destinations to which nothing is sent."""
    stopped = set[int]()
    for id_, outlet, at, trouble in Row.objects.values_list("id", "outlet", "stopped", "trouble"):
        found[outlet].destinations["works" if at is None else "switched_off" if trouble else "stopped"] += 1
        if at:
            stopped.add(id_)
    return stopped


def _count_cursors(found: dict[str, Figures], stopped: set[int]) -> None:
    """How far behind those are that read; whoever is not ready, or stopped, does not."""
    for event, outlet, destination, epoch, number in Cursor.objects.values_list(
        "event", "outlet", "destination", "epoch", "number"
    ):
        push, board = push_named(outlet), MEMORY.board(event)
        if push and push.ready() and board and board.epoch == epoch and destination not in stopped:
            found[outlet].behind = max(found[outlet].behind, board.number - number)
