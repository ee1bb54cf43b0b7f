"""The page of a contest: the ballot and everything that can come of it, the outcome, and how a lot is checked."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from tests.drawing import EVENT, FACILITATOR, cell
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled
from tests.intake.pages import Page

from openspaces.board.contest import Contest
from openspaces.board.moves import CallOffContest, ChangeContest, FreezeBoard, SettleContest
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Method, Placing, Tie
from openspaces.board.voices import CastBallot
from openspaces.people.presence import code_now
from openspaces.people.who import PROGRAM, Who

DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
CAST, CHANGE = "Cast my ballot", "Change my ballot"


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    choose(DESK)
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def contested(policy: Policy = DESK) -> tuple[Visitor, Visitor]:
    """Ada's card Chess and Bob's card Poker, which contend for Elm at nine."""
    choose(policy)
    ada, bob = Visitor(), Visitor()
    ada.send(at("elm 09:00"), title="Chess", text="Fast games", host="Ada")
    bob.send(at("elm 09:00"), title="Poker", host="Bob", contend="1")
    return ada, bob


def contest() -> Contest:
    """The only contest."""
    (found,) = now().contests.values()
    return found


def address() -> str:
    return f"contests/{contest().id}/"


def code(title: str) -> str:
    return titled(title).code


def vote(visitor: Visitor, *titles: str, **more: str) -> Page:
    """What comes of a ballot for cards of these titles."""
    fields = {"cards": [code(title) for title in titles], **more}
    response = visitor.client.post(f"/{EVENT}/{address()}", fields)
    return Page(response if response.status_code != 303 else visitor.client.get(response["Location"]))  # type: ignore[arg-type]


def settle(**how: object) -> None:
    """Staff settle the contest."""
    assert play(EVENT, SettleContest(contest=contest().id, **how), by=FACILITATOR).refusal is None  # type: ignore[arg-type]


def close_long_ago() -> datetime:
    """A moment after the contest's deadline."""
    closes = contest().closes
    assert closes is not None
    return closes + timedelta(minutes=1)


# What it shows


def test_the_cards_stand_side_by_side_with_their_texts_and_how_it_is_decided() -> None:
    contested()
    page = Visitor().get(address())
    assert page.headings[0] == "Who has Saturday 09:00–10:00, Elm?"
    assert [page.source.count(words) for words in ("Fast games", "Ada</bdi>", "Bob</bdi>")] == [1, 1, 1]
    assert page.source.count("everybody ticks the cards that they would come to.") == 1
    assert page.source.count("If two cards have as many votes, a lot decides, and anybody can check it") == 1
    assert page.labels == {f"vote-{code('Chess')}": "Chess", f"vote-{code('Poker')}": "Poker"}
    assert list(page.buttons) == [CAST, "Share…"]


def test_the_tie_rule_is_told_beforehand() -> None:
    contested(replace(DESK, contest_tie=Tie.FIRST))
    page = Visitor().get(address())
    assert page.source.count("If two cards have as many votes, the one that asked first has it.") == 1
    assert page.source.count(contest().commitment) == 0


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (Method.HANDS, "A show of hands decides; the facilitator counts."),
        (Method.AGREEMENT, "The hosts agree who has it, and tell the facilitator."),
        (Method.DECISION, "The facilitator decides."),
    ],
)
def test_another_method_is_named_and_takes_no_ballot(method: Method, says: str) -> None:
    contested()
    assert play(EVENT, ChangeContest(contest=contest().id, method=method), by=PROGRAM).refusal is None
    page = Visitor().get(address())
    assert (page.source.count(says), page.labels) == (1, {})
    refused = vote(Visitor(), "Chess")
    assert (refused.status, refused.refusals) == (409, ["This contest is not settled by a vote."])


def test_a_lot_is_promised_before_it_is_drawn() -> None:
    contested(replace(DESK, contest_method=Method.LOT))
    page = Visitor().get(address())
    assert page.source.count(contest().commitment) == 1
    assert page.source.count(contest().seal) == 0


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999", "x", "-1", "²"])
def test_a_contest_that_is_not_here_is_not_found(number: str) -> None:
    contested()
    assert [Visitor().get(f"contests/{number}/{more}").status for more in ("", "count")] == [404, 404]


def test_looking_sets_no_cookie() -> None:
    contested()
    assert Visitor().answer(address()).cookies == {}


# Voting


def test_a_ballot_counts_and_is_shown_to_its_voter_alone() -> None:
    contested()
    voter = Visitor()
    page = vote(voter, "Chess")
    assert page.successes == ["Your ballot counts. You can change it until the close."]
    assert page.source.count("You voted for “Chess”.") == 1
    assert page.ticked == [code("Chess")]
    assert CHANGE in page.buttons
    assert Visitor().get(address()).ticked == []


def test_a_ballot_is_changed_and_counts_once() -> None:
    contested()
    voter = Visitor()
    vote(voter, "Chess")
    vote(voter, "Poker", "Chess")
    page = vote(voter, "Poker")
    assert page.ticked == [code("Poker")]
    settle()
    assert (contest().tally, contest().ballots) == ({code("Chess"): 0, code("Poker"): 1}, 1)


def test_a_ballot_for_none_of_them_is_a_ballot() -> None:
    contested()
    page = vote(Visitor())
    assert page.source.count("You voted, and ticked none of them.") == 1
    settle(winner=code("Chess"))
    assert contest().ballots == 1


def test_two_taps_of_a_new_device_are_one_ballot() -> None:
    contested()
    fresh = Visitor()
    key = fresh.get(address()).fields["key"]
    for _ in range(2):
        other_tap = Visitor()
        vote(other_tap, "Chess", key=key)
    settle()
    assert contest().ballots == 1


def test_a_ballot_for_a_card_that_is_not_in_it_is_refused() -> None:
    contested()
    page = vote(Visitor(), "Knit")
    assert (page.status, page.refusals) == (409, ["This contest is between “Chess”, “Poker”."])


def test_how_many_have_voted_is_told_and_nothing_else() -> None:
    contested()
    for _ in range(3):
        vote(Visitor(), "Chess")
    page = Visitor().get(address())
    assert page.source.count("3 ballots so far") == 1
    answer = Visitor().answer(f"{address()}count")
    facts = {"open": True, "ballots": 3, "says": "3 ballots so far", "cards": [code("Chess"), code("Poker")]}
    assert (answer.json(), answer.cookies) == (facts, {})  # type: ignore[attr-defined]


def test_a_ballot_after_the_close_is_too_late_and_says_who_has_it() -> None:
    contested()
    vote(Visitor(), "Chess")
    settle()
    page = vote(Visitor(), "Poker")
    assert (page.status, page.refusals) == (409, ["Your ballot came too late. The contest is over: “Chess” has it."])
    assert contest().ballots == 1


def test_between_deadline_and_count_no_ballot_is_taken() -> None:
    contested()
    late = play(EVENT, CastBallot(contest=contest().id, cards=()), by=Who("eve"), at=close_long_ago())
    assert late.refusal is not None
    assert late.refusal.code == "contest-over"


def test_while_the_board_is_paused_nobody_votes_and_the_ticks_are_kept() -> None:
    contested()
    assert play(EVENT, FreezeBoard(reason="Fire alarm"), by=PROGRAM).refusal is None
    page = vote(Visitor(), "Chess")
    assert (page.status, page.ticked) == (409, [code("Chess")])
    assert page.refusals == ["The board is paused: Fire alarm. Nothing you typed is lost; try again soon."]


# Being there


PRESENT = replace(DESK, contest_presence=True)


def symbols() -> str:
    return code_now(EVENT, datetime.now(UTC))[0]


def test_where_voters_must_be_there_the_symbols_are_asked_for_once() -> None:
    contested(PRESENT)
    voter = Visitor()
    assert "symbols" in voter.get(address()).fields
    page = vote(voter, "Chess", symbols=symbols().lower())
    assert (page.successes[0][:19], "symbols" in page.fields) == ("Your ballot counts.", False)
    assert vote(voter, "Poker").ticked == [code("Poker")]


@pytest.mark.parametrize("typed", ["WRONG1", "<script>", "ключ", "x" * 500])
def test_a_wrong_code_keeps_the_ticks_and_takes_no_ballot(typed: str) -> None:
    contested(PRESENT)
    page = vote(Visitor(), "Chess", symbols=typed)
    said = "That is not the code on the screen now. It changes every ten minutes: look again."
    assert (page.status, page.wrong, page.ticked) == (403, {"symbols": said}, [code("Chess")])
    settle(winner=code("Chess"))
    assert contest().ballots == 0


def test_no_code_keeps_the_ticks_and_asks_for_it() -> None:
    contested(PRESENT)
    page = vote(Visitor(), "Chess")
    assert (page.status, list(page.wrong), page.ticked) == (403, ["symbols"], [code("Chess")])


def test_staff_are_there() -> None:
    contested(PRESENT)
    assert "symbols" not in organiser().get(address()).fields


# The outcome


def test_the_outcome_says_who_has_it_with_the_count_and_the_reason() -> None:
    contested()
    for title in ("Chess", "Chess", "Poker"):
        vote(Visitor(), title)
    settle(reason="A clear vote")
    page = Visitor().get(address())
    assert page.headings == ["The contest for Saturday 09:00–10:00, Elm", "Chess", "Poker"]
    (notice,) = page.notices
    assert notice.startswith("“Chess” has it: by vote, 2 : 1. A clear vote Settled at ")
    assert notice.endswith("3 ballots were cast.")
    assert [page.source.count(f"<b>{votes}</b>") for votes in ("2 votes", "1 vote")] == [1, 1]
    assert [page.source.count(f'width="{share}%"') for share in (50,)] == [1]


def test_a_lot_is_checked_with_the_published_secret() -> None:
    contested()
    settle()
    page = Visitor().get(address())
    drawn = contest().drawn
    hashes = [hashlib.sha256(f"{contest().seal}:{each}".encode()).hexdigest() for each in drawn]
    assert (len(drawn), drawn[0], hashes) == (2, contest().winner, sorted(hashes))
    assert [page.source.count(f"<code>{each}</code>") for each in hashes] == [1, 1]
    assert hashlib.sha256(contest().seal.encode()).hexdigest() == contest().commitment
    assert [page.source.count(f">{each}</code>") for each in (contest().seal, contest().commitment)] == [1, 1]


def test_a_contest_that_was_called_off_says_why() -> None:
    contested()
    assert play(EVENT, CallOffContest(contest=contest().id, reason="The room is lost"), by=FACILITATOR).refusal is None
    (notice,) = Visitor().get(address()).notices
    assert notice.startswith("The contest was called off. Nobody won or lost it. The room is lost Settled at ")


# Its hosts


def test_a_host_gives_way_and_keeps_everything() -> None:
    ada, bob = contested()
    page = bob.get(address())
    assert page.needs["contest"].startswith("You asked for Saturday 09:00–10:00, Elm, and so did others: “Chess”.")
    kept = bob.post(f"cards/{code('Poker')}/edit/", do="give-way")
    assert kept.headings[0] == "You gave way. Everything you wrote is kept here."
    assert (contest().winner, contest().method) == (code("Chess"), "yield")
    assert titled("Chess").cells == (cell("elm 09:00"),)
    assert ada.get(f"cards/{code('Chess')}/edit/").needs == {
        "won": "“Chess” has Saturday 09:00–10:00, Elm: the others gave way. How it was decided"
    }


def test_who_held_the_cell_gives_way_by_taking_the_card_down() -> None:
    ada = Visitor()
    choose(Policy(competing=Competing.CONTEST))
    ada.send(at("elm 09:00"), title="Chess")
    Visitor().send(at("elm 09:00"), title="Poker", contend="1")
    page = ada.get(f"cards/{code('Chess')}/edit/")
    assert page.needs["contest"].startswith("Others ask for your place too, Saturday 09:00–10:00, Elm: “Poker”.")
    ada.send(f"cards/{code('Chess')}/edit/", do="give-way")
    assert (titled("Chess").cells, titled("Poker").cells) == ((), (cell("elm 09:00"),))


def test_a_host_takes_another_place_and_leaves_this_one_to_the_others() -> None:
    _, bob = contested()
    page = bob.get(f"cards/{code('Poker')}/edit/")
    bob.send(f"cards/{code('Poker')}/edit/", do="claim", **page.offer("Fir 09:00–10:00"))
    assert contest().winner == code("Chess")
    claim = titled("Poker").claim
    assert claim is not None
    assert claim.placement.cells == (cell("fir 09:00"),)


def test_the_loser_finds_the_nearest_free_cells_on_the_page_and_takes_one_with_one_tap() -> None:
    _, bob = contested()
    settle(winner=code("Chess"), reason="Ada asked first")
    page = bob.get(address())
    assert page.needs["lost"].startswith(
        "“Chess” has Saturday 09:00–10:00, Elm: the facilitator decided. Ada asked first."
    )
    done = bob.post(f"cards/{code('Poker')}/edit/", do="place", **page.offer("Fir 09:00–10:00"))
    assert done.successes[0].startswith("It's up: Saturday 09:00–10:00, Fir.")
    assert (titled("Poker").cells, done.needs) == ((cell("fir 09:00"),), {})


def test_a_stranger_reads_nothing_of_what_hosts_can_do() -> None:
    contested()
    assert Visitor().get(address()).needs == {}
