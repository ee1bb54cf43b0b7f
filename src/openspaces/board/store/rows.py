"""Many rows of one table at once, past the ORM: it takes ten times as long to say the same.

`OPENSPACES_FAST_ROWS=off` has the ORM say it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any, cast

from django.conf import settings
from django.db import connection, models

Row = Mapping[str, Any]
"""A row by the names of its fields, as a model's constructor takes them: `event_id`, not `event`."""
ROWS_AT_ONCE = 500


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows, each of which names every field but a serial key."""
    _write(model, rows, ())


def upsert(model: type[models.Model], rows: Sequence[Row], updated: Sequence[str]) -> None:
    """The same; where there is a row of that `id`, its fields that are `updated` take the new values."""
    _write(model, rows, tuple(updated))


def _write(model: type[models.Model], rows: Sequence[Row], updated: tuple[str, ...]) -> None:
    if not rows:
        return
    if not settings.FAST_ROWS:
        more: dict[str, Any] = (
            {"update_conflicts": True, "unique_fields": ["id"], "update_fields": updated} if updated else {}
        )
        model._default_manager.bulk_create([model(**row) for row in rows], **more)
        return
    names, plain = _columns(model, tuple(rows[0]), connection.vendor)
    values = [[write(row[name]) for name, write in plain] for row in rows]
    if connection.vendor == "sqlite":  # one prepared statement, run for each row
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model, names, 1, updated), values)
        return
    for start in range(0, len(values), ROWS_AT_ONCE):  # one statement, one way there and back
        part = values[start : start + ROWS_AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(_statement(model, names, len(part), updated), list(chain.from_iterable(part)))


Writer = Callable[[Any], Any]


@cache
def _columns(
    model: type[models.Model], given: tuple[str, ...], vendor: str
) -> tuple[tuple[str, ...], list[tuple[str, Writer]]]:
    """The columns of the fields that are given, and how the value of each is written."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in given]
    return tuple(cast(str, field.column) for field in chosen), [
        (field.attname, _writer(field, vendor)) for field in chosen
    ]


def _writer(field: "models.Field[Any, Any]", vendor: str) -> Writer:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField) and vendor == "sqlite":
        return _moment
    return _same


_ENCODER = json.JSONEncoder()


def _json(value: Any) -> str | None:
    """As the ORM writes it; most are empty."""
    if not value:
        return None if value is None else "{}" if value == {} else "[]" if value == [] else _ENCODER.encode(value)
    return _ENCODER.encode(value)


def _moment(value: datetime | None) -> str | None:
    """As Django writes it in SQLite: in UTC, without saying so."""
    return str(value.astimezone(UTC).replace(tzinfo=None)) if value else None


def _same(value: Any) -> Any:
    return value


@cache
def _statement(model: type[models.Model], names: tuple[str, ...], rows: int, updated: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    table, columns, row = quote(model._meta.db_table), ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    said = f"INSERT INTO {table} ({columns}) VALUES {', '.join([f'({row})'] * rows)}"  # noqa: S608 - our own names
    if not updated:
        return said
    changed = [quote(cast(Any, model._meta.get_field(name)).column) for name in updated]
    return f"{said} ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in changed)}"
