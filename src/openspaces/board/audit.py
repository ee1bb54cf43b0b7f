"""Proves that an event's log and its tables tell one story, or says field by field where they do not."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from openspaces.board import store
from openspaces.board.fold import fold_all


def differences(event: str) -> list[str]:
    """Every difference between the event's log, folded from its beginning, and its tables; none if all is well."""
    try:
        loaded = store.load(event) or store.blank(event, "")
    except (KeyError, ValueError) as trouble:
        return [_("the tables do not fit together: %(trouble)r") % {"trouble": trouble}]
    try:
        log = [change for change in store.log(event) if change.number <= loaded.number]
        folded = fold_all(store.blank(event, loaded.epoch), log)
    except (KeyError, ValueError) as trouble:
        return [_("the log cannot be followed: %(trouble)r") % {"trouble": trouble}]
    return list(_differences("", folded, loaded))


def _differences(name: str, folded: Any, loaded: Any) -> Iterator[str]:
    if folded == loaded:
        return
    parts = _parts(folded), _parts(loaded)
    if parts[0] is None or parts[1] is None:
        facts = {"name": name, "log": _shown(folded), "tables": _shown(loaded)}
        yield _("%(name)s: %(log)s by the log, %(tables)s in the tables") % facts
        return
    for key in sorted({*parts[0], *parts[1]}, key=str):
        yield from _differences(f"{name} {key}".strip(), parts[0].get(key), parts[1].get(key))


def _parts(value: Any) -> Mapping[Any, Any] | None:
    """What a value is made of, by name: cards by code, rooms by key, days by date, a card by its fields."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, tuple) and all(hasattr(each, "__dataclass_fields__") for each in value):
        return {getattr(each, fields(each)[0].name): each for each in value}
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return None


def _shown(value: Any) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value) or _("nothing")
    return f"“{value}”" if isinstance(value, str) else str(value)
