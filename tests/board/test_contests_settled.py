"""How a contest is settled by people, and what becomes of those who lose."""

import pytest
from tests.contending import BOARD, CAKE, HOSTS, KNIT, PLANNED, TALK, TEA, WINE, begun, contested, has, number, settled
from tests.drawing import EVE, HELPER, ORGANISER, cells, day_of
from tests.playing import Playing

from openspaces.board.moves import CallOffContest, ChangeDay, ClaimCell, MoveCard, PlaceCard, SettleContest
from openspaces.board.state import Notice, Placement
from openspaces.board.vocabulary import Cause, Code, Method
from openspaces.board.words import Unfit
from openspaces.people.who import Who
from openspaces.wording import says


def test_the_winner_has_the_cell_and_the_loser_is_owed_another() -> None:
    play = settled(begun(), winner=TEA, reason="She was first")
    assert has(play, "Wine", "Tea") == [False, True]
    wine = play.card("Wine")
    assert wine.notice == Notice(Cause.CONTEST, Placement(cells("elm 09:00")), "She was first", EVE)
    assert (wine.owed, wine.claim, wine.words.title) == (True, None, "Wine")


def test_a_loser_takes_a_free_cell_though_the_facilitators_place() -> None:
    play = settled(begun(), winner=TEA)
    play.do(PlaceCard(card=WINE, cells=cells("ash 10:00")), Who("wine"))
    assert play.card("Wine").cells == cells("ash 10:00")


def test_a_holder_who_loses_loses_the_cell() -> None:
    play = settled(contested(), winner=WINE)
    assert (play.card("Wine").cells, play.card("Knit").placement) == (cells("oak 09:00"), None)
    assert play.card("Knit").owed


def test_a_holder_who_wins_keeps_the_cell() -> None:
    play = settled(contested(), winner=KNIT)
    assert (play.card("Knit").cells, play.card("Wine").owed) == (cells("oak 09:00"), True)


def test_a_loser_who_has_another_cell_keeps_it() -> None:
    play = Playing(BOARD, HOSTS, PLANNED)
    play.do(ClaimCell(card=TALK, cells=cells("oak 09:00")), Who("talk"))
    settled(play, winner=KNIT)
    assert (play.card("Talk").cells, play.card("Talk").owed) == (cells("elm 10:00", "elm 11:00"), False)


def test_a_holder_who_asked_for_more_and_loses_has_nothing_left_there() -> None:
    play = Playing(BOARD, HOSTS, PLANNED)
    play.do(ClaimCell(card=WINE, cells=cells("oak 09:00", "oak 10:00")), Who("wine"))
    play.do(ClaimCell(card=KNIT, cells=cells("oak 09:00", "oak 10:00")), Who("knit"))
    assert play.board.open_contests[0].cards == (KNIT, WINE)
    settled(play, winner=WINE)
    assert (play.card("Wine").cells, play.card("Knit").cells, play.card("Knit").asks) == (
        cells("oak 09:00", "oak 10:00"),
        (),
        (),
    )


def test_who_wants_cells_that_the_winner_does_not_need_loses_nothing() -> None:
    play = Playing(BOARD, HOSTS, PLANNED)
    play.do(ClaimCell(card=WINE, cells=cells("oak 09:00", "oak 10:00")), Who("wine"))
    play.do(ClaimCell(card=TEA, cells=cells("oak 10:00")), Who("tea"))
    settled(play, winner=TEA)
    assert (play.card("Tea").cells, play.card("Knit").cells) == (cells("oak 10:00"), cells("oak 09:00"))
    assert play.card("Wine").owed


def test_the_outcome_can_be_read_by_everyone_with_its_reason() -> None:
    contest = next(iter(settled(begun(), winner=TEA, reason="She was first").board.contests.values()))
    assert (contest.winner, contest.method, contest.reason, contest.settled) == (
        TEA,
        Method.DECISION,
        "She was first",
        EVE,
    )


def test_a_show_of_hands_is_typed_in() -> None:
    contest = next(iter(settled(begun(), counts=((WINE, 12), (TEA, 7))).board.contests.values()))
    assert (contest.winner, contest.method, contest.tally) == (WINE, Method.HANDS, {WINE: 12, TEA: 7})


def test_whom_nobody_counted_has_no_hands() -> None:
    contest = next(iter(settled(begun(), counts=((TEA, 1),)).board.contests.values()))
    assert (contest.winner, contest.tally) == (TEA, {WINE: 0, TEA: 1})


@pytest.mark.parametrize(
    ("how", "code_"),
    [
        ({"method": Method.DECISION}, Code.WINNER_NEEDED),
        ({"method": Method.AGREEMENT}, Code.WINNER_NEEDED),
        ({"method": Method.HANDS}, Code.COUNTS_NEEDED),
        ({"winner": CAKE}, Code.NOT_IN_CONTEST),
        ({"counts": ((CAKE, 2),)}, Code.NOT_IN_CONTEST),
        ({"winner": "NOBODY"}, Code.UNKNOWN_CARD),
        ({"counts": (("NOBODY", 2),)}, Code.UNKNOWN_CARD),
    ],
)
def test_what_settles_nothing_is_refused(how: dict[str, object], code_: Code) -> None:
    play = begun()
    move = SettleContest(contest=number(play), **how)  # type: ignore[arg-type]
    assert play.refused(move, HELPER).code == code_


def test_what_comes_too_late_is_told_so_though_the_cell_is_gone_by_now() -> None:
    play = begun()
    contest = number(play)
    settled(play, winner=WINE)
    play.do(MoveCard(card=WINE, cells=cells("oak 10:00")), HELPER)
    play.do(MoveCard(card=TALK, cells=cells("oak 11:00")), HELPER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "ash", "elsewhere"))), ORGANISER)
    late = play.refused(SettleContest(contest=contest, winner=TEA), HELPER)
    assert (late.code, says(late)) == (Code.CONTEST_OVER, "The contest is over: “Wine” has it.")


@pytest.mark.parametrize("method", [Method.VOTE, Method.LOT])
def test_nobody_is_named_the_winner_of_what_ballots_or_a_lot_decide(method: Method) -> None:
    with pytest.raises(Unfit, match="method: unknown"):
        SettleContest(contest=1, method=method, winner=TEA)


def test_a_contest_is_settled_once() -> None:
    play = begun()
    move = SettleContest(contest=number(play), winner=TEA)
    play.do(move, HELPER)
    refusal = play.refused(move, HELPER)
    assert (refusal.code, refusal.facts["title"]) == (Code.CONTEST_OVER, "Tea")
    assert play.refused(SettleContest(contest=999), HELPER).code == Code.UNKNOWN_CONTEST


def test_a_contest_that_is_called_off_leaves_the_claims_to_the_facilitator() -> None:
    play = begun()
    play.do(CallOffContest(contest=number(play), reason="Talk first"), HELPER)
    assert [card.words.title for card in play.board.claiming] == ["Wine", "Tea"]


def test_where_it_is_called_off_whoever_has_the_cell_keeps_it_and_the_others_are_owed_one() -> None:
    play = contested()
    play.do(CallOffContest(contest=number(play), reason="Knit stays"), HELPER)
    wine = play.card("Wine")
    assert (play.card("Knit").cells, wine.claim, wine.owed) == (cells("oak 09:00"), None, True)
    assert wine.notice == Notice(Cause.TAKEN, Placement(cells("oak 09:00")), "Knit stays", EVE)
