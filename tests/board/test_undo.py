"""Undo: what was done in one step is taken back as one, as long as what it touched has not moved since."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from tests.drawing import (
    EVE,
    FACILITATOR,
    HELPER,
    ORGANISER,
    STRANGER,
    at,
    cell,
    cells,
    code,
    day_of,
    picture,
    picture_of,
)
from tests.every_move import DONE, SEAL, Case
from tests.playing import Playing, meant, told

from openspaces.board.contest import VOTERS_KEPT
from openspaces.board.moves import (
    AddRoom,
    Announce,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    ClaimCell,
    CloseCell,
    ConfirmCard,
    DropClaim,
    EditCard,
    EndAnnouncement,
    FreeRoom,
    FreezeBoard,
    MarkFull,
    MergeCards,
    Move,
    MoveCard,
    OfferCells,
    OpenContest,
    PlaceCard,
    Profile,
    RefuseClaim,
    RemoveAllOf,
    RemoveCard,
    ReopenCell,
    SetCaution,
    SetPitch,
    SettleContest,
    ShieldCard,
    SwapCards,
    TakeDown,
    ThawBoard,
    Undo,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.moves.inverse import INVERSES
from openspaces.board.state import Policy, Room
from openspaces.board.vocabulary import HIDDEN, Code, Competing, Kind, Method, Placing, Stage, Standing
from openspaces.people.who import PROGRAM, Role, Who
from openspaces.wording import tells

BOARD = """
          oak      elm      ash
  09:00   Knit     .        #paint
  10:00   Lunch    Talk     .
  11:00   .        "        .
"""
PLANNED = ("Wine", "Tea")
KNIT, LUNCH, TALK, WINE, TEA = (code(title) for title in ("Knit", "Lunch", "Talk", "Wine", "Tea"))
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
FOR_EVER = {Kind.EVENT_MADE, Kind.CARD_CONFIRMED, Kind.STARS_COUNTED, Kind.PROGRAMME_FOLLOWED, Kind.HOSTS_ERASED}


def drawn(policy: Policy | None = None) -> Playing:
    """Three cards on the board, two beside it."""
    return Playing(BOARD, policy or Policy(), PLANNED)


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


# Who


def test_hosts_undo_nothing() -> None:
    play = drawn()
    step = play.do(TakeDown(card=KNIT), Who("knit"))
    assert play.refused(Undo(number=step[0].number), Who("knit")).code == Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("move", "by", "needed"),
    [
        (TakeDown(card=KNIT), HELPER, Role.HELPER),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), HELPER, Role.HELPER),
        (RemoveCard(card=KNIT, reason="x"), FACILITATOR, Role.FACILITATOR),
        (FreezeBoard(reason="x"), FACILITATOR, Role.FACILITATOR),
        (SetCaution(slow=5), FACILITATOR, Role.FACILITATOR),
        (AddRoom(room=Room("yew", "Yew")), ORGANISER, Role.ORGANISER),
        (ChangeEvent(profile=Profile(name="Camp 2", timezone="Asia/Kolkata")), ORGANISER, Role.ORGANISER),
    ],
    ids=lambda each: type(each).__name__ if not isinstance(each, Who | Role) else None,
)
def test_what_only_some_may_do_only_they_undo(move: Move, by: Who, needed: Role) -> None:
    for role in Role:
        play = drawn()
        undo = Undo(number=play.do(move, by)[0].number)
        if list(Role).index(role) <= list(Role).index(needed):
            play.do(undo, Who("somebody", role))
        else:
            assert play.refused(undo, Who("somebody", role)).code == Code.NOT_ALLOWED


# It has changed since


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (EditCard(card=KNIT, title="Purl", seen=99), EditCard(card=KNIT, title="Sew", seen=99)),
        (EditCard(card=KNIT, title="Purl", seen=99), ShieldCard(card=KNIT, reason="x")),
        (MoveCard(card=KNIT, cells=cells("oak 11:00")), MoveCard(card=KNIT, cells=cells("elm 09:00"))),
        (MoveCard(card=KNIT, cells=cells("oak 11:00")), WithdrawCard(card=KNIT)),
        (TakeDown(card=KNIT), PlaceCard(card=KNIT, cells=cells("elm 09:00"))),
        (TakeDown(card=KNIT), WithdrawCard(card=KNIT)),
        (WithdrawCard(card=KNIT), RemoveCard(card=KNIT, reason="x")),
        (WriteCard(title="New", code="NEW000"), PlaceCard(card="NEW000", cells=cells("oak 11:00"))),
        (WriteCard(title="New", code="NEW000"), EditCard(card="NEW000", title="Newer", seen=99)),
        (WriteCard(title="New", code="NEW000"), MergeCards(card="NEW000", into=KNIT)),
        (SwapCards(card=KNIT, other=TALK), MoveCard(card=KNIT, cells=cells("ash 10:00"))),
        (MarkFull(card=KNIT, full=True), MarkFull(card=KNIT, full=False)),
        (MarkFull(card=KNIT, full=True), MoveCard(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 11:00"), reason="x"), CloseCell(cells=cells("oak 11:00"), reason="y")),
        (CloseCell(cells=cells("oak 11:00"), reason="x"), ReopenCell(cells=cells("oak 11:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), PlaceCard(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), OfferCells(card=KNIT, cells=cells("elm 09:00"))),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), WithdrawCard(card=KNIT)),
        (ReopenCell(cells=cells("ash 09:00")), CloseCell(cells=cells("ash 09:00"), reason="y")),
        (OfferCells(card=KNIT, cells=cells("elm 09:00")), OfferCells(card=KNIT, cells=cells("oak 11:00"))),
        (MergeCards(card=KNIT, into=TALK), EditCard(card=TALK, title="Both", seen=99)),
        (MergeCards(card=KNIT, into=TALK), MoveCard(card=TALK, cells=cells("ash 10:00"))),
        (ShieldCard(card=KNIT, reason="x"), RemoveCard(card=KNIT, reason="x")),
        (RemoveCard(card=KNIT, reason="x"), Undo(number=0)),
        (SetCaution(slow=5), SetCaution(slow=6)),
        (FreezeBoard(reason="x"), FreezeBoard(reason="y")),
        (FreezeBoard(reason="x"), ThawBoard()),
        (SetPitch(queue=(WINE,)), SetPitch(queue=(TEA,))),
        (ChangeRoom(room=Room("oak", "Big oak")), ChangeRoom(room=Room("oak", "Bigger oak"))),
    ],
    ids=lambda move: type(move).__name__,
)
def test_what_has_changed_since_is_not_undone(first: Move, then: Move) -> None:
    play = drawn()
    step = play.do(first, ORGANISER)
    play.do(replace(then, number=step[0].number) if isinstance(then, Undo) else then, ORGANISER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CHANGED_SINCE


def test_a_cell_that_somebody_else_has_taken_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 09:00")), STRANGER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, "NEW000")


def test_a_cell_that_is_closed_meanwhile_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.facts["reason"]) == (Code.CELL_CLOSED, "Lunch")


def test_a_removal_is_not_undone_onto_a_cell_that_somebody_else_has() -> None:
    play = drawn()
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 09:00")), STRANGER)
    assert play.refused(Undo(number=step[0].number), FACILITATOR).code == Code.CELL_TAKEN
    assert play.board.cards[KNIT].hidden


def test_a_cell_that_is_gone_is_not_taken_back() -> None:
    play = drawn()
    step = play.do(MoveCard(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(MoveCard(card=LUNCH, cells=cells("ash 10:00")), HELPER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("elm", "ash"))), ORGANISER)
    assert play.refused(Undo(number=step[0].number), HELPER).code == Code.UNKNOWN_CELL


def test_a_closed_cell_is_not_closed_again_under_a_card() -> None:
    play = drawn()
    step = play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    play.do(WriteCard(title="New", code="NEW000", cells=cells("ash 09:00")), STRANGER)
    refusal = play.refused(Undo(number=step[0].number), HELPER)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, "NEW000")


def test_a_room_in_which_a_card_stands_by_now_is_not_taken_away_again() -> None:
    play = drawn()
    step = play.do(AddRoom(room=Room("yew", "Yew")), ORGANISER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "elm", "ash", "yew"))), ORGANISER)
    play.do(PlaceCard(card=WINE, cells=cells("yew 09:00")), HELPER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.ROOM_IN_USE


def test_a_hosts_yes_is_not_undone() -> None:
    play = drawn()
    step = play.do(ConfirmCard(card=KNIT), Who("knit"))
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CANNOT_UNDO


def test_an_announcement_that_is_over_is_not_made_again() -> None:
    play = drawn()
    said = play.do(Announce(text="Lunch", minutes=10), HELPER)
    step = play.do(EndAnnouncement(announcement=said[0].number), HELPER)
    assert play.refused(Undo(number=step[0].number), HELPER, EVE + timedelta(minutes=10)).code == Code.CHANGED_SINCE
    play.undo(step, HELPER, EVE + timedelta(minutes=9))
    assert [said.text for said in play.board.announcements] == ["Lunch"]


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


# Holds that are over


def test_what_the_clock_reopened_is_not_held_again_for_its_time_is_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(ReopenCell(cells=cells("elm 09:00"), over=True), PROGRAM, at("08:00"))
    assert play.refused(Undo(number=step[0].number), HELPER, at("08:00")).code == Code.CHANGED_SINCE


def test_of_cells_that_were_reopened_those_are_closed_again_whose_time_is_not_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(ReopenCell(cells=cells("elm 09:00", "ash 09:00")), HELPER)
    play.undo(step, HELPER, at("08:00"))
    assert set(play.board.closures) == {cell("ash 09:00")}


def test_a_closure_that_took_the_place_of_a_hold_leaves_an_open_cell_when_the_hold_would_be_over() -> None:
    play = drawn()
    play.do(CloseCell(cells=cells("elm 09:00"), reason="Crew", until=at("08:00")), HELPER)
    step = play.do(CloseCell(cells=cells("elm 09:00"), reason="Paint"), HELPER, at("07:00"))
    in_time = play.undo(step, HELPER, at("07:59"))
    assert play.board.closures[cell("elm 09:00")].until == at("08:00")
    play.undo(play.undo(in_time, HELPER, at("07:59")), HELPER, at("08:00"))
    assert cell("elm 09:00") not in play.board.closures


def test_a_room_that_days_have_by_now_is_not_taken_away_again_though_no_card_stands_there() -> None:
    play = drawn()
    step = play.do(AddRoom(room=Room("fir", "Fir")), ORGANISER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("oak", "elm", "ash", "fir"))), ORGANISER)
    assert play.refused(Undo(number=step[0].number), ORGANISER).code == Code.CHANGED_SINCE


# Two that became one, and what a host was told


def test_two_cards_are_not_parted_by_undoing_when_the_part_was_removed_since() -> None:
    play = drawn()
    step = play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    since = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    refusal = play.refused(Undo(number=step[0].number), ORGANISER)
    assert (refusal.code, refusal.facts) == (Code.CHANGED_SINCE, {"title": HIDDEN, "change": since[0].number})


@pytest.mark.parametrize("leaving", [TakeDown(card=KNIT), FreeRoom(card=KNIT)])
def test_what_a_host_was_told_of_another_cell_is_still_told_when_its_card_is_up_again(leaving: Move) -> None:
    play = drawn(DESK)
    play.do(ClaimCell(card=KNIT, cells=cells("elm 09:00")), Who("knit"))
    play.do(RefuseClaim(card=KNIT, reason="Kept for the crew"), HELPER)
    before = play.card("Knit")
    step = play.do(leaving, HELPER, at("09:10"))
    play.undo(step, HELPER, at("09:11"))
    assert (play.card("Knit").cells, play.card("Knit").notice) == (before.cells, before.notice)


# Who takes a removal back, and who removes again


def test_whoever_may_not_remove_a_card_does_not_remove_it_by_undoing() -> None:
    play = drawn()
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    shown = play.undo(step, FACILITATOR)
    assert play.refused(Undo(number=shown[0].number), HELPER).code == Code.NOT_ALLOWED
    play.undo(shown, FACILITATOR)
    assert play.board.cards[KNIT].standing is Standing.REMOVED


def test_nor_does_who_undoes_the_undoing_of_a_removal_of_what_was_hidden() -> None:
    play = drawn()
    play.do(ShieldCard(card=KNIT, reason="Rude"), HELPER)
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    hidden = play.undo(step, FACILITATOR)
    assert play.refused(Undo(number=hidden[0].number), HELPER).code == Code.NOT_ALLOWED


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


# The room, the whole story


def test_lunch_moves_elsewhere_and_everyone_is_back() -> None:
    play = drawn()
    step = play.do(CloseCell(cells=cells("oak 09:00", "oak 10:00", "oak 11:00"), reason="Lunch"), HELPER, at("08:00"))
    assert [card.words.title for card in play.board.in_order() if card.owed] == ["Knit", "Lunch"]
    play.undo(step, HELPER, at("08:30"))
    assert picture_of(play.board) == picture(BOARD)
    assert [card.notice for card in play.board.in_order()] == [None] * 5
