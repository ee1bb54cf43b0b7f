"""No command touches a board with a SQLite that can corrupt it: it says what to do, and ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.promises import Promise

PROGRAM = str(Path(sys.executable).parent / "openspaces")
OLD_PYTHON = "import sqlite3\nsqlite3.sqlite_version, sqlite3.sqlite_version_info = '3.40.1', (3, 40, 1)\n"
PACKAGE = "sqlite_version, sqlite_version_info = '{}', ({})\nfrom sqlite3 import dbapi2\n"
SAYS = "SQLite {} can corrupt the board: run make setup again, or install pysqlite3 with 3.51.3 or newer.\n"


def check(data: Path, *, package: str) -> subprocess.CompletedProcess[str]:
    """`openspaces new` where Python has an old SQLite, and the package that stands in for it says what it has."""
    modules = data / "modules"
    modules.mkdir()
    (modules / "sitecustomize.py").write_text(OLD_PYTHON)
    (modules / "pysqlite3.py").write_text(package)
    path = f"{modules}:{Path(__file__).parent.parent / 'src'}"
    ours = {"PYTHONPATH": path, "OPENSPACES_DATA": str(data / "data"), "LC_ALL": "C.UTF-8"}
    command = [PROGRAM, "new", "no-such-file.toml"]
    return subprocess.run(command, env=os.environ | ours, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("package", "told"),
    [(PACKAGE.format("3.51.2", "3, 51, 2"), "3.51.2"), ("raise ImportError", "3.40.1")],
    ids=["the package is old too", "there is no package"],
)
def test_a_sqlite_that_can_corrupt_the_board_is_refused_in_words(
    tmp_path: Path, package: str, told: str, promise: Promise
) -> None:
    kept = promise("T3", f"a SQLite with the WAL-reset bug is refused at start ({told})", database="SQLite")
    done = check(tmp_path, package=package)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", SAYS.format(told))
    assert not (tmp_path / "data").exists()
    kept.found("status 1 and a sentence, nothing written")


def test_control_a_fixed_one_is_used(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T3", "a fixed SQLite is not refused", database="SQLite")
    done = check(tmp_path, package=PACKAGE.format("3.51.3", "3, 51, 3"))
    assert done.returncode == 1
    assert "no-such-file.toml" in done.stderr
    kept.found("the next thing is asked for")
