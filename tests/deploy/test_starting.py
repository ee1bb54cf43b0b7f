"""Processes on several machines start at the same time on a PostgreSQL that is still empty: one makes the tables."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.servers import ROOT, Installation, postgresql_url

MACHINES = 3
EVENT = ROOT / "src" / "openspaces" / "examples" / "camp.toml"


def started(place: Path, command: Callable[[Installation], list[str]]) -> list[int]:
    """The exit statuses of a command on machines that share a database and a secret, and nothing else."""
    database, secret = postgresql_url(), {"OPENSPACES_SECRET": "shared by all machines"}
    homes = [Installation(place / str(number), database, settings=secret) for number in range(MACHINES)]
    running = [
        subprocess.Popen(command(home), env=home.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for home in homes
    ]
    return [process.wait(120) for process in running]


@pytest.mark.faults
def test_one_machine_makes_the_tables_and_the_others_wait(tmp_path: Path) -> None:
    program = str(Path(sys.executable).with_name("openspaces"))
    assert started(tmp_path, lambda home: [program, "new", str(EVENT)]) == [0] * MACHINES


@pytest.mark.faults
def test_control_without_waiting_they_stumble_over_each_other(tmp_path: Path) -> None:
    at_once = [sys.executable, "-m", "tests.inside", "make_tables"]
    assert started(tmp_path, lambda home: at_once) != [0] * MACHINES
