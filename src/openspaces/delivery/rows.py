"""Deliveries as rows: the states of a telling, what waits, what came of it, and what the desk may do about it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.read import board_now
from openspaces.delivery.contract import Destination, Job, Promise, Push, Thing
from openspaces.delivery.models import Delivery

KEPT = timedelta(days=30)
"""How long a row is kept after it was told or dropped: it is what `earlier` and the desk know of the past."""
SHOWN = 50
LOOKED_AT = 64
"""So many of the tellings that are due the longest are looked at first."""
AT_ONCE = 200
"""How many rows one query writes."""

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
    """Write down what is to be told, each thing once; news of what waits already join it. However many readers there
    are, it costs one query to look and a few to write."""
    all_things = list(things)
    waiting = _waiting(push.name, event, destination, {thing.subject for thing in all_things if thing.number})
    fresh, joined, state = list[Delivery](), dict[int, Delivery](), State.ASKED if asks else State.WAITING
    unasked = list[int]()
    for thing in all_things:
        row = waiting.get((thing.to, thing.subject)) if thing.number else None
        if row is not None:
            _join(row, thing, push.patience)
            if row.pk:
                joined[row.pk] = row
                unasked += [row.pk] * thing.unasked
            continue
        at_first = State.WAITING if thing.unasked else state
        fresh.append(_row(push.name, event, destination, thing, at_first, since))
        if thing.number:
            waiting[thing.to, thing.subject] = fresh[-1]
    Delivery.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=AT_ONCE)
    _put_off(joined.values())
    Delivery.objects.filter(pk__in=unasked, state=State.ASKED).update(state=State.WAITING)


def _waiting(outlet: str, event: str, destination: int, subjects: Collection[str]) -> dict[tuple[str, str], Delivery]:
    """What waits and can be joined, by its recipient and subject."""
    if not subjects:
        return {}
    there = Delivery.objects.filter(outlet=outlet, event=event, destination=destination, subject__in=subjects)
    rows = there.filter(state__in=COMING, number__gt=0).order_by("-id")
    return {(row.recipient, row.subject): row for row in rows}


def _join(row: Delivery, thing: Thing, patience: timedelta) -> None:
    """Let a row tell this too, later than it would have, or sooner where this presses."""
    if row.number < thing.number:
        row.number, row.until = thing.number, thing.until
        later = max(row.due, min(thing.due, row.since + patience))
        row.due = min(row.due, thing.due) if thing.presses else later


def _put_off(joined: Iterable[Delivery]) -> None:
    """Write down what was joined. Many readers of one thing are told it at the same time, mostly."""
    alike = defaultdict[tuple[int, datetime, datetime | None], list[int]](list)
    for row in joined:
        alike[row.number, row.due, row.until].append(row.pk)
    for (number, due, until), keys in alike.items():
        for start in range(0, len(keys), AT_ONCE):
            rows = Delivery.objects.filter(pk__in=keys[start : start + AT_ONCE])
            rows.update(number=number, due=due, until=until)


def _row(outlet: str, event: str, destination: int, thing: Thing, state: State, since: datetime) -> Delivery:
    return Delivery(
        event=event,
        outlet=outlet,
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


def _of_thing(outlet: str, event: str, destination: int, thing: Thing) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        event=event, outlet=outlet, destination=destination, recipient=thing.to, subject=thing.subject
    )


# The worker's


def lane(row: Delivery) -> Lane:
    """Whose turn it takes."""
    return row.outlet, row.destination, row.recipient


def next_due(at: datetime, busy: Collection[Lane], full: Iterable[tuple[str, str]] = ()) -> Delivery | None:
    """The telling that is due the longest, of a reader to whom nothing is being told just now, and not by an outlet
    that is `full` at its event."""
    waiting = Delivery.objects.filter(state=State.WAITING, due__lte=at).order_by("due", "id")
    for outlet, event in full:
        waiting = waiting.exclude(outlet=outlet, event=event)
    soonest = list(waiting[:LOOKED_AT])
    found = next((row for row in soonest if lane(row) not in busy), None)
    if found or len(soonest) < LOOKED_AT:
        return found
    for outlet, destination, recipient in busy:  # it costs ten times as much, and readers rarely have so much to hear
        waiting = waiting.exclude(outlet=outlet, destination=destination, recipient=recipient)
    return waiting.first()


def claim(row: Delivery, at: datetime) -> bool:
    """Mark it as under way; whether it still waited, for the desk may have kept it back a moment ago."""
    waiting = Delivery.objects.filter(pk=row.pk, state=State.WAITING)
    row.state, row.tries, row.tried = State.SENDING, row.tries + 1, row.tried or at
    return bool(waiting.update(state=row.state, tries=row.tries, tried=row.tried))


def next_try(row: int, at: datetime) -> datetime | None:
    """When a telling that failed is tried once more; None if that is due, or over."""
    waiting = Delivery.objects.filter(pk=row, state=State.WAITING, due__gt=at)
    return waiting.values_list("due", flat=True).first()


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
    for event in set(lost.values_list("event", flat=True)):
        board = board_now(event)
        with override(board.language if board else None):
            trouble = _("The program ended while this was being sent.")
        lost.filter(event=event).update(state=State.FAILED, trouble=trouble)


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


def last_receipt(destination: Destination, *subjects: str) -> str:
    """The receipt of what was last told of any of these subjects at a destination that has one reader; "" if nothing
    was."""
    there = {"event": destination.event, "outlet": destination.outlet, "destination": destination.id}
    told = Delivery.objects.filter(**there, recipient="", subject__in=subjects, state=State.SENT)
    return told.order_by("-told", "-id").values_list("receipt", flat=True).first() or ""


def tried(job: Job) -> bool:
    """Whether another telling of the same subject was tried, its answer lost perhaps, and will be tried again."""
    same = Delivery.objects.filter(event=job.event, outlet=job.outlet, recipient=job.to, subject=job.subject)
    there = same.filter(destination=job.destination.id if job.destination else 0).exclude(number=job.number)
    return there.filter(state=State.WAITING, tries__gt=0).exists()


def told_since(event: str, outlet: str, recipient: str, since: datetime) -> int:
    """How many things a recipient was told since then."""
    told = Delivery.objects.filter(event=event, outlet=outlet, recipient=recipient, state=State.SENT, told__gte=since)
    return told.count()


def arrived_since(destination: int, since: datetime) -> bool:
    """Whether anything has arrived at a destination since then."""
    return Delivery.objects.filter(destination=destination, state=State.SENT, told__gte=since).exists()


# The desk's


def history(event: str, destination: int, limit: int = SHOWN) -> list[Delivery]:
    """What was told at a destination, is told or will be, the newest first."""
    rows = Delivery.objects.filter(event=event, destination=destination)
    return list(rows.order_by("-id")[:limit])


def arrived(event: str, outlet: str, since: datetime) -> int:
    """How many things an outlet has told since then."""
    return Delivery.objects.filter(event=event, outlet=outlet, state=State.SENT, told__gte=since).count()


def troubles(event: str, outlet: str, since: datetime) -> list[tuple[str, int]]:
    """What kept an outlet's tellings from arriving that were or are due since then, and how many; most first."""
    lost = Delivery.objects.filter(event=event, outlet=outlet, due__gte=since, state__in=(State.WAITING, State.FAILED))
    return list(lost.exclude(trouble="").values_list("trouble").annotate(count=Count("id")).order_by("-count"))


def asked(event: str) -> list[Delivery]:
    """What waits for somebody to approve it, the first due first."""
    return list(Delivery.objects.filter(event=event, state=State.ASKED).order_by("due", "id"))


def approve(event: str, destination: int, row: int) -> bool:
    """Let it be told in its time; whether it still waited for that."""
    return bool(_one(event, destination, row, State.ASKED).update(state=State.WAITING))


def drop(event: str, destination: int, row: int) -> bool:
    """Let it not be told; whether it still could be kept back."""
    return bool(_one(event, destination, row, *COMING).update(state=State.DROPPED))


def hurry(event: str, destination: int, at: datetime) -> None:
    """It is there again: what waits for its next try is tried now."""
    waiting = Delivery.objects.filter(event=event, destination=destination, state=State.WAITING, tries__gt=0)
    waiting.filter(due__gt=at).update(due=at)


def send_again(event: str, destination: int, row: int, at: datetime) -> bool:
    """Tell it once more, now; whether there is such a telling, over by now."""
    over = _one(event, destination, row, State.SENT, State.FAILED, State.DROPPED)
    return bool(over.update(state=State.WAITING, due=at, until=None, tries=0, tried=None, trouble=""))


def _one(event: str, destination: int, row: int, *states: State) -> QuerySet[Delivery]:
    return Delivery.objects.filter(event=event, destination=destination, id=row, state__in=states)
