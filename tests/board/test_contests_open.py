"""While a contest is open: its cells are had by its outcome alone, and whoever is left alone has won."""

import pytest
from tests.contending import BOARD, CAKE, DESK, HOSTS, KNIT, PLANNED, TALK, TEA, WINE, begun, contested, number
from tests.drawing import FACILITATOR, HELPER, ORGANISER, at, cell, cells, code, day_of
from tests.playing import Playing

from openspaces.board.moves import (
    AcceptDeal,
    AskDeal,
    ChangeContest,
    ChangeDay,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    DropClaim,
    Move,
    MoveCard,
    OpenContest,
    PlaceCard,
    RefuseClaim,
    RemoveCard,
    SettleContest,
    SwapCards,
    TakeDown,
    WithdrawCard,
)
from openspaces.board.state import Room
from openspaces.board.vocabulary import Code, Deal, Kind, Method
from openspaces.board.words import Unfit
from openspaces.people.who import Who


def test_a_contested_cell_is_had_by_the_outcome_alone() -> None:
    play = begun()
    for move, by in (
        (PlaceCard(card=CAKE, cells=cells("elm 09:00")), FACILITATOR),
        (PlaceCard(card=WINE, cells=cells("elm 09:00")), FACILITATOR),
    ):
        assert play.refused(move, by).code == Code.IN_CONTEST


def test_a_card_in_a_contest_does_not_change_places() -> None:
    play = contested()
    refusal = play.refused(SwapCards(card=KNIT, other=TALK), FACILITATOR)
    assert (refusal.code, refusal.facts) == (Code.IN_CONTEST, {"title": "Knit"})
    assert play.refused(AskDeal(card=TALK, other=KNIT, deal=Deal.SWAP), Who("talk")).code == Code.IN_CONTEST


def test_staff_change_how_and_when_it_is_settled() -> None:
    play = begun()
    play.do(ChangeContest(contest=number(play), method=Method.HANDS, minutes=5, presence=True), HELPER, at("08:00"))
    contest = play.board.open_contests[0]
    assert (contest.method, contest.closes, contest.presence) == (Method.HANDS, at("08:05"), True)
    assert play.do(ChangeContest(contest=contest.id), HELPER) == ()


def test_a_contest_is_not_settled_by_giving_way_unless_somebody_does() -> None:
    for wrong in (
        lambda: SettleContest(contest=1, method=Method.YIELD),
        lambda: ChangeContest(contest=1, method=Method.YIELD),
        lambda: OpenContest(cell=cell("elm 09:00"), cards=(WINE, TEA), method=Method.YIELD),
    ):
        with pytest.raises(Unfit, match="method: unknown"):
            wrong()


def test_minutes_and_hands_have_bounds() -> None:
    with pytest.raises(Unfit, match="minutes"):
        ChangeContest(contest=1, minutes=-1)
    with pytest.raises(Unfit, match="counts"):
        SettleContest(contest=1, counts=((WINE, -1),))


@pytest.mark.parametrize(
    "leaving",
    [
        (DropClaim(card=WINE), Who("wine")),
        (WithdrawCard(card=WINE), Who("wine")),
        (ClaimCell(card=WINE, cells=cells("ash 10:00")), Who("wine")),
        (PlaceCard(card=WINE, cells=cells("ash 10:00")), HELPER),
        (RemoveCard(card=WINE, reason="Abuse"), FACILITATOR),
    ],
    ids=lambda pair: type(pair[0]).__name__,
)
def test_whoever_is_left_alone_in_a_contest_has_won(leaving: tuple[object, Who]) -> None:
    play = begun()
    play.do(*leaving)  # type: ignore[arg-type]
    contest = next(iter(play.board.contests.values()))
    assert (contest.winner, contest.method, contest.open) == (TEA, Method.YIELD, False)
    assert play.card("Tea").cells == cells("elm 09:00")


def test_a_contest_that_one_of_three_leaves_goes_on() -> None:
    play = begun(who=("Wine", "Tea", "Cake"))
    changes = play.do(DropClaim(card=TEA), Who("tea"))
    assert [change.kind for change in changes] == [Kind.CLAIM_DROPPED, Kind.CONTEST_CHANGED]
    assert play.board.open_contests[0].cards == (WINE, CAKE)


@pytest.mark.parametrize(
    ("move", "by"),
    [
        (TakeDown(card=KNIT), Who("knit")),
        (MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit")),
        (MoveCard(card=KNIT, cells=cells("ash 10:00")), HELPER),
    ],
    ids=["taken down", "moved by its host", "moved by staff"],
)
def test_a_holder_who_leaves_its_cell_gives_it_to_the_other(move: TakeDown | MoveCard, by: Who) -> None:
    play = contested()
    play.do(move, by)
    assert play.card("Wine").cells == cells("oak 09:00")
    assert play.board.open_contests == []


def test_a_contest_that_all_have_left_is_called_off() -> None:
    play = begun()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Lunch"), HELPER)
    contest = play.board.contests[next(iter(play.board.contests))]
    assert (contest.open, contest.winner, contest.reason) == (False, "", "Lunch")
    assert [play.card(title).notice and play.card(title).owed for title in ("Wine", "Tea")] == [True, True]


def test_where_those_who_are_left_are_in_nobodys_way_each_has_what_it_wants() -> None:
    play = Playing(BOARD, DESK, PLANNED)
    for title, names in (
        ("Wine", ("oak 10:00",)),
        ("Tea", ("oak 10:00", "oak 11:00")),
        ("Cake", ("oak 11:00",)),
    ):
        play.do(ClaimCell(card=code(title), cells=cells(*names)), Who(title.lower()))
    play.do(DropClaim(card=TEA), Who("tea"))
    assert (play.card("Wine").cells, play.card("Cake").cells) == (cells("oak 10:00"), cells("oak 11:00"))
    assert play.board.open_contests == []


@pytest.mark.parametrize("leaving", [DropClaim(card=KNIT), RefuseClaim(card=KNIT, reason="One is enough")])
def test_a_holder_who_gives_up_asking_for_more_is_in_nobodys_way_any_more(leaving: Move) -> None:
    play = Playing(BOARD, HOSTS)
    play.do(MoveCard(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(ClaimCell(card=KNIT, cells=cells("elm 09:00", "elm 10:00")), Who("knit"))
    assert play.board.open_contests[0].cards == (TALK, KNIT)
    play.do(leaving, HELPER)
    assert play.board.open_contests == []
    assert (play.card("Knit").cells, play.card("Talk").cells) == (cells("elm 09:00"), cells("elm 10:00", "elm 11:00"))
    assert [card.notice and card.notice.cause for card in play.board.in_order() if card.owed] == []


def test_hosts_who_make_one_card_of_their_two_have_agreed() -> None:
    play = begun()
    play.do(AskDeal(card=WINE, other=TEA, deal=Deal.MERGE, title="Drinks"), Who("wine"))
    play.do(AcceptDeal(card=TEA, asking=WINE), Who("tea"))
    contest = next(iter(play.board.contests.values()))
    assert (contest.winner, contest.method) == (TEA, Method.AGREEMENT)
    assert (play.board.cards[TEA].words.title, play.board.cards[TEA].cells) == ("Drinks", cells("elm 09:00"))


def test_a_room_that_becomes_elsewhere_ends_its_contests() -> None:
    play = contested()
    play.do(ChangeRoom(room=Room("oak", "Oak", elsewhere=True)), ORGANISER)
    assert (play.board.open_contests, play.card("Knit").cells) == ([], cells("oak 09:00"))


def test_a_cell_that_goes_takes_its_contest_along() -> None:
    play = Playing(BOARD.replace("Talk     .", ".        .").replace('"        .', ".        ."), DESK, PLANNED)
    for title in ("Wine", "Tea"):
        play.do(ClaimCell(card=code(title), cells=cells("elm 09:00")), Who(title.lower()))
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "ash", "elsewhere"))), ORGANISER)
    assert (play.board.open_contests, play.board.claiming) == ([], [])
    assert [play.card(title).owed for title in ("Wine", "Tea")] == [True, True]
