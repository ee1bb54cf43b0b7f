"""The API's contests: open, changed, voted on, settled; and what may be known of them when."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from tests.drawing import EVENT
from tests.intake.calling import (
    ELM9,
    ELM10,
    KNIT,
    OAK9,
    OAK11,
    TALK,
    Caller,
    anybody,
    cells_of,
    choose,
    contest_of,
    fields_of,
    host_of,
    now,
    presence,
    staff,
    told,
    written,
)

from openspaces.board.memory import MEMORY
from openspaces.board.state import Policy
from openspaces.people.staff import first_tokens

OPEN_KEYS = [
    "ballots",
    "cards",
    "cell",
    "cells",
    "closes",
    "commitment",
    "id",
    "method",
    "opened",
    "outcome",
    "presence",
    "reason",
    "settled",
    "tie",
]


def vote(contest: int, *cards: str, by: Caller | None = None, **more: Any) -> Any:
    return (by or anybody()).call("PUT", f"contests/{contest}/ballot", {"cards": list(cards), **more})


def settle(contest: int, **how: Any) -> Any:
    return staff().call("POST", f"contests/{contest}/settlement", {"reason": "As we said", **how})


def shown(contest: int) -> dict[str, Any]:
    return told(anybody().call("GET", f"contests/{contest}"))


# Reading


def test_an_open_contest_tells_who_contends_and_how_many_voted_and_never_for_whom(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    vote(contest, TALK)
    facts = shown(contest)
    assert sorted(facts) == OPEN_KEYS
    assert (facts["id"], facts["cell"], facts["cards"]) == (contest, OAK9, [KNIT, TALK])
    assert (facts["method"], facts["outcome"], facts["reason"], facts["ballots"]) == ("vote", None, "", 1)
    assert datetime.fromisoformat(facts["closes"]) == now().contests[contest].closes


def test_all_contests_are_a_list_the_first_one_first(board: None) -> None:
    nothing: Any = told(anybody().call("GET", "contests"))
    assert nothing == []
    first = contest_of(KNIT, TALK)
    settle(first, method="lot")
    second = contest_of(KNIT, TALK, written("Chess"))
    vote(second)
    listed: Any = told(anybody().call("GET", "contests"))
    assert listed == [shown(first), shown(second)]
    assert [(each["id"], each["ballots"]) for each in listed] == [(first, 0), (second, 1)]


def test_a_contest_that_another_process_has_just_opened_is_found(board: None) -> None:
    behind = now()
    contest = contest_of(KNIT, TALK)
    MEMORY.correct(behind)
    assert shown(contest)["id"] == contest
    MEMORY.correct(behind)
    assert vote(contest, KNIT).status_code == 200


@pytest.mark.parametrize("number", ["4711", "1", "0", "-1", "x", "1" * 30, "٣", "1.0"])
def test_a_contest_that_is_not_there_is_a_404(board: None, number: str) -> None:
    calls = [
        anybody().call("GET", f"contests/{number}"),
        anybody().call("GET", f"contests/{number}/ballot"),
        anybody().call("PUT", f"contests/{number}/ballot", {"cards": []}),
        staff().call("PATCH", f"contests/{number}", {"minutes": 5}),
        staff().call("DELETE", f"contests/{number}?reason=No"),
        staff().call("POST", f"contests/{number}/settlement", {"reason": "No"}),
    ]
    assert {(answer.status_code, told(answer)["refusal"]) for answer in calls} == {(404, "unknown-contest")}


def test_another_events_contest_is_not_there(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    stranger = Caller(Authorization=f"Bearer {first_tokens('other')[1]}")
    assert stranger.call("GET", f"/api/other/contests/{contest}").status_code == 404
    assert stranger.call("POST", f"contests/{contest}/settlement", {"reason": "Mine"}).status_code == 403


# Opening and changing


def test_staff_open_a_contest(board: None) -> None:
    body = {"cell": OAK9, "cards": [KNIT.lower(), TALK], "method": "hands", "minutes": 20, "presence": True}
    answer = staff().call("POST", "contests", body)
    facts = told(answer)
    contest = now().contests[facts["id"]]
    assert answer.status_code == 201
    assert (facts["cards"], facts["method"], facts["presence"]) == ([KNIT, TALK], "hands", True)
    assert (facts["number"], facts["commitment"]) == (now().number, sha256(contest.seal.encode()).hexdigest())
    assert contest.closes == contest.opened + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("cell", "cards", "status", "refusal"),
    [
        (ELM9, [KNIT], 409, "no-contest-here"),
        (OAK9, [TALK, TALK], 409, "no-contest-here"),
        ("oak@0517-1000", [KNIT, TALK], 409, "cell-closed"),
        ("attic@0517-0900", [KNIT, TALK], 404, "unknown-cell"),
        (ELM9, [KNIT, "ABCDEF"], 404, "unknown-card"),
    ],
)
def test_a_contest_that_cannot_be_is_refused(
    board: None, cell: str, cards: list[str], status: int, refusal: str
) -> None:
    answer = staff().call("POST", "contests", {"cell": cell, "cards": cards})
    assert (answer.status_code, told(answer)["refusal"]) == (status, refusal)


def test_staff_settle_an_open_contest_in_another_way_and_at_another_time(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    answer = staff().call("PATCH", f"contests/{contest}", {"method": "lot", "minutes": 5, "presence": True})
    facts = told(answer)
    assert (facts["id"], facts["method"], facts["presence"], facts["number"]) == (contest, "lot", True, now().number)
    again = staff().call("PATCH", f"contests/{contest}", {"method": "lot"})
    assert told(again) == facts


def test_a_contest_that_is_called_off_has_no_winner_and_the_holder_keeps_the_cell(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    answer = staff().call("DELETE", f"contests/{contest}?reason=They+agreed")
    assert told(answer) == {"number": now().number}
    facts = shown(contest)
    assert (facts["outcome"], facts["reason"], facts["settled"] is None) == (None, "They agreed", False)
    assert cells_of(KNIT) == [OAK9]
    assert fields_of(staff().call("DELETE", f"contests/{contest}")) == ["reason"]


# Voting


def test_a_first_time_voter_gets_a_cookie_and_may_change_its_mind_with_it(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    voter = anybody()
    first = vote(contest, TALK, by=voter)
    assert told(first) == {"contest": contest, "cards": [TALK]}
    assert first.cookies["device"]["httponly"] is True
    second = vote(contest, KNIT.lower(), TALK, by=voter)
    assert (told(second), dict(second.cookies)) == ({"contest": contest, "cards": [KNIT, TALK]}, {})
    assert shown(contest)["ballots"] == 1
    assert told(voter.call("GET", f"contests/{contest}/ballot")) == {"contest": contest, "cards": [KNIT, TALK]}
    assert told(anybody().call("GET", f"contests/{contest}/ballot")) == {"contest": contest, "cards": None}


def test_a_lost_answers_retry_is_the_same_ballot(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    for _ in range(2):
        anybody().call("PUT", f"contests/{contest}/ballot", {"cards": [TALK]}, key="one")
    assert shown(contest)["ballots"] == 1


def test_a_late_ballot_is_refused_and_counts_for_nothing(board: None) -> None:
    contest = contest_of(KNIT, TALK, at=datetime.now(UTC) - timedelta(hours=1))
    late = vote(contest, TALK)
    assert (late.status_code, told(late)["refusal"]) == (409, "contest-over")
    settled = told(settle(contest, method="vote"))
    assert (settled["ballots"], settled["tally"]) == (0, {KNIT: 0, TALK: 0})
    after = vote(contest, TALK)
    assert (after.status_code, told(after)["refusal"]) == (409, "contest-over")


def test_a_ballot_for_a_card_that_does_not_contend_is_refused(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    for strange, refused in ((written("Chess"), (409, "not-in-contest")), ("ABCDEF", (404, "unknown-card"))):
        answer = vote(contest, TALK, strange)
        assert (answer.status_code, told(answer)["refusal"]) == refused


def test_nobody_votes_where_hands_are_counted(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    staff().call("PATCH", f"contests/{contest}", {"method": "hands"})
    answer = vote(contest, TALK)
    assert (answer.status_code, told(answer)["refusal"]) == (409, "no-vote")


def test_where_presence_is_asked_a_ballot_needs_the_code_once(board: None) -> None:
    choose(Policy(contest_presence=True))
    contest = contest_of(KNIT, TALK)
    voter = anybody()
    without, wrong = vote(contest, TALK, by=voter), vote(contest, TALK, by=voter, presence="AAAAAA")
    for answer in (without, wrong):
        assert (answer.status_code, told(answer)["refusal"]) == (403, "presence-needed")
    assert vote(contest, TALK, by=voter, presence=presence()).status_code == 200
    assert vote(contest, KNIT, by=voter).status_code == 200
    assert shown(contest)["ballots"] == 1


# Settling


def test_the_ballots_decide_and_the_tally_is_a_recount(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    for cards in ([TALK], [TALK, KNIT], [TALK], [KNIT], []):
        vote(contest, *cards)
    answer = settle(contest)
    facts = told(answer)
    assert (answer.status_code, facts["outcome"], facts["winner"], facts["method"]) == (200, TALK, TALK, "vote")
    assert (facts["tally"], facts["ballots"], facts["reason"]) == ({KNIT: 2, TALK: 3}, 5, "As we said")
    assert facts["offers"] == {KNIT: [ELM9, OAK11, ELM10]}
    assert facts["number"] == now().number
    assert (cells_of(TALK), cells_of(KNIT)) == ([OAK9], [])
    assert shown(contest) == {name: fact for name, fact in facts.items() if name not in ("number", "offers", "winner")}


def test_the_loser_takes_what_it_is_offered(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    offered = told(settle(contest, winner=TALK))["offers"][KNIT]
    assert host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": offered[0]}).status_code == 200
    assert cells_of(KNIT) == offered[:1]


def test_hands_are_typed_in(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    facts = told(settle(contest, counts={KNIT.lower(): 12, TALK: 5}))
    assert (facts["outcome"], facts["method"], facts["tally"]) == (KNIT, "hands", {KNIT: 12, TALK: 5})
    missing = settle(contest_of(KNIT, TALK), method="hands")
    assert (missing.status_code, told(missing)["refusal"]) == (409, "counts-needed")


def test_a_lot_can_be_drawn_again_by_anyone(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    promised = shown(contest)["commitment"]
    facts = told(settle(contest, method="lot"))
    assert sha256(facts["seal"].encode()).hexdigest() == promised
    drawn = sorted((KNIT, TALK), key=lambda code: sha256(f"{facts['seal']}:{code}".encode()).hexdigest())
    assert (facts["drawn"], facts["outcome"]) == (drawn, drawn[0])


def test_the_facilitator_decides_and_says_why(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    facts = told(settle(contest, winner=TALK.lower(), reason="Knit has had an hour"))
    assert (facts["outcome"], facts["method"], facts["reason"]) == (TALK, "decision", "Knit has had an hour")
    nobody = settle(contest_of(KNIT, TALK, written("Chess")), method="agreement")
    assert (nobody.status_code, told(nobody)["refusal"]) == (409, "winner-needed")


def test_a_contest_is_settled_once(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    settle(contest)
    again = settle(contest, winner=KNIT)
    assert (again.status_code, told(again)["refusal"]) == (409, "contest-over")


def test_whoever_does_not_contend_cannot_win(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    for winner, refused in ((written("Chess"), (409, "not-in-contest")), ("ABCDEF", (404, "unknown-card"))):
        for how in ({"winner": winner}, {"counts": {winner: 3}}):
            answer = settle(contest, **how)
            assert (answer.status_code, told(answer)["refusal"]) == refused


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["reason"]),
        ({"reason": " "}, ["reason"]),
        ({"reason": "x" * 201}, ["reason"]),
        ({"reason": "So", "method": "coin"}, ["method"]),
        ({"reason": "So", "method": "yield"}, ["method"]),
        ({"reason": "So", "counts": []}, ["counts"]),
        ({"reason": "So", "counts": {KNIT: -1}}, [f"counts.{KNIT}"]),
        ({"reason": "So", "counts": {KNIT: "3"}}, [f"counts.{KNIT}"]),
        ({"reason": "So", "counts": {"?": 3}}, ["counts.?.[key]"]),
        ({"reason": "So", "winner": "?"}, ["winner"]),
    ],
)
def test_a_misshapen_settlement_is_a_422_that_names_the_fields(board: None, body: Any, fields: list[str]) -> None:
    contest = contest_of(KNIT, TALK)
    answer = staff().call("POST", f"contests/{contest}/settlement", body)
    assert fields_of(answer) == fields
    assert now().contests[contest].open


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["cards"]),
        ({"cards": None}, ["cards"]),
        ({"cards": KNIT}, ["cards"]),
        ({"cards": ["?"]}, ["cards.0"]),
        ({"cards": [KNIT] * 501}, ["cards"]),
        ({"cards": [], "presence": 5}, ["presence"]),
    ],
)
def test_a_misshapen_ballot_is_a_422_that_names_the_fields(board: None, body: Any, fields: list[str]) -> None:
    contest = contest_of(KNIT, TALK)
    assert fields_of(anybody().call("PUT", f"contests/{contest}/ballot", body)) == fields


def test_many_devices_behind_one_address_are_all_counted(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    voters = [anybody() for _ in range(30)]
    assert {vote(contest, TALK, by=voter).status_code for voter in voters} == {200}
    assert len({voter.client.cookies["device"].value for voter in voters}) == 30
    assert told(settle(contest))["tally"] == {KNIT: 0, TALK: 30}
    assert now().event == EVENT
