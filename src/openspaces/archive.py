"""Copies of the database: one made while the board is in use, and one put back in its place."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from openspaces.settings import DATA
from openspaces.starting import Stop, one_at_a_time, prepare_tables


def backup(file: Path) -> None:
    """Write a whole copy of the database to `file`, which must not exist. It is complete or it is not there."""
    _sqlite_only(_("make the copy with pg_dump"))
    if file.exists():
        raise Stop(_("%(file)s exists already: choose another name.") % {"file": file})
    half = file.with_name(f"{file.name}.half")
    try:
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(half)])
        _durable(half)
        half.rename(file)
        _durable(file.parent)
    except OSError as trouble:
        raise _unwritable(file, trouble.strerror) from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def restore(file: Path, *, replace_everything: bool = False) -> Path | None:
    """Put `file` in the place of the database; where there were events, only with `replace_everything`, and the answer
    is where they are kept. Every event gets a new epoch, so that all who had read it fetch it again."""
    _sqlite_only(_("put the copy back with pg_restore"))
    _check(file)
    prepare_tables()
    with one_at_a_time():
        kept = _kept(replace_everything)
        fresh = DATA / "restoring.sqlite3"
        try:
            _copy(file, fresh)
            _renew_epochs(fresh)
            _copy(fresh, Path(connection.settings_dict["NAME"]))
        finally:
            fresh.unlink(missing_ok=True)
    prepare_tables()
    return kept


def _sqlite_only(instead: str) -> None:
    if connection.vendor != "sqlite":
        raise Stop(_("The board is kept in PostgreSQL: %(instead)s.") % {"instead": instead})


def _kept(replace_everything: bool) -> Path | None:
    """A copy of what is there now; none if that is nothing. Raises Stop where it may not be replaced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM board_event")
        events = cursor.fetchone()[0]
    if not events:
        return None
    if not replace_everything:
        says = _("%(dir)s holds %(events)d events: restore into an empty directory, or add --replace-everything.")
        raise Stop(says % {"dir": DATA, "events": events})
    kept = DATA / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    backup(kept)
    return kept


def _check(file: Path) -> None:
    """Refuse what is no backup, is damaged, or was made by a newer version of the program."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            applied = set(copy.execute("SELECT app, name FROM django_migrations"))
            copy.execute("SELECT epoch FROM board_event LIMIT 1")
    except sqlite3.Error as trouble:
        says = _("%(file)s is no backup of a board (%(trouble)s): name a file that openspaces backup wrote.")
        raise Stop(says % {"file": file, "trouble": trouble}) from None
    if not sound:
        raise Stop(_("%(file)s is damaged: restore an older backup.") % {"file": file})
    if applied - set(MigrationLoader(None).disk_migrations):
        raise Stop(_("%(file)s is from a newer version: install that version first.") % {"file": file})


def _copy(source: Path, target: Path) -> None:
    """Copy a database over another in one transaction; who reads the other one meanwhile sees the old or the new."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
        new.execute("PRAGMA synchronous=FULL")
        old.backup(new)


def _renew_epochs(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("UPDATE board_event SET epoch = lower(hex(randomblob(4)))")


def _durable(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(file: Path, trouble: str | None) -> Stop:
    return Stop(_("Cannot write %(file)s (%(trouble)s): choose another place.") % {"file": file, "trouble": trouble})
