"""A share of a day's cells that is held back until a time: which cells, for how long, and what a second load does."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openspaces.board.moves import Changes, FollowPlan, Plan, ReopenCell, WriteCard
from openspaces.board.moves.plan import kept_back
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Kind
from openspaces.intake.file import read_file
from openspaces.people.who import PROGRAM

EVENT = """
slug = "camp"
name = "Camp"
timezone = "Asia/Kolkata"
LANGUAGE
[[rooms]]
key = "oak"
name = "Oak"
[[rooms]]
key = "elm"
name = "Elm"
[[rooms]]
key = "ash"
name = "Ash"
[[rooms]]
key = "elsewhere"
name = "Elsewhere"
elsewhere = true
[[days]]
date = 2031-05-17
slots = "09:00-17:00/60"
HELD
[[days]]
date = 2031-05-18
slots = "09:00-17:00/60"
"""
CLOSURE = '[[closures]]\nroom = "oak"\nfrom = 2031-05-17T09:00:00\nto = 2031-05-17T13:00:00\nreason = "Paint"\n'
NINE = datetime(2031, 5, 17, 3, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(folder: Path, held: str, more: str = "", language: str = "en") -> Plan:
    """The plan of a file that holds back a share of its first day."""
    file = folder / "camp.toml"
    told = EVENT.replace("HELD", held).replace("LANGUAGE", f'language = "{language}"') + more
    file.write_text(told, encoding="utf-8")
    return read_file(file)


def load(wanted: Plan, at: datetime) -> Changes:
    """What loading the file changes."""
    outcome = play(wanted.event, FollowPlan(plan=wanted), by=PROGRAM, at=at)
    assert outcome.refusal is None
    return outcome.changes


def board() -> Board:
    """The event's board."""
    now = board_now("camp")
    assert now is not None
    return now


def share(percent: int, until: str = '"09:00"') -> str:
    """What stands in the file."""
    return f"held_back = {{ share = {percent}, until = {until} }}"


def held(wanted: Plan) -> tuple[Cell, ...]:
    """The cells that a plan holds back."""
    return tuple(cell for closure in wanted.closures if closure.until for cell in closure.cells)


def by_room(cells: Iterable[Cell]) -> dict[str, int]:
    """How many cells of each room."""
    return dict(Counter(cell.room for cell in cells))


@pytest.mark.parametrize(("percent", "cells"), [(1, 1), (25, 6), (30, 7), (50, 12), (99, 24)])
def test_so_many_percent_of_the_days_cells_are_held(tmp_path: Path, percent: int, cells: int) -> None:
    assert len(held(plan(tmp_path, share(percent)))) == cells


def test_every_room_and_every_hour_has_its_share_and_elsewhere_none(tmp_path: Path) -> None:
    cells = held(plan(tmp_path, share(50)))
    assert by_room(cells) == {"oak": 4, "elm": 4, "ash": 4}
    assert set(Counter(cell.slot for cell in cells).values()) == {1, 2}


def test_the_same_file_holds_the_same_cells(tmp_path: Path) -> None:
    assert held(plan(tmp_path, share(30))) == held(plan(tmp_path, share(30)))


def test_only_that_day_is_meant(tmp_path: Path) -> None:
    assert {cell.slot[:4] for cell in held(plan(tmp_path, share(30)))} == {"0517"}


def test_what_the_file_closes_anyway_is_no_part_of_the_share(tmp_path: Path) -> None:
    cells = held(plan(tmp_path, share(50), CLOSURE))
    closed = {f"0517-{hour:02}00" for hour in range(9, 13)}
    assert len(cells) == 10
    assert [cell for cell in cells if cell.room == "oak" and cell.slot in closed] == []


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        ('"09:00"', NINE),
        ("09:00:00", NINE),
        ("2031-05-16T21:00:00", NINE - 12 * HOUR),
        ("2031-05-17T03:30:00Z", NINE),
    ],
)
def test_until_is_a_clock_of_that_day_or_a_date_and_time(tmp_path: Path, until: str, moment: datetime) -> None:
    assert {closure.until for closure in plan(tmp_path, share(30, until)).closures} == {moment}


def test_the_reason_is_in_the_language_of_the_event(tmp_path: Path) -> None:
    assert [closure.reason for closure in plan(tmp_path, share(30)).closures] == ["Held back for later"]


# On the board


def test_nobody_takes_them_before_the_clock_reopens_them(database: None, tmp_path: Path) -> None:
    wanted = plan(tmp_path, share(30))
    load(wanted, NINE - 24 * HOUR)
    cell = held(wanted)[0]
    assert board().closures[cell].until == NINE
    early = play("camp", WriteCard(title="Early", cells=(cell,)), by=PROGRAM, at=NINE - HOUR)
    assert early.refusal is not None
    play("camp", ReopenCell(cells=held(wanted), over=True), by=PROGRAM, at=NINE)
    assert set(board().closures) == set()


def test_loading_again_changes_nothing_before_and_holds_nothing_after(database: None, tmp_path: Path) -> None:
    wanted = plan(tmp_path, share(30))
    load(wanted, NINE - 24 * HOUR)
    assert load(wanted, NINE - HOUR) == ()
    play("camp", ReopenCell(cells=held(wanted), over=True), by=PROGRAM, at=NINE)
    assert load(wanted, NINE + HOUR) == ()
    assert set(board().closures) == set()


def test_a_file_that_is_loaded_first_when_it_is_too_late_holds_nothing(database: None, tmp_path: Path) -> None:
    load(plan(tmp_path, share(30)), NINE)
    assert set(board().closures) == set()


def test_a_hold_that_is_over_is_reopened_by_a_load_if_no_clock_was_there(database: None, tmp_path: Path) -> None:
    wanted = plan(tmp_path, share(30))
    load(wanted, NINE - HOUR)
    assert [change.kind for change in load(wanted, NINE)] == [Kind.CELL_REOPENED]


def test_a_share_that_is_smaller_now_gives_the_others_back(database: None, tmp_path: Path) -> None:
    load(plan(tmp_path, share(50)), NINE - HOUR)
    smaller = plan(tmp_path, share(25))
    load(smaller, NINE - HOUR)
    assert set(board().closures) == set(held(smaller))


def test_a_cell_on_which_a_card_stands_is_not_held_and_that_is_nothing_to_tell(database: None, tmp_path: Path) -> None:
    load(plan(tmp_path, ""), NINE - HOUR)
    wanted = plan(tmp_path, share(50))
    taken = held(wanted)[0]
    play("camp", WriteCard(title="Here", cells=(taken,)), by=PROGRAM, at=NINE - HOUR)
    load(wanted, NINE - HOUR)
    assert set(board().closures) == set(held(wanted)) - {taken}
    assert kept_back(board(), wanted) == []


def test_a_closure_for_good_that_becomes_a_hold_is_one(database: None, tmp_path: Path) -> None:
    load(plan(tmp_path, "", CLOSURE), NINE - HOUR)
    wanted = plan(tmp_path, share(99))
    load(wanted, NINE - HOUR)
    assert {closure.until for closure in board().closures.values()} == {NINE}
