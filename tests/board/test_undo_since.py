"""What has moved since is not undone: others have the cell, its time is over, its host was told otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, STRANGER, at, cell, cells, day_of
from tests.undoing import DESK, KNIT, LUNCH, TALK, TEA, WINE, drawn

from openspaces.board.moves import (
    AddRoom,
    Announce,
    ChangeDay,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    ConfirmCard,
    EditCard,
    EndAnnouncement,
    FreeRoom,
    FreezeBoard,
    MarkFull,
    MergeCards,
    Move,
    MoveCard,
    OfferCells,
    PlaceCard,
    RefuseClaim,
    RemoveCard,
    ReopenCell,
    SetCaution,
    SetPitch,
    ShieldCard,
    SwapCards,
    TakeDown,
    ThawBoard,
    Undo,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Room
from openspaces.board.vocabulary import HIDDEN, Code
from openspaces.people.who import PROGRAM, Who

# It has changed since


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (EditCard(card=KNIT, title="Purl", seen=99), EditCard(card=KNIT, title="Sew", seen=99)),
        (EditCard(card=KNIT, title="Purl", seen=99), ShieldCard(card=KNIT, reason="x")),
        (MoveCard(card=KNIT, cells=cells("oak 11:00")), MoveCard(card=KNIT, cells=cells("elm 09:00"))),
        (MoveCard(card=KNIT, cells=cells("oak 11:00")), WithdrawCard(card=KNIT)),
        (TakeDown(card=KNIT), PlaceCard(card=KNIT, cells=cells("elm 09:00"))),
        (TakeDown(card=KNIT), WithdrawCard(card=KNIT)),
        (WithdrawCard(card=KNIT), RemoveCard(card=KNIT, reason="x")),
        (WriteCard(title="New", code="NEW000"), PlaceCard(card="NEW000", cells=cells("oak 11:00"))),
        (WriteCard(title="New", code="NEW000"), EditCard(card="NEW000", title="Newer", seen=99)),
        (WriteCard(title="New", code="NEW000"), MergeCards(card="NEW000", into=KNIT)),
        (SwapCards(card=KNIT, other=TALK), MoveCard(card=KNIT, cells=cells("ash 10:00"))),
        (MarkFull(card=KNIT, full=True), MarkFull(card=KNIT, full=False)),
        (MarkFull(card=KNIT, full=True), MoveCard(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 11:00"), reason="x"), CloseCell(cells=cells("oak 11:00"), reason="y")),
        (CloseCell(cells=cells("oak 11:00"), reason="x"), ReopenCell(cells=cells("oak 11:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), PlaceCard(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), OfferCells(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), WithdrawCard(card=KNIT)),
        (ReopenCell(cells=cells("ash 09:00")), CloseCell(cells=cells("ash 09:00"), reason="y")),
        (OfferCells(card=KNIT, cells=cells("elm 09:00")), OfferCells(card=KNIT, cells=cells("oak 11:00"))),
        (MergeCards(card=KNIT, into=TALK), EditCard(card=TALK, title="Both", seen=99)),
        (MergeCards(card=KNIT, into=TALK), MoveCard(card=TALK, cells=cells("ash 10:00"))),
        (ShieldCard(card=KNIT, reason="x"), RemoveCard(card=KNIT, reason="x")),
        (RemoveCard(card=KNIT, reason="x"), Undo(number=0)),
        (SetCaution(slow=5), SetCaution(slow=6)),
        (FreezeBoard(reason="x"), FreezeBoard(reason="y")),
        (FreezeBoard(reason="x"), ThawBoard()),
        (SetPitch(queue=(WINE,)), SetPitch(queue=(TEA,))),
        (ChangeRoom(room=Room("oak", "Big oak")), ChangeRoom(room=Room("oak", "Bigger oak"))),
    ],
    ids=lambda move: type(move).__name__,
)
def test_what_has_changed_since_is_not_undone(first: Move, then: Move) -> None:
    play = drawn()
    step = play.do(first, ORGANISER)
    play.do(replace(then, number=step[0].number) if isinstance(then, Undo) else then, ORGANISER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CHANGED_SINCE


def test_a_cell_that_somebody_else_has_taken_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 09:00")), STRANGER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, "NEW000")


def test_a_cell_that_is_closed_meanwhile_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.facts["reason"]) == (Code.CELL_CLOSED, "Lunch")


def test_a_removal_is_not_undone_onto_a_cell_that_somebody_else_has() -> None:
    play = drawn()
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 09:00")), STRANGER)
    assert play.refused(Undo(number=step[0].number), FACILITATOR).code == Code.CELL_TAKEN
    assert play.board.cards[KNIT].hidden


def test_a_cell_that_is_gone_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(MoveCard(card=LUNCH, cells=cells("ash 10:00")), HELPER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("elm", "ash"))), ORGANISER)
    assert play.refused(Undo(number=step[0].number), HELPER).code == Code.UNKNOWN_CELL


def test_a_closed_cell_is_not_closed_again_under_a_card() -> None:
    play = drawn()
    step = play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    play.do(WriteCard(title="New", code="NEW000", cells=cells("ash 09:00")), STRANGER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, "NEW000")


def test_a_room_in_which_a_card_stands_by_now_is_not_taken_away_again() -> None:
    play = drawn()
    step = play.do(AddRoom(room=Room("yew", "Yew")), ORGANISER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "elm", "ash", "yew"))), ORGANISER)
    play.do(PlaceCard(card=WINE, cells=cells("yew 09:00")), HELPER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.ROOM_IN_USE


def test_a_hosts_yes_is_not_undone() -> None:
    play = drawn()
    step = play.do(ConfirmCard(card=KNIT), Who("knit"))
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CANNOT_UNDO


def test_an_announcement_that_is_over_is_not_made_again() -> None:
    play = drawn()
    said = play.do(Announce(text="Lunch", minutes=10), HELPER)
    step = play.do(EndAnnouncement(announcement=said[0].number), HELPER)
    assert play.refused(Undo(number=step[0].number), HELPER, EVE + timedelta(minutes=10)).code == Code.CHANGED_SINCE
    play.undo(step, HELPER, EVE + timedelta(minutes=9))
    assert [said.text for said in play.board.announcements] == ["Lunch"]


# Holds that are over


def test_what_the_clock_reopened_is_not_held_again_for_its_time_is_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(ReopenCell(cells=cells("elm 09:00"), over=True), PROGRAM, at("08:00"))
    assert play.refused(Undo(number=step[0].number), HELPER, at("08:00")).code == Code.CHANGED_SINCE


def test_of_cells_that_were_reopened_those_are_closed_again_whose_time_is_not_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(ReopenCell(cells=cells("elm 09:00", "ash 09:00")), HELPER)
    play.undo(step, HELPER, at("08:00"))
    assert set(play.board.closures) == {cell("ash 09:00")}


def test_a_closure_that_took_the_place_of_a_hold_leaves_an_open_cell_when_the_hold_would_be_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(CloseCell(cells=cells("elm 09:00"), reason="Paint"), HELPER, at("07:00"))
    in_time = play.undo(step, HELPER, at("07:59"))
    assert play.board.closures[cell("elm 09:00")].until == at("08:00")
    play.undo(play.undo(in_time, HELPER, at("07:59")), HELPER, at("08:00"))
    assert cell("elm 09:00") not in play.board.closures


def test_a_room_that_days_have_by_now_is_not_taken_away_again_though_no_card_stands_there() -> None:
    play = drawn()
    step = play.do(AddRoom(room=Room("fir", "Fir")), ORGANISER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "elm", "ash", "fir"))), ORGANISER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CHANGED_SINCE


# Two that became one, and what a host was told


def test_two_cards_are_not_parted_by_undoing_when_the_part_was_removed_since() -> None:
    play = drawn()
    step = play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    since = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    refusal = play.refused(Undo(number=step[0].number), ORGANISER)
    assert (refusal.code, refusal.facts) == (Code.CHANGED_SINCE, {"title": HIDDEN, "change": since[0].number})


@pytest.mark.parametrize("leaving", [TakeDown(card=KNIT), FreeRoom(card=KNIT)])
def test_what_a_host_was_told_of_another_cell_is_still_told_when_its_card_is_up_again(leaving: Move) -> None:
    play = drawn(DESK)
    play.do(ClaimCell(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(RefuseClaim(card=KNIT, reason="Kept for the crew"), HELPER)
    before = play.card("Knit")
    step = play.do(leaving, HELPER, at("09:10"))
    play.undo(step, HELPER, at("09:11"))
    assert (play.card("Knit").cells, play.card("Knit").notice) == (before.cells, before.notice)
