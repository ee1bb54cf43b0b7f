"""The directory of everything that is kept: who can read it, and how much room is left."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from openspaces.doctor.finding import Finding, fine, look, wrong

MIB = 2**20
LITTLE, COMFORTABLE = 200 * MIB, 2_000 * MIB


def look_at_files() -> Iterator[Finding]:
    """Permissions and room."""
    yield from _writable()
    yield from _private()
    yield from _room()


def _writable() -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA):
            yield fine("data", f"Everything is kept in {settings.DATA}.")
    except OSError as trouble:
        says = f"Nothing can be written in {settings.DATA} ({trouble.strerror}): give it to whoever runs the program."
        yield wrong("data", says)


def _private() -> Iterator[Finding]:
    open_ = list(_open_to_others())
    yield from open_
    if not open_:
        yield fine("permissions", "Nobody else on this machine can read the secret or the database.")


def _open_to_others() -> Iterator[Finding]:
    data, secret = settings.DATA, settings.DATA / "secret"
    directory = data.stat().st_mode
    if directory & stat.S_IWOTH:
        yield wrong("permissions", f"Everybody on this machine can put files into {data}: chmod o-w {data}")
    if secret.exists() and _mode(secret) & (stat.S_IRGRP | stat.S_IROTH):
        yield wrong("permissions", f"Others on this machine can read the secret: chmod 600 {secret}")
    if not directory & stat.S_IXOTH:
        return
    for name in ("openspaces.sqlite3", "openspaces.sqlite3-wal"):
        if (data / name).exists() and _mode(data / name) & stat.S_IROTH:
            yield look(
                "permissions",
                f"Others on this machine can read the database, with people's addresses: chmod 700 {data}",
            )
            return


def _mode(file: Path) -> int:
    return file.stat().st_mode


def _room() -> Iterator[Finding]:
    free, needed = shutil.disk_usage(settings.DATA).free, 3 * _size()
    says = f"{free // MIB:,} MiB are free where the data is kept"
    if free < LITTLE:
        yield wrong("disk", f"{says}: when it is full nobody can write a card. Make room.")
    elif free < max(COMFORTABLE, needed):
        yield look("disk", f"{says}: a backup and a restore need {needed // MIB:,} MiB, logs need some too.")
    else:
        yield fine("disk", f"{says}.")


def _size() -> int:
    """Bytes of the database where it is a file."""
    if connection.vendor != "sqlite":
        return 0
    return sum(os.path.getsize(file) for file in settings.DATA.glob("openspaces.sqlite3*"))
