"""The rules of an event's rooms, days and closed cells."""

from dataclasses import replace

import pytest
from tests.drawing import (
    FACILITATOR,
    HELPER,
    HOUR,
    ORGANISER,
    STRANGER,
    ZONE,
    Row,
    after,
    asked,
    card,
    cell,
    cells,
    day_of,
    drawn,
    refused,
)

from openspaces.board.moves import (
    AddDay,
    AddRoom,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    CloseCell,
    MakeEvent,
    Move,
    Profile,
    RemoveDay,
    RemoveRoom,
    ReopenCell,
)
from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.board.words import Unfit
from openspaces.people.who import Who

BOARD = """
          oak      elm      elsewhere
  09:00   Knit     .        Chess at Park + Run at Gate
  10:00   .        #paint   .
"""
ROOMS = ("oak", "elm", "elsewhere")
SAME = Profile(name="Camp", timezone=str(ZONE))


def changed_day(clocks: list[str], rooms: Row = ROOMS) -> ChangeDay:
    """The first day with other slots or rooms."""
    return ChangeDay(day=day_of(clocks, rooms))


# Who


@pytest.mark.parametrize(
    "move",
    [
        MakeEvent(profile=SAME),
        ChangeEvent(profile=SAME),
        AddRoom(room=Room("x", "X")),
        ChangeRoom(room=Room("oak", "X")),
        RemoveRoom(key="oak"),
        AddDay(day=day_of([], (), 5)),
        changed_day([]),
        RemoveDay(day=day_of([], ())),
    ],
    ids=lambda move: type(move).__name__,
)
@pytest.mark.parametrize("by", [STRANGER, HELPER, FACILITATOR], ids=lambda by: by.hand)
def test_only_organisers_change_the_event(move: Move, by: Who) -> None:
    assert move.may(by, drawn(BOARD)) == Refusal(Code.NOT_ALLOWED)
    assert move.may(ORGANISER, drawn(BOARD)) is None


def test_only_staff_close_and_reopen() -> None:
    board = drawn(BOARD)
    moves: list[Move] = [CloseCell(cells=cells("oak 10:00"), reason="x"), ReopenCell(cells=cells("elm 10:00"))]
    for move in moves:
        assert refused(board, move, STRANGER) == Refusal(Code.NOT_ALLOWED)
        assert after(board, move, HELPER).number == board.number + 1


# The event


def test_an_event_is_made_once() -> None:
    assert refused(drawn(BOARD), MakeEvent(profile=SAME), ORGANISER) == Refusal(Code.EVENT_EXISTS, {"event": "camp"})


def test_only_what_differs_is_a_change() -> None:
    assert asked(drawn(BOARD), ChangeEvent(profile=SAME), ORGANISER) == ()
    done = asked(drawn(BOARD), ChangeEvent(profile=replace(SAME, venue="Aula")), ORGANISER)
    assert not isinstance(done, Refusal)
    assert [(change.before, change.after) for change in done] == [({"venue": ""}, {"venue": "Aula"})]


# Rooms


def test_a_room_is_added_once_and_changed_where_it_is() -> None:
    board = drawn(BOARD)
    refusal = refused(board, AddRoom(room=Room("oak", "Oak")), ORGANISER)
    assert refusal == Refusal(Code.ROOM_EXISTS, {"room": "Oak"})
    changed = after(board, ChangeRoom(room=Room("oak", "Big oak", 90)), ORGANISER)
    assert [room.name for room in changed.rooms] == ["Big oak", "Elm", "Elsewhere"]


def test_a_room_in_use_is_not_removed() -> None:
    refusal = refused(drawn(BOARD), RemoveRoom(key="oak"), ORGANISER)
    assert refusal == Refusal(Code.ROOM_IN_USE, {"room": "Oak", "cards": ["Knit"]})


def test_a_room_that_is_not_there_is_removed_already_but_cannot_be_changed() -> None:
    assert asked(drawn(BOARD), RemoveRoom(key="attic"), ORGANISER) == ()
    refusal = refused(drawn(BOARD), ChangeRoom(room=Room("attic", "Attic")), ORGANISER)
    assert refusal == Refusal(Code.UNKNOWN_ROOM, {"room": "attic"})


def test_elsewhere_stays_elsewhere_while_it_holds_several_cards_at_once() -> None:
    refusal = refused(drawn(BOARD), ChangeRoom(room=Room("elsewhere", "Hall")), ORGANISER)
    assert refusal == Refusal(Code.ROOM_IN_USE, {"room": "Elsewhere", "cards": ["Chess", "Run"]})


# Days


def test_a_day_is_added_once_with_rooms_that_exist() -> None:
    board = drawn(BOARD)
    assert refused(board, AddDay(day=day_of(["09:00"], ROOMS)), ORGANISER).code == Code.DAY_EXISTS
    refusal = refused(board, AddDay(day=day_of(["09:00"], ("oak", "attic"), 1)), ORGANISER)
    assert refusal == Refusal(Code.UNKNOWN_ROOM, {"room": "attic"})
    assert refused(board, changed_day(["09:00"], ("attic",)), ORGANISER) == refusal


def test_days_are_kept_in_order() -> None:
    board = after(drawn(BOARD), AddDay(day=day_of(["09:00"], ROOMS, -1)), ORGANISER)
    assert [day.date.day for day in board.days] == [16, 17]


def test_a_slot_belongs_to_one_day() -> None:
    board = drawn(BOARD)
    first = board.days[0]
    a_year_later = replace(first, date=first.date.replace(year=first.date.year + 1))
    refusal = refused(board, AddDay(day=a_year_later), ORGANISER)
    assert refusal == Refusal(Code.SLOT_EXISTS, {"slot": "0517-0900", "day": "2031-05-17"})


def test_a_room_is_in_one_slot_at_a_time() -> None:
    board = drawn(BOARD)
    next_day = day_of(["09:00", "10:00"], ROOMS, 1)
    nine, ten = next_day.slots
    refusal = Refusal(Code.SLOTS_OVERLAP, {"slot": "0518-1000", "day": "2031-05-18"})
    overlapping = replace(next_day, slots=(nine, replace(ten, starts=nine.starts + HOUR / 2)))
    assert refused(board, AddDay(day=overlapping), ORGANISER) == refusal
    assert (
        refused(board, AddDay(day=replace(next_day, slots=(nine, replace(ten, ends=ten.starts)))), ORGANISER) == refusal
    )
    past_midnight = board.days[0].slots[0]
    into_the_first = replace(next_day, slots=(replace(ten, starts=past_midnight.starts, ends=past_midnight.ends),))
    assert refused(board, AddDay(day=into_the_first), ORGANISER) == refusal
    elsewhere_than_the_first = replace(into_the_first, rooms=())
    assert len(after(board, AddDay(day=elsewhere_than_the_first), ORGANISER).days) == 2


def test_a_day_that_is_not_there_cannot_be_changed_and_is_removed_already() -> None:
    far = day_of(["09:00"], ROOMS, 7)
    refusal = refused(drawn(BOARD), ChangeDay(day=far), ORGANISER)
    assert refusal == Refusal(Code.UNKNOWN_DAY, {"day": "2031-05-24"})
    assert asked(drawn(BOARD), RemoveDay(day=far), ORGANISER) == ()


@pytest.mark.parametrize(
    "move",
    [
        changed_day(["10:00"]),
        changed_day(["09:00", "09:30", "10:00"]),
        changed_day(["09:00", "10:00"], ("elm", "elsewhere")),
        RemoveDay(day=day_of([], ())),
    ],
    ids=["the slot goes", "the slot gets shorter", "the room goes", "the day goes"],
)
def test_nothing_vanishes_under_a_card(move: Move) -> None:
    refusal = refused(drawn(BOARD), move, ORGANISER)
    assert (refusal.code, refusal.facts["cards"][0]) == (Code.SLOT_IN_USE, "Knit")


def test_what_no_card_stands_on_may_go_and_takes_its_closures_along() -> None:
    board = drawn(BOARD)
    done = asked(board, changed_day(["09:00", "11:00"]), ORGANISER)
    assert not isinstance(done, Refusal)
    assert [change.kind for change in done] == [Kind.CELL_REOPENED, Kind.DAY_CHANGED]
    changed = after(board, changed_day(["09:00", "11:00"]), ORGANISER)
    assert (len(changed.closures), card(changed, "Knit").cells) == (0, cells("oak 09:00"))


# Closed cells


def test_a_closed_cell_says_who_and_why() -> None:
    board = after(drawn(BOARD), CloseCell(cells=cells("oak 10:00"), reason=" Dinner\u200b "), HELPER)
    closure = board.closures[cell("oak 10:00")]
    assert (closure.reason, closure.by, closure.at) == ("Dinner", "helper", board.at)


def test_closing_or_reopening_twice_does_nothing() -> None:
    board = drawn(BOARD)
    assert asked(board, CloseCell(cells=cells("elm 10:00"), reason="paint"), HELPER) == ()
    assert asked(board, ReopenCell(cells=cells("oak 10:00")), HELPER) == ()


def test_a_cell_named_twice_is_closed_and_reopened_once() -> None:
    board = after(drawn(BOARD), CloseCell(cells=cells("oak 10:00", "oak 10:00"), reason="x"), HELPER)
    board = after(board, ReopenCell(cells=cells("oak 10:00", "oak 10:00", "elm 10:00")), HELPER)
    assert len(board.closures) == 0


@pytest.mark.parametrize("reason", ["", " ", "x" * 201])
def test_a_closure_needs_a_reason_of_some_length(reason: str) -> None:
    with pytest.raises(Unfit) as unfit:
        CloseCell(cells=cells("oak 10:00"), reason=reason)
    assert unfit.value.field == "reason"


def test_cells_that_do_not_exist_are_neither_closed_nor_reopened() -> None:
    board: Board = drawn(BOARD)
    moves: list[Move] = [CloseCell(cells=cells("attic 10:00"), reason="x"), ReopenCell(cells=cells("attic 10:00"))]
    assert [refused(board, move, HELPER).code for move in moves] == [Code.UNKNOWN_CELL] * 2
