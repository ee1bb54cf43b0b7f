"""What was erased from the tables goes from the files too: what databases leave behind is written over."""

import logging
import threading

from django.apps import apps
from django.db import DatabaseError, connection

from openspaces.people.personal import PERSONAL

logger = logging.getLogger(__name__)


class Traces:
    """Call it, and the database's files hold nothing any more that was erased before; or ask for it `soon`."""

    def __init__(self) -> None:
        self._wanted = threading.Event()

    def soon(self) -> None:
        """Whoever keeps the time in this process is to do it."""
        self._wanted.set()

    def are_wanted(self) -> bool:
        """Whether somebody asked for it."""
        return self._wanted.is_set()

    def __call__(self) -> bool:
        """Whether it is done. Where the database is too busy for it, it is wanted still."""
        try:
            _rewrite_sqlite() if connection.vendor == "sqlite" else _rewrite_postgresql()
        except DatabaseError as trouble:
            logger.warning("traces of what was erased are still in the database's files: %s", trouble)
            self._wanted.set()
            return False
        self._wanted.clear()
        return True


remove_traces = Traces()


def _rewrite_sqlite() -> None:
    """`secure_delete` writes zeros over rows that go, but not over copies in pages that were split before; and what was
    written is in the log beside the file until that begins anew."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise DatabaseError("somebody reads just now")


def _rewrite_postgresql() -> None:
    """Erased rows lie in a table's file until it is written anew, which takes milliseconds for such small ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            for table in sorted(apps.get_model(name)._meta.db_table for name in PERSONAL):
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET statement_timeout")
