"""The rules of taking a cell, on drawn boards: who gets it, who does not and why, and what is free instead."""

from dataclasses import replace
from typing import Any

import pytest
from tests.drawing import (
    EVE,
    FACILITATOR,
    HELPER,
    ORGANISER,
    STRANGER,
    after,
    asked,
    at,
    card,
    cell,
    cells,
    code,
    drawn,
    host_of,
    picture,
    picture_of,
    refused,
)

from openspaces.board.moves import (
    ChangeDay,
    ChangeEvent,
    Move,
    PlaceCard,
    Profile,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.moves.hours import open_now
from openspaces.board.state import Board, Placement, Policy
from openspaces.board.vocabulary import LONGEST_RUN, Cell, Code, Placing, Refusal
from openspaces.people.who import PROGRAM, Who

BOARD = """
          ash      oak      elm      elsewhere
  09:00   .        Knit     .        Chess at Park
  10:00   Lunch    Talk     #paint   .
  11:00   .        .        .        .
  12:00   .        Tea      .        .
  13:00   .        .        .        .
"""
KNIT = code("Knit")


def place(board: Board, title: str, *names: str, day: int = 0, where: str = "", confirmed: bool = False) -> PlaceCard:
    """Place a drawn card on cells of those names."""
    return PlaceCard(card=card(board, title).code, cells=cells(*names, day=day), where=where, confirmed=confirmed)


def write(*names: str, where: str = "", confirmed: bool = False, **more: Any) -> WriteCard:
    """Write a new card straight onto cells of those names."""
    return WriteCard(title="New", code="NEW000", cells=cells(*names), where=where, confirmed=confirmed, **more)


# Taken


def test_a_card_takes_a_free_cell() -> None:
    board = drawn(BOARD, planned=("Wine",))
    assert picture_of(after(board, place(board, "Wine", "elm 09:00"), Who("wine"))) == picture(
        BOARD.replace("Knit     .        Chess", "Knit     Wine     Chess")
    )


def test_a_taken_cell_is_refused_with_its_holder_and_the_nearest_free_cells() -> None:
    refusal = refused(drawn(BOARD), write("oak 10:00"), STRANGER)
    assert refusal == Refusal(
        Code.CELL_TAKEN,
        {
            "cell": "oak@0517-1000",
            "room": "Oak",
            "starts": "2031-05-17T10:00:00+05:30",
            "ends": "2031-05-17T11:00:00+05:30",
            "title": "Talk",
            "host": "",
        },
        held_by=code("Talk"),
        free=cells("elsewhere 10:00", "oak 11:00", "oak 13:00"),
    )


def test_offers_in_the_same_slot_go_by_nearness_of_rooms_with_elsewhere_last() -> None:
    board = drawn("""
              r1    elsewhere  r2    r3    r4    r5
      09:00   .     .          .     Full  .     .
    """)
    refusal = refused(board, write("r3 09:00"), STRANGER)
    assert refusal.free == cells("r2 09:00", "r4 09:00", "r5 09:00")
    narrow = drawn("""
              elsewhere  r3    r4
      09:00   .          Full  .
    """)
    assert refused(narrow, write("r3 09:00"), STRANGER).free == cells("r4 09:00", "elsewhere 09:00")


def test_offers_in_the_same_room_go_by_nearness_in_time_with_the_earlier_first() -> None:
    board = drawn("""
              oak
      08:00   .
      09:00   .
      10:00   .
      11:00   Full
      12:00   .
    """)
    assert refused(board, write("oak 11:00"), STRANGER).free == cells("oak 10:00", "oak 12:00", "oak 09:00")


def test_offers_leave_out_what_is_over() -> None:
    board = drawn("""
              oak     elm
      09:00   .       .
      10:00   Full    Busy
      11:00   .       .
    """)
    assert refused(board, write("oak 10:00"), STRANGER, at("10:15")).free == cells("oak 11:00")


def test_offers_for_a_long_card_are_free_for_its_whole_length() -> None:
    refusal = refused(drawn(BOARD), write("oak 10:00", "oak 11:00"), STRANGER)
    assert refusal.free == cells("elsewhere 10:00")
    wider = refused(drawn(BOARD), write("ash 10:00", "ash 11:00"), STRANGER)
    assert wider.free == cells("elsewhere 10:00", "ash 11:00", "ash 12:00")


def test_a_full_board_offers_nothing() -> None:
    board = drawn("""
              oak
      09:00   Full
    """)
    assert refused(board, write("oak 09:00"), STRANGER).free == ()


def test_a_host_is_told_who_holds_the_cell() -> None:
    board = after(drawn(BOARD), WriteCard(title="Hers", host="Ada", code="HERS00", cells=cells("oak 11:00")), STRANGER)
    refusal = refused(board, write("oak 11:00"), HELPER)
    assert (refusal.facts["title"], refusal.facts["host"], refusal.held_by) == ("Hers", "Ada", "HERS00")


def test_staff_cannot_take_a_taken_cell_either() -> None:
    assert refused(drawn(BOARD), write("oak 10:00"), ORGANISER).code == Code.CELL_TAKEN


# Closed


def test_a_closed_cell_is_refused_with_the_reason() -> None:
    refusal = refused(drawn(BOARD), write("elm 10:00"), STRANGER)
    assert (refusal.code, refusal.facts["reason"], refusal.facts["room"]) == (Code.CELL_CLOSED, "paint", "Elm")
    assert refusal.free == cells("elsewhere 10:00", "elm 09:00", "elm 11:00", "elm 12:00")


def test_staff_cannot_place_on_a_closed_cell_either() -> None:
    assert refused(drawn(BOARD), write("elm 10:00"), ORGANISER).code == Code.CELL_CLOSED


# Too early, too late


def test_a_slot_that_is_over_is_refused_with_the_next_ones() -> None:
    refusal = refused(drawn(BOARD), write("ash 09:00"), STRANGER, at("10:00"))
    assert (refusal.code, refusal.free) == (Code.OVER, cells("ash 11:00", "ash 12:00", "ash 13:00"))


def test_a_running_slot_may_still_be_taken() -> None:
    assert after(drawn(BOARD), write("ash 09:00"), STRANGER, at("09:59")).holders[cell("ash 09:00")] == ("NEW000",)


def test_staff_may_place_on_a_slot_that_is_over() -> None:
    assert after(drawn(BOARD), write("ash 09:00"), HELPER, at("23:00")).holders[cell("ash 09:00")] == ("NEW000",)


def test_the_event_may_stop_taking_some_minutes_before_a_slot() -> None:
    board = drawn(BOARD, Policy(stop_taking=15))
    assert after(board, write("ash 11:00"), STRANGER, at("10:44")).number == board.number + 2
    refusal = refused(board, write("ash 11:00"), STRANGER, at("10:45"))
    assert (refusal.code, refusal.facts["minutes"]) == (Code.TOO_LATE, 15)
    assert refusal.free == cells("ash 12:00", "ash 13:00")


def test_before_sign_up_opens_a_host_is_told_when() -> None:
    board = window(drawn(BOARD), opens=at("08:00"))
    refusal = refused(board, write("ash 11:00"), STRANGER, at("07:59"))
    assert (refusal.code, refusal.facts["opens"]) == (Code.NOT_OPEN_YET, "2031-05-17T08:00:00+05:30")
    assert asked(board, write("ash 11:00"), STRANGER, at("08:00")) != refusal


def test_after_sign_up_closed_a_host_is_told_since_when() -> None:
    board = window(drawn(BOARD), closes=at("08:00"))
    refusal = refused(board, write("ash 11:00"), STRANGER, at("08:00"))
    assert (refusal.code, refusal.facts["closed"]) == (Code.SIGN_UP_CLOSED, "2031-05-17T08:00:00+05:30")
    assert after(board, write("ash 11:00"), STRANGER, at("07:59")).number == board.number + 2


def test_staff_may_place_outside_the_sign_up_window() -> None:
    board = window(drawn(BOARD), opens=at("08:00"), closes=at("08:30"))
    for moment in (at("07:00"), at("08:45")):
        assert after(board, write("ash 11:00"), HELPER, moment).number == board.number + 2


def test_a_button_can_be_grey_for_the_same_reason() -> None:
    board = drawn(BOARD)
    assert [open_now(board, cell("ash 09:00"), moment) for moment in (EVE, at("09:59"), at("10:00"))] == [
        True,
        True,
        False,
    ]


# In a row


def test_a_card_may_take_several_cells_in_a_row() -> None:
    board = after(drawn(BOARD), write("ash 11:00", "ash 12:00", "ash 13:00"), STRANGER)
    assert board.cards["NEW000"].placement == Placement(cells("ash 11:00", "ash 12:00", "ash 13:00"))


@pytest.mark.parametrize(
    "names",
    [
        ("ash 11:00", "ash 13:00"),
        ("ash 12:00", "ash 11:00"),
        ("ash 11:00", "elm 12:00"),
        ("ash 11:00", "elm 11:00"),
        ("ash 11:00", "ash 11:00"),
    ],
    ids=["a slot left out", "backwards", "another room", "two rooms at once", "the same twice"],
)
def test_cells_that_are_not_in_a_row_are_refused(names: tuple[str, ...]) -> None:
    assert refused(drawn(BOARD), write(*names), STRANGER) == Refusal(Code.NOT_IN_A_ROW, {"longest": LONGEST_RUN})


def test_a_gap_in_the_day_ends_a_row() -> None:
    board = drawn("""
              oak
      09:00   .
      10:30   .
    """)
    assert refused(board, write("oak 09:00", "oak 10:30"), STRANGER).code == Code.NOT_IN_A_ROW


def test_a_row_does_not_go_on_to_the_next_day() -> None:
    board = drawn("""
              oak
      23:00   .
      ---
      00:00   .
    """)
    across = replace(write("oak 23:00"), cells=(cell("oak 23:00"), cell("oak 00:00", 1)))
    assert board.slot_of(across.cells[0]).ends == board.slot_of(across.cells[1]).starts
    assert refused(board, across, STRANGER).code == Code.NOT_IN_A_ROW


def test_a_row_is_at_most_twelve_long() -> None:
    clocks = [f"{hour:02}:00" for hour in range(14)]
    board = drawn("   oak\n" + "\n".join(f"{clock}  ." for clock in clocks))
    row = [f"oak {clock}" for clock in clocks]
    assert after(board, write(*row[:12]), STRANGER).number == board.number + 2
    assert refused(board, write(*row[:13]), STRANGER).code == Code.NOT_IN_A_ROW


def test_no_cell_at_all_is_no_row() -> None:
    board = drawn(BOARD)
    assert refused(board, place(board, "Knit"), host_of(board, "Knit")).code == Code.NOT_IN_A_ROW


@pytest.mark.parametrize("text", ["attic@0517-0900", "oak@0517-0930", "oak@0518-0900"])
def test_a_cell_that_the_board_has_not_is_unknown(text: str) -> None:
    move = WriteCard(title="New", cells=(Cell.parse(text),))
    assert refused(drawn(BOARD), move, STRANGER) == Refusal(Code.UNKNOWN_CELL, {"cell": text})


def test_a_long_card_may_shift_over_its_own_cells() -> None:
    board = drawn("""
              oak
      09:00   Long
      10:00   "
      11:00   .
    """)
    shifted = after(board, place(board, "Long", "oak 10:00", "oak 11:00"), host_of(board, "Long"))
    assert picture_of(shifted) == picture("""
              oak
      09:00   .
      10:00   Long
      11:00   "
    """)


def test_a_row_whose_second_cell_is_taken_is_refused() -> None:
    refusal = refused(drawn(BOARD), write("oak 11:00", "oak 12:00"), STRANGER)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, code("Tea"))


# Elsewhere


def test_elsewhere_holds_any_number_of_cards() -> None:
    board = drawn(BOARD)
    for number in range(5):
        move = WriteCard(title=f"Out {number}", cells=cells("elsewhere 09:00"), where=f"Tree {number}")
        board = after(board, move, Who(f"hand {number}"))
    assert len(board.cards_at(cell("elsewhere 09:00"))) == 6


def test_elsewhere_needs_a_place() -> None:
    refusal = refused(drawn(BOARD), write("elsewhere 09:00", where=" \u200b "), STRANGER)
    assert (refusal.code, refusal.facts["room"]) == (Code.PLACE_NEEDED, "Elsewhere")


def test_a_place_can_be_written_anew() -> None:
    board = drawn(BOARD)
    moved = after(board, place(board, "Chess", "elsewhere 09:00", where="Bridge"), Who("chess"))
    assert card(moved, "Chess").placement == Placement(cells("elsewhere 09:00"), "Bridge")


def test_a_place_is_kept_for_elsewhere_only() -> None:
    board = drawn(BOARD)
    moved = after(board, place(board, "Chess", "ash 09:00", where="Park"), Who("chess"))
    assert card(moved, "Chess").placement == Placement(cells("ash 09:00"), "")


# Who may


@pytest.mark.parametrize("by", [Who("knit"), Who("phone", cards=frozenset({KNIT})), HELPER, FACILITATOR, ORGANISER])
def test_the_host_whoever_shows_the_key_and_staff_may_move_a_card(by: Who) -> None:
    board = drawn(BOARD)
    assert card(after(board, place(board, "Knit", "ash 09:00"), by), "Knit").cells == cells("ash 09:00")


@pytest.mark.parametrize("by", [STRANGER, Who("talk"), Who("phone", cards=frozenset({code("Talk")}))])
def test_nobody_else_may(by: Who) -> None:
    board = drawn(BOARD)
    moves: list[Move] = [place(board, "Knit", "ash 09:00"), TakeDown(card=KNIT), WithdrawCard(card=KNIT)]
    assert [refused(board, move, by) for move in moves] == [Refusal(Code.NOT_ALLOWED)] * 3


def test_an_idea_is_nobodys_until_staff_place_it() -> None:
    board = drawn(BOARD, ideas=("Beer",))
    assert refused(board, place(board, "Beer", "ash 09:00"), STRANGER) == Refusal(Code.NOT_ALLOWED)
    assert refused(board, place(board, "Beer", "ash 09:00"), Who("")) == Refusal(Code.NOT_ALLOWED)
    assert card(after(board, place(board, "Beer", "ash 09:00"), HELPER), "Beer").cells == cells("ash 09:00")


def test_a_card_written_onto_the_board_is_its_writers_even_if_called_an_idea() -> None:
    board = after(drawn(BOARD), write("ash 09:00", idea=True), STRANGER)
    assert board.cards["NEW000"].hand == STRANGER.hand


@pytest.mark.parametrize(
    ("placing", "expected"),
    [
        (Placing.FACILITATORS, Code.FACILITATORS_PLACE),
        (Placing.PRESENCE, Code.PRESENCE_NEEDED),
        (Placing.SIGNED_IN, Code.SIGN_IN_NEEDED),
    ],
)
def test_the_event_chooses_who_places(placing: Placing, expected: Code) -> None:
    board = choosing(drawn(BOARD, planned=("Wine",)), placing)
    moves: list[Move] = [write("ash 09:00"), place(board, "Wine", "ash 09:00"), place(board, "Wine", "ash 11:00")]
    for move in moves:
        assert refused(board, move, Who("wine")) == Refusal(expected)
        assert after(board, move, HELPER).number > board.number


@pytest.mark.parametrize("placing", list(Placing))
def test_whoever_may_place_anyone_may_write_and_take_down(placing: Placing) -> None:
    board = choosing(drawn(BOARD), placing)
    assert after(board, WriteCard(title="Planned"), STRANGER).number == board.number + 1
    assert card(after(board, TakeDown(card=KNIT), Who("knit")), "Knit").placement is None


def test_who_is_present_may_place_where_presence_is_asked() -> None:
    board = choosing(drawn(BOARD), Placing.PRESENCE)
    assert after(board, write("ash 09:00"), replace(STRANGER, present=True)).number == board.number + 2


def choosing(board: Board, placing: Placing) -> Board:
    """The board with another choice of who places."""
    return after(
        board, ChangeEvent(profile=Profile(name="Camp", timezone=board.timezone, policy=Policy(placing))), PROGRAM
    )


def window(board: Board, **times: Any) -> Board:
    """The board with a sign-up window on its first day."""
    day = replace(board.days[0], **times)
    return after(board, ChangeDay(day=day), PROGRAM)
