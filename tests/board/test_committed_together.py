"""What is committed together is written whole: what the log names is there, also where the next move replaced it."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, cells, code
from tests.verify import consistent, stored

from openspaces.board import store
from openspaces.board.answering import answers
from openspaces.board.memory import MEMORY
from openspaces.board.models import Card
from openspaces.board.moves import (
    ApproveCard,
    CountStars,
    EditCard,
    EraseHosts,
    FollowProgramme,
    MergeCards,
    Move,
    PlaceCard,
    RemoveAllOf,
    RemoveCard,
    SetCaution,
    UnmergeCards,
    WriteCard,
)
from openspaces.board.outcome import Asked, Outcome
from openspaces.board.play import play
from openspaces.board.read import erase_words
from openspaces.board.state import Talk
from openspaces.board.vocabulary import Code, Standing
from openspaces.board.voices import Report, Voice, What
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm      elsewhere
  09:00   Knit     .        .
"""
KNIT = code("Knit")


def test_two_programmes_that_come_together_are_both_in_the_log(database: None) -> None:
    event = stored(BOARD)
    talks = [Talk(f"t{number}", "Talk", EVE, EVE + timedelta(hours=1)) for number in range(2)]
    together(event, *[(FollowProgramme(talks=(talk,)), ORGANISER) for talk in talks])
    told = [change.after["programme"].talks for change in store.log(event, consistent(event).number - 2)]
    assert told == [(talks[0],), (talks[1],)]


def test_a_host_who_is_named_as_others_are_erased_stays(database: None) -> None:
    event = stored(BOARD)
    named = play(event, EditCard(card=KNIT, seen=consistent(event).number, host="Ada"), by=FACILITATOR, at=EVE)
    edit = EditCard(card=KNIT, seen=named.number, host="Bob")
    together(event, (EraseHosts(cards=(KNIT,)), PROGRAM), (edit, FACILITATOR))
    assert consistent(event).cards[KNIT].words.host == "Bob"


@pytest.mark.parametrize("idea", [True, False])
def test_in_slow_mode_two_cards_of_one_device_that_come_together_are_one(database: None, idea: bool) -> None:
    event, eve = stored(BOARD), Who("eve")
    play(event, SetCaution(slow=5), by=FACILITATOR, at=EVE)
    two = [(WriteCard(title=title, idea=idea, host="" if idea else "Eve"), eve) for title in ("One", "Two")]
    assert [answer.refusal and answer.refusal.code for answer in answered(event, *two)] == [None, Code.SLOW_DOWN]
    assert [card.words.title for card in consistent(event).in_order()] == ["Knit", "One"]


def test_what_a_device_wrote_just_before_is_removed_with_the_rest(database: None) -> None:
    event, eve = stored(BOARD), Who("eve")
    ideas = [WriteCard(title=title, code=code(title), idea=True) for title in ("One", "Two")]
    play(event, ideas[0], by=eve, at=EVE)
    together(event, (ideas[1], eve), (RemoveAllOf(card=code("One"), reason="Spam"), FACILITATOR))
    assert {card.standing for card in consistent(event).in_order()[1:]} == {Standing.REMOVED}


def test_what_is_told_of_a_card_just_after_it_was_looked_at_waits_to_be_looked_at(database: None) -> None:
    event = stored(BOARD)
    report = Report(card=KNIT, what=What.ABUSE, reason="Rude")
    together(event, (ApproveCard(card=KNIT), HELPER), (report, Who("eve")))
    assert [told.card for told in store.reports(event)] == [KNIT]


def test_cards_that_are_parted_just_after_they_were_merged_say_what_they_said(database: None) -> None:
    event = stored(BOARD, planned=("Talk/ada",))
    before = {card.code: card.words.as_said() for card in consistent(event).in_order()}
    merging = MergeCards(card=code("Talk"), into=KNIT, title="Knit and talk", text="Both")
    together(event, (merging, HELPER), (UnmergeCards(card=code("Talk")), HELPER))
    assert {card.code: card.words.as_said() for card in consistent(event).in_order()} == before


def test_a_process_that_has_not_heard_what_was_erased_does_not_write_it_again(database: None) -> None:
    event = stored(BOARD)
    play(event, PlaceCard(card=KNIT, cells=cells("elsewhere 09:00"), where="Ada's flat"), by=FACILITATOR, at=EVE)
    play(event, RemoveCard(card=KNIT, reason="Asked for it"), by=FACILITATOR, at=EVE)
    unaware = consistent(event)
    erase_words(event, [KNIT])
    MEMORY.correct(replace(unaware, cards=unaware.cards.set(KNIT, replace(unaware.cards[KNIT], stars=1))))
    assert play(event, CountStars(), by=PROGRAM, at=EVE).changes != ()
    assert Card.objects.get(code=KNIT).was["where"] == ""


def together(event: str, *moves: tuple[Move | Voice, Who]) -> None:
    """Play moves that waited together; none of them is refused."""
    for outcome in answered(event, *moves):
        assert outcome.refusal is None, outcome.refusal


def answered(event: str, *moves: tuple[Move | Voice, Who]) -> list[Outcome]:
    """What came of moves that waited together."""
    outcomes = answers([Asked(event, move, by, EVE, "") for move, by in moves])
    assert all(isinstance(outcome, Outcome) for outcome in outcomes), outcomes
    return cast(list[Outcome], outcomes)
