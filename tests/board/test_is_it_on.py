"""Whether it is on: still on, nobody here, room full."""

import pytest
from tests.drawing import FACILITATOR, HELPER, STRANGER, at, cells, code
from tests.playing import Playing

from openspaces.board.moves import ConfirmCard, FreeRoom, MarkFull, MoveCard, TakeDown, WriteCard
from openspaces.board.vocabulary import Code, Kind
from openspaces.people.who import Who

BOARD = """
          oak      elm
  09:00   Knit     Talk
  10:00   .        "
  11:00   .        "
"""
KNIT, TALK = code("Knit"), code("Talk")


@pytest.mark.parametrize("by", [Who("knit"), HELPER])
def test_the_host_or_staff_say_that_it_is_still_on(by: Who) -> None:
    play = Playing(BOARD)
    step = play.do(ConfirmCard(card=KNIT), by)
    assert play.card("Knit").confirmed == step[0].number
    assert play.do(ConfirmCard(card=KNIT), by) == ()


def test_what_was_said_of_one_cell_does_not_hold_for_another() -> None:
    play = Playing(BOARD)
    play.do(ConfirmCard(card=KNIT), Who("knit"))
    play.do(MarkFull(card=KNIT, full=True), Who("knit"))
    play.do(MoveCard(card=KNIT, cells=cells("oak 10:00")), Who("knit"))
    assert (play.card("Knit").confirmed, play.card("Knit").full) == (0, False)


@pytest.mark.parametrize("move", [ConfirmCard(card=KNIT), MarkFull(card=KNIT, full=True), FreeRoom(card=KNIT)])
def test_what_is_not_on_the_board_is_not_on(move: ConfirmCard | MarkFull | FreeRoom) -> None:
    play = Playing(BOARD)
    play.do(TakeDown(card=KNIT), Who("knit"))
    assert play.refused(move, HELPER, at("09:10")).code == Code.NOT_PLACED


def test_strangers_say_nothing_of_it() -> None:
    play = Playing(BOARD)
    for move in (ConfirmCard(card=KNIT), MarkFull(card=KNIT, full=True), FreeRoom(card=KNIT)):
        assert play.refused(move, STRANGER, at("09:10")).code == Code.NOT_ALLOWED


def test_a_room_is_full_and_has_room_again() -> None:
    play = Playing(BOARD)
    play.do(MarkFull(card=KNIT, full=True), Who("knit"))
    assert play.card("Knit").full
    assert play.do(MarkFull(card=KNIT, full=True), HELPER) == ()
    play.do(MarkFull(card=KNIT, full=False), HELPER)
    assert not play.card("Knit").full


def test_where_nobody_is_the_room_is_free_for_the_rest_of_the_hour() -> None:
    play = Playing(BOARD)
    step = play.do(FreeRoom(card=KNIT), HELPER, at("09:10"))
    assert [(change.kind, change.cells) for change in step] == [(Kind.CARD_ABSENT, cells("oak 09:00"))]
    play.do(WriteCard(title="Spontaneous", cells=cells("oak 09:00")), STRANGER, at("09:11"))


def test_its_card_is_kept_and_owed_nothing() -> None:
    play = Playing(BOARD)
    play.do(FreeRoom(card=KNIT), HELPER, at("09:10"))
    assert (play.card("Knit").words.title, play.card("Knit").owed) == ("Knit", False)


def test_hours_that_were_used_stay_and_those_to_come_are_free_too() -> None:
    play = Playing(BOARD)
    step = play.do(FreeRoom(card=TALK), HELPER, at("10:10"))
    assert (play.card("Talk").cells, step[0].cells) == (cells("elm 09:00"), cells("elm 10:00", "elm 11:00"))


@pytest.mark.parametrize("clock", ["08:59", "10:00"])
def test_only_what_is_on_can_be_missed(clock: str) -> None:
    refusal = Playing(BOARD).refused(FreeRoom(card=KNIT), FACILITATOR, at(clock))
    assert (refusal.code, refusal.facts) == (Code.NOT_RUNNING, {"title": "Knit"})
