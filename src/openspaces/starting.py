"""Getting ready: the environment that settings read, Django, the tables, and what the data directory remembers."""

import fcntl
import gettext
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ = gettext.translation("terminal", Path(__file__).parent / "locale", fallback=True).gettext
HOST, PORT = "127.0.0.1", 8000
"""Where the board is served unless somebody says otherwise."""


class Stop(Exception):
    """The command cannot go on; the text says in one sentence what to do."""


def environment(data: str | None) -> None:
    """Set what settings read; they are read once, so this comes before any import of Django's parts."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openspaces.settings"
    if data is not None:
        os.environ["OPENSPACES_DATA"] = data


def start() -> None:
    """Set Django up, and speak English, as the terminal does. Raises Stop."""
    import django

    from openspaces.lib.sqlite import WrongSqlite

    try:
        django.setup()
    except WrongSqlite as trouble:
        raise Stop(str(trouble)) from None
    except OSError as trouble:
        says = _("Cannot keep data in %(dir)s (%(trouble)s): name a directory of yours with --data.")
        raise Stop(says % {"dir": trouble.filename, "trouble": trouble.strerror}) from None
    except ValueError as trouble:
        says = _("A setting is wrong (%(trouble)s): look at the OPENSPACES_ variables; docs/running.md lists them.")
        raise Stop(says % {"trouble": trouble}) from None
    from django.utils import translation

    translation.activate("en")


def start_existing() -> None:
    """The same for commands that only look: where nothing is, nothing is made. Raises Stop."""
    start_as_it_is()
    prepare_tables()


def start_as_it_is() -> None:
    """The same without so much as a new table. Raises Stop."""
    if not database_is_there():
        says = _("There is no board in %(dir)s: name its directory with --data, or make an event with openspaces new.")
        raise Stop(says % {"dir": _data()})
    start()


def database_is_there() -> bool:
    """Whether there may be boards at all."""
    return bool(os.environ.get("OPENSPACES_DATABASE_URL")) or (_data() / "openspaces.sqlite3").exists()


def _data() -> Path:
    return Path(os.environ.get("OPENSPACES_DATA", "data")).resolve()


def prepare_tables() -> None:
    """Bring the tables up to this version of the program; processes of the version before may run meanwhile."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with on_tables():
        steps = MigrationExecutor(connection)
        if steps.migration_plan(steps.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)


def database_trouble(trouble: Exception) -> str:
    """What to do about an error of the database, in a sentence; empty if it is another error."""
    from django.db import DatabaseError

    if not isinstance(trouble, DatabaseError):
        return ""
    says = _("The database cannot be used (%(trouble)s): mend it, or restore a backup into another directory.")
    return says % {"trouble": " ".join(str(trouble).split())}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process on this data directory is in here."""
    from openspaces.settings import DATA

    DATA.mkdir(parents=True, exist_ok=True)
    with (DATA / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def on_tables() -> Iterator[None]:
    """Wait until no other process on this database changes its tables, wherever it runs."""
    with one_at_a_time(), _one_on_all_machines():
        yield


@contextmanager
def _one_on_all_machines() -> Iterator[None]:
    """The same for processes that share nothing but a PostgreSQL. Here a statement may take longer than 5 seconds; but
    none waits long for a table that others use, for all who come later wait behind it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TABLES])
        cursor.execute("SET lock_timeout = 3000")
    try:
        yield
    finally:
        connection.close()


_TABLES = 0x05_0C_A2D5
"""What PostgreSQL knows the lock by; it goes with its connection."""


def stopped_by_signal() -> None:
    """Wait for SIGTERM or SIGINT."""
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: stopping.set())
    stopping.wait()


def remember_address(address: str) -> None:
    """Keep where this directory's board is served, for the links that other commands print."""
    from openspaces.settings import DATA

    (DATA / "address").write_text(f"{address}\n")


def base_url() -> str:
    """The board's address: as set, else where it was last served, else where it will be if nobody says otherwise."""
    return os.environ.get("OPENSPACES_URL", "").rstrip("/") or _served_at() or f"http://{HOST}:{PORT}"


def _served_at() -> str:
    kept = _data() / "address"
    return kept.read_text().strip() if kept.exists() else ""
