"""The database: whether it answers, which one it is, whether its tables are of this program, and sound."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.lib import discreet
from openspaces.lib.sqlite import FIXED

OLDEST = 14
"""The oldest PostgreSQL that Django speaks with."""
LEAST_CONNECTIONS = 10
"""What one process uses: writer, readers, follower, worker, clock, forms."""


def look_at_database() -> Iterator[Finding]:
    """Whether it answers at all, and then the rest."""
    try:
        connection.ensure_connection()
    except DatabaseError as trouble:
        says = "see that it runs and that OPENSPACES_DATABASE_URL is right" if _is_postgresql() else "restore a backup"
        return (yield wrong("database", f"It does not answer ({discreet.trouble(trouble)}): {says}."))
    yield from _postgresql() if _is_postgresql() else _sqlite()
    yield from _tables()


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _sqlite() -> Iterator[Finding]:
    from sqlite3 import sqlite_version, sqlite_version_info

    if sqlite_version_info < FIXED:
        yield wrong("database", f"SQLite {sqlite_version} can corrupt the board: run make setup again.")
    else:
        yield fine("database", f"SQLite {sqlite_version}.")
    if _asked("PRAGMA journal_mode") != "wal":
        yield wrong(
            "database", "Readers hold up writers (no WAL): keep the data on a disk of this machine, not on a share."
        )
    if (sound := _asked("PRAGMA quick_check(1)")) != "ok":
        yield wrong("database", f"The file is damaged ({discreet.text(str(sound))}): stop, and restore a backup.")


def _postgresql() -> Iterator[Finding]:
    version = int(_asked("SHOW server_version_num"))
    says = f"PostgreSQL {version // 10_000}.{version % 10_000}"
    if version < OLDEST * 10_000:
        yield wrong("database", f"{says} is too old: {OLDEST} or newer is needed.")
    else:
        yield fine("database", f"{says}.")
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if _asked(f"SHOW {name}") == "off":
            yield wrong("database", f"{name} is off: cards that people were told about can be lost. Switch it on.")
    free = int(_asked("SHOW max_connections")) - int(_asked("SELECT count(*) FROM pg_stat_activity"))
    if free < LEAST_CONNECTIONS:
        yield look(
            "database",
            f"{free} connections are left, a process takes up to {LEAST_CONNECTIONS}: raise max_connections.",
        )


def _tables() -> Iterator[Finding]:
    steps = MigrationExecutor(connection)
    waiting = len(steps.migration_plan(steps.loader.graph.leaf_nodes()))
    newer = set(steps.loader.applied_migrations) - set(MigrationLoader(None).disk_migrations)
    if newer:
        yield wrong("tables", "They are from a newer version of the program: install that version.")
    elif waiting:
        yield look("tables", f"Steps to this version that wait: {waiting}. openspaces run takes them when it starts.")
    else:
        yield fine("tables", "They are those of this version.")


def _asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
