"""Ballots: who may cast one and until when, and what is counted."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contested import CAKE, CLOSES, DESK, TEA, WINE, board_of, contest_in, contested
from tests.drawing import EVE, FACILITATOR, HELPER, cells
from tests.verify import consistent, verify
from tests.voting import settle, vote

from openspaces.board import read
from openspaces.board.memory import MEMORY
from openspaces.board.models import Ballot
from openspaces.board.moves import ChangeContest, FreezeBoard, SettleContest, ThawBoard, Undo, WithdrawCard
from openspaces.board.play import play
from openspaces.board.public import contest_facts
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Code, Method
from openspaces.board.voices import CastBallot
from openspaces.people.who import Who


def test_the_card_with_the_most_ballots_wins(database: None) -> None:
    event = contested()
    for number in range(5):
        assert vote(event, f"voter{number}", *([TEA] if number < 3 else [WINE])) is None
    contest = settle(event)
    assert (contest.winner, contest.tally, contest.ballots) == (TEA, {WINE: 2, TEA: 3}, 5)
    assert board_of(event).cards[TEA].cells == cells("elm 09:00")


def test_a_ballot_approves_of_as_many_cards_as_one_likes(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    vote(event, "one", WINE, TEA)
    vote(event, "two", TEA, CAKE, CAKE)
    vote(event, "three")
    contest = settle(event)
    assert (contest.tally, contest.ballots) == ({WINE: 1, TEA: 2, CAKE: 1}, 3)


def test_a_device_has_one_ballot_and_may_change_it_until_the_close(database: None) -> None:
    event = contested()
    for cards in ((WINE,), (TEA,), (WINE, TEA), (TEA,)):
        vote(event, "stuffer", *cards)
    assert read.ballot_of(event, contest_in(event).id, "stuffer") == (TEA,)
    assert settle(event).tally == {WINE: 0, TEA: 1}


def test_what_is_counted_is_what_the_rows_say(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    choices = [(WINE,), (TEA,), (CAKE,), (WINE, TEA), (TEA, CAKE), (WINE, TEA, CAKE), ()]
    for number in range(40):
        vote(event, f"voter{number % 30}", *choices[number % 7])
    contest = settle(event)
    rows = [row.cards for row in Ballot.objects.all()]
    counted = Counter(card for cards in rows for card in cards)
    assert contest.tally == {card: counted[card] for card in (WINE, TEA, CAKE)}
    assert contest.ballots == len(rows) == 30


def test_a_ballot_after_the_close_is_refused_though_nobody_has_settled_yet(database: None) -> None:
    event = contested()
    assert vote(event, "early", TEA, moment=CLOSES - timedelta(seconds=1)) is None
    refusal = vote(event, "late", WINE, moment=CLOSES)
    assert refusal is not None
    assert (refusal.code, refusal.facts["title"]) == (Code.CONTEST_OVER, "")
    assert settle(event).tally == {WINE: 0, TEA: 1}


def test_a_ballot_after_the_outcome_is_refused_and_says_who_won(database: None) -> None:
    event = contested()
    verify(event, SettleContest(contest=contest_in(event).id, winner=TEA), by=HELPER)
    refusal = vote(event, "late", WINE)
    assert refusal is not None
    assert (refusal.code, refusal.facts["title"]) == (Code.CONTEST_OVER, "Tea")
    assert Ballot.objects.count() == 0


def test_whoever_staff_give_more_time_may_still_vote(database: None) -> None:
    event = contested()
    verify(event, ChangeContest(contest=contest_in(event).id, minutes=60), by=HELPER)
    assert vote(event, "late", WINE, moment=CLOSES) is None


@pytest.mark.parametrize(
    ("policy", "cards", "code_"),
    [
        (DESK, (CAKE,), Code.NOT_IN_CONTEST),
        (DESK, ("NOBODY",), Code.UNKNOWN_CARD),
        (replace(DESK, contest_method=Method.HANDS), (WINE,), Code.NO_VOTE),
        (replace(DESK, contest_presence=True), (WINE,), Code.PRESENCE_NEEDED),
    ],
)
def test_some_ballots_are_not_taken(database: None, policy: Policy, cards: tuple[str, ...], code_: Code) -> None:
    event = contested(policy)
    refusal = vote(event, "voter", *cards)
    assert refusal is not None
    assert refusal.code == code_
    assert Ballot.objects.count() == 0


def test_where_presence_is_asked_for_those_who_showed_it_and_staff_vote(database: None) -> None:
    event = contested(replace(DESK, contest_presence=True))
    assert vote(event, "present", WINE, present=True) is None
    ballot = CastBallot(contest=contest_in(event).id, cards=(WINE,))
    assert play(event, ballot, by=HELPER, at=EVE).refusal is None


def test_there_is_no_vote_in_a_contest_or_an_event_that_is_not_there(database: None) -> None:
    event = contested()
    for where, code_ in ((event, Code.UNKNOWN_CONTEST), ("nowhere", Code.UNKNOWN_EVENT)):
        outcome = play(where, CastBallot(contest=999, cards=(WINE,)), by=Who("voter"), at=EVE)
        assert outcome.refusal is not None
        assert outcome.refusal.code == code_


def test_nobody_votes_while_the_board_is_frozen(database: None) -> None:
    event = contested()
    verify(event, FreezeBoard(reason="A storm"), by=FACILITATOR)
    refusal = vote(event, "voter", WINE)
    assert refusal is not None
    assert refusal.code == Code.FROZEN


def test_while_it_is_frozen_a_contest_is_not_over_for_its_time_stands_still(database: None) -> None:
    event = contested()
    verify(event, FreezeBoard(reason="A storm"), by=FACILITATOR, at=CLOSES - timedelta(minutes=5))
    refusal = vote(event, "voter", WINE, moment=CLOSES + timedelta(minutes=1))
    assert refusal is not None
    assert refusal.code == Code.FROZEN
    verify(event, ThawBoard(), by=FACILITATOR, at=CLOSES + timedelta(minutes=2))
    assert vote(event, "voter", WINE, moment=CLOSES + timedelta(minutes=6)) is None
    refusal = vote(event, "late", WINE, moment=CLOSES + timedelta(minutes=7))
    assert refusal is not None
    assert refusal.code == Code.CONTEST_OVER


def test_voices_for_a_card_that_has_left_are_not_counted(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    vote(event, "one", WINE)
    vote(event, "two", WINE, CAKE)
    verify(event, WithdrawCard(card=WINE), by=Who("wine"))
    assert settle(event).tally == {TEA: 0, CAKE: 1}


def test_nothing_of_a_vote_is_told_before_its_close_but_how_many_have_voted(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    contest, board = contest_in(event), consistent(event)
    told = contest_facts(contest, board, read.ballots_cast(event)[contest.id])
    assert (contest.tally, contest.ballots, told["ballots"]) == ({}, 0, 1)
    assert {"tally", "seal", "drawn"} & told.keys() == set()


def test_a_ballot_is_no_change_and_moves_no_number(database: None) -> None:
    event = contested()
    before = consistent(event)
    vote(event, "one", WINE)
    assert consistent(event) == before


def test_a_contest_that_is_open_again_keeps_its_ballots(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    vote(event, "two", TEA)
    vote(event, "three", TEA)
    settle(event)
    number = board_of(event).number
    verify(event, Undo(number=number), by=HELPER, at=CLOSES)
    assert contest_in(event).open
    vote(event, "two", WINE, moment=CLOSES)
    verify(event, SettleContest(contest=contest_in(event).id), by=HELPER, at=CLOSES)
    assert (contest_in(event).winner, contest_in(event).tally) == (WINE, {WINE: 2, TEA: 1})


def test_a_process_that_has_seen_no_board_takes_ballots_too(database: None) -> None:
    event = contested()
    number = contest_in(event).id
    MEMORY.forget(event)
    assert play(event, CastBallot(contest=number, cards=(WINE,)), by=Who("one"), at=EVE).refusal is None
    assert read.ballots_cast(event) == {number: 1}
