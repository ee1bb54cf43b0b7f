"""The rules of a contest: how it begins, and who stands in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contending import BOARD, CAKE, DESK, HOSTS, KNIT, LATER, PLANNED, TALK, TEA, WINE, begun, contested, number
from tests.drawing import EVE, HELPER, at, cell, cells, code
from tests.playing import Playing

from openspaces.board.moves import (
    CallOffContest,
    ChangeContest,
    ClaimCell,
    OpenContest,
    PlaceCard,
    SettleContest,
    WriteCard,
)
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Code, Kind, Method, Tie
from openspaces.people.who import Who


def test_a_second_claim_begins_a_contest_by_the_events_policy() -> None:
    policy = replace(DESK, contest_method=Method.LOT, contest_minutes=20, contest_tie=Tie.FIRST, contest_presence=True)
    contest = begun(policy).board.open_contests[0]
    assert (contest.cells, contest.cards) == (cells("elm 09:00"), (WINE, TEA))
    assert (contest.method, contest.tie, contest.presence) == (Method.LOT, Tie.FIRST, True)
    assert (contest.opened, contest.closes) == (EVE, EVE + timedelta(minutes=20))


def test_a_contest_closes_before_its_cell_begins() -> None:
    play = Playing(BOARD, DESK, PLANNED)
    for title in ("Wine", "Tea"):
        play.do(ClaimCell(card=code(title), cells=cells("elm 09:00")), Who(title.lower()), at("08:50"))
    assert play.board.open_contests[0].closes == at("09:00")


def test_a_policy_of_no_minutes_leaves_the_close_to_a_person() -> None:
    assert begun(replace(DESK, contest_minutes=0)).board.open_contests[0].closes is None


def test_a_third_joins_the_contest() -> None:
    play = begun(who=("Wine", "Tea", "Cake"))
    assert [contest.cards for contest in play.board.open_contests] == [(WINE, TEA, CAKE)]


def test_where_hosts_place_a_claim_contests_the_cell_of_another() -> None:
    contest = contested().board.open_contests[0]
    assert (contest.cells, contest.cards) == (cells("oak 09:00"), (KNIT, WINE))


def test_where_hosts_place_and_the_policy_says_so_a_taken_cell_is_refused() -> None:
    play = Playing(BOARD, Policy(), PLANNED)
    refusal = play.refused(ClaimCell(card=WINE, cells=cells("oak 09:00")), Who("wine"))
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, KNIT)


def test_nobody_contends_for_what_the_desk_gave() -> None:
    play = Playing(BOARD, DESK, PLANNED)
    refusal = play.refused(ClaimCell(card=WINE, cells=cells("oak 09:00")), Who("wine"))
    assert refusal.code == Code.CELL_TAKEN


def test_nobody_contends_for_what_has_begun() -> None:
    play = Playing(BOARD, HOSTS, PLANNED)
    refusal = play.refused(ClaimCell(card=WINE, cells=cells("oak 09:00")), Who("wine"), at("09:00"))
    assert refusal.code == Code.CELL_TAKEN


def test_a_contest_is_about_all_the_cells_that_its_cards_want_in_a_row() -> None:
    play = Playing(BOARD, HOSTS, PLANNED)
    play.do(ClaimCell(card=WINE, cells=cells("elm 11:00")), Who("wine"))
    contest = play.board.open_contests[0]
    assert (set(contest.cells), contest.cards) == (set(cells("elm 10:00", "elm 11:00")), (TALK, WINE))


def test_two_contests_do_not_become_one() -> None:
    play = begun()
    for title in ("Knit", "Talk"):
        play.do(ClaimCell(card=code(title), cells=cells("elsewhere 09:00"), where="x"), Who(title.lower()))
    play.do(WriteCard(title="A", code="AAAAAA", cells=cells("ash 10:00"), claim=True), Who("a"))
    play.do(WriteCard(title="B", code="BBBBBB", cells=cells("ash 10:00"), claim=True), Who("b"))
    play.do(WriteCard(title="C", code="CCCCCC", cells=cells("ash 11:00"), claim=True), Who("c"))
    play.do(WriteCard(title="D", code="DDDDDD", cells=cells("ash 11:00"), claim=True), Who("d"))
    refusal = play.refused(ClaimCell(card=CAKE, cells=cells("ash 10:00", "ash 11:00")), Who("cake"))
    assert refusal.code == Code.IN_CONTEST


def test_nobody_joins_after_the_close() -> None:
    refusal = begun().refused(ClaimCell(card=CAKE, cells=cells("elm 09:00")), Who("cake"), LATER)
    assert refusal.code == Code.CONTEST_OVER
    assert refusal.free == cells("elsewhere 09:00")


def test_staff_let_cards_contend_that_have_not_asked() -> None:
    play = Playing(BOARD, Policy(), PLANNED)
    opened = OpenContest(cell=cell("elm 09:00"), cards=(WINE, TEA), method=Method.HANDS, minutes=5, presence=True)
    changes = play.do(opened, HELPER)
    assert [change.kind for change in changes] == [Kind.CARD_CLAIMED, Kind.CARD_CLAIMED, Kind.CONTEST_OPENED]
    contest = play.board.open_contests[0]
    assert (contest.method, contest.closes, contest.presence) == (Method.HANDS, EVE + timedelta(minutes=5), True)


def test_staff_open_a_contest_about_all_that_its_cards_want() -> None:
    play = Playing(BOARD, DESK, PLANNED)
    play.do(ClaimCell(card=WINE, cells=cells("ash 10:00", "ash 11:00")), Who("wine"))
    play.do(OpenContest(cell=cell("ash 10:00"), cards=(TEA, WINE)), HELPER)
    assert play.board.open_contests[0].cells == cells("ash 10:00", "ash 11:00")
    assert play.refused(PlaceCard(card=CAKE, cells=cells("ash 11:00")), HELPER).code == Code.IN_CONTEST


@pytest.mark.parametrize(
    ("name", "titles", "code_"),
    [
        ("elm 09:00", ("Wine",), Code.NO_CONTEST_HERE),
        ("elm 09:00", ("Wine", "Wine"), Code.NO_CONTEST_HERE),
        ("oak 09:00", ("Wine", "Tea"), Code.NO_CONTEST_HERE),
        ("elsewhere 09:00", ("Wine", "Tea"), Code.NO_CONTEST_HERE),
        ("ash 09:00", ("Wine", "Tea"), Code.CELL_CLOSED),
        ("attic 09:00", ("Wine", "Tea"), Code.UNKNOWN_CELL),
        ("elm 09:00", ("Wine", "Nobody"), Code.UNKNOWN_CARD),
    ],
)
def test_what_is_no_contest_is_not_opened(name: str, titles: tuple[str, ...], code_: Code) -> None:
    play = Playing(BOARD, Policy(), PLANNED)
    move = OpenContest(cell=cell(name), cards=tuple(code(title) for title in titles))
    assert play.refused(move, HELPER).code == code_


def test_there_is_one_contest_for_a_cell() -> None:
    move = OpenContest(cell=cell("elm 09:00"), cards=(CAKE, KNIT))
    assert begun().refused(move, HELPER).code == Code.IN_CONTEST


def test_hosts_do_not_open_change_settle_or_call_off_a_contest() -> None:
    play = begun()
    moves = (
        OpenContest(cell=cell("ash 10:00"), cards=(CAKE, KNIT)),
        ChangeContest(contest=number(play), minutes=5),
        SettleContest(contest=number(play), winner=WINE),
        CallOffContest(contest=number(play), reason="x"),
    )
    assert {play.refused(move, Who("wine")).code for move in moves} == {Code.NOT_ALLOWED}
