"""Copies of a PostgreSQL database: a ZIP with each table as COPY writes it, and the steps that the tables have been
through. No program of PostgreSQL's is needed on this machine."""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from openspaces.archive.broken import Migration, damaged, no_backup

SUFFIX = "zip"
CONTENTS = "openspaces.json"
PIECE = 1 << 16
STEPS = "django_migrations"
"""The table of these steps; Django fills it when it makes the tables."""


def write(file: Path) -> None:
    """Write a copy, as of one moment, whoever writes meanwhile."""
    with _taking_its_time() as cursor, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = {table: _columns(cursor, table) for table in _tables(cursor)}
        applied = [list(step) for step in MigrationRecorder(connection).applied_migrations()]
        archive.writestr(CONTENTS, json.dumps({"migrations": applied, "tables": tables}))
        for table, columns in tables.items():
            with (
                archive.open(table, "w", force_zip64=True) as written,
                cursor.copy(_copy(table, columns, "TO")) as rows,
            ):
                for row in rows:
                    written.write(row)


def migrations_in(file: Path) -> set[Migration]:
    """The steps that the tables in a copy have been through. Raises Broken."""
    try:
        with ZipFile(file) as archive:
            applied = {(app, name) for app, name in json.loads(archive.read(CONTENTS))["migrations"]}
            if archive.testzip() is not None:
                raise damaged(file)
    except (zlib.error, EOFError):
        raise damaged(file) from None
    except (OSError, BadZipFile, KeyError, TypeError, ValueError) as trouble:
        raise no_backup(file, trouble) from None
    return applied


def put(file: Path) -> None:
    """Put a copy in the place of what is there, with other epochs: all of it or nothing. The tables are made anew as
    they were when it was written; the caller brings them up to date."""
    with _taking_its_time() as cursor, ZipFile(file) as archive:
        contents = json.loads(archive.read(CONTENTS))
        cursor.execute(f"DROP TABLE {', '.join(map(_quoted, [*_tables(cursor), STEPS]))} CASCADE")
        _make_tables([(app, name) for app, name in contents["migrations"]])
        for table, columns in contents["tables"].items():
            with archive.open(table) as written, cursor.copy(_copy(table, columns, "FROM")) as rows:
                while piece := written.read(PIECE):
                    rows.write(piece)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
        cursor.execute("UPDATE board_event SET epoch = substr(md5(random()::text), 1, 8)")


@contextmanager
def _taking_its_time() -> Iterator[Any]:
    """A cursor in a transaction that may last as long as it needs."""
    with transaction.atomic(), connection.cursor() as cursor:
        for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")
        yield cursor


def _tables(cursor: Any) -> list[str]:
    there = set(connection.introspection.table_names(cursor))
    return sorted(there.intersection(connection.introspection.django_table_names()))


def _columns(cursor: Any, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _copy(table: str, columns: Iterable[str], way: str) -> str:
    return f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))}) {way} {'STDOUT' if way == 'TO' else 'STDIN'}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _make_tables(applied: list[Migration]) -> None:
    """The tables as they were after these steps: Django is told the last one of each app."""
    steps = MigrationExecutor(connection)
    nodes = steps.loader.graph.node_map
    earlier = {parent.key for step in applied for parent in nodes[step].parents if parent.key[0] == step[0]}
    steps.migrate([step for step in applied if step not in earlier])
