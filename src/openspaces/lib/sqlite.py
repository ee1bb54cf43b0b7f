"""Puts a fixed SQLite in place of Python's own, before Django loads it.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when several connections write (the "WAL-reset" bug). The package
pysqlite3 carries a fixed one under the same interface.
"""

import sqlite3
import sys

FIXED = (3, 51, 3)


def use_fixed_sqlite() -> None:
    """Swap the module where the one that came with Python has the bug. RuntimeError if neither is good."""
    if sqlite3.sqlite_version_info >= FIXED:
        return
    import pysqlite3

    if pysqlite3.sqlite_version_info < FIXED:
        raise RuntimeError(f"SQLite {pysqlite3.sqlite_version} can corrupt the board: run `make setup` again")
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
