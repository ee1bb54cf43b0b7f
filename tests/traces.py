"""The files in which a database keeps what it holds, so that a test can look for what should be gone from them."""

from pathlib import Path

from django.apps import apps
from django.db import connection

from openspaces.people.personal import PERSONAL


def database_files() -> list[Path]:
    """SQLite's file and those beside it; PostgreSQL's of the tables that hold something personal."""
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        return list(database.parent.glob(f"{database.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        home = Path(cursor.fetchone()[0])
        tables = [apps.get_model(name)._meta.db_table for name in PERSONAL]
        cursor.execute("SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE relname = ANY(%s)", [tables])
        return [home / path for (path,) in cursor.fetchall()]
