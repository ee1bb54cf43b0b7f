"""The thread that asks the database for the loop: what it opens it closes."""

import asyncio
import time

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from openspaces.live.reader import Reader

SECONDS = 10.0


def opened() -> BaseDatabaseWrapper:
    """The connection of the thread that asks."""
    connections["default"].ensure_connection()
    return connections["default"]


def test_a_reader_that_is_closed_leaves_its_own_connection_and_no_other_closed(database: None) -> None:
    ours, reader = opened(), Reader()
    its = asyncio.run(reader.ask(opened))
    assert (its is ours, its.connection is None) == (False, False)
    reader.close()
    until = time.monotonic() + SECONDS
    while its.connection is not None and time.monotonic() < until:
        time.sleep(0.01)
    assert (its.connection is None, ours.connection is None) == (True, False)
