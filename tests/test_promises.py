"""A run of fault tests ends with a table of what was promised and found; what broke stands there as not kept."""

from dataclasses import asdict
from pathlib import Path

import pytest
from bench import figures
from tests.promises import Promise, _rows_of


def report(promise: Promise, *, seed: int = 7) -> pytest.TestReport:
    properties: list[tuple[str, object]] = [("seed", seed), *(("promise", asdict(row)) for row in promise.rows)]
    return pytest.TestReport("a test", ("", 0, ""), {}, "passed", None, "teardown", user_properties=properties)


def test_a_promise_stands_with_its_figure_and_seed() -> None:
    made = Promise("SQLite")
    made("T3", "no move is lost").found("0 of 300")
    assert _rows_of(report(made), broken=False) == [("T3", "no move is lost", "SQLite", "0 of 300", "7")]


def test_what_is_not_found_or_broken_is_not_kept() -> None:
    made = Promise("")
    made("T3", "no move is lost").found("1 of 300")
    made.control("T3", "keys")
    assert [row[3] for row in _rows_of(report(made), broken=True)] == ["NOT KEPT 1 of 300", "NOT KEPT"]
    assert [row[1] for row in _rows_of(report(made), broken=True)] == ["no move is lost", "control: keys"]
    assert _rows_of(report(made), broken=False)[1][3] == "NOT KEPT"


def test_a_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "figures.md"
    figures.put("faults", "| old |", file)
    figures.put("bench", "| beside |", file)
    figures.put("faults", "| new \\1 |", file)
    told = file.read_text()
    assert [line for line in told.splitlines() if line.startswith("|")] == ["| new \\1 |", "| beside |"]
    assert told.count("<!-- faults: begin -->") == 1
