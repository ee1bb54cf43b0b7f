"""The API of the desk: freeze, announcements, pitch, undo, and back to how it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.drawing import EVENT
from tests.intake.calling import (
    DESK_CALLS,
    ELM9,
    KNIT,
    OAK9,
    TALK,
    Caller,
    aimed,
    anybody,
    busy,
    cells_of,
    contest_of,
    fields_of,
    host_of,
    now,
    staff,
    told,
)

from openspaces.board.memory import MEMORY
from openspaces.people.staff import API, make_token, written
from openspaces.people.who import Role

# Freezing


def test_while_frozen_nobody_but_staff_writes_and_everyone_is_told_why(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    frozen = staff().call("PUT", "freeze", {"reason": "Fire drill"})
    assert told(frozen) == {"reason": "Fire drill", "number": now().number}
    writes = [
        anybody().call("POST", "cards", {"title": "Chess"}),
        anybody().call("POST", "cards", {"title": "Chess", "cell": ELM9}),
        anybody().call("POST", "ideas", {"title": "Chess"}),
        host_of(KNIT).call("PATCH", f"cards/{KNIT}", {"seen": 99, "title": "Mine"}),
        host_of(KNIT).call("DELETE", f"cards/{KNIT}/placement"),
        host_of(KNIT).call("DELETE", f"cards/{KNIT}"),
        host_of(TALK).call("POST", f"cards/{TALK}/claims", {"cell": ELM9}),
        anybody().call("PUT", f"contests/{contest}/ballot", {"cards": [KNIT]}),
        anybody().call("POST", f"cards/{KNIT}/reports", {"what": "abuse", "reason": "Rude"}),
    ]
    for answer in writes:
        assert (answer.status_code, told(answer)["refusal"]) == (409, "frozen")
        assert told(answer)["facts"]["reason"] == "Fire drill"
    assert staff().call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201
    assert anybody().call("GET", f"cards/{KNIT}").status_code == 200
    assert told(staff().call("DELETE", "freeze")) == {"number": now().number}
    assert anybody().call("POST", "cards", {"title": "Go"}).status_code == 201


def test_a_freeze_by_another_process_holds_from_the_next_write_on(board: None) -> None:
    behind = now()
    staff().call("PUT", "freeze", {"reason": "Fire drill"})
    MEMORY.correct(behind)  # as in a process that has not heard of it yet
    answer = anybody().call("POST", "cards", {"title": "Chess"})
    assert (answer.status_code, told(answer)["refusal"]) == (409, "frozen")


# Announcements


def test_an_announcement_stands_for_some_minutes_or_until_staff_end_it(board: None) -> None:
    answer = staff().call("POST", "announcements", {"text": " Lunch\nis served ", "minutes": 10})
    said = told(answer)
    (announced,) = now().announcements
    assert (answer.status_code, said["text"], said["number"]) == (201, "Lunch is served", now().number)
    assert datetime.fromisoformat(said["until"]) == announced.until == announced.at + timedelta(minutes=10)
    assert told(staff().call("DELETE", f"announcements/{said['number']}")) == {"number": now().number}
    assert now().announcements == ()
    again = staff().call("DELETE", f"announcements/{said['number']}")
    assert (again.status_code, told(again)["refusal"]) == (404, "unknown-announcement")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["text"]),
        ({"text": ""}, ["text"]),
        ({"text": "x" * 281}, ["text"]),
        ({"text": "Lunch", "minutes": 0}, ["minutes"]),
        ({"text": "Lunch", "minutes": 24 * 60 + 1}, ["minutes"]),
        ({"text": "Lunch", "minutes": 1.5}, ["minutes"]),
    ],
)
def test_a_misshapen_announcement_is_a_422_that_names_the_fields(board: None, body: Any, fields: list[str]) -> None:
    assert fields_of(staff().call("POST", "announcements", body)) == fields


# The pitch


def test_cards_are_lined_up_to_be_pitched(board: None) -> None:
    answer = staff().call("PUT", "pitch", {"queue": [TALK.lower(), KNIT]})
    assert told(answer) == {"queue": [TALK, KNIT], "seconds": 60, "ends": None, "number": now().number}
    started = told(staff().call("PUT", "pitch", {"queue": [TALK, KNIT], "seconds": 90, "started": True}))
    pitch = now().pitch
    assert pitch is not None
    assert datetime.fromisoformat(started["ends"]) == pitch.ends
    staff().call("PUT", "pitch", {"queue": []})
    assert now().pitch is None
    assert fields_of(staff().call("PUT", "pitch", {"queue": [], "seconds": 4})) == ["seconds"]


# Undoing


def test_a_change_is_undone(board: None) -> None:
    moved = told(host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9}))["number"]
    answer = staff().call("POST", f"changes/{moved}/undo")
    assert told(answer) == {"undone": [moved], "number": moved + 1}
    assert cells_of(KNIT) == [OAK9]


def test_what_has_changed_since_cannot_be_undone_and_that_is_said(board: None) -> None:
    moved = told(host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9}))["number"]
    host_of(KNIT).call("DELETE", f"cards/{KNIT}/placement")
    answer = staff().call("POST", f"changes/{moved}/undo")
    assert (answer.status_code, told(answer)["refusal"]) == (409, "changed-since")
    assert told(answer)["says"].startswith("“Knit” has changed since")


@pytest.mark.parametrize("number", ["4711", "0", "-1", "x", "9" * 15, "9" * 40])
def test_a_change_that_never_was_is_a_404(board: None, number: str) -> None:
    answer = staff().call("POST", f"changes/{number}/undo")
    assert (answer.status_code, told(answer)["refusal"]) == (404, "unknown-change")


# Back to how it was


def test_the_whole_board_goes_back_to_a_number(board: None) -> None:
    then = now()
    host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9})
    host_of(TALK).call("DELETE", f"cards/{TALK}")
    code = told(anybody().call("POST", "cards", {"title": "Chess", "cell": OAK9}))["code"]
    answer = staff().call("POST", "restorations", {"number": then.number})
    assert told(answer) == {"to": then.number, "number": now().number}
    assert now().holders == then.holders
    assert (now().cards[code].placement, now().cards[TALK].withdrawn) == (None, False)


def test_one_card_goes_back_to_a_time_by_the_events_clocks(board: None) -> None:
    then = now()
    local = then.local(then.at).replace(tzinfo=None).isoformat()
    host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9})
    host_of(TALK).call("DELETE", f"cards/{TALK}/placement")
    answer = staff().call("POST", "restorations", {"at": local, "card": KNIT.lower()})
    assert told(answer)["to"] == then.number
    assert (cells_of(KNIT), cells_of(TALK)) == ([OAK9], [])


def test_a_card_whose_cell_is_taken_is_not_restored(board: None) -> None:
    then = now().number
    staff().call("POST", "swaps", {"card": KNIT, "other": TALK})
    answer = staff().call("POST", "restorations", {"number": then, "card": KNIT})
    assert (answer.status_code, told(answer)["refusal"], told(answer)["held_by"]) == (409, "cell-taken", TALK)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"number": 4711}, 404),
        ({"at": "2001-01-01T00:00"}, 404),
        ({}, 422),
        ({"number": 0}, 422),
        ({"number": "5"}, 422),
        ({"at": "noon"}, 422),
        ({"number": 2, "card": "?"}, 422),
    ],
)
def test_a_moment_that_never_was_is_not_gone_back_to(board: None, body: Any, status: int) -> None:
    before = now()
    assert staff().call("POST", "restorations", body).status_code == status
    assert now() == before


# Who may


def test_what_is_the_desks_is_forbidden_to_others(board: None) -> None:
    event = busy()
    before = now()
    for call in DESK_CALLS:
        for caller in (anybody(), host_of(KNIT), Caller(Authorization="Bearer api.1.WRONG")):
            answer = caller.call(*aimed(call, event))
            assert (call, answer.status_code, told(answer)["refusal"]) == (call, 403, "not-allowed")
    assert now() == before


@pytest.mark.parametrize("role", [Role.HELPER, Role.FACILITATOR])
def test_helpers_may_all_but_what_is_for_facilitators(board: None, role: Role) -> None:
    event = busy()
    caller = Caller(Authorization=f"Bearer {written(make_token(EVENT, API, role=role))}")
    refused = [
        path for method, path, body in DESK_CALLS if caller.call(*aimed((method, path, body), event)).status_code == 403
    ]
    only_facilitators = ["cards/{asking}/removal", "caution", "freeze", "freeze", "restorations"]
    assert refused == (only_facilitators if role is Role.HELPER else [])
