"""Every move, played for real: log, tables and memory tell one story after it."""

from dataclasses import replace
from functools import cache

import pytest
from tests.drawing import (
    EVE,
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
from tests.every_move import (
    BOARD,
    CLOSED,
    DONE,
    KNIT,
    MAKE,
    PLAN,
    PLANNED,
    ROOMS,
    SPARE,
    SUGGESTED,
    TALK,
    VOICES,
    Case,
    writes,
)
from tests.playing import meant
from tests.verify import consistent, stored, verify, wanted

from openspaces.board import store
from openspaces.board.moves import (
    MOVES,
    Announce,
    ChangeRoom,
    CloseCell,
    EditCard,
    FollowPlan,
    MakeEvent,
    Move,
    MoveCard,
    PlaceCard,
    RestoreBoard,
    RestoreCard,
    SwapCards,
)
from openspaces.board.play import play
from openspaces.board.read import board_at
from openspaces.board.state import Board, Closure, Room
from openspaces.board.vocabulary import Code
from openspaces.people.who import PROGRAM, Who

DRAWN = drawn(BOARD).number
MOVED = ((MoveCard(card=KNIT, cells=cells("ash 11:00")), Who("knit")),)
AGAIN = (SwapCards, Announce)
"""What is done once more when it is asked once more."""
WITH_THE_PAST = {RestoreBoard, RestoreCard}


def named(cases: list[Case]) -> list[str]:
    """Names for the cases: the same in every process that collects them."""
    return [f"{number}-{type_of(case).__name__}" for number, case in enumerate(cases)]


@cache
def type_of(case: Case) -> type[Move]:
    """The move that a case is about."""
    return type(meant(case.move, case.playing().board))


def begun(case: Case) -> tuple[str, Move]:
    """The event, as it is before the move of a case; and that move."""
    event = stored(BOARD, case.policy, case.planned, SUGGESTED, before=SPARE)
    for voice, by in VOICES:
        assert play(event, voice, by=by, at=EVE).refusal is None
    for step, by in case.before:
        assert play(event, wanted(step, event), by=by, at=EVE).refusal is None
    return event, wanted(case.move, event)


@pytest.mark.parametrize("case", DONE, ids=named(DONE))
def test_a_move_leaves_one_story_and_done_twice_does_nothing_the_second_time(database: None, case: Case) -> None:
    event, move = begun(case)
    done = verify(event, move, by=case.by, at=case.at)
    assert (done.refusal, done.changes != ()) == (None, True)
    again = verify(event, move, by=case.by, at=case.at)
    assert (again.changes == ()) == (not isinstance(move, AGAIN))


def test_an_event_is_made(database: None) -> None:
    made = verify("camp", MAKE[0], by=MAKE[1])
    assert [change.kind for change in made.changes] == ["event.made"]


def test_an_event_is_made_from_its_plan(database: None) -> None:
    verify("camp", FollowPlan(plan=PLAN), by=PROGRAM)
    assert verify("camp", FollowPlan(plan=PLAN), by=PROGRAM).changes == ()


def test_one_card_is_put_back_to_how_it_was(database: None) -> None:
    event = stored(BOARD, before=((EditCard(card=KNIT, title="Purl", seen=99), Who("knit")), *MOVED))
    done = verify(event, RestoreCard(card=KNIT, number=DRAWN, past=as_it_was(event)), by=FACILITATOR)
    assert [change.kind for change in done.changes] == ["card.edited", "card.moved"]


def test_the_whole_board_is_put_back_to_how_it_was(database: None) -> None:
    event = stored(BOARD, before=(*MOVED, *CLOSED, writes("Late", "oak 11:00")))
    verify(event, RestoreBoard(number=DRAWN, past=as_it_was(event)), by=FACILITATOR)
    assert picture_of(consistent(event)) == picture(BOARD)


def as_it_was(event: str) -> Board:
    """The board when it was drawn."""
    past = board_at(event, DRAWN)
    assert past is not None
    return past


def test_no_move_is_left_unverified() -> None:
    assert {type_of(case) for case in DONE} | {MakeEvent} | WITH_THE_PAST == set(MOVES)


def test_a_refused_move_changes_nothing(database: None) -> None:
    event = stored(BOARD)
    refused = verify(event, PlaceCard(card=KNIT, cells=cells("elm 10:00")), by=Who("knit"))
    assert refused.refusal is not None
    assert refused.refusal.code == Code.CELL_TAKEN


def test_many_moves_one_after_the_other_leave_one_story(database: None) -> None:
    event = stored(BOARD, planned=PLANNED, ideas=SUGGESTED, before=SPARE)
    for voice, by in VOICES:
        play(event, voice, by=by)
    for case in DONE:
        if not case.before:
            verify(event, wanted(case.move, event), by=case.by)


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
