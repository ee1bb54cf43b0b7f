"""Puts a fixed SQLite in place of Python's own, before Django loads it.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when several connections write (the "WAL-reset" bug). The package
pysqlite3 carries a fixed one under the same interface.
"""

import sqlite3
import sys

FIXED = (3, 51, 3)


class WrongSqlite(Exception):
    """No SQLite is here that could not corrupt the board; the text says in one sentence what to do."""


def use_fixed_sqlite() -> None:
    """Swap the module where the one that came with Python has the bug. WrongSqlite if neither is good."""
    if sqlite3.sqlite_version_info >= FIXED:
        return
    try:
        import pysqlite3
    except ImportError:
        raise WrongSqlite(_says(sqlite3.sqlite_version)) from None
    if pysqlite3.sqlite_version_info < FIXED:
        raise WrongSqlite(_says(pysqlite3.sqlite_version))
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def _says(version: str) -> str:
    newest = ".".join(map(str, FIXED))
    return f"SQLite {version} can corrupt the board: run make setup again, or install pysqlite3 with {newest} or newer."
