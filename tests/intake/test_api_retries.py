"""What a caller of the API may repeat: the same key, the same answer; and how often anybody may write."""

from typing import Any

import pytest
from django.conf import settings
from tests.drawing import EVENT
from tests.intake.calling import (
    DESK_CALLS,
    ELM9,
    ELM10,
    HOST_CALLS,
    KNIT,
    OAK11,
    OUT9,
    TALK,
    Call,
    Caller,
    aimed,
    anybody,
    busy,
    contest_of,
    fields_of,
    host_of,
    now,
    staff,
    told,
)

from openspaces.board.memory import MEMORY
from openspaces.board.read import reports

# Retries


def test_a_retry_gets_the_same_bytes_and_writes_nothing(board: None) -> None:
    body = {"title": "Chess", "cell": ELM9}
    first = anybody().call("POST", "cards", body, key="one")
    number = now().number
    MEMORY.forget(EVENT)
    for caller in (anybody(), staff()):
        again = caller.call("POST", "cards", body, key="one")
        assert (again.status_code, again.content) == (first.status_code, first.content)
    assert now().number == number


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "cards", {"title": "Chess", "cell": ELM10}),
        ("POST", "ideas", {"title": "Chess"}),
        ("PUT", f"cards/{KNIT}/placement", {"cell": ELM9}),
        ("DELETE", f"cards/{KNIT}/placement", None),
        ("PATCH", f"cards/{KNIT}", {"seen": 0, "title": "Socks"}),
        ("PATCH", f"cards/{KNIT}", {"seen": 99, "title": "Socks"}),
        ("DELETE", f"cards/{KNIT}", None),
        ("PUT", f"cells/{ELM9}/closure", {"reason": "Paint"}),
        ("DELETE", f"cells/{ELM9}/closure", None),
        ("POST", "swaps", {"card": KNIT, "other": TALK}),
    ],
)
def test_every_write_can_be_retried(board: None, method: str, path: str, body: Any) -> None:
    first = staff().call(method, path, body, key="one")
    number = now().number
    staff().call("PUT", f"cards/{TALK}/placement", {"cell": OAK11})
    MEMORY.forget(EVENT)
    again = staff().call(method, path, body, key="one")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert now().number == number + 1


@pytest.mark.parametrize("call", [*DESK_CALLS, *HOST_CALLS], ids=lambda call: f"{call[0]} {call[1]}")
def test_whatever_came_since_a_retry_is_told_what_the_first_try_was_told(board: None, call: Call) -> None:
    method, path, body = aimed(call, busy())
    first = staff().call(method, path, body, key="one")
    number = now().number
    staff().call("PUT", f"cells/{OUT9}/closure", {"reason": "Rain"})
    staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Wind"})
    last = now().number
    MEMORY.forget(EVENT)
    again = staff().call(method, path, body, key="one")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert first.status_code in (200, 201) or told(first)["refusal"]
    assert (last > number, now().number) == (True, last)


@pytest.mark.parametrize("call", DESK_CALLS, ids=lambda call: f"{call[0]} {call[1]}")
def test_a_key_of_another_thing_is_a_422_at_the_desk_too(board: None, call: Call) -> None:
    method, path, body = aimed(call, busy())
    staff().call("POST", "announcements", {"text": "First"}, key="one")
    before = now()
    assert fields_of(staff().call(method, path, body, key="one")) == ["Idempotency-Key"]
    assert now() == before


def test_a_ballot_is_sent_again_and_counts_once(board: None) -> None:
    contest, voter = contest_of(KNIT, TALK), anybody()
    first = voter.call("PUT", f"contests/{contest}/ballot", {"cards": [KNIT]}, key="one")
    MEMORY.forget(EVENT)
    for caller in (voter, anybody()):
        again = caller.call("PUT", f"contests/{contest}/ballot", {"cards": [KNIT]}, key="one")
        assert (again.status_code, again.content) == (200, first.content)
    settled = told(staff().call("POST", f"contests/{contest}/settlement", {"method": "vote", "reason": "Done"}))
    assert (settled["tally"], settled["ballots"]) == ({KNIT: 1, TALK: 0}, 1)


def test_who_did_not_hear_whether_a_ballot_came_in_time_reads_it_after_the_close(board: None) -> None:
    contest, voter = contest_of(KNIT, TALK), anybody()
    voter.call("PUT", f"contests/{contest}/ballot", {"cards": [KNIT]}, key="one")
    staff().call("POST", f"contests/{contest}/settlement", {"method": "vote", "reason": "Done"})
    again = voter.call("PUT", f"contests/{contest}/ballot", {"cards": [KNIT]}, key="one")
    assert (again.status_code, told(again)["refusal"]) == (409, "contest-over")
    assert told(voter.call("GET", f"contests/{contest}/ballot"))["cards"] == [KNIT]


def test_a_report_that_was_answered_is_not_told_again_by_a_retry(board: None) -> None:
    body, key = {"what": "abuse", "reason": "Rude"}, "one"
    first = anybody().call("POST", f"cards/{KNIT}/reports", body, key=key)
    staff().call("PUT", f"cards/{KNIT}/approval")
    MEMORY.forget(EVENT)
    again = anybody().call("POST", f"cards/{KNIT}/reports", body, key=key)
    assert (again.status_code, again.content, reports(EVENT)) == (202, first.content, [])
    anybody().call("POST", f"cards/{KNIT}/reports", body, key="two")
    assert [each.card for each in reports(EVENT)] == [KNIT]
    other = anybody().call("POST", f"cards/{KNIT}/reports", {**body, "reason": "Loud"}, key=key)
    assert fields_of(other) == ["Idempotency-Key"]


def test_a_refusal_is_remembered_too(board: None) -> None:
    body = {"title": "Chess", "cell": ELM10}
    first = anybody().call("POST", "cards", body, key="one")
    host_of(TALK).call("DELETE", f"cards/{TALK}/placement")
    again = anybody().call("POST", "cards", body, key="one")
    assert (again.status_code, again.content) == (409, first.content)


def test_a_lost_answers_retry_comes_from_the_same_device(board: None) -> None:
    body = {"title": "Chess", "cell": ELM9}
    anybody().call("POST", "cards", body, key="one")
    retrying = anybody()
    code = told(retrying.call("POST", "cards", body, key="one"))["code"]
    assert retrying.call("DELETE", f"cards/{code}").status_code == 200


def test_a_key_for_something_else_is_a_422(board: None) -> None:
    anybody().call("POST", "cards", {"title": "Chess"}, key="one")
    before = now()
    for path, body in (("cards", {"title": "Go"}), ("ideas", {"title": "Chess"})):
        assert fields_of(anybody().call("POST", path, body, key="one")) == ["Idempotency-Key"]
    assert now() == before


def test_a_key_that_is_too_long_is_a_422(board: None) -> None:
    assert fields_of(anybody().call("POST", "cards", {"title": "Chess"}, key="k" * 121)) == ["Idempotency-Key"]
    assert anybody().call("POST", "cards", {"title": "Chess"}, key="k" * 120).status_code == 201


# How fast


def test_who_writes_too_fast_is_told_how_long_to_wait(board: None) -> None:
    settings.LIMITS = True
    caller = anybody()
    answers = [caller.call("POST", "cards", {"title": f"Chess {number}"}) for number in range(60)]
    assert answers[0].status_code == 201
    last = answers[-1]
    assert (last.status_code, int(last["Retry-After"]) > 0, list(told(last))) == (429, True, ["says"])


def test_a_program_of_the_staff_is_not_held_up_but_a_wrong_token_is(board: None) -> None:
    settings.LIMITS = True
    for caller, status in ((staff(), 201), (Caller(Authorization="Bearer api.1.WRONG"), 429)):
        answers = [caller.call("POST", "cards", {"title": f"Chess {number}"}) for number in range(60)]
        assert answers[-1].status_code == status
