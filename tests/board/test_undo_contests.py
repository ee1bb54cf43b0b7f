"""Undo and what cards ask for: claims and contests come back as they were, or not at all."""

from datetime import timedelta

from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, cell, cells, code
from tests.playing import Playing, told
from tests.undoing import DESK, KNIT, LUNCH, TALK, TEA, WINE, drawn

from openspaces.board.contest import VOTERS_KEPT
from openspaces.board.moves import (
    ChangeRoom,
    ClaimCell,
    DropClaim,
    MoveCard,
    OpenContest,
    PlaceCard,
    RefuseClaim,
    RemoveAllOf,
    SettleContest,
    Undo,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Policy, Room
from openspaces.board.vocabulary import Code, Competing, Method
from openspaces.people.who import Who

# Claims and contests


def contested() -> Playing:
    """Wine and Tea contend for Elm at nine."""
    play = drawn(DESK)
    for title in ("Wine", "Tea"):
        play.do(ClaimCell(card=code(title), cells=cells("elm 09:00")), Who(title.lower()))
    return play


def test_a_claim_comes_back_with_its_place_in_the_row() -> None:
    play = drawn(DESK)
    play.do(ClaimCell(card=WINE, cells=cells("elm 09:00")), Who("wine"))
    step = play.do(RefuseClaim(card=WINE, reason="x"), HELPER)
    play.do(ClaimCell(card=TEA, cells=cells("oak 11:00")), Who("tea"))
    play.undo(step, HELPER)
    assert [card.words.title for card in play.board.claiming] == ["Wine", "Tea"]
    assert play.card("Wine").notice is None


def test_a_claim_does_not_come_back_to_a_cell_that_another_card_has() -> None:
    play = drawn(DESK)
    play.do(ClaimCell(card=WINE, cells=cells("elm 09:00")), Who("wine"))
    step = play.do(DropClaim(card=WINE), Who("wine"))
    play.do(PlaceCard(card=TEA, cells=cells("elm 09:00")), HELPER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.facts) == (Code.CHANGED_SINCE, {"title": "Wine"})


def test_a_contest_that_is_open_again_has_another_seal_for_the_old_one_was_told() -> None:
    play = contested()
    told_beforehand = play.board.open_contests[0].commitment
    step = play.do(SettleContest(contest=play.board.open_contests[0].id, method=Method.LOT), HELPER)
    play.undo(step, HELPER)
    contest = play.board.open_contests[0]
    assert (contest.commitment != told_beforehand, contest.method, contest.drawn) == (True, Method.VOTE, ())


def test_an_outcome_is_not_undone_where_nobody_has_to_contend_any_more() -> None:
    play = contested()
    step = play.do(SettleContest(contest=play.board.open_contests[0].id, winner=WINE), HELPER)
    play.do(ChangeRoom(room=Room("elm", "Elm", elsewhere=True)), ORGANISER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CHANGED_SINCE


def test_a_contest_does_not_get_back_a_cell_about_which_there_is_another_by_now() -> None:
    play = drawn(Policy(competing=Competing.CONTEST))
    play.do(ClaimCell(card=TEA, cells=cells("oak 10:00")), Who("tea"))
    step = play.do(ClaimCell(card=KNIT, cells=cells("oak 09:00", "oak 10:00")), Who("knit"))
    undone = play.undo(step, HELPER)
    play.do(ClaimCell(card=LUNCH, cells=cells("oak 09:00")), Who("lunch"))
    assert play.refused(Undo(number=undone[0].number), HELPER).code == Code.CHANGED_SINCE


def test_two_contests_that_are_open_again_in_one_step_do_not_tell_of_each_other() -> None:
    play = drawn(Policy(competing=Competing.CONTEST))
    for name in ("oak 09:00", "oak 10:00"):
        play.do(WriteCard(title=name, cells=cells(name), claim=True), Who("ada"))
    step = play.do(RemoveAllOf(card=play.board.cards_of("ada")[0].code, reason="Abuse"), FACILITATOR)
    assert play.board.open_contests == []
    play.undo(step, FACILITATOR)
    one, other = play.board.open_contests
    assert one.seal != other.seal


def test_a_contest_whose_time_is_over_is_open_again_until_a_person_settles_it() -> None:
    play = contested()
    step = play.do(SettleContest(contest=play.board.open_contests[0].id, winner=WINE), HELPER)
    play.undo(step, HELPER, EVE + timedelta(hours=1))
    assert play.board.open_contests[0].closes is None


def test_an_outcome_is_not_undone_when_it_is_forgotten_who_voted() -> None:
    play = contested()
    step = play.do(SettleContest(contest=play.board.open_contests[0].id, winner=WINE), HELPER)
    late = play.refused(Undo(number=step[0].number), HELPER, EVE + VOTERS_KEPT)
    assert late.code == Code.CHANGED_SINCE
    play.undo(step, HELPER, EVE + VOTERS_KEPT - timedelta(seconds=1))


def test_an_outcome_is_not_undone_when_the_loser_has_another_cell() -> None:
    play = contested()
    step = play.do(SettleContest(contest=play.board.open_contests[0].id, winner=WINE), HELPER)
    since = play.do(PlaceCard(card=TEA, cells=cells("ash 10:00")), Who("tea"))
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.facts) == (Code.CHANGED_SINCE, {"title": "Tea", "change": since[0].number})


def test_whoever_gave_way_by_mistake_stands_in_the_contest_again() -> None:
    play = contested()
    step = play.do(WithdrawCard(card=WINE), Who("wine"))
    assert play.card("Tea").cells == cells("elm 09:00")
    play.undo(step, HELPER)
    assert play.board.open_contests[0].cards == (WINE, TEA)
    assert play.card("Tea").cells == ()


def test_the_claim_that_began_a_contest_ends_it() -> None:
    play = contested()
    play.do(Undo(number=play.board.number), HELPER)
    assert ([card.code for card in play.board.claiming], play.board.open_contests) == ([WINE], [])


# What came after, and what began and was over at once


def test_what_a_card_asked_for_since_it_goes_on_asking_for_when_an_undo_is_undone() -> None:
    play = drawn(DESK)
    step = play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), HELPER)
    play.do(ClaimCell(card=WINE, cells=cells("oak 11:00")), Who("wine"))
    before = play.board
    play.undo(play.undo(step, HELPER), HELPER)
    assert told(play.board, before.cards) == told(before, before.cards)


def test_a_contest_that_changed_and_was_over_in_one_step_is_as_it_was() -> None:
    play = drawn(Policy(competing=Competing.CONTEST))
    for title in ("Lunch", "Wine"):
        play.do(ClaimCell(card=code(title), cells=cells("oak 09:00")), Who(title.lower()))
    play.do(ClaimCell(card=KNIT, cells=cells("oak 10:00")), Who("knit"))
    before = play.board
    step = play.do(MoveCard(card=LUNCH, cells=cells("elm 09:00")), Who("lunch"))
    assert (play.card("Knit").cells, play.card("Wine").cells) == (cells("oak 10:00"), cells("oak 09:00"))
    play.undo(step, HELPER)
    assert told(play.board, before.cards) == told(before, before.cards)


def test_a_contest_that_was_over_as_it_began_is_undone_with_what_each_got() -> None:
    play = drawn(DESK)
    play.do(ClaimCell(card=TALK, cells=cells("elm 10:00")), Who("talk"))
    before = play.board
    step = play.do(OpenContest(cell=cell("elm 11:00"), cards=(TALK, WINE)), HELPER)
    assert (play.card("Talk").cells, play.card("Wine").cells) == (cells("elm 10:00"), cells("elm 11:00"))
    play.undo(step, HELPER)
    assert told(play.board, before.cards) == told(before, before.cards)
