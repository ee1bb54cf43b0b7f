"""The board's own tests once more, on PostgreSQL: every move, the one way in, the one way out, and loading."""

import os
import subprocess
import sys

import pytest
from tests.board.test_random_steps import PROMISED
from tests.promises import Promise
from tests.servers import ROOT, postgresql_url

FIRST = ("test_play.py", "test_store.py", "test_ballots_at_the_close.py", "on_postgresql_alone.py")
"""What a database can do wrong by itself; the long run has every move and every question too."""
VOICES = ("test_voices.py", "test_voices_ties.py", "test_voices_reports.py", "test_voices_nobody_here.py")
EVERYTHING = (*FIRST, "test_every_move_verified.py", "test_read.py", *VOICES)
SECONDS = 1800.0


def on_postgresql(*arguments: str, seconds: float = SECONDS) -> str:
    """What pytest says of tests that run on a fresh PostgreSQL database; they must all pass."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--reuse-db", "-s", *arguments]
    environment = {**os.environ, "OPENSPACES_DATABASE_URL": postgresql_url()}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=seconds)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_what_depends_on_the_database_works_on_postgresql() -> None:
    said = on_postgresql("tests/people/test_staff.py", *(f"tests/board/{name}" for name in FIRST))
    assert "skipped" not in said


@pytest.mark.faults
def test_the_whole_board_works_on_postgresql() -> None:
    said = on_postgresql("tests/people", *(f"tests/board/{name}" for name in EVERYTHING))
    assert "skipped" not in said


def test_control_it_is_postgresql_that_is_asked() -> None:
    said = on_postgresql("tests/faults/test_postgresql.py::test_which_database_this_is")
    assert "the database is postgresql" in said


def test_which_database_this_is(database: None) -> None:
    from django.db import connection

    print(f"the database is {connection.vendor}")
    assert connection.vendor == ("postgresql" if os.environ.get("OPENSPACES_DATABASE_URL") else "sqlite")


@pytest.mark.faults
def test_random_steps_leave_one_story_on_postgresql(promise: Promise) -> None:
    kept = promise("T5", PROMISED, database="PostgreSQL")
    said = on_postgresql("tests/board/test_random_steps.py", "-k", "one_story", "-m", "faults", seconds=3 * SECONDS)
    assert "1 passed" in said
    (told,) = [line for line in said.splitlines() if line.startswith("T5  ")]
    kept.found(told.rpartition("PostgreSQL")[2].strip())
