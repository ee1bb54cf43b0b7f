"""Nobody here: what several people at the event say of a room frees it."""

from datetime import datetime, timedelta

import pytest
from tests.contested import BOARD, CAKE, KNIT, TALK, board_of
from tests.drawing import HELPER, at, cells
from tests.verify import stored, verify
from tests.voting import reported

from openspaces.board import read
from openspaces.board.moves import ConfirmCard, MoveCard, PlaceCard, ShieldCard, SwapCards, TakeDown
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Code, Kind
from openspaces.board.voices import FRESH, Report, What
from openspaces.people.who import PROGRAM, Who


def nobody_here(event: str, *hands: str, moment: datetime, by: Who | None = None, card: str = KNIT) -> Outcome:
    """Devices tell that nobody is there."""
    outcome = Outcome(0)
    for hand in hands:
        asker = by or Who(hand, present=True)
        outcome = verify(event, Report(card=card, what=What.NOBODY_HERE), by=asker, at=moment)
    return outcome


def test_three_people_at_the_event_free_a_room_in_which_nobody_is(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("09:10"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")
    step = nobody_here(event, "three", moment=at("09:11")).changes
    assert [(change.kind, change.cells) for change in step] == [(Kind.CARD_ABSENT, cells("oak 09:00"))]
    assert read.reports(event) == []


def test_one_helper_is_enough(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "x", moment=at("09:10"), by=HELPER)
    assert board_of(event).cards[KNIT].cells == ()


def test_people_elsewhere_free_nothing(database: None) -> None:
    event = stored(BOARD)
    for number in range(20):
        nobody_here(event, "x", moment=at("09:10"), by=Who(f"far{number}"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")


def test_before_and_after_its_time_nobody_can_be_missed(database: None) -> None:
    event = stored(BOARD)
    for clock in ("08:59", "10:00"):
        refusal = nobody_here(event, "one", moment=at(clock)).refusal
        assert refusal is not None
        assert refusal.code == Code.NOT_RUNNING


def test_those_who_were_early_do_not_add_to_those_who_look_in_at_the_end(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("10:05"), card=TALK)
    nobody_here(event, "three", moment=at("10:05") + FRESH + timedelta(seconds=1), card=TALK)
    assert board_of(event).cards[TALK].cells == cells("oak 10:00", "oak 11:00")


@pytest.mark.parametrize("answer", [ConfirmCard(card=KNIT), MoveCard(card=KNIT, cells=cells("elm 09:00"))])
def test_whoever_says_that_it_is_on_begins_anew(database: None, answer: ConfirmCard | MoveCard) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("09:05"))
    verify(event, answer, by=Who("knit"), at=at("09:06"))
    nobody_here(event, "three", moment=at("09:07"))
    assert board_of(event).cards[KNIT].placement is not None


def test_a_host_who_said_before_that_it_is_on_answers_those_who_see_nobody(database: None) -> None:
    event = stored(BOARD, before=[(ConfirmCard(card=KNIT), Who("knit"))])
    nobody_here(event, "one", "two", moment=at("09:05"))
    verify(event, ConfirmCard(card=KNIT), by=Who("knit"), at=at("09:06"))
    assert read.reports(event) == []
    assert verify(event, ConfirmCard(card=KNIT), by=Who("knit"), at=at("09:06")).changes == ()
    nobody_here(event, "three", moment=at("09:07"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")


def test_what_was_told_of_one_hour_does_not_count_in_another(database: None) -> None:
    event = stored(BOARD.replace("Talk", "."))
    nobody_here(event, "one", "two", moment=at("09:50"))
    verify(event, TakeDown(card=KNIT), by=Who("knit"), at=at("09:55"))
    verify(event, PlaceCard(card=KNIT, cells=cells("elm 10:00")), by=Who("knit"), at=at("09:56"))
    nobody_here(event, "three", moment=at("10:01"))
    assert board_of(event).cards[KNIT].cells == cells("elm 10:00")


@pytest.mark.parametrize("first", [(KNIT, CAKE), (CAKE, KNIT)])
def test_nor_where_two_cards_change_places(database: None, first: tuple[str, str]) -> None:
    event = stored(BOARD.replace("Talk", "Cake").replace('"', "."))
    nobody_here(event, "one", "two", moment=at("09:50"))
    verify(event, SwapCards(card=first[0], other=first[1]), by=HELPER, at=at("09:56"))
    nobody_here(event, "three", moment=at("10:01"))
    assert board_of(event).cards[KNIT].cells == cells("oak 10:00")


def test_the_log_says_which_helper_freed_the_room_and_that_voices_did(database: None) -> None:
    event = stored(BOARD)
    assert [change.by for change in nobody_here(event, "x", moment=at("09:10"), by=HELPER).changes] == [HELPER.hand]
    people = nobody_here(event, "one", "two", "three", moment=at("10:10"), card=TALK)
    assert [change.by for change in people.changes] == [PROGRAM.hand]


def test_a_card_that_is_hidden_already_is_hidden_once(database: None) -> None:
    event = stored(BOARD)
    verify(event, ShieldCard(card=KNIT, reason="x"), by=HELPER)
    assert reported(event, "one", "two", "three", "four").changes == ()
