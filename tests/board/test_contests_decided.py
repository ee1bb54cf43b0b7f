"""What a lot, the rule for ties and the clock decide."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from tests.contending import BOARD, CAKE, DESK, KNIT, LATER, PLANNED, TEA, WINE, begun, has, number, settled
from tests.drawing import FACILITATOR, HELPER, STRANGER, cell
from tests.playing import Playing

from openspaces.board.contest import drawn_from
from openspaces.board.moves import FreezeBoard, OpenContest, SettleContest
from openspaces.board.vocabulary import Code, Competing, Method, Tie
from openspaces.people.who import PROGRAM

# The lot


def test_a_lot_can_be_drawn_again_by_anybody() -> None:
    play = begun()
    commitment = play.board.open_contests[0].commitment
    contest = next(iter(settled(play, method=Method.LOT).board.contests.values()))
    assert sha256(contest.seal.encode()).hexdigest() == commitment
    order = sorted(contest.cards, key=lambda card: sha256(f"{contest.seal}:{card}".encode()).hexdigest())
    assert (contest.drawn, contest.winner) == (tuple(order), order[0])


def test_every_card_may_win_a_lot() -> None:
    assert {drawn_from(f"seal {number}", (WINE, TEA, CAKE))[0] for number in range(40)} == {WINE, TEA, CAKE}


def test_a_seal_is_not_shown_where_a_contest_is_written_out() -> None:
    contest = begun().board.open_contests[0]
    assert contest.seal not in repr(contest)


def test_no_two_contests_have_one_seal() -> None:
    assert begun().board.open_contests[0].seal != begun().board.open_contests[0].seal


# Ties


@pytest.mark.parametrize("tie", Tie)
def test_of_a_tie_decides_what_was_told_beforehand(tie: Tie) -> None:
    play = begun(replace(DESK, contest_tie=tie), who=("Wine", "Tea", "Cake"))
    contest = next(iter(settled(play, counts=((WINE, 1), (TEA, 5), (CAKE, 5))).board.contests.values()))
    lot = drawn_from(contest.seal, (TEA, CAKE))
    assert (contest.winner, contest.drawn) == ((lot[0], tuple(lot)) if tie is Tie.LOT else (TEA, ()))


def test_of_a_tie_in_a_contest_that_staff_opened_wins_who_held_it_or_asked_first_whoever_is_named_first() -> None:
    first = replace(DESK, competing=Competing.REFUSE, contest_tie=Tie.FIRST)
    play = begun(first, who=("Wine",))
    play.do(OpenContest(cell=cell("elm 09:00"), cards=(CAKE, TEA, WINE)), HELPER)
    assert play.board.open_contests[0].cards == (WINE, CAKE, TEA)
    play = Playing(BOARD, first, PLANNED)
    play.do(OpenContest(cell=cell("oak 09:00"), cards=(WINE, KNIT)), HELPER)
    assert has(settled(play, method=Method.VOTE), "Wine", "Knit") == [False, True]


# The clock


def test_the_clock_settles_votes_and_lots_when_their_time_is_over() -> None:
    for method in (Method.VOTE, Method.LOT):
        play = begun(replace(DESK, contest_method=method))
        assert play.do(SettleContest(contest=number(play)), PROGRAM, LATER - timedelta(seconds=1)) == ()
        settled(play, PROGRAM, LATER)
        assert play.board.open_contests == []


def test_the_clock_leaves_to_people_what_only_people_can_settle() -> None:
    for policy in (replace(DESK, contest_method=Method.HANDS), replace(DESK, contest_minutes=0)):
        play = begun(policy)
        assert play.do(SettleContest(contest=number(play)), PROGRAM, LATER) == ()


def test_the_clock_waits_while_the_board_is_frozen() -> None:
    play = begun()
    play.do(FreezeBoard(reason="A storm"), FACILITATOR)
    assert play.do(SettleContest(contest=number(play)), PROGRAM, LATER) == ()
    settled(play, FACILITATOR, LATER, winner=TEA)


def test_strangers_settle_nothing() -> None:
    play = begun()
    assert play.refused(SettleContest(contest=number(play)), STRANGER, LATER).code == Code.NOT_ALLOWED
