"""Rooms lost and found: cells closed under cards, holds that end by themselves, and where the cards may go instead."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.drawing import (
    EVE,
    FACILITATOR,
    HELPER,
    ORGANISER,
    STRANGER,
    at,
    cell,
    cells,
    code,
    day_of,
    picture,
    picture_of,
)
from tests.playing import Playing

from openspaces.board.moves import (
    ChangeDay,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    MoveCard,
    OfferCells,
    PlaceCard,
    PlaceCards,
    ReopenCell,
    WriteCard,
)
from openspaces.board.moves.cells import displaced_by
from openspaces.board.moves.relocating import alternatives, proposal
from openspaces.board.state import Notice, Placement, Policy, Room
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Placing
from openspaces.board.words import Unfit
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm      ash      elsewhere
  09:00   Knit     .        #paint   Chess at Park + Run at Gate
  10:00   Lunch    Talk     .        .
  11:00   .        "        .        .
  12:00   .        .        .        .
"""
KNIT, LUNCH, TALK, CHESS, RUN = (code(title) for title in ("Knit", "Lunch", "Talk", "Chess", "Run"))
NOON = at("12:00")


def closed(*names: str, policy: Policy | None = None, reason: str = "Lunch") -> Playing:
    """Some cells are closed, whoever stands there."""
    play = Playing(BOARD, policy or Policy())
    play.do(CloseCell(cells=cells(*names), reason=reason), HELPER)
    return play


# Whom it displaces


def test_a_card_on_a_closed_cell_loses_it_and_its_host_is_told_why() -> None:
    card = closed("oak 09:00").card("Knit")
    assert (card.cells, card.owed) == ((), True)
    assert card.notice == Notice(Cause.CLOSED, Placement(cells("oak 09:00")), "Lunch", EVE)


def test_the_board_is_sound_between_any_two_changes_of_a_step() -> None:
    play = Playing(BOARD)
    changes = play.do(CloseCell(cells=cells("oak 09:00", "oak 10:00"), reason="Lunch"), HELPER)
    assert [change.kind for change in changes] == [Kind.CARD_DISPLACED, Kind.CARD_DISPLACED, Kind.CELL_CLOSED]


def test_a_long_card_loses_all_its_cells_with_one() -> None:
    assert closed("elm 11:00").card("Talk").notice == Notice(
        Cause.CLOSED, Placement(cells("elm 10:00", "elm 11:00")), "Lunch", EVE
    )


def test_elsewhere_everyone_there_is_told() -> None:
    play = closed("elsewhere 09:00")
    assert [play.card(title).owed for title in ("Chess", "Run")] == [True, True]


def test_it_is_known_beforehand_whom_a_closing_displaces() -> None:
    play = Playing(BOARD)
    losing = displaced_by(play.board, cells("elm 11:00", "oak 09:00", "elsewhere 09:00"))
    assert [card.words.title for card in losing] == ["Knit", "Chess", "Run", "Talk"]


def test_who_only_asked_for_a_cell_is_told_too_and_keeps_what_it_has() -> None:
    play = Playing(BOARD, Policy(placing=Placing.FACILITATORS))
    play.do(ClaimCell(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Lunch"), HELPER)
    card = play.card("Knit")
    assert (card.cells, card.claim, card.owed) == (cells("oak 09:00"), None, False)
    assert card.notice == Notice(Cause.CLOSED, Placement(cells("elm 09:00")), "Lunch", EVE)


def test_where_the_facilitators_place_who_lost_an_hour_takes_no_two() -> None:
    play = closed("oak 09:00", policy=Policy(placing=Placing.FACILITATORS))
    longer = PlaceCard(card=KNIT, cells=cells("oak 11:00", "oak 12:00"))
    assert play.refused(longer, Who("knit")).code == Code.FACILITATORS_PLACE
    play.do(PlaceCard(card=KNIT, cells=cells("elm 12:00")), Who("knit"))


def test_who_loses_its_cell_goes_on_asking_for_another() -> None:
    play = Playing(BOARD, Policy(placing=Placing.FACILITATORS))
    play.do(ClaimCell(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    assert (play.card("Knit").owed, play.card("Knit").asks) == (True, cells("elm 09:00"))


def test_an_hour_that_is_over_keeps_its_card() -> None:
    play = Playing(BOARD)
    room = cells("oak 09:00", "oak 10:00", "oak 11:00", "oak 12:00")
    assert [card.words.title for card in displaced_by(play.board, room, at("10:30"))] == ["Lunch"]
    play.do(CloseCell(cells=room, reason="A leak"), HELPER, at("10:30"))
    assert picture_of(play.board)[1:] == [
        ("09:00", "Knit", ".", "#paint", "Chess at Park + Run at Gate"),
        ("10:00", "#A leak", "Talk", ".", "."),
        ("11:00", "#A leak", '"', ".", "."),
        ("12:00", "#A leak", ".", ".", "."),
    ]


def test_only_what_is_over_cannot_be_closed() -> None:
    refusal = Playing(BOARD).refused(CloseCell(cells=cells("oak 09:00"), reason="x"), HELPER, at("10:00"))
    assert refusal.code == Code.OVER


def test_a_reason_is_needed_and_hosts_close_nothing() -> None:
    with pytest.raises(Unfit, match="reason: empty"):
        CloseCell(cells=cells("oak 09:00"), reason=" ")
    move = CloseCell(cells=cells("oak 09:00"), reason="x")
    assert Playing(BOARD).refused(move, STRANGER).code == Code.NOT_ALLOWED


# Holds


def held(until: object = NOON) -> Playing:
    """A cell that is held for a while."""
    play = Playing(BOARD)
    play.do(CloseCell(cells=cells("elm 12:00"), reason="For a speaker", until=until), HELPER)  # type: ignore[arg-type]
    return play


def test_a_hold_says_until_when_and_nobody_takes_it_before() -> None:
    play = held()
    assert play.board.closures[cell("elm 12:00")].until == NOON
    move = WriteCard(title="New", cells=cells("elm 12:00"))
    assert play.refused(move, STRANGER).code == Code.CELL_CLOSED


def test_the_clock_reopens_a_hold_when_it_is_over_and_not_before() -> None:
    play = held()
    move = ReopenCell(cells=cells("elm 12:00", "ash 09:00"), over=True)
    assert play.do(move, PROGRAM, NOON - timedelta(seconds=1)) == ()
    play.do(move, PROGRAM, NOON)
    assert set(play.board.closures) == {cell("ash 09:00")}


def test_the_clock_does_not_reopen_what_staff_have_closed_for_good_meanwhile() -> None:
    play = held()
    play.do(CloseCell(cells=cells("elm 12:00"), reason="A leak"), HELPER)
    assert play.do(ReopenCell(cells=cells("elm 12:00"), over=True), PROGRAM, NOON) == ()


def test_a_hold_never_shortens_a_closure_for_good() -> None:
    play = Playing(BOARD)
    play.do(CloseCell(cells=cells("ash 09:00", "ash 10:00"), reason="For a speaker", until=NOON), HELPER)
    assert play.board.closures[cell("ash 09:00")].until is None
    assert play.board.closures[cell("ash 10:00")].until == NOON


def test_a_hold_may_be_made_longer_or_shorter() -> None:
    play = held()
    play.do(CloseCell(cells=cells("elm 12:00"), reason="For a speaker", until=at("11:00")), HELPER)
    assert play.board.closures[cell("elm 12:00")].until == at("11:00")


def test_a_hold_that_would_be_over_already_is_refused() -> None:
    move = CloseCell(cells=cells("elm 12:00"), reason="x", until=EVE)
    assert Playing(BOARD).refused(move, HELPER).code == Code.OVER


# Where they may go


def names(found: Iterable[Cell]) -> list[str]:
    """Cells as they are written."""
    return [str(one) for one in found]


def test_alternatives_are_at_the_same_time_then_in_the_same_room_then_near_in_time() -> None:
    play = closed("oak 10:00")
    ranked = alternatives(play.board, play.card("Lunch"), EVE, most=20)
    same_time, same_room, others = "ash 10:00", ("oak 11:00", "oak 12:00"), ("elm 09:00", "ash 11:00", "elm 12:00")
    assert tuple(ranked) == cells(same_time, *same_room, *others, "ash 12:00")


def test_rooms_as_large_come_before_smaller_ones() -> None:
    play = closed("oak 12:00")
    for key, seats in (("oak", 30), ("elm", 10), ("ash", 40)):
        play.do(ChangeRoom(room=Room(key, key.capitalize(), seats)), ORGANISER)
    play = after_losing(play, "oak 11:00")
    assert names(alternatives(play.board, play.board.cards["NEW000"], EVE)[:1]) == ["ash@0517-1100"]


def after_losing(play: Playing, name: str) -> Playing:
    """A new card loses its cell."""
    play.do(WriteCard(title="New", code="NEW000", cells=cells(name)), STRANGER)
    play.do(CloseCell(cells=cells(name), reason="Lunch"), HELPER)
    return play


def test_alternatives_are_as_long_as_the_card() -> None:
    play = closed("elm 10:00")
    ranked = alternatives(play.board, play.card("Talk"), EVE, most=20)
    assert names(ranked) == ["ash@0517-1000", "elm@0517-1100", "oak@0517-1100", "ash@0517-1100"]


def test_alternatives_leave_out_what_is_over_and_where_the_host_is_already() -> None:
    play = Playing(BOARD.replace("Lunch    Talk", "Lunch    Talk/lunch"))
    play.do(CloseCell(cells=cells("oak 10:00"), reason="x"), HELPER)
    ranked = alternatives(play.board, play.card("Lunch"), at("09:30"), most=20)
    assert names(ranked) == ["oak@0517-1200", "elm@0517-1200", "ash@0517-1200", "elm@0517-0900"]


def test_whoever_loses_the_hour_that_runs_gets_the_rest_of_it_elsewhere() -> None:
    play = Playing(BOARD)
    play.do(CloseCell(cells=cells("oak 10:00"), reason="x"), HELPER, at("10:05"))
    assert names(alternatives(play.board, play.card("Lunch"), at("10:05"))[:1]) == ["ash@0517-1000"]


def test_what_the_desk_offers_comes_first() -> None:
    play = closed("oak 10:00")
    play.do(OfferCells(card=LUNCH, cells=cells("elm 12:00")), HELPER)
    assert names(alternatives(play.board, play.card("Lunch"), EVE)[:2]) == ["elm@0517-1200", "ash@0517-1000"]


def test_a_card_of_the_event_file_is_not_in_the_way_of_the_others() -> None:
    play = Playing(BOARD.replace("Knit ", "Knit/program").replace("Lunch ", "Lunch/program"))
    play.do(CloseCell(cells=cells("oak 10:00"), reason="x"), HELPER)
    assert names(alternatives(play.board, play.card("Lunch"), EVE)[:1]) == ["ash@0517-1000"]


def test_a_room_that_is_gone_altogether_still_leads_somewhere() -> None:
    play = closed("oak 09:00", "oak 10:00")
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00", "12:00"], ("elm", "ash", "elsewhere"))), ORGANISER)
    assert names(alternatives(play.board, play.card("Knit"), EVE)[:1]) == ["elm@0517-0900"]


def test_an_hour_that_is_gone_altogether_still_leads_somewhere() -> None:
    play = closed("oak 09:00", "oak 10:00", "elsewhere 09:00")
    play.do(ChangeDay(day=day_of(["10:00", "11:00", "12:00"], ("oak", "elm", "ash", "elsewhere"))), ORGANISER)
    assert names(alternatives(play.board, play.card("Knit"), EVE)[:1]) == ["oak@0517-1100"]


def test_a_card_that_lost_nothing_needs_no_alternatives() -> None:
    play = Playing(BOARD)
    assert alternatives(play.board, play.card("Knit"), EVE) == []


# Taking one


@pytest.mark.parametrize("placing", [Placing.FACILITATORS, Placing.PRESENCE, Placing.SIGNED_IN])
def test_a_host_whose_cell_was_lost_takes_another_whoever_places_otherwise(placing: Placing) -> None:
    play = Playing(BOARD, Policy(placing=Placing.FACILITATORS))
    play.board = replace(play.board, policy=Policy(placing=placing))
    play.do(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    play.do(PlaceCard(card=KNIT, cells=cells("ash 12:00")), Who("knit"))
    assert (play.card("Knit").cells, play.card("Knit").notice) == (cells("ash 12:00"), None)


def test_only_its_own_host_does() -> None:
    play = closed("oak 09:00", policy=Policy(placing=Placing.FACILITATORS))
    assert play.refused(PlaceCard(card=KNIT, cells=cells("ash 12:00")), STRANGER).code == Code.NOT_ALLOWED


def test_having_it_once_is_enough() -> None:
    play = closed("oak 09:00", policy=Policy(placing=Placing.FACILITATORS))
    play.do(PlaceCard(card=KNIT, cells=cells("ash 12:00")), Who("knit"))
    refusal = play.refused(MoveCard(card=KNIT, cells=cells("ash 11:00")), Who("knit"))
    assert refusal.code == Code.FACILITATORS_PLACE


def test_the_desk_places_them_all_as_proposed() -> None:
    play = closed("oak 09:00", "oak 10:00", "elm 11:00")
    owed = [card for card in play.board.in_order() if card.owed]
    proposed = proposal(play.board, owed, EVE)
    assert [(card.words.title, names(found)) for card, found in proposed] == [
        ("Knit", ["elm@0517-0900"]),
        ("Lunch", ["elm@0517-1000"]),
        ("Talk", ["ash@0517-1000", "ash@0517-1100"]),
    ]
    play.do(PlaceCards(places=tuple(PlaceCard(card=card.code, cells=found) for card, found in proposed)), HELPER)
    assert [card.owed for card in play.board.in_order()] == [False] * 5


def test_a_proposal_says_where_there_is_nothing_left() -> None:
    play = Playing("    oak   elm\n 09:00  Knit  Talk")
    play.do(CloseCell(cells=cells("oak 09:00"), reason="x"), HELPER)
    assert [(card.words.title, found) for card, found in proposal(play.board, [play.card("Knit")], EVE)] == [
        ("Knit", ())
    ]


def test_they_are_placed_all_or_none() -> None:
    play = closed("oak 09:00", "oak 10:00")
    places = (
        PlaceCard(card=KNIT, cells=cells("elm 09:00")),
        PlaceCard(card=LUNCH, cells=cells("elm 09:00")),
    )
    refusal = play.refused(PlaceCards(places=places), FACILITATOR)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, KNIT)
    assert play.card("Knit").cells == ()


def test_only_staff_place_several_at_once() -> None:
    play = closed("oak 09:00")
    move = PlaceCards(places=(PlaceCard(card=KNIT, cells=cells("elm 09:00")),))
    assert play.refused(move, Who("knit")).code == Code.NOT_ALLOWED


def test_a_room_is_closed_under_twelve_cards_which_all_find_a_place_and_all_come_back() -> None:
    hours = [f"{hour:02}:00" for hour in range(8, 20)]
    rows = "\n".join(f"  {clock}   {letter}   .   ." for letter, clock in zip("ABCDEFGHIJKL", hours, strict=True))
    text = f"          oak   elm   ash\n{rows}"
    play = Playing(text)
    room = cells(*(f"oak {clock}" for clock in hours))
    closing = play.do(CloseCell(cells=room, reason="A leak"), HELPER)
    owed = [card for card in play.board.in_order() if card.owed]
    assert len(owed) == 12
    places = tuple(PlaceCard(card=card.code, cells=found) for card, found in proposal(play.board, owed, EVE))
    placing = play.do(PlaceCards(places=places), HELPER)
    assert [card.cells[0].room for card in play.board.in_order()] == ["elm"] * 12
    play.undo(placing, HELPER)
    play.undo(closing, HELPER)
    assert picture_of(play.board) == picture(text)
