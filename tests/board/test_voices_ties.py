"""As many voices for two cards, lots that anybody can check, and that it is forgotten who voted."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from tests.contested import CLOSES, DESK, TEA, WINE, board_of, contest_in, contested
from tests.voting import settle, vote

from openspaces.board import read
from openspaces.board.contest import VOTERS_KEPT, most_voices, tallied
from openspaces.board.models import Ballot
from openspaces.board.public import contest_facts
from openspaces.board.vocabulary import Tie

# Ties and lots


@pytest.mark.parametrize("tie", Tie)
def test_of_as_many_voices_decides_what_was_told_beforehand(database: None, tie: Tie) -> None:
    event = contested(replace(DESK, contest_tie=tie))
    commitment = contest_in(event).commitment
    vote(event, "one", WINE)
    vote(event, "two", TEA)
    contest = settle(event)
    assert contest.tally == {WINE: 1, TEA: 1}
    if tie is Tie.FIRST:
        assert (contest.winner, contest.drawn) == (WINE, ())
    else:
        assert checked_by_anybody(contest_facts(contest, board_of(event)), commitment) == contest.winner


def test_where_nobody_votes_it_is_a_tie(database: None) -> None:
    event = contested(replace(DESK, contest_tie=Tie.FIRST))
    assert (settle(event).winner, contest_in(event).tally) == (WINE, {WINE: 0, TEA: 0})


def checked_by_anybody(published: dict[str, object], commitment: str) -> str:
    """Who wins by what was published, found with nothing of ours."""
    assert sha256(str(published["seal"]).encode()).hexdigest() == commitment == published["commitment"]
    cards = published["drawn"]
    assert isinstance(cards, list)
    return str(min(cards, key=lambda card: sha256(f"{published['seal']}:{card}".encode()).hexdigest()))


def test_control_a_lot_that_was_drawn_otherwise_is_found_out(database: None) -> None:
    event = contested()
    commitment = contest_in(event).commitment
    contest = settle(event)
    with pytest.raises(AssertionError):
        checked_by_anybody(contest_facts(replace(contest, seal="another"), board_of(event)), commitment)
    other = next(card for card in contest.cards if card != contest.winner)
    assert checked_by_anybody(contest_facts(replace(contest, winner=other), board_of(event)), commitment) != other


def test_most_voices_keeps_the_order_of_the_cards() -> None:
    assert most_voices(("C", "A", "B"), {"A": 2, "B": 1, "C": 2}) == ["C", "A"]
    assert tallied(("A", "B"), [["A", "A", "X"], []]) == {"A": 1, "B": 0}


# Who voted is forgotten


def test_a_day_after_the_close_nobody_knows_who_cast_a_ballot(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    vote(event, "two", TEA)
    vote(event, "three", TEA)
    settle(event)
    assert read.forget_voters(CLOSES) == 0
    assert read.forget_voters(CLOSES + timedelta(seconds=1)) == 3
    assert read.ballot_of(event, contest_in(event).id, "one") is None
    assert [row.hand for row in Ballot.objects.all()] == [None] * 3
    assert tallied((WINE, TEA), [row.cards for row in Ballot.objects.all()]) == contest_in(event).tally


def test_ballots_of_an_open_contest_are_not_cut(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    assert read.forget_voters(CLOSES + 2 * VOTERS_KEPT) == 0


def test_a_device_reads_its_own_ballots_in_open_contests(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    assert read.ballots_of(event, "one") == {contest_in(event).id: (WINE,)}
    assert read.ballots_of(event, "two") == {}
    settle(event)
    assert read.ballots_of(event, "one") == {}
