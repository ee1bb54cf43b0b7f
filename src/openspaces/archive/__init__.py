"""Copies of the database: one made while the board is in use, and one put back in its place.

Each database has its own kind: a copy of SQLite is a database, one of PostgreSQL an archive of its tables.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from openspaces.archive import postgresql, sqlite
from openspaces.archive.broken import Broken
from openspaces.intake.forgetting import forget_now
from openspaces.settings import DATA
from openspaces.starting import Stop, on_tables, prepare_tables

KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def backup(file: Path) -> None:
    """Write a whole copy of the database to `file`, which must not exist. It is complete or it is not there."""
    if file.exists():
        raise Stop(_("%(file)s exists already: choose another name.") % {"file": file})
    half = file.with_name(f"{file.name}.half")
    try:
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        KINDS[connection.vendor].write(half)
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
    kind = KINDS[connection.vendor]
    try:
        applied = kind.migrations_in(file)
    except Broken as broken:
        raise Stop(str(broken)) from None
    if applied - set(MigrationLoader(None).disk_migrations):
        raise Stop(_("%(file)s is from a newer version: install that version first.") % {"file": file})
    prepare_tables()
    with on_tables():
        kept = _kept(replace_everything)
        kind.put(file)
    prepare_tables()
    forget_now()  # what was erased after the copy was made stays so
    return kept


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
    kept = DATA / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.{KINDS[connection.vendor].SUFFIX}"
    backup(kept)
    return kept


def _durable(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(file: Path, trouble: str | None) -> Stop:
    return Stop(_("Cannot write %(file)s (%(trouble)s): choose another place.") % {"file": file, "trouble": trouble})
