"""Deliveries as rows: the states of a telling, what waits, what came of it, and what the desk may do about it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from openspaces.delivery.contract import Promise, Push, Thing
from openspaces.delivery.models import Delivery

KEPT = timedelta(days=30)
"""How long a row is kept after it was told or dropped: it is what `earlier` and the desk know of the past."""
SHOWN = 50

Lane = tuple[str, int, str]
"""Whose tellings go one after the other: outlet, destination, recipient."""


class State(StrEnum):
    """How far a telling has come."""

    ASKED = "asked"
    """Somebody at the desk has to approve it."""
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    """There was nothing left to say, or it was too late, or the desk did not want it."""
    FAILED = "failed"


COMING = (State.ASKED, State.WAITING)


def plan(push: Push, event: str, destination: int, things: Iterable[Thing], *, asks: bool, since: datetime) -> None:
    """Write down what is to be told, each thing once; news of what waits already join it."""
    for thing in things:
        if not (thing.number and _joined(push, event, destination, thing)):
            _write(push, event, destination, thing, State.ASKED if asks else State.WAITING, since)


def _joined(push: Push, event: str, destination: int, thing: Thing) -> bool:
    """Whether something of the same subject waits, and tells this too."""
    waiting = _of_thing(push.name, event, destination, thing).filter(state__in=COMING, number__gt=0).first()
    if waiting is None or waiting.number >= thing.number:
        return waiting is not None
    waiting.number, waiting.until = thing.number, thing.until
    waiting.due = max(waiting.due, min(thing.due, waiting.since + push.patience))
    waiting.save(update_fields=["number", "until", "due"])
    return True


def _write(push: Push, event: str, destination: int, thing: Thing, state: State, since: datetime) -> None:
    row = Delivery(
        event=event,
        outlet=push.name,
        destination=destination,
        recipient=thing.to,
        subject=thing.subject,
        first=thing.number,
        number=thing.number,
        since=since,
        due=thing.due,
        until=thing.until,
        state=state,
    )
    Delivery.objects.bulk_create([row], ignore_conflicts=True)


def _of_thing(outlet: str, event: str, destination: int, thing: Thing) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        event=event, outlet=outlet, destination=destination, recipient=thing.to, subject=thing.subject
    )


# The worker's


def lane(row: Delivery) -> Lane:
    """Whose turn it takes."""
    return row.outlet, row.destination, row.recipient


def next_due(at: datetime, busy: Collection[Lane]) -> Delivery | None:
    """The telling that is due the longest, of a reader to whom nothing is being told just now."""
    waiting = Delivery.objects.filter(state=State.WAITING, due__lte=at)
    for outlet, destination, recipient in busy:
        waiting = waiting.exclude(outlet=outlet, destination=destination, recipient=recipient)
    return waiting.order_by("due", "id").first()


def claim(row: Delivery) -> None:
    """Mark it as under way."""
    row.state, row.tries = State.SENDING, row.tries + 1
    row.save(update_fields=["state", "tries"])


def rest(row: Delivery, until: datetime) -> None:
    """Nothing is told to this reader before then."""
    outlet, destination, recipient = lane(row)
    others = Delivery.objects.filter(outlet=outlet, destination=destination, recipient=recipient)
    others.filter(state=State.WAITING, due__lt=until).update(due=until)


def earlier(row: Delivery) -> str:
    """The receipt of what was last told of this subject to the same reader."""
    thing = Thing(row.subject, row.due, to=row.recipient)
    told = _of_thing(row.outlet, row.event, row.destination, thing).filter(state=State.SENT).exclude(pk=row.pk)
    return told.order_by("-told", "-id").values_list("receipt", flat=True).first() or ""


def take_over(promises: dict[str, Promise]) -> None:
    """What was under way when another worker died is told again, or given up, as each outlet promises."""
    lost = Delivery.objects.filter(state=State.SENDING)
    again = [name for name, promise in promises.items() if promise is Promise.AT_LEAST_ONCE]
    lost.filter(outlet__in=again).update(state=State.WAITING)
    lost.update(state=State.FAILED, trouble="The program ended while this was being sent.")


def drop_late(at: datetime) -> None:
    """What came too late is told no more."""
    Delivery.objects.filter(state__in=COMING, until__lt=at).update(state=State.DROPPED)


def forget_waiting(outlet: str, event: str, destination: int) -> None:
    """What waits is about a log that is no more."""
    theirs = Delivery.objects.filter(outlet=outlet, event=event, destination=destination)
    theirs.filter(state__in=COMING).update(state=State.DROPPED)


def sweep(at: datetime) -> None:
    """Forget what is long over."""
    over = Delivery.objects.filter(Q(told__lt=at - KEPT) | Q(told=None, due__lt=at - KEPT))
    over.exclude(state__in=(*COMING, State.SENDING)).delete()


# Everybody's


def told_since(event: str, outlet: str, recipient: str, since: datetime) -> int:
    """How many things a recipient was told since then."""
    told = Delivery.objects.filter(event=event, outlet=outlet, recipient=recipient, state=State.SENT, told__gte=since)
    return told.count()


# The desk's


def history(event: str, destination: int, limit: int = SHOWN) -> list[Delivery]:
    """What was told at a destination, is told or will be, the newest first."""
    rows = Delivery.objects.filter(event=event, destination=destination)
    return list(rows.order_by("-id")[:limit])


def asked(event: str) -> list[Delivery]:
    """What waits for somebody to approve it, the first due first."""
    return list(Delivery.objects.filter(event=event, state=State.ASKED).order_by("due", "id"))


def approve(event: str, row: int) -> bool:
    """Let it be told in its time; whether it still waited for that."""
    waiting = Delivery.objects.filter(event=event, id=row, state=State.ASKED)
    return bool(waiting.update(state=State.WAITING))


def drop(event: str, row: int) -> bool:
    """Let it not be told; whether it still could be kept back."""
    return bool(Delivery.objects.filter(event=event, id=row, state__in=COMING).update(state=State.DROPPED))


def send_again(event: str, row: int, at: datetime) -> bool:
    """Tell it once more, now; whether there is such a telling, over by now."""
    over = Delivery.objects.filter(event=event, id=row, state__in=(State.SENT, State.FAILED, State.DROPPED))
    return bool(over.update(state=State.WAITING, due=at, until=None, tries=0, trouble=""))
