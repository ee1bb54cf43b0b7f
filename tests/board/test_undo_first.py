"""What an undo says that comes too late: which change is to be undone first; and what an undo brings back with it."""

import pytest
from tests.drawing import FACILITATOR, HELPER, ORGANISER, after, cells, code, drawn
from tests.playing import Playing
from tests.verify import stored, verify

from openspaces.board.moves import (
    Announce,
    ApproveCard,
    AskDeal,
    CloseCell,
    EditCard,
    EndAnnouncement,
    MergeCards,
    Move,
    MoveCard,
    PlaceCard,
    RestoreBoard,
    RestoreCard,
    SetCaution,
    ShieldCard,
    TakeUp,
    Undo,
    UnmergeCards,
)
from openspaces.board.read import board_at
from openspaces.board.vocabulary import Code, Deal, Standing
from openspaces.people.who import Who
from openspaces.wording import says

BOARD = """
          oak      elm      ash
  09:00   Knit     Purl     .
  10:00   .        Talk     .
"""
KNIT, PURL, TALK, BEES = (code(title) for title in ("Knit", "Purl", "Talk", "Bees"))
CLOSE = CloseCell(cells=cells("oak 09:00", "elm 09:00"), reason="A leak")


# What comes first


def test_a_closure_is_undone_once_every_host_who_moved_is_back() -> None:
    play = Playing(BOARD)
    closed = play.do(CLOSE, HELPER)
    knit = play.do(PlaceCard(card=KNIT, cells=cells("ash 09:00")), Who("knit"))
    purl = play.do(PlaceCard(card=PURL, cells=cells("ash 10:00")), Who("purl"))
    play.do(EditCard(card=KNIT, text="Wool", seen=99), Who("knit"))
    for title, moved in (("Purl", purl), ("Knit", knit)):
        refusal = play.refused(Undo(number=closed[-1].number), HELPER)
        assert (refusal.code, refusal.facts) == (Code.CHANGED_SINCE, {"title": title, "change": moved[0].number})
        assert says(refusal) == f"“{title}” has changed since. Undo no. {moved[0].number} first."
        play.undo(moved, HELPER)
    play.undo(closed, HELPER)
    assert [play.card(title).cells for title in ("Knit", "Purl")] == [cells("oak 09:00"), cells("elm 09:00")]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (EditCard(card=KNIT, text="Wool", seen=99), EditCard(card=KNIT, text="More wool", seen=99)),
        (EditCard(card=KNIT, text="Wool", seen=99), ShieldCard(card=KNIT, reason="Read it first")),
        (ShieldCard(card=KNIT, reason="Read it first"), ApproveCard(card=KNIT)),
        (MoveCard(card=KNIT, cells=cells("ash 09:00")), MoveCard(card=KNIT, cells=cells("ash 10:00"))),
        (MergeCards(card=KNIT, into=TALK), EditCard(card=TALK, text="Wool", seen=99)),
        (CloseCell(cells=cells("ash 09:00"), reason="Paint"), CloseCell(cells=cells("ash 09:00"), reason="A leak")),
    ],
    ids=["edited", "hidden", "approved", "moved", "merged", "closed"],
)
def test_what_stands_in_the_way_is_named_and_once_it_is_undone_nothing_does(first: Move, then: Move) -> None:
    play = Playing(BOARD)
    done = play.do(first, ORGANISER)
    since = play.do(then, ORGANISER)
    assert play.refused(Undo(number=done[0].number), ORGANISER).facts["change"] == since[0].number
    play.undo(since, ORGANISER)
    play.undo(done, ORGANISER)


def test_the_log_on_disk_knows_what_comes_first(database: None) -> None:
    event = stored(BOARD)
    closed = verify(event, CLOSE, by=HELPER).changes[0].number
    moved = verify(event, PlaceCard(card=KNIT, cells=cells("ash 09:00")), by=Who("knit")).changes[0].number
    refusal = verify(event, Undo(number=closed), by=HELPER).refusal
    assert refusal is not None
    assert refusal.facts == {"title": "Knit", "change": moved}


# Who may


@pytest.mark.parametrize("whole", [True, False], ids=["the board", "a card"])
def test_helpers_undo_no_going_back_nor_the_undoing_of_one(whole: bool) -> None:
    play = Playing(BOARD)
    number, past = play.board.number, play.board
    play.do(MoveCard(card=KNIT, cells=cells("ash 09:00")), Who("knit"))
    back = RestoreBoard(number=number, past=past) if whole else RestoreCard(card=KNIT, number=number, past=past)
    restored = play.do(back, FACILITATOR)
    assert play.refused(Undo(number=restored[0].number), HELPER).code is Code.NOT_ALLOWED
    undone = play.undo(restored, FACILITATOR)
    assert play.refused(Undo(number=undone[0].number), HELPER).code is Code.NOT_ALLOWED
    play.undo(undone, FACILITATOR)
    assert play.card("Knit").cells == cells("oak 09:00")


def test_a_going_back_is_told_in_the_log_and_leaves_one_story(database: None) -> None:
    event = stored(BOARD, before=((MoveCard(card=KNIT, cells=cells("ash 09:00")), Who("knit")),))
    number = verify(event, EditCard(card=KNIT, text="Wool", seen=99), by=Who("knit")).number
    past = board_at(event, number - 2)
    assert past is not None
    done = verify(event, RestoreBoard(number=number - 2, past=past), by=FACILITATOR)
    assert {change.after["restores"] for change in done.changes} == {number - 2}
    verify(event, Undo(number=done.changes[0].number), by=FACILITATOR)


# What comes back with it


def approved() -> Playing:
    """Somebody has read Knit, and it may stand."""
    play = Playing(BOARD, ideas=("Bees",))
    for card in (KNIT, BEES):
        play.do(ApproveCard(card=card), HELPER)
    return play


@pytest.mark.parametrize(
    "move",
    [
        EditCard(card=KNIT, text="Wool", seen=99),
        MergeCards(card=TALK, into=KNIT, text="Abuse"),
        TakeUp(card=BEES, host="Ada"),
    ],
    ids=["edited", "merged", "taken up"],
)
def test_other_words_were_not_approved_and_those_of_before_are_so_again(move: Move) -> None:
    play = approved()
    code_ = BEES if isinstance(move, TakeUp) else KNIT
    done = play.do(move, HELPER)
    assert play.board.cards[code_].standing is Standing.LIVE
    undone = play.undo(done, HELPER)
    assert play.board.cards[code_].standing is Standing.APPROVED
    again = play.undo(undone, HELPER)
    assert play.board.cards[code_].standing is Standing.LIVE
    play.undo(again, HELPER)
    assert play.board.cards[code_].standing is Standing.APPROVED


def test_that_it_was_parted_from_another_is_undone_with_what_it_asked_for_and_that_it_was_approved() -> None:
    play = Playing(BOARD)
    play.do(MergeCards(card=TALK, into=KNIT), HELPER)
    play.do(ApproveCard(card=KNIT), HELPER)
    play.do(AskDeal(card=KNIT, other=PURL, deal=Deal.SWAP), Who("knit"))
    deal = play.card("Knit").deal
    play.undo(play.do(UnmergeCards(card=TALK), HELPER), HELPER)
    assert (play.card("Knit").standing, play.card("Knit").deal, play.card("Knit").merged) == (
        Standing.APPROVED,
        deal,
        (TALK,),
    )


def test_what_a_host_asked_another_is_asked_again_once_the_hiding_is_undone() -> None:
    play = Playing(BOARD)
    play.do(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE, title="Both"), Who("knit"))
    deal = play.card("Knit").deal
    hidden = play.do(ShieldCard(card=KNIT, reason="Read it first"), HELPER)
    assert play.card("Knit").deal is None
    shown = play.undo(hidden, HELPER)
    assert play.card("Knit").deal == deal
    play.undo(play.undo(shown, HELPER), HELPER)
    assert play.card("Knit").deal == deal


def test_an_idea_that_a_new_host_took_up_in_a_storm_is_theirs_again_and_waits_again() -> None:
    play = Playing(BOARD, ideas=("Bees",))
    play.do(SetCaution(hold=True), FACILITATOR)
    taken = play.do(TakeUp(card=BEES, host="Eva", cells=cells("ash 09:00")), Who("eva"))
    play.undo(play.undo(taken, HELPER), HELPER)
    bees = play.card("Bees")
    assert (bees.hand, bees.standing, bees.cells) == ("eva", Standing.HELD, cells("ash 09:00"))


def test_an_announcement_is_not_on_the_screens_twice() -> None:
    board = after(drawn(BOARD), Announce(text="Lunch"), HELPER)
    play = Playing(BOARD)
    said = play.do(Announce(text="Lunch"), HELPER)
    ended = play.do(EndAnnouncement(announcement=said[0].number), HELPER)
    play.undo(ended, HELPER)
    assert play.refused(Undo(number=ended[0].number), HELPER).code is Code.CHANGED_SINCE
    assert [each.text for each in play.board.announcements] == [each.text for each in board.announcements]
