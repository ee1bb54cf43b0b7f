"""Voices: ballots, one of each device, counted as they are; and reports, on which three people there are heard."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from tests.contested import BOARD, CAKE, CLOSES, DESK, KNIT, TALK, TEA, WINE, board_of, contest_in, contested
from tests.drawing import EVE, FACILITATOR, HELPER, at, cells
from tests.verify import consistent, stored, verify

from openspaces.board import read, voices
from openspaces.board.contest import VOTERS_KEPT, Contest, most_voices, tallied
from openspaces.board.memory import MEMORY
from openspaces.board.models import Ballot
from openspaces.board.models import Report as Row
from openspaces.board.moves import (
    ApproveCard,
    ChangeContest,
    ConfirmCard,
    FreezeBoard,
    MoveCard,
    PlaceCard,
    RemoveCard,
    SettleContest,
    ShieldCard,
    SwapCards,
    TakeDown,
    ThawBoard,
    Undo,
    WithdrawCard,
)
from openspaces.board.play import Outcome, play
from openspaces.board.public import contest_facts
from openspaces.board.state import Policy
from openspaces.board.vocabulary import HIDDEN, Code, Kind, Method, Refusal, Standing, Tie
from openspaces.board.voices import FRESH, CastBallot, Report, What
from openspaces.board.words import Unfit
from openspaces.people.who import PROGRAM, Who


def vote(event: str, hand: str, *cards: str, moment: datetime = EVE, present: bool = False) -> Refusal | None:
    """A device votes; why its ballot is not taken, if it is not."""
    ballot = CastBallot(contest=contest_in(event).id, cards=cards)
    outcome = verify(event, ballot, by=Who(hand, present=present), at=moment)
    assert outcome.changes == ()
    return outcome.refusal


def settle(event: str, moment: datetime = CLOSES) -> Contest:
    """The clock settles the contest."""
    verify(event, SettleContest(contest=contest_in(event).id), by=PROGRAM, at=moment)
    return contest_in(event)


# Ballots


def test_the_card_with_the_most_ballots_wins(database: None) -> None:
    event = contested()
    for number in range(5):
        assert vote(event, f"voter{number}", *([TEA] if number < 3 else [WINE])) is None
    contest = settle(event)
    assert (contest.winner, contest.tally, contest.ballots) == (TEA, {WINE: 2, TEA: 3}, 5)
    assert board_of(event).cards[TEA].cells == cells("elm 09:00")


def test_a_ballot_approves_of_as_many_cards_as_one_likes(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    vote(event, "one", WINE, TEA)
    vote(event, "two", TEA, CAKE, CAKE)
    vote(event, "three")
    contest = settle(event)
    assert (contest.tally, contest.ballots) == ({WINE: 1, TEA: 2, CAKE: 1}, 3)


def test_a_device_has_one_ballot_and_may_change_it_until_the_close(database: None) -> None:
    event = contested()
    for cards in ((WINE,), (TEA,), (WINE, TEA), (TEA,)):
        vote(event, "stuffer", *cards)
    assert read.ballot_of(event, contest_in(event).id, "stuffer") == (TEA,)
    assert settle(event).tally == {WINE: 0, TEA: 1}


def test_what_is_counted_is_what_the_rows_say(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    choices = [(WINE,), (TEA,), (CAKE,), (WINE, TEA), (TEA, CAKE), (WINE, TEA, CAKE), ()]
    for number in range(40):
        vote(event, f"voter{number % 30}", *choices[number % 7])
    contest = settle(event)
    rows = [row.cards for row in Ballot.objects.all()]
    counted = Counter(card for cards in rows for card in cards)
    assert contest.tally == {card: counted[card] for card in (WINE, TEA, CAKE)}
    assert contest.ballots == len(rows) == 30


def test_a_ballot_after_the_close_is_refused_though_nobody_has_settled_yet(database: None) -> None:
    event = contested()
    assert vote(event, "early", TEA, moment=CLOSES - timedelta(seconds=1)) is None
    refusal = vote(event, "late", WINE, moment=CLOSES)
    assert refusal is not None
    assert (refusal.code, refusal.facts["title"]) == (Code.CONTEST_OVER, "")
    assert settle(event).tally == {WINE: 0, TEA: 1}


def test_a_ballot_after_the_outcome_is_refused_and_says_who_won(database: None) -> None:
    event = contested()
    verify(event, SettleContest(contest=contest_in(event).id, winner=TEA), by=HELPER)
    refusal = vote(event, "late", WINE)
    assert refusal is not None
    assert (refusal.code, refusal.facts["title"]) == (Code.CONTEST_OVER, "Tea")
    assert Ballot.objects.count() == 0


def test_whoever_staff_give_more_time_may_still_vote(database: None) -> None:
    event = contested()
    verify(event, ChangeContest(contest=contest_in(event).id, minutes=60), by=HELPER)
    assert vote(event, "late", WINE, moment=CLOSES) is None


@pytest.mark.parametrize(
    ("policy", "cards", "code_"),
    [
        (DESK, (CAKE,), Code.NOT_IN_CONTEST),
        (DESK, ("NOBODY",), Code.UNKNOWN_CARD),
        (replace(DESK, contest_method=Method.HANDS), (WINE,), Code.NO_VOTE),
        (replace(DESK, contest_presence=True), (WINE,), Code.PRESENCE_NEEDED),
    ],
)
def test_some_ballots_are_not_taken(database: None, policy: Policy, cards: tuple[str, ...], code_: Code) -> None:
    event = contested(policy)
    refusal = vote(event, "voter", *cards)
    assert refusal is not None
    assert refusal.code == code_
    assert Ballot.objects.count() == 0


def test_where_presence_is_asked_for_those_who_showed_it_and_staff_vote(database: None) -> None:
    event = contested(replace(DESK, contest_presence=True))
    assert vote(event, "present", WINE, present=True) is None
    ballot = CastBallot(contest=contest_in(event).id, cards=(WINE,))
    assert play(event, ballot, by=HELPER, at=EVE).refusal is None


def test_there_is_no_vote_in_a_contest_or_an_event_that_is_not_there(database: None) -> None:
    event = contested()
    for where, code_ in ((event, Code.UNKNOWN_CONTEST), ("nowhere", Code.UNKNOWN_EVENT)):
        outcome = play(where, CastBallot(contest=999, cards=(WINE,)), by=Who("voter"), at=EVE)
        assert outcome.refusal is not None
        assert outcome.refusal.code == code_


def test_nobody_votes_while_the_board_is_frozen(database: None) -> None:
    event = contested()
    verify(event, FreezeBoard(reason="A storm"), by=FACILITATOR)
    refusal = vote(event, "voter", WINE)
    assert refusal is not None
    assert refusal.code == Code.FROZEN


def test_while_it_is_frozen_a_contest_is_not_over_for_its_time_stands_still(database: None) -> None:
    event = contested()
    verify(event, FreezeBoard(reason="A storm"), by=FACILITATOR, at=CLOSES - timedelta(minutes=5))
    refusal = vote(event, "voter", WINE, moment=CLOSES + timedelta(minutes=1))
    assert refusal is not None
    assert refusal.code == Code.FROZEN
    verify(event, ThawBoard(), by=FACILITATOR, at=CLOSES + timedelta(minutes=2))
    assert vote(event, "voter", WINE, moment=CLOSES + timedelta(minutes=6)) is None
    refusal = vote(event, "late", WINE, moment=CLOSES + timedelta(minutes=7))
    assert refusal is not None
    assert refusal.code == Code.CONTEST_OVER


def test_voices_for_a_card_that_has_left_are_not_counted(database: None) -> None:
    event = contested(DESK, "Wine", "Tea", "Cake")
    vote(event, "one", WINE)
    vote(event, "two", WINE, CAKE)
    verify(event, WithdrawCard(card=WINE), by=Who("wine"))
    assert settle(event).tally == {TEA: 0, CAKE: 1}


def test_nothing_of_a_vote_is_told_before_its_close_but_how_many_have_voted(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    contest, board = contest_in(event), consistent(event)
    told = contest_facts(contest, board, read.ballots_cast(event)[contest.id])
    assert (contest.tally, contest.ballots, told["ballots"]) == ({}, 0, 1)
    assert {"tally", "seal", "drawn"} & told.keys() == set()


def test_a_ballot_is_no_change_and_moves_no_number(database: None) -> None:
    event = contested()
    before = consistent(event)
    vote(event, "one", WINE)
    assert consistent(event) == before


def test_a_contest_that_is_open_again_keeps_its_ballots(database: None) -> None:
    event = contested()
    vote(event, "one", WINE)
    vote(event, "two", TEA)
    vote(event, "three", TEA)
    settle(event)
    number = board_of(event).number
    verify(event, Undo(number=number), by=HELPER, at=CLOSES)
    assert contest_in(event).open
    vote(event, "two", WINE, moment=CLOSES)
    verify(event, SettleContest(contest=contest_in(event).id), by=HELPER, at=CLOSES)
    assert (contest_in(event).winner, contest_in(event).tally) == (WINE, {WINE: 2, TEA: 1})


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


# Reports


def reported(event: str, *hands: str, present: bool = True, card: str = KNIT) -> Outcome:
    """Devices tell that a card breaks the rules; what came of the last."""
    outcome = Outcome(0)
    for hand in hands:
        outcome = verify(event, Report(card=card, what=What.ABUSE, reason="Abuse"), by=Who(hand, present=present))
    return outcome


def standing(event: str, card: str = KNIT) -> Standing:
    """What people may read of a card."""
    return board_of(event).cards[card].standing


def test_three_people_at_the_event_hide_a_card_and_it_keeps_its_cell(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two")
    assert standing(event) is Standing.LIVE
    step = reported(event, "three").changes
    assert [(change.kind, change.by) for change in step] == [(Kind.CARD_SHIELDED, PROGRAM.hand)]
    card = board_of(event).cards[KNIT]
    assert (card.words.title, card.cells) == (HIDDEN, cells("oak 09:00"))


def test_one_person_is_heard_once(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "one", "one", "one")
    assert standing(event) is Standing.LIVE


def test_who_has_not_shown_to_be_there_is_not_counted(database: None) -> None:
    event = stored(BOARD)
    reported(event, *(f"bomber{number}" for number in range(50)), present=False)
    assert standing(event) is Standing.LIVE
    reported(event, "one", "two")
    assert standing(event) is Standing.LIVE
    reported(event, "three")
    assert standing(event) is Standing.SHIELDED


def test_five_hundred_reports_free_no_cell(database: None) -> None:
    event = stored(BOARD)
    for number in range(500):
        play(event, Report(card=KNIT, what=What.ABUSE, reason="x"), by=Who(f"b{number}", present=True), at=EVE)
    board = consistent(event)
    assert board.cards[KNIT].cells == cells("oak 09:00")
    assert [change.kind for change in read.changes_of(event, KNIT)][-1] is Kind.CARD_SHIELDED
    assert Row.objects.count() == 500


def test_what_was_approved_is_not_hidden_by_reports_again(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", "three")
    verify(event, ApproveCard(card=KNIT), by=HELPER)
    reported(event, "four", "five", "six", "one", "two")
    assert standing(event) is Standing.APPROVED


def test_reports_that_were_answered_do_not_count_again(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", "three")
    number = board_of(event).number
    verify(event, Undo(number=number), by=HELPER)
    assert (standing(event), read.reports(event)) == (Standing.LIVE, [])
    reported(event, "four")
    assert standing(event) is Standing.LIVE


def test_the_desk_reads_what_waits_for_an_answer(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", present=False)
    reported(event, "three")
    told = read.reports(event)
    assert [(each.card, each.what, each.reasons, each.voices, each.present) for each in told] == [
        (KNIT, "abuse", ("Abuse",), 3, 1)
    ]
    verify(event, RemoveCard(card=KNIT, reason="Abuse"), by=FACILITATOR)
    assert read.reports(event) == []


def test_a_report_of_staff_counts_as_one_of_somebody_there(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two")
    verify(event, Report(card=KNIT, what=What.ABUSE, reason="x"), by=HELPER)
    assert standing(event) is Standing.SHIELDED


def test_a_report_needs_a_reason_and_a_card_that_is_there(database: None) -> None:
    with pytest.raises(Unfit, match="reason: empty"):
        Report(card=KNIT, what=What.ABUSE)
    event = stored(BOARD)
    verify(event, WithdrawCard(card=KNIT), by=Who("knit"))
    for card, code_ in (("NOBODY", Code.UNKNOWN_CARD), (KNIT, Code.WITHDRAWN)):
        refusal = reported(event, "one", card=card).refusal
        assert refusal is not None
        assert refusal.code == code_


def test_control_without_the_count_one_report_would_hide_a_card(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "REPORTS_TO_SHIELD", 1)
    event = stored(BOARD)
    reported(event, "one")
    assert standing(event) is Standing.SHIELDED


# Nobody here


def nobody_here(event: str, *hands: str, moment: datetime, by: Who | None = None, card: str = KNIT) -> Outcome:
    """Devices tell that nobody is there."""
    outcome = Outcome(0)
    for hand in hands:
        asker = by or Who(hand, present=True)
        outcome = verify(event, Report(card=card, what=What.NOBODY_HERE), by=asker, at=moment)
    return outcome


def test_three_people_at_the_event_free_a_room_in_which_nobody_is(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("09:10"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")
    step = nobody_here(event, "three", moment=at("09:11")).changes
    assert [(change.kind, change.cells) for change in step] == [(Kind.CARD_ABSENT, cells("oak 09:00"))]
    assert read.reports(event) == []


def test_one_helper_is_enough(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "x", moment=at("09:10"), by=HELPER)
    assert board_of(event).cards[KNIT].cells == ()


def test_people_elsewhere_free_nothing(database: None) -> None:
    event = stored(BOARD)
    for number in range(20):
        nobody_here(event, "x", moment=at("09:10"), by=Who(f"far{number}"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")


def test_before_and_after_its_time_nobody_can_be_missed(database: None) -> None:
    event = stored(BOARD)
    for clock in ("08:59", "10:00"):
        refusal = nobody_here(event, "one", moment=at(clock)).refusal
        assert refusal is not None
        assert refusal.code == Code.NOT_RUNNING


def test_those_who_were_early_do_not_add_to_those_who_look_in_at_the_end(database: None) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("10:05"), card=TALK)
    nobody_here(event, "three", moment=at("10:05") + FRESH + timedelta(seconds=1), card=TALK)
    assert board_of(event).cards[TALK].cells == cells("oak 10:00", "oak 11:00")


@pytest.mark.parametrize("answer", [ConfirmCard(card=KNIT), MoveCard(card=KNIT, cells=cells("elm 09:00"))])
def test_whoever_says_that_it_is_on_begins_anew(database: None, answer: ConfirmCard | MoveCard) -> None:
    event = stored(BOARD)
    nobody_here(event, "one", "two", moment=at("09:05"))
    verify(event, answer, by=Who("knit"), at=at("09:06"))
    nobody_here(event, "three", moment=at("09:07"))
    assert board_of(event).cards[KNIT].placement is not None


def test_a_host_who_said_before_that_it_is_on_answers_those_who_see_nobody(database: None) -> None:
    event = stored(BOARD, before=[(ConfirmCard(card=KNIT), Who("knit"))])
    nobody_here(event, "one", "two", moment=at("09:05"))
    verify(event, ConfirmCard(card=KNIT), by=Who("knit"), at=at("09:06"))
    assert read.reports(event) == []
    assert verify(event, ConfirmCard(card=KNIT), by=Who("knit"), at=at("09:06")).changes == ()
    nobody_here(event, "three", moment=at("09:07"))
    assert board_of(event).cards[KNIT].cells == cells("oak 09:00")


def test_what_was_told_of_one_hour_does_not_count_in_another(database: None) -> None:
    event = stored(BOARD.replace("Talk", "."))
    nobody_here(event, "one", "two", moment=at("09:50"))
    verify(event, TakeDown(card=KNIT), by=Who("knit"), at=at("09:55"))
    verify(event, PlaceCard(card=KNIT, cells=cells("elm 10:00")), by=Who("knit"), at=at("09:56"))
    nobody_here(event, "three", moment=at("10:01"))
    assert board_of(event).cards[KNIT].cells == cells("elm 10:00")


@pytest.mark.parametrize("first", [(KNIT, CAKE), (CAKE, KNIT)])
def test_nor_where_two_cards_change_places(database: None, first: tuple[str, str]) -> None:
    event = stored(BOARD.replace("Talk", "Cake").replace('"', "."))
    nobody_here(event, "one", "two", moment=at("09:50"))
    verify(event, SwapCards(card=first[0], other=first[1]), by=HELPER, at=at("09:56"))
    nobody_here(event, "three", moment=at("10:01"))
    assert board_of(event).cards[KNIT].cells == cells("oak 10:00")


def test_the_log_says_which_helper_freed_the_room_and_that_voices_did(database: None) -> None:
    event = stored(BOARD)
    assert [change.by for change in nobody_here(event, "x", moment=at("09:10"), by=HELPER).changes] == [HELPER.hand]
    people = nobody_here(event, "one", "two", "three", moment=at("10:10"), card=TALK)
    assert [change.by for change in people.changes] == [PROGRAM.hand]


def test_a_card_that_is_hidden_already_is_hidden_once(database: None) -> None:
    event = stored(BOARD)
    verify(event, ShieldCard(card=KNIT, reason="x"), by=HELPER)
    assert reported(event, "one", "two", "three", "four").changes == ()


def test_a_process_that_has_seen_no_board_takes_ballots_too(database: None) -> None:
    event = contested()
    number = contest_in(event).id
    MEMORY.forget(event)
    assert play(event, CastBallot(contest=number, cards=(WINE,)), by=Who("one"), at=EVE).refusal is None
    assert read.ballots_cast(event) == {number: 1}
