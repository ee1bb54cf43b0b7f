"""What a programme would add to a board is proposed: rooms, days and closures, and nothing is changed by that."""

from dataclasses import replace
from datetime import date

import pytest
from tests.intake.programme import making
from tests.intake.programme.making import HALLS, LECTURES, SATURDAY, SUNDAY, ZONE, as_json, at

from openspaces.board.moves import FollowPlan, WriteCard
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Day, Room
from openspaces.board.vocabulary import Cell
from openspaces.intake.file import read_file
from openspaces.intake.programme import Place, Programme, proposed, read_programme
from openspaces.people.who import PROGRAM

FILE = f"""
slug = "spring"
name = "Spring"
timezone = "Europe/Berlin"
[[rooms]]
key = "hall-a"
name = "HALL A"
[[rooms]]
key = "elsewhere"
name = "Elsewhere"
elsewhere = true
[[days]]
date = {SATURDAY}
slots = "09:00-20:00/60"
"""


def programme(*lectures: making.Lecture) -> Programme:
    return read_programme(as_json(making.schedule_json(lectures or LECTURES)), ZONE)


@pytest.fixture
def board(database: None, tmp_path) -> Board:  # type: ignore[no-untyped-def]
    """A board that has one of the rooms, under a name in capitals, and the first of the days."""
    file = tmp_path / "spring.toml"
    file.write_text(FILE, encoding="utf-8")
    assert play("spring", FollowPlan(plan=read_file(file)), by=PROGRAM).refusal is None
    return now()


def now() -> Board:
    board = board_now("spring")
    assert board is not None
    return board


def slots_of(day: Day) -> list[str]:
    return [slot.key for slot in day.slots]


def test_rooms_and_days_that_the_board_has_not_are_proposed(board: Board) -> None:
    proposal = proposed.proposed(board, programme())
    assert proposal.rooms == (Room("hall-a-2", "Hall A (2)", 40), Room("room", "कक्ष ३"))
    saturday, sunday = proposal.days
    assert (slots_of(saturday), saturday.rooms) == (
        slots_of(board.days[0]),
        ("hall-a", "elsewhere", "hall-a-2", "room"),
    )
    assert (slots_of(sunday), sunday.rooms) == (["0328-0900", "0328-1000"], ("hall-a", "hall-a-2", "elsewhere"))
    assert now() == board


def test_what_is_proposed_can_be_played_and_is_not_proposed_again(board: Board) -> None:
    for move in proposed.proposed(board, programme()).moves():
        assert play("spring", move, by=PROGRAM).refusal is None
    assert [room.key for room in now().rooms] == ["hall-a", "elsewhere", "hall-a-2", "room"]
    assert [day.date for day in now().days] == [SATURDAY, SUNDAY]
    assert proposed.proposed(now(), programme()) == proposed.Proposal()


def test_the_lines_for_the_event_file_say_the_same(board: Board, tmp_path) -> None:  # type: ignore[no-untyped-def]
    proposal = proposed.proposed(board, programme())
    for move in proposal.moves():
        play("spring", move, by=PROGRAM)
    rooms, days = proposed.written(proposal).split("[[days]]", 1)
    longer = FILE.replace("[[days]]", f"{rooms}[[days]]").split("[[days]]")[0] + f"[[days]]{days}"
    saturday = f'date = {SATURDAY}\nslots = "09:00-20:00/60"\n'
    (tmp_path / "again.toml").write_text(longer.replace(f"date = {SATURDAY}\n", saturday), encoding="utf-8")
    assert play("spring", FollowPlan(plan=read_file(tmp_path / "again.toml")), by=PROGRAM).changes == ()


def test_a_whole_event_file_is_made_where_there_is_no_event_yet(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "spring.toml").write_text(proposed.event_file("spring", programme(), "UTC"), encoding="utf-8")
    plan = read_file(tmp_path / "spring.toml")
    assert (plan.event, plan.profile.name, plan.profile.timezone) == ("spring", making.TITLE, "Europe/Berlin")
    assert [room.name for room in plan.rooms] == ["Hall A", "Hall A (2)", "कक्ष ३"]
    saturday, sunday = plan.days
    assert (slots_of(saturday)[0], slots_of(saturday)[-1]) == ("0327-1000", "0327-2700")
    assert slots_of(sunday) == ["0328-0900", "0328-1000"]


def test_a_night_ends_where_the_next_day_begins() -> None:
    early = replace(LECTURES[6], starts=at(SUNDAY, "05:15"), minutes=30)
    late = replace(LECTURES[4], starts=at(SUNDAY, "00:30"), minutes=300)
    proposal = proposed.proposed(Board("spring", timezone=ZONE.key), programme(LECTURES[0], late, early))
    assert (slots_of(proposal.days[0])[-1], slots_of(proposal.days[1])) == ("0327-2800", ["0328-0500"])


def test_cells_in_which_talks_are_held_are_closed_but_for_those_with_cards(board: Board) -> None:
    card = WriteCard(title="Knitting", cells=(Cell("hall-a", "0327-1000"),))
    assert play("spring", card, by=PROGRAM).refusal is None
    long = replace(LECTURES[0], minutes=150)
    (closure,) = proposed.closing(now(), programme(long))
    assert (closure.reason, [str(cell) for cell in closure.cells]) == (
        "Opening",
        ["hall-a@0327-1100", "hall-a@0327-1200"],
    )
    assert play("spring", closure, by=PROGRAM).refusal is None
    assert proposed.closing(now(), programme(long)) == []
    assert now().holders[Cell("hall-a", "0327-1000")] == (card.code,)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Room 308", "308"), ("raum 308", "308"), ("308", "308"), ("HALL  a", "hall-a"), ("Elsewhere", "elsewhere-2")],
)
def test_a_room_is_known_by_its_name_whatever_its_case(board: Board, name: str, key: str) -> None:
    there = replace(board, rooms=(*board.rooms, Room("308", "Room 308")))
    assert proposed.room_keys(there, Programme((Place(name),), (), ())) == {name: key}


def test_two_rooms_of_one_name_are_two_rooms(board: Board) -> None:
    assert proposed.room_keys(board, programme()) == {"Hall A": "hall-a", "Hall A (2)": "hall-a-2", "कक्ष ३": "room"}
    assert [hall.name for hall in HALLS] == ["Hall A", "Hall A", "कक्ष ३"]


def test_a_day_without_talks_is_not_proposed() -> None:
    proposal = proposed.proposed(Board("spring", timezone=ZONE.key), programme(LECTURES[0]))
    assert [day.date for day in proposal.days] == [date(2027, 3, 27)]
    assert [room.key for room in proposal.rooms] == ["hall-a", "hall-a-2", "room"]
