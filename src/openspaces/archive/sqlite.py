"""Copies of a SQLite database, which are SQLite databases."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from openspaces.archive.broken import Migration, damaged, no_backup
from openspaces.settings import DATA

SUFFIX = "sqlite3"


def write(file: Path) -> None:
    """Write a copy, as of one moment, whoever writes meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])


def migrations_in(file: Path) -> set[Migration]:
    """The steps that the tables in a copy have been through. Raises Broken."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            applied = set(copy.execute("SELECT app, name FROM django_migrations"))
            copy.execute("SELECT epoch FROM board_event LIMIT 1")
    except sqlite3.Error as trouble:
        raise no_backup(file, trouble) from None
    if not sound:
        raise damaged(file)
    return applied


def put(file: Path) -> None:
    """Put a copy in the place of what is there, with other epochs."""
    fresh = DATA / "restoring.sqlite3"
    try:
        _copy(file, fresh)
        _renew_epochs(fresh)
        _copy(fresh, Path(connection.settings_dict["NAME"]))
    finally:
        fresh.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a database over another in one transaction; who reads the other one meanwhile sees the old or the new."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
        new.execute("PRAGMA synchronous=FULL")
        old.backup(new)


def _renew_epochs(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("UPDATE board_event SET epoch = lower(hex(randomblob(4)))")
