"""What a fault test says of what it proves: the promise, and the figure that it found.

    def test_a_killed_server_loses_nothing(promise: Promise, chance: Chance) -> None:
        kept = promise("T3", "no acknowledged move is lost")
        …                                   # chance is a random.Random; its seed is told, `--seed` gives it again
        kept.found(f"{kills} kills, {told:,} acknowledged, {lost} lost")

At the end of a run of pytest stands a table of all of them; `make faults ARGS=--write` puts it into docs/figures.md.
What was promised and not found, for the test failed before, stands there as not kept. A negative control says what it
took away and what it found then: `promise.control("T3", "without remembered keys").found("3 of 200 changed")`. Whatever
promises something runs in `make faults`, short forms and controls too.
"""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pytest
from bench import figures

_ROW, _SEED = "promise", "seed"
"""The names under which a report carries them; reports come whole from other processes too."""
_HEAD = ("test", "promise", "database", "found", "seed")


@dataclass
class Kept:
    """One row of the table."""

    test: str
    promised: str
    database: str
    control: bool = False
    figure: str = ""

    def found(self, figure: str) -> None:
        """Say what was found, in figures; called when everything has been looked at."""
        self.figure = figure

    @property
    def whole(self) -> str:
        """The promise, or what a control does without."""
        return f"control: {self.promised}" if self.control else self.promised

    def figure_unless(self, broken: bool) -> str:
        """What stands in the table."""
        return f"NOT KEPT {self.figure}".strip() if broken or not self.figure else self.figure


class Promise:
    """Takes down what a test promises."""

    def __init__(self, database: str) -> None:
        self.rows: list[Kept] = []
        self._database = database

    def __call__(self, test: str, promised: str, *, database: str = "", control: bool = False) -> Kept:
        """Say which of the twenty tests this is ("T3"), and what is promised."""
        self.rows.append(Kept(test, promised, database or self._database, control))
        return self.rows[-1]

    def control(self, test: str, without: str, *, database: str = "") -> Kept:
        """Say what is taken away, so that the promise must be broken."""
        return self(test, without, database=database, control=True)


Chance = random.Random


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> Iterator[Promise]:
    """Takes down what this test promises and finds."""
    name = request.node.name
    made = Promise("PostgreSQL" if "postgresql" in name else "SQLite" if "sqlite" in name else "")
    yield made
    request.node.user_properties += [(_ROW, asdict(row)) for row in made.rows]


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Chance:
    """Random numbers; the seed is told, and `--seed` gives the same again."""
    given = request.config.getoption("--seed")
    seed = random.randrange(1 << 32) if given is None else given
    print(f"seed {seed}")
    request.node.user_properties.append((_SEED, seed))
    return Chance(seed)


# Hooks of pytest: tests/conftest.py names them


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, help="the seed that another run printed")
    parser.addoption("--write", action="store_true", help="put the table of promises into docs/figures.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What promises something is marked, so that `make faults` runs its short forms and controls too."""
    for item in items:
        if "promise" in getattr(item, "fixturenames", ()):
            item.add_marker("promised")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = _rows(terminalreporter)
    if not rows:
        return
    terminalreporter.section("promises and figures")
    for row in rows:
        terminalreporter.write_line("  ".join(cell for cell in row if cell))
    if config.getoption("--write"):
        figures.put("faults", figures.columns(_HEAD, rows))


def _rows(terminal: pytest.TerminalReporter) -> list[tuple[str, ...]]:
    """What every test promised, in the order of the tests' numbers. Where a long form said the same as a short one,
    the short one is heard only if it broke."""
    reports = [report for said in terminal.stats.values() for report in said if isinstance(report, pytest.TestReport)]
    broken = {report.nodeid for report in reports if report.failed}
    rows: dict[tuple[object, ...], tuple[str, ...]] = {}
    for report in sorted(reports, key=lambda report: "faults" in report.keywords):
        if report.when == "teardown":
            is_broken = report.nodeid in broken
            rows |= {(*row[:3], is_broken): row for row in _rows_of(report, is_broken)}
    return sorted(rows.values(), key=lambda row: (int(row[0].lstrip("T")), row[1].startswith("control"), *row[1:3]))


def _rows_of(report: pytest.TestReport, broken: bool) -> list[tuple[str, ...]]:
    seed = "".join(str(value) for name, value in report.user_properties if name == _SEED)
    rows = [Kept(**row) for name, row in report.user_properties if name == _ROW and isinstance(row, dict)]
    return [(row.test, row.whole, row.database, row.figure_unless(broken), seed) for row in rows]
