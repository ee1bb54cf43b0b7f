"""Destinations: set up at the desk, kept with their secrets sealed, read by the worker."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import IntegrityError, transaction

from openspaces.board.read import board_now
from openspaces.delivery.contract import Destination, Push
from openspaces.delivery.known import push_named
from openspaces.delivery.models import Cursor, Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import COMING, State
from openspaces.delivery.sealing import Unreadable, seal, unseal

logger = logging.getLogger(__name__)

_WARNED = set[int]()
"""The destinations of which the log has said that they cannot be opened."""


# Setting up


def rows_of(event: str) -> list[Row]:
    """Every destination of an event, the oldest first."""
    return list(Row.objects.filter(event=event).order_by("id"))


def every_row() -> list[Row]:
    """Every destination of all events."""
    return list(Row.objects.order_by("event", "id"))


def row_of(event: str, id_: int) -> Row | None:
    """One of them."""
    return Row.objects.filter(event=event, id=id_).first()


def set_up(
    event: str,
    push: Push,
    name: str,
    typed: Mapping[str, str],
    *,
    asks: bool,
    by: str,
    minted: Mapping[str, str] = MappingProxyType({}),
    key: str = "",
) -> Row:
    """Make a destination. It hears of what happens from now on. `minted` are secrets beside those that were typed; a
    form that is sent twice with one `key` makes one destination, which has the secrets of the last."""
    open_, secret = _parted(push, typed)
    sealed = seal({**secret, **minted})
    row = Row(event=event, outlet=push.name, name=name, settings=open_, sealed=sealed, asks=asks, by=by, key=key)
    try:
        with transaction.atomic():
            row.save()
            _begin(row)
    except IntegrityError:
        row = Row.objects.get(event=event, key=key)
        keep_secret(row.pk, **secret, **minted)
    return row


def change(row: Row, push: Push, name: str, typed: Mapping[str, str], *, asks: bool) -> None:
    """Change what was set up. A secret that is left empty stays as it is."""
    open_, secret = _parted(push, typed)
    row.name, row.asks, row.settings = name, asks, {**row.settings, **open_}
    row.sealed = seal({**_secrets(row), **{key: value for key, value in secret.items() if value}})
    row.save(update_fields=["name", "asks", "settings", "sealed"])


def keep_setting(id_: int, **values: str) -> None:
    """Remember something open beside what was typed, such as the id of a message that is kept up to date."""
    row = Row.objects.filter(id=id_).first()
    if row:
        row.settings = {**row.settings, **values}
        row.save(update_fields=["settings"])


def keep_secret(id_: int, **values: str) -> None:
    """The same for what is secret, such as a session or a new signing key."""
    row = Row.objects.filter(id=id_).first()
    if row:
        row.sealed = seal({**_secrets(row), **values})
        row.save(update_fields=["sealed"])


def stop(id_: int, at: datetime, *, by: str = "", trouble: str = "") -> None:
    """Send nothing there any more; what waits is dropped."""
    Row.objects.filter(id=id_).update(stopped=at, stopped_by=by, trouble=trouble[:500])
    Delivery.objects.filter(destination=id_, state__in=COMING).update(state=State.DROPPED)


def resume(id_: int) -> None:
    """Send there again; what happened meanwhile is not told."""
    row = Row.objects.filter(id=id_).first()
    if row:
        row.stopped, row.stopped_by, row.trouble = None, "", ""
        with transaction.atomic():
            row.save(update_fields=["stopped", "stopped_by", "trouble"])
            _begin(row)


def remove(id_: int) -> None:
    """Forget a destination and all that was told there."""
    Delivery.objects.filter(destination=id_).delete()
    Cursor.objects.filter(destination=id_).delete()
    Row.objects.filter(id=id_).delete()


# Reading


def opened(row: Row) -> Destination:
    """A destination with its secrets; raises Unreadable."""
    settings = {**row.settings, **unseal(row.sealed)}
    return Destination(row.id, row.event, row.outlet, row.name, settings, row.asks)


def working() -> Iterable[Destination]:
    """Every destination to which something may be sent, of all events."""
    for row in Row.objects.filter(stopped=None).order_by("id"):
        try:
            if push_named(row.outlet):
                yield opened(row)
        except Unreadable:
            if row.pk not in _WARNED:  # the worker asks each second
                logger.warning("destination %s of %s is sealed with another secret: type it anew", row.pk, row.event)
            _WARNED.add(row.pk)


def _begin(row: Row) -> None:
    """Read on from here, and not only from where a worker finds it."""
    Cursor.objects.filter(destination=row.pk).delete()
    if board := board_now(row.event):
        Cursor.objects.create(
            event=row.event, outlet=row.outlet, destination=row.pk, epoch=board.epoch, number=board.number
        )


def _parted(push: Push, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What may be read, and what is secret. What was typed for no field is left out."""
    known = [(field, typed.get(field.name, "")) for field in push.fields]
    open_ = {field.name: value for field, value in known if field.kind != "secret"}
    return open_, {field.name: value for field, value in known if field.kind == "secret"}


def _secrets(row: Row) -> dict[str, str]:
    try:
        return unseal(row.sealed)
    except Unreadable:
        return {}
