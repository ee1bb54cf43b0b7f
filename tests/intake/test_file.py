"""Event files: what each example says, the nights in which clocks change, and a second load."""

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from openspaces.board.moves import FollowPlan, PlaceCard, Plan, WriteCard
from openspaces.board.moves.plan import kept_back
from openspaces.board.play import Outcome, play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Day, Policy, Wished
from openspaces.board.vocabulary import Cell, Competing, Kind, Method, Placing, Stage
from openspaces.intake.file import read_file
from openspaces.people.who import PROGRAM

EXAMPLES = Path(__file__).parent.parent.parent / "src" / "openspaces" / "examples"
SMALL = """
slug = "small"
name = "Small"
timezone = "Europe/Berlin"
[[rooms]]
key = "oak"
name = "Oak"
[[rooms]]
key = "elm"
name = "Elm"
[[days]]
date = 2027-05-08
slots = "09:00-12:00/60"
"""


def example(name: str) -> Plan:
    return read_file(EXAMPLES / f"{name}.toml")


def written(folder: Path, text: str) -> Plan:
    file = folder / "event.toml"
    file.write_text(text, encoding="utf-8")
    return read_file(file)


def slots_of(day: Day) -> list[str]:
    return [slot.key for slot in day.slots]


def cells(plan: Plan) -> int:
    return sum(len(day.slots) * len(day.rooms) for day in plan.days)


def board_of(event: str) -> Board:
    board = board_now(event)
    assert board is not None
    return board


def load(plan: Plan) -> Outcome:
    outcome = play(plan.event, FollowPlan(plan=plan), by=PROGRAM)
    assert outcome.refusal is None
    return outcome


@pytest.mark.parametrize(
    ("name", "title", "rooms", "slots", "in_all"),
    [
        ("camp", "Empty camp", 4, [12, 8], 80),
        ("congress", "Congress", 40, [26, 26, 26, 26], 4160),
        ("pyconindia2018", "PyCon India 2018", 1, [8, 7], 15),
        ("pyconus2022", "PyCon US 2022", 6, [10, 10, 6], 156),
        ("pyconus2025", "PyCon US 2025", 10, [13, 13, 13], 338),
        ("schoolcamp", "Schulcamp", 3, [16, 5], 63),
    ],
)
def test_an_example_says_what_it_says(name: str, title: str, rooms: int, slots: list[int], in_all: int) -> None:
    plan = example(name)
    assert (plan.event, plan.profile.name, len(plan.rooms)) == (name, title, rooms)
    assert [len(day.slots) for day in plan.days] == slots
    assert cells(plan) == in_all


def test_every_example_is_tested_here() -> None:
    assert sorted(file.stem for file in EXAMPLES.glob("*.toml")) == [
        "camp",
        "congress",
        "pyconindia2018",
        "pyconus2022",
        "pyconus2025",
        "schoolcamp",
    ]


def test_the_policy_is_read() -> None:
    assert example("schoolcamp").profile.policy == Policy(Placing.PRESENCE, Competing.REFUSE, 2, 5)
    in_india = Policy(Placing.FACILITATORS, Competing.CONTEST, 0, 0, Method.VOTE, 30)
    assert example("pyconindia2018").profile.policy == in_india


def test_a_day_without_rooms_has_all_of_them_and_one_with_rooms_those() -> None:
    first, _second, third = example("pyconus2025").days
    assert first.rooms == ("308", "309", "315", "316", "318", "320", "321", "elsewhere")
    assert third.rooms == tuple(room.key for room in example("pyconus2025").rooms)


def test_times_are_kept_in_utc() -> None:
    day = example("pyconus2025").days[0]
    assert day.slots[0].starts == datetime(2025, 5, 16, 12, 0, tzinfo=UTC)
    assert day.opens == datetime(2025, 5, 15, 13, 0, tzinfo=UTC)


def test_a_slot_past_midnight_belongs_to_the_day_it_continues() -> None:
    day = example("congress").days[0]
    last = day.slots[-1]
    assert (last.key, last.day) == ("1227-2430", date(2027, 12, 27))
    assert last.starts == datetime(2027, 12, 27, 23, 30, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_has_no_slot() -> None:
    night = example("schoolcamp").days[1]
    assert slots_of(night) == ["0328-0000", "0328-0100", "0328-0300", "0328-0400", "0328-0500"]
    assert {slot.ends - slot.starts for slot in night.slots} == {timedelta(hours=1)}
    assert all(one.ends == other.starts for one, other in zip(night.slots, night.slots[1:], strict=False))


def test_half_hours_that_the_clocks_skip_have_no_slots_and_the_row_has_no_gap(tmp_path: Path) -> None:
    night = written(tmp_path, SMALL.replace("2027-05-08", "2027-03-28").replace("09:00-12:00/60", "01:00-04:00/30"))
    slots = night.days[0].slots
    assert [slot.key for slot in slots] == ["0328-0100", "0328-0130", "0328-0300", "0328-0330"]
    assert all(one.ends == other.starts for one, other in itertools.pairwise(slots))


def test_an_hour_that_the_clocks_repeat_has_one_slot_as_long_as_they_take(tmp_path: Path) -> None:
    night = written(tmp_path, SMALL.replace("2027-05-08", "2027-10-31").replace("09:00-12:00/60", "00:00-05:00/60"))
    slots = night.days[0].slots
    assert [slot.key for slot in slots] == ["1031-0000", "1031-0100", "1031-0200", "1031-0300", "1031-0400"]
    assert [(slot.ends - slot.starts).seconds // 3600 for slot in slots] == [1, 1, 2, 1, 1]
    assert all(one.ends == other.starts for one, other in itertools.pairwise(slots))


def test_a_day_may_have_several_stretches(tmp_path: Path) -> None:
    two = written(tmp_path, SMALL.replace('"09:00-12:00/60"', '["13:00-14:00/30", "09:00-10:00/60"]'))
    assert slots_of(two.days[0]) == ["0508-0900", "0508-1300", "0508-1330"]


def test_a_closure_closes_the_cells_it_touches(tmp_path: Path) -> None:
    closure = '[[closures]]\nfrom = 2027-05-08T09:30:00\nto = 2027-05-08T11:00:00\nreason = "Keynote"\n'
    one_room = written(tmp_path, SMALL + closure.replace("from", 'room = "elm"\nfrom', 1))
    assert [str(cell) for cell in one_room.closures[0].cells] == ["elm@0508-0900", "elm@0508-1000"]
    every_room = written(tmp_path, SMALL + closure)
    assert [str(cell) for cell in every_room.closures[0].cells] == [
        "oak@0508-0900",
        "elm@0508-0900",
        "oak@0508-1000",
        "elm@0508-1000",
    ]


def test_planned_sessions_keep_their_wish_and_ideas_have_no_host() -> None:
    planned, *ideas = example("pyconus2022").cards
    assert (planned.title, planned.host) == ("Open Teams Incubator", "Open Teams")
    assert planned.text == "Starting your own Python company, investing in a start-up, and more."
    assert planned.wish == "2022-04-29, Room 250DE, 19:00-20:00"
    assert planned.wished == Wished(date(2022, 4, 29), ("0429-1900",), "250de")
    assert len(ideas) == 9
    assert {idea.host for idea in ideas} == {None}


def test_all_dates_move_together() -> None:
    moved = read_file(EXAMPLES / "pyconus2025.toml", first_day=date(2030, 1, 4))
    assert [day.date for day in moved.days] == [date(2030, 1, 4), date(2030, 1, 5), date(2030, 1, 6)]
    assert moved.days[1].opens == datetime(2030, 1, 4, 14, 0, tzinfo=UTC)
    assert moved.days[0].slots[0].starts == datetime(2030, 1, 4, 13, 0, tzinfo=UTC)


def test_a_file_saved_with_a_mark_and_foreign_line_ends_is_read(tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_file(file).profile.name == "Small"


# Loading plays moves


@pytest.mark.parametrize("name", ["camp", "congress", "pyconindia2018", "pyconus2022", "pyconus2025", "schoolcamp"])
def test_a_loaded_example_is_on_the_board_and_a_second_load_changes_nothing(database: None, name: str) -> None:
    plan = example(name)
    load(plan)
    board = board_of(name)
    assert (board.rooms, board.days, len(board.cards)) == (plan.rooms, plan.days, len(plan.cards))
    assert set(board.closures) == {cell for closure in plan.closures for cell in closure.cells}
    assert load(plan).changes == ()


def test_cards_from_a_file_are_planned_or_ideas_and_nobodys(database: None) -> None:
    load(example("pyconus2022"))
    cards = board_of("pyconus2022").in_order()
    assert [card.stage for card in cards] == [Stage.PLANNED] + [Stage.IDEA] * 9
    assert {card.hand for card in cards} == {""}


def test_a_second_load_changes_only_what_differs(database: None, tmp_path: Path) -> None:
    load(written(tmp_path, SMALL))
    changed = SMALL.replace('name = "Elm"', 'name = "Elm"\ncapacity = 12').replace("12:00/60", "13:00/60")
    outcome = load(written(tmp_path, changed + '[[ideas]]\ntitle = "Sing"\n'))
    assert [change.kind for change in outcome.changes] == [Kind.ROOM_CHANGED, Kind.DAY_CHANGED, Kind.CARD_WRITTEN]
    assert [room.capacity for room in board_of("small").rooms] == [None, 12]


def test_an_idea_that_the_file_still_has_is_not_written_twice(database: None, tmp_path: Path) -> None:
    load(written(tmp_path, SMALL + '[[ideas]]\ntitle = "Sing"\n'))
    outcome = load(written(tmp_path, SMALL + '[[ideas]]\ntitle = "Sing"\n[[ideas]]\ntitle = "Dance"\n'))
    assert [change.kind for change in outcome.changes] == [Kind.CARD_WRITTEN]


def test_a_room_that_disappears_under_a_card_is_kept_and_told(database: None, tmp_path: Path) -> None:
    load(written(tmp_path, SMALL))
    place("elm@0508-1000")
    without = written(tmp_path, SMALL.replace('[[rooms]]\nkey = "elm"\nname = "Elm"\n', ""))
    load(without)
    board = board_of("small")
    assert [room.key for room in board.rooms] == ["oak", "elm"]
    kept = kept_back(board, without)
    assert [(each.what, [str(cell) for cell in each.cells]) for each in kept] == [("2027-05-08", ["elm@0508-1000"])]
    assert [card.words.title for card in kept[0].cards] == ["Knitting"]


def test_once_the_card_has_moved_the_room_goes_with_the_next_load(database: None, tmp_path: Path) -> None:
    load(written(tmp_path, SMALL))
    code = place("elm@0508-1000")
    without = written(tmp_path, SMALL.replace('[[rooms]]\nkey = "elm"\nname = "Elm"\n', ""))
    load(without)
    play("small", PlaceCard(card=code, cells=(Cell.parse("oak@0508-1000"),)), by=PROGRAM)
    load(without)
    assert [room.key for room in board_of("small").rooms] == ["oak"]
    assert kept_back(board_of("small"), without) == []


def test_a_slot_that_disappears_under_a_card_is_kept_and_told(database: None, tmp_path: Path) -> None:
    load(written(tmp_path, SMALL))
    place("oak@0508-1100")
    shorter = written(tmp_path, SMALL.replace("12:00/60", "11:00/60"))
    load(shorter)
    assert slots_of(board_of("small").days[0]) == ["0508-0900", "0508-1000", "0508-1100"]
    assert [str(cell) for kept in kept_back(board_of("small"), shorter) for cell in kept.cells] == ["oak@0508-1100"]


def place(cell: str) -> str:
    move = WriteCard(title="Knitting", cells=(Cell.parse(cell),))
    assert play("small", move, by=PROGRAM).refusal is None
    return move.code
