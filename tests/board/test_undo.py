"""Undo: what was done in one step is taken back as one, and done again as one."""

from functools import cache

import pytest
from tests.drawing import HELPER, ORGANISER, STRANGER, at, cells, picture, picture_of
from tests.every_move import DONE, SEAL, Case
from tests.playing import meant, told
from tests.undoing import BOARD, KNIT, drawn

from openspaces.board.moves import CloseCell, MoveCard, ReopenCell, TakeDown, Undo, WriteCard
from openspaces.board.moves.inverse import INVERSES
from openspaces.board.vocabulary import Code, Kind, Method, Stage
from openspaces.people.who import Who
from openspaces.wording import tells

FOR_EVER = {Kind.EVENT_MADE, Kind.CARD_CONFIRMED, Kind.STARS_COUNTED, Kind.PROGRAMME_FOLLOWED, Kind.HOSTS_ERASED}


@cache
def kinds(case: Case) -> set[Kind]:
    """What a case changes."""
    playing = case.playing()
    return {change.kind for change in playing.do(case.move, case.by, case.at)}


def name(case: Case) -> str:
    """The move of a case."""
    return type(meant(case.move, case.playing().board)).__name__


def by_the_clock(case: Case) -> bool:
    """Whether a case is over by time alone."""
    return isinstance(case.move, ReopenCell) and case.move.over


UNDOABLE = [case for case in DONE if not kinds(case) & FOR_EVER and not by_the_clock(case)]


# Every kind


def test_every_kind_but_a_few_can_be_undone() -> None:
    assert set(INVERSES) == set(Kind) - FOR_EVER


NAMED = [pytest.param(case, id=name(case)) for case in UNDOABLE]


@pytest.mark.parametrize("case", NAMED)
def test_what_is_undone_at_once_was_never_done(case: Case) -> None:
    play = case.playing()
    before = play.board
    step = play.do(case.move, case.by, case.at)
    play.do(Undo(number=step[0].number, seal=SEAL), ORGANISER, case.at)
    assert told(play.board, before.cards) == told(before, before.cards)


@pytest.mark.parametrize("case", NAMED)
def test_what_was_undone_is_done_again(case: Case) -> None:
    play = case.playing()
    step = play.do(case.move, case.by, case.at)
    done = play.board
    undone = play.undo(step, ORGANISER, case.at)
    if _voted(case):
        assert play.refused(Undo(number=undone[0].number), ORGANISER, case.at).code == Code.CHANGED_SINCE
    else:
        play.undo(undone, ORGANISER, case.at)
        assert told(play.board, done.cards) == told(done, done.cards)


@pytest.mark.parametrize("case", NAMED)
def test_what_undoes_is_told_in_words_as_well(case: Case) -> None:
    play = case.playing()
    step = play.do(case.move, case.by, case.at)
    for _ in range(1 if _voted(case) else 2):
        step = play.undo(step, ORGANISER, case.at)
        assert all(tells(change, play.board) for change in step)


def _voted(case: Case) -> bool:
    """Whether it settles a vote: that is settled anew, for ballots may have changed since it was open again."""
    playing = case.playing()
    settled = [change for change in playing.do(case.move, case.by, case.at) if change.kind is Kind.CONTEST_SETTLED]
    return any(change.card and change.after["contest"]["method"] == Method.VOTE for change in settled)


# One step


def test_whichever_change_of_a_step_is_named_the_step_is_undone() -> None:
    for place in range(3):
        play = drawn()
        step = play.do(CloseCell(cells=cells("oak 09:00", "oak 10:00"), reason="Lunch"), HELPER)
        play.do(Undo(number=step[place].number), HELPER)
        assert picture_of(play.board) == picture(BOARD)


def test_what_undoes_says_what_it_undoes() -> None:
    play = drawn()
    step = play.do(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    undone = play.do(Undo(number=step[-1].number), HELPER)
    assert {change.after["undoes"] for change in undone} == {step[0].number}


def test_a_card_that_was_written_onto_a_cell_is_only_taken_down_where_that_is_meant() -> None:
    play = drawn()
    step = play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 11:00")), STRANGER)
    play.do(Undo(number=step[1].number), HELPER)
    assert play.board.cards["NEW000"].stage is Stage.PLANNED


def test_and_withdrawn_where_the_writing_is_meant() -> None:
    play = drawn()
    step = play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 11:00")), STRANGER)
    play.do(Undo(number=step[0].number), HELPER)
    assert (play.board.cards["NEW000"].stage, play.board.cards["NEW000"].cells) == (Stage.WITHDRAWN, ())


def test_there_is_nothing_to_undo_in_what_never_was() -> None:
    refusal = drawn().refused(Undo(number=999), HELPER)
    assert (refusal.code, refusal.facts) == (Code.UNKNOWN_CHANGE, {"change": 999})


def test_nothing_is_undone_twice() -> None:
    play = drawn()
    step = play.do(TakeDown(card=KNIT), Who("knit"))
    play.undo(step, HELPER)
    assert play.refused(Undo(number=step[0].number), HELPER).code == Code.CHANGED_SINCE


def test_undoing_to_and_fro_leads_to_and_fro() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"))
    for there in ("oak 09:00", "ash 10:00", "oak 09:00", "ash 10:00"):
        step = play.undo(step, HELPER)
        assert play.card("Knit").cells == cells(there)


# The room, the whole story


def test_lunch_moves_elsewhere_and_everyone_is_back() -> None:
    play = drawn()
    step = play.do(CloseCell(cells=cells("oak 09:00", "oak 10:00", "oak 11:00"), reason="Lunch"), HELPER, at("08:00"))
    assert [card.words.title for card in play.board.in_order() if card.owed] == ["Knit", "Lunch"]
    play.undo(step, HELPER, at("08:30"))
    assert picture_of(play.board) == picture(BOARD)
    assert [card.notice for card in play.board.in_order()] == [None] * 5
