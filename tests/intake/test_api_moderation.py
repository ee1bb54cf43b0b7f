"""The API of moderation: reports of people who are there, and what staff make of them."""

from typing import Any

import pytest
from tests.drawing import at
from tests.intake.calling import (
    ELM9,
    KNIT,
    OAK9,
    TALK,
    Caller,
    anybody,
    cells_of,
    fields_of,
    host_of,
    now,
    presence,
    staff,
    told,
    written,
)

from openspaces.board.vocabulary import HIDDEN, Standing


def report(code: str, by: Caller | None = None, **said: Any) -> Any:
    return (by or anybody()).call("POST", f"cards/{code}/reports", {"what": "abuse", "reason": "Rude", **said})


def test_three_reports_of_people_who_are_there_hide_a_text_and_keep_its_cell(board: None) -> None:
    for _ in range(10):
        answer = report(KNIT)
        assert (answer.status_code, told(answer)) == (202, {"code": KNIT, "what": "abuse"})
    assert now().cards[KNIT].standing is Standing.LIVE
    for _ in range(3):
        assert report(KNIT, presence=presence()).status_code == 202
    shown = told(anybody().call("GET", f"cards/{KNIT}"))
    assert (shown["title"], shown["hidden"], shown["placement"]) == (HIDDEN, True, {"cells": [OAK9]})


def test_one_device_is_one_voice_however_often_it_reports(board: None) -> None:
    caller = anybody()
    for _ in range(5):
        report(KNIT, by=caller, presence=presence())
    assert now().cards[KNIT].standing is Standing.LIVE


def test_nobody_is_missed_before_it_is_on(board: None) -> None:
    answer = anybody().call("POST", f"cards/{KNIT}/reports", {"what": "nobody-here"})
    assert (answer.status_code, told(answer)["refusal"]) == (409, "not-running")
    assert at("09:00") > now().at


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["what"]),
        ({"what": "boring"}, ["what"]),
        ({"what": "abuse"}, ["reason"]),
        ({"what": "abuse", "reason": " "}, ["reason"]),
        ({"what": "abuse", "reason": "x" * 201}, ["reason"]),
    ],
)
def test_a_misshapen_report_is_a_422_that_names_the_fields(board: None, body: Any, fields: list[str]) -> None:
    assert fields_of(anybody().call("POST", f"cards/{KNIT}/reports", body)) == fields


def test_staff_hide_a_text_and_show_it_again(board: None) -> None:
    hidden = staff().call("PUT", f"cards/{KNIT}/shield", {"reason": "Rude"})
    assert told(hidden) == {"code": KNIT, "reason": "Rude", "number": now().number}
    assert told(anybody().call("GET", f"cards/{KNIT}"))["title"] == HIDDEN
    edit = host_of(KNIT).call("PATCH", f"cards/{KNIT}", {"seen": now().number, "title": "Knit!"})
    assert (edit.status_code, told(edit)["refusal"]) == (409, "shielded")
    shown = staff().call("DELETE", f"cards/{KNIT}/shield")
    assert told(shown) == {"code": KNIT, "number": now().number}
    assert told(anybody().call("GET", f"cards/{KNIT}"))["title"] == "Knit"


def test_an_approved_card_is_not_hidden_by_reports(board: None) -> None:
    assert staff().call("PUT", f"cards/{KNIT}/approval").status_code == 200
    for _ in range(4):
        report(KNIT, presence=presence())
    assert now().cards[KNIT].standing is Standing.APPROVED


@pytest.mark.parametrize(("method", "path"), [("PUT", "approval"), ("DELETE", "shield")])
def test_whoever_says_what_they_saw_approves_nothing_that_was_written_since(
    board: None, method: str, path: str
) -> None:
    seen = now().number
    host_of(KNIT).call("PATCH", f"cards/{KNIT}", {"seen": seen, "title": "Rude"})
    refused = staff().call(method, f"cards/{KNIT}/{path}?seen={seen}")
    assert (refused.status_code, told(refused)["refusal"]) == (409, "reworded")
    assert now().cards[KNIT].standing is Standing.LIVE
    assert staff().call(method, f"cards/{KNIT}/{path}?seen={now().number}").status_code == 200
    assert now().cards[KNIT].standing is Standing.APPROVED
    assert staff().call(method, f"cards/{KNIT}/{path}?seen=all").status_code == 422


def test_a_removed_card_is_off_the_board_and_undo_brings_it_back(board: None) -> None:
    removed = told(staff().call("POST", f"cards/{KNIT}/removal", {"reason": "Rude"}))
    assert removed == {"removed": [KNIT], "number": now().number}
    assert (cells_of(KNIT), now().cards[KNIT].standing) == ([], Standing.REMOVED)
    assert staff().call("POST", f"changes/{removed['number']}/undo").status_code == 200
    assert (cells_of(KNIT), now().cards[KNIT].words.title) == ([OAK9], "Knit")


def test_all_of_a_device_goes_in_one_step(board: None) -> None:
    spammer = anybody()
    codes = [told(spammer.call("POST", "cards", {"title": f"Buy {number}"}))["code"] for number in range(3)]
    answer = staff().call("POST", f"cards/{codes[1].lower()}/removal", {"reason": "Spam", "all_of_device": True})
    assert told(answer) == {"removed": codes, "number": now().number}
    assert {now().cards[code].standing for code in (KNIT, TALK)} == {Standing.LIVE}


def test_all_of_a_device_goes_with_the_ideas_that_it_left(board: None) -> None:
    spammer = anybody()
    codes = [told(spammer.call("POST", "ideas", {"title": f"Buy {number}"}))["code"] for number in range(2)]
    anybody().call("POST", "ideas", {"title": "Bees"})
    answer = staff().call("POST", f"cards/{codes[1]}/removal", {"reason": "Spam", "all_of_device": True})
    assert told(answer)["removed"] == codes


def test_in_slow_mode_a_host_waits_between_two_moves(board: None) -> None:
    careful = staff().call("PUT", "caution", {"slow": 10})
    assert told(careful) == {"slow": 10, "hold": False, "number": now().number}
    host = anybody()
    first = host.call("POST", "cards", {"title": "Chess", "cell": ELM9})
    second = host.call("POST", "cards", {"title": "Go"})
    assert (first.status_code, second.status_code, told(second)["refusal"]) == (201, 409, "slow-down")
    staff().call("PUT", "caution", {})
    assert host.call("POST", "cards", {"title": "Go"}).status_code == 201


def test_a_new_hosts_card_is_held_until_somebody_has_read_it(board: None) -> None:
    staff().call("PUT", "caution", {"hold": True})
    code = told(anybody().call("POST", "cards", {"title": "Chess", "cell": ELM9}))["code"]
    assert told(anybody().call("GET", f"cards/{code}"))["title"] == HIDDEN
    staff().call("PUT", f"cards/{code}/approval")
    assert told(anybody().call("GET", f"cards/{code}"))["title"] == "Chess"


def test_a_card_that_is_not_there_is_a_404(board: None) -> None:
    chess = written("Chess")
    calls = [
        ("POST", "cards/ABCDEF/reports", {"what": "abuse", "reason": "Rude"}),
        ("PUT", "cards/ABCDEF/shield", {"reason": "Rude"}),
        ("DELETE", "cards/ABCDEF/shield", None),
        ("PUT", "cards/ABCDEF/approval", None),
        ("POST", "cards/ABCDEF/removal", {"reason": "Rude"}),
        ("POST", "cards/ABCDEF/claims", {"cell": ELM9}),
        ("POST", "cards/ABCDEF/offers", {"cells": [ELM9]}),
        ("POST", "cards/ABCDEF/deals", {"with": KNIT, "deal": "merge"}),
        ("PUT", f"cards/{chess}/deals/ABCDEF", None),
        ("PUT", "cards/ABCDEF/merger", {"into": KNIT}),
        ("PUT", "cards/ABCDEF/full", None),
        ("PUT", "pitch", {"queue": ["ABCDEF"]}),
        ("POST", "restorations", {"number": 5, "card": "ABCDEF"}),
    ]
    for method, path, body in calls:
        answer = staff().call(method, path, body)
        assert (path, answer.status_code, told(answer)["refusal"]) == (path, 404, "unknown-card")
