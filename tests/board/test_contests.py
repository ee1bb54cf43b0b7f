"""The rules of a contest: how it begins, who stands in it, how it is settled, and what becomes of those who lose."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, STRANGER, at, cell, cells, code, day_of
from tests.playing import Playing

from openspaces.board.contest import drawn_from
from openspaces.board.moves import (
    AcceptDeal,
    AskDeal,
    CallOffContest,
    ChangeContest,
    ChangeDay,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    DropClaim,
    FreezeBoard,
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
    WriteCard,
)
from openspaces.board.state import Notice, Placement, Policy, Room
from openspaces.board.vocabulary import Cause, Code, Competing, Deal, Kind, Method, Placing, Tie
from openspaces.board.words import Unfit
from openspaces.people.who import PROGRAM, Who
from openspaces.wording import says

BOARD = """
          oak      elm      ash      elsewhere
  09:00   Knit     .        #paint   .
  10:00   .        Talk     .        .
  11:00   .        "        .        .
"""
HOSTS = Policy(competing=Competing.CONTEST)
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
PLANNED = ("Wine", "Tea", "Cake")
KNIT, TALK, WINE, TEA, CAKE = (code(title) for title in ("Knit", "Talk", "Wine", "Tea", "Cake"))
LATER = EVE + timedelta(minutes=30)


def begun(policy: Policy = DESK, *names: str, who: tuple[str, ...] = ("Wine", "Tea")) -> Playing:
    """Some cards that ask for the same cells."""
    play = Playing(BOARD, policy, PLANNED)
    for title in who:
        play.do(ClaimCell(card=code(title), cells=cells(*(names or ("elm 09:00",)))), Who(title.lower()))
    return play


def contested(policy: Policy = HOSTS) -> Playing:
    """Wine asks for the cell that Knit has, where hosts place."""
    return begun(policy, "oak 09:00", who=("Wine",))


def number(play: Playing) -> int:
    """The contest that is open."""
    return play.board.open_contests[0].id


def settled(play: Playing, by: Who = HELPER, at_time: object = EVE, **how: object) -> Playing:
    """The contest that is open is settled."""
    play.do(SettleContest(contest=number(play), **how), by, at_time)  # type: ignore[arg-type]
    return play


def has(play: Playing, *titles: str) -> list[bool]:
    """Which of the cards hold a cell."""
    return [play.card(title).placement is not None for title in titles]


# How it begins


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


# While it is open


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


# How it is settled


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
