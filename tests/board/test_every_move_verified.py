"""Every move, played for real: log, tables and memory tell one story after it."""

from dataclasses import replace

import pytest
from tests.drawing import (
    FACILITATOR,
    FIRST_DAY,
    ORGANISER,
    card,
    cell,
    cells,
    drawn,
    picture,
    picture_of,
)
from tests.every_move import BOARD, DONE, KNIT, MAKE, PLAN, ROOMS, SPARE_ROOM, TALK
from tests.verify import consistent, stored, verify

from openspaces.board import store
from openspaces.board.moves import (
    MOVES,
    AddRoom,
    ChangeRoom,
    CloseCell,
    EditCard,
    FollowPlan,
    MakeEvent,
    Move,
    MoveCard,
    PlaceCard,
    SwapCards,
)
from openspaces.board.state import Closure, Room
from openspaces.board.vocabulary import Code
from openspaces.people.who import PROGRAM, Who

TWICE = [pair for pair in DONE if not isinstance(pair[0], SwapCards)]


def told_apart(done: list[tuple[Move, Who]]) -> list[str]:
    """Names for the cases: the same in every process that collects them."""
    return [f"{number}-{type(move).__name__}" for number, (move, _) in enumerate(done)]


@pytest.mark.parametrize(("move", "by"), DONE, ids=told_apart(DONE))
def test_a_move_leaves_one_story(database: None, move: Move, by: Who) -> None:
    event = stored(BOARD)
    verify(event, AddRoom(room=SPARE_ROOM), by=ORGANISER)
    done = verify(event, move, by=by)
    assert (done.refusal, done.changes != ()) == (None, True)


def test_an_event_is_made(database: None) -> None:
    made = verify("camp", MAKE[0], by=MAKE[1])
    assert [change.kind for change in made.changes] == ["event.made"]


def test_an_event_is_made_from_its_plan(database: None) -> None:
    verify("camp", FollowPlan(plan=PLAN), by=PROGRAM)
    assert verify("camp", FollowPlan(plan=PLAN), by=PROGRAM).changes == ()


def test_no_move_is_left_unverified() -> None:
    assert {type(move) for move, _ in DONE} | {MakeEvent} == set(MOVES)


@pytest.mark.parametrize(("move", "by"), TWICE, ids=told_apart(TWICE))
def test_a_move_done_twice_does_nothing_the_second_time(database: None, move: Move, by: Who) -> None:
    event = stored(BOARD)
    verify(event, move, by=by)
    again = verify(event, move, by=by)
    assert again.changes == ()


def test_a_refused_move_changes_nothing(database: None) -> None:
    event = stored(BOARD)
    refused = verify(event, PlaceCard(card=KNIT, cells=cells("elm 10:00")), by=Who("knit"))
    assert refused.refusal is not None
    assert refused.refusal.code == Code.CELL_TAKEN


def test_many_moves_one_after_the_other_leave_one_story(database: None) -> None:
    event = stored(BOARD)
    verify(event, AddRoom(room=SPARE_ROOM), by=ORGANISER)
    for move, by in DONE:
        verify(event, move, by=by)


def test_the_drawn_board_is_the_stored_board(database: None) -> None:
    loaded = store.load(stored(BOARD))
    assert loaded is not None
    assert replace(loaded, epoch="drawn") == drawn(BOARD)
    assert picture_of(loaded) == picture(BOARD)


def test_a_room_that_becomes_elsewhere_and_back_guards_its_cells_again(database: None) -> None:
    event = stored(BOARD)
    verify(event, ChangeRoom(room=Room("oak", "Oak", elsewhere=True)), by=ORGANISER)
    verify(event, MoveCard(card=TALK, cells=cells("oak 11:00"), where="Left"), by=Who("talk"))
    verify(event, ChangeRoom(room=Room("oak", "Oak")), by=ORGANISER)
    assert _lanes("oak") == [0, 0, 0]


def test_staff_close_a_cell_anew_with_another_reason(database: None) -> None:
    event = stored(BOARD)
    verify(event, CloseCell(cells=cells("ash 09:00"), reason="Plaster"), by=FACILITATOR)
    board = consistent(event)
    assert board.closures[cell("ash 09:00")] == Closure("Plaster", FACILITATOR.hand, board.at)


def test_the_log_repeats_no_words(database: None) -> None:
    event = stored(BOARD)
    verify(event, EditCard(card=KNIT, title="Purl", seen=99), by=Who("knit"))
    from openspaces.board.models import Change

    rows = Change.objects.filter(event_id=event, card=KNIT).order_by("number")
    assert [(row.before.get("words"), row.after.get("words")) for row in rows] == [(None, 1), (None, None), (1, 2)]


def _lanes(room: str) -> list[int]:
    from openspaces.board.models import Placement

    return list(Placement.objects.filter(room__key=room).order_by("lane").values_list("lane", flat=True))


def test_the_days_of_the_drawing_are_those_of_the_board() -> None:
    board = drawn(BOARD)
    assert [day.date for day in board.days] == [FIRST_DAY, FIRST_DAY.replace(day=FIRST_DAY.day + 1)]
    assert [card(board, title).cells for title in ("Talk", "Knit")] == [
        cells("elm 10:00", "elm 11:00"),
        cells("oak 09:00"),
    ]
    assert [day.rooms for day in board.days] == [ROOMS, ROOMS]
