"""The API, call by call and status by status, against a real database."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests.drawing import EVENT, cell, moves_of

from openspaces.board.memory import MEMORY
from openspaces.board.moves.event import ChangeEvent, profile_of
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Placing
from openspaces.people.keys import card_key
from openspaces.people.staff import first_tokens
from openspaces.people.who import PROGRAM

DRAWN = """
          oak         elm       elsewhere
  09:00   Knit/ada    .         .
  10:00   #lunch      Talk/bob  .
  11:00   .           .         .
"""
OAK9, OAK11 = str(cell("oak 09:00")), str(cell("oak 11:00"))
ELM9, ELM10, ELM11 = str(cell("elm 09:00")), str(cell("elm 10:00")), str(cell("elm 11:00"))
OUT9 = str(cell("elsewhere 09:00"))
KNIT, TALK = "KNIT00", "TALK00"


@pytest.fixture
def board(database: None) -> Iterator[None]:
    """The drawn board in the database, and limits off."""
    for move, by in moves_of(DRAWN):
        assert play(EVENT, move, by=by).refusal is None
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


class Caller:
    """Somebody who calls the API, and keeps cookies."""

    def __init__(self, **authorization: str) -> None:
        self.client = Client()
        self.authorization = authorization

    def call(self, method: str, path: str, body: Any = None, key: str = "", **headers: str) -> HttpResponse:
        """Send a body as JSON to a path under the event's."""
        sent = b"" if body is None else json.dumps(body).encode()
        every = {**self.authorization, **headers} | ({"Idempotency-Key": key} if key else {})
        where = path if path.startswith("/") else f"/api/{EVENT}/{path}"
        return self.client.generic(method, where, sent, "application/json", headers=every)  # type: ignore[return-value]


def anybody() -> Caller:
    return Caller()


def staff() -> Caller:
    return Caller(Authorization=f"Bearer {first_tokens(EVENT)[1]}")


def host_of(code: str) -> Caller:
    return Caller(Authorization=f"Card {card_key(EVENT, code)}")


def told(response: HttpResponse) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(response.content)
    return facts


def now() -> Board:
    board = board_now(EVENT)
    assert board is not None
    return board


def cells_of(code: str) -> list[str]:
    return [str(each) for each in now().cards[code].cells]


def fields_of(response: HttpResponse) -> list[str]:
    assert response.status_code == 422
    return [error["field"] for error in told(response)["errors"]]


# Writing


def test_a_card_is_written_and_placed_in_one_move(board: None) -> None:
    before = now().number
    answer = anybody().call("POST", "cards", {"title": "Chess", "host": "Eve", "cell": ELM9})
    said = told(answer)
    code = said["code"]
    assert answer.status_code == 201
    assert said == {
        "code": code,
        "key": card_key(EVENT, code),
        "number": before + 2,
        "placement": {"cells": [ELM9]},
    }
    assert cells_of(code) == [ELM9]
    assert now().cards[code].words.as_said() == {"title": "Chess", "text": "", "host": "Eve", "handle": "", "link": ""}


def test_a_card_without_a_cell_is_planned(board: None) -> None:
    said = told(anybody().call("POST", "cards", {"title": "Chess", "text": None, "cell": None, "slots": None}))
    assert said["placement"] is None
    assert now().cards[said["code"]].stage == "planned"


def test_a_card_takes_several_cells_in_a_row(board: None) -> None:
    said = told(staff().call("POST", "cards", {"title": "Chess", "cell": str(cell("elm 11:00")), "slots": 1}))
    assert said["placement"] == {"cells": [ELM11]}
    moved = staff().call("PUT", f"cards/{KNIT}/placement", {"cell": OAK9, "slots": 2})
    assert (moved.status_code, told(moved)["refusal"]) == (409, "cell-closed")


def test_more_cells_than_the_day_has_are_refused_in_the_words_of_the_rules(board: None) -> None:
    answer = anybody().call("POST", "cards", {"title": "Chess", "cell": ELM11, "slots": 2})
    assert (answer.status_code, told(answer)["refusal"]) == (409, "not-in-a-row")


def test_a_refused_placement_writes_nothing_and_names_holder_and_free_cells(board: None) -> None:
    before = now()
    answer = anybody().call("POST", "cards", {"title": "Chess", "cell": ELM10})
    said = told(answer)
    assert answer.status_code == 409
    assert (said["refusal"], said["held_by"], said["free"]) == (
        "cell-taken",
        TALK,
        [str(cell("elsewhere 10:00")), ELM9, ELM11],
    )
    assert said["says"] == "“Talk” holds Elm at 10:00."
    assert said["facts"]["title"] == "Talk"
    assert now() == before


def test_a_closed_cell_says_why(board: None) -> None:
    said = told(anybody().call("POST", "cards", {"title": "Chess", "cell": str(cell("oak 10:00"))}))
    assert (said["refusal"], said["facts"]["reason"]) == ("cell-closed", "lunch")


def test_elsewhere_needs_its_place_written_in(board: None) -> None:
    missing = anybody().call("POST", "cards", {"title": "Chess", "cell": OUT9})
    assert (missing.status_code, told(missing)["refusal"]) == (409, "place-needed")
    placed = anybody().call("POST", "cards", {"title": "Chess", "cell": OUT9, "where": "The park"})
    assert told(placed)["placement"] == {"cells": [OUT9], "where": "The park"}


def test_a_clash_is_asked_about_and_done_when_confirmed(board: None) -> None:
    caller = anybody()
    assert caller.call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201
    clash = caller.call("POST", "cards", {"title": "Go", "cell": OUT9, "where": "The park"})
    assert (clash.status_code, told(clash)["confirmable"]) == (409, True)
    sure = caller.call("POST", "cards", {"title": "Go", "cell": OUT9, "where": "The park", "confirm": True})
    assert sure.status_code == 201


def test_an_idea_has_no_host_and_no_key(board: None) -> None:
    answer = anybody().call("POST", "ideas", {"title": "Juggling", "text": "Somebody should"})
    said = told(answer)
    assert (answer.status_code, sorted(said)) == (201, ["code", "number"])
    assert now().cards[said["code"]].stage == "idea"


# Placing, editing, withdrawing


def test_a_card_moves_and_leaves_its_cell_free(board: None) -> None:
    answer = host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9})
    assert told(answer) == {"code": KNIT, "number": now().number, "placement": {"cells": [ELM9]}}
    assert cells_of(KNIT) == [ELM9]
    assert now().cards_at(cell("oak 09:00")) == ()


def test_a_card_put_where_it_stands_stays_and_nothing_happens(board: None) -> None:
    before = now().number
    answer = host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": OAK9})
    assert told(answer) == {"code": KNIT, "number": before, "placement": {"cells": [OAK9]}}


def test_a_card_is_taken_down_and_kept(board: None) -> None:
    answer = host_of(KNIT).call("DELETE", f"cards/{KNIT}/placement")
    assert told(answer) == {"code": KNIT, "number": now().number, "placement": None}
    assert now().cards[KNIT].stage == "planned"


def test_a_card_is_edited_and_null_takes_a_field_away(board: None) -> None:
    caller = host_of(KNIT)
    first = told(caller.call("PATCH", f"cards/{KNIT}", {"seen": now().number, "text": "Bring wool", "host": "Ada"}))
    second = told(caller.call("PATCH", f"cards/{KNIT}", {"seen": first["number"], "text": None}))
    assert second == {"code": KNIT, "number": first["number"] + 1}
    assert now().cards[KNIT].words.as_said() == {"title": "Knit", "text": "", "host": "Ada", "handle": "", "link": ""}


def test_a_stale_edit_gets_both_texts(board: None) -> None:
    seen = now().number
    host_of(KNIT).call("PATCH", f"cards/{KNIT}", {"seen": seen, "title": "Knit socks"})
    stale = host_of(KNIT).call("PATCH", f"cards/{KNIT}", {"seen": seen, "title": "Knit hats"})
    said = told(stale)
    assert (stale.status_code, said["refusal"]) == (409, "stale-edit")
    assert (said["theirs"]["title"], said["yours"]["title"]) == ("Knit socks", "Knit hats")


def test_a_card_is_withdrawn_and_stays_readable(board: None) -> None:
    assert told(host_of(KNIT).call("DELETE", f"cards/{KNIT}")) == {"code": KNIT, "number": now().number}
    shown = told(anybody().call("GET", f"cards/{KNIT}"))
    assert (shown["stage"], shown["placement"], shown["title"]) == ("withdrawn", None, "Knit")
    again = host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": ELM9})
    assert (again.status_code, told(again)["refusal"]) == (409, "withdrawn")


def test_a_card_is_read_in_any_case_of_its_code(board: None) -> None:
    assert told(anybody().call("GET", f"cards/{KNIT.lower()}")) == {
        "code": KNIT,
        "title": "Knit",
        "text": "",
        "host": "",
        "handle": "",
        "link": "",
        "stage": "placed",
        "placement": {"cells": [OAK9]},
        "edited": now().cards[KNIT].edited,
    }


# Staff


def test_staff_close_a_cell_and_reopen_it(board: None) -> None:
    closed = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "  Painting\x00 "})
    assert told(closed) == {"cell": ELM9, "reason": "Painting", "number": now().number}
    reopened = staff().call("DELETE", f"cells/{ELM9}/closure")
    assert told(reopened) == {"cell": ELM9, "number": now().number}
    assert now().is_free(cell("elm 09:00"))


def test_a_cell_under_a_card_is_not_closed(board: None) -> None:
    answer = staff().call("PUT", f"cells/{OAK9}/closure", {"reason": "Painting"})
    assert (answer.status_code, told(answer)["held_by"]) == (409, KNIT)


def test_staff_swap_two_cards(board: None) -> None:
    answer = staff().call("POST", "swaps", {"card": KNIT, "other": TALK})
    assert told(answer) == {"card": KNIT, "other": TALK, "number": now().number}
    assert (cells_of(KNIT), cells_of(TALK)) == ([ELM10], [OAK9])


# Who may


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", f"cards/{KNIT}/placement", {"cell": ELM9}),
        ("DELETE", f"cards/{KNIT}/placement", None),
        ("PATCH", f"cards/{KNIT}", {"seen": 99, "title": "Mine"}),
        ("DELETE", f"cards/{KNIT}", None),
        ("PUT", f"cells/{ELM9}/closure", {"reason": "No"}),
        ("DELETE", f"cells/{OAK9}/closure", None),
        ("POST", "swaps", {"card": KNIT, "other": TALK}),
    ],
)
def test_what_is_not_yours_is_forbidden(board: None, method: str, path: str, body: Any) -> None:
    before = now()
    wrong_key = Caller(Authorization=f"Card {card_key(EVENT, TALK)}")
    for caller in (anybody(), wrong_key, Caller(Authorization="Bearer api.1.WRONG")):
        answer = caller.call(method, path, body)
        assert (answer.status_code, told(answer)["refusal"]) == (403, "not-allowed")
    assert now() == before


def test_the_device_that_wrote_a_card_needs_no_key(board: None) -> None:
    caller = anybody()
    code = told(caller.call("POST", "cards", {"title": "Chess"}))["code"]
    assert caller.call("PUT", f"cards/{code}/placement", {"cell": ELM9}).status_code == 200


def test_where_facilitators_place_others_are_told_so(board: None) -> None:
    profile = profile_of(now())
    policy = Policy(placing=Placing.FACILITATORS)
    play(EVENT, ChangeEvent(profile=type(profile)(name="Camp", timezone=profile.timezone, policy=policy)), by=PROGRAM)
    answer = anybody().call("POST", "cards", {"title": "Chess", "cell": ELM9})
    assert (answer.status_code, told(answer)["refusal"]) == (403, "facilitators-place")
    assert staff().call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201


def test_the_first_write_sets_a_cookie_and_the_next_does_not(board: None) -> None:
    caller = anybody()
    first = caller.call("POST", "cards", {"title": "Chess"})
    cookie = first.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not caller.call("POST", "cards", {"title": "Go"}).cookies
    assert not anybody().call("GET", f"cards/{KNIT}").cookies


# What is not there


@pytest.mark.parametrize(
    ("method", "path", "body", "refusal"),
    [
        ("POST", "/api/nowhere/cards", {"title": "Chess"}, "unknown-event"),
        ("POST", "/api/No%00where/cards", {"title": "Chess"}, "unknown-event"),
        ("GET", "/api/nowhere/cards/KNIT00", None, "unknown-event"),
        ("GET", "cards/ABCDEF", None, "unknown-card"),
        ("GET", "cards/%00", None, "unknown-card"),
        ("PUT", "cards/ABCDEF/placement", {"cell": ELM9}, "unknown-card"),
        ("PUT", f"cards/{KNIT}/placement", {"cell": "attic@0517-0900"}, "unknown-cell"),
        ("POST", "cards", {"title": "Chess", "cell": "oak@1231-0900"}, "unknown-cell"),
        ("PUT", "cells/attic@0517-0900/closure", {"reason": "No"}, "unknown-cell"),
        ("PUT", "cells/attic/closure", {"reason": "No"}, "unknown-cell"),
        ("POST", "swaps", {"card": KNIT, "other": "ABCDEF"}, "unknown-card"),
    ],
)
def test_what_is_not_there_is_a_404(board: None, method: str, path: str, body: Any, refusal: str) -> None:
    answer = staff().call(method, path, body)
    assert (answer.status_code, told(answer)["refusal"]) == (404, refusal)


def test_another_events_cards_are_not_there(board: None) -> None:
    for move, by in moves_of(DRAWN.replace("Knit", "Quiz")):
        play("other", move, by=by)
    token = first_tokens("other")[1]
    stranger = Caller(Authorization=f"Bearer {token}")
    assert stranger.call("GET", "/api/other/cards/QUIZ00").status_code == 200
    assert stranger.call("GET", f"/api/other/cards/{KNIT}").status_code == 404
    assert stranger.call("DELETE", f"/api/other/cards/{KNIT}").status_code == 404
    assert stranger.call("DELETE", f"cards/{KNIT}").status_code == 403


def test_an_unknown_address_is_a_404_in_json(board: None) -> None:
    answer = anybody().call("GET", "/api/camp/fishes")
    assert (answer.status_code, list(told(answer))) == (404, ["says"])


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


# Shapes


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["title"]),
        ({"title": None}, ["title"]),
        ({"title": ""}, ["title"]),
        ({"title": "\u200b \x00"}, ["title"]),
        ({"title": "x" * 81}, ["title"]),
        ({"title": 5, "text": []}, ["title", "text"]),
        ({"title": "Chess", "link": "javascript:alert(1)"}, ["link"]),
        ({"title": "Chess", "cell": "oak"}, ["cell"]),
        ({"title": "Chess", "cell": f"{ELM9}\n"}, ["cell"]),
        ({"title": "Chess", "cell": ELM9, "slots": 0}, ["slots"]),
        ({"title": "Chess", "cell": ELM9, "slots": 13}, ["slots"]),
        ({"title": "Chess", "cell": ELM9, "slots": "2"}, ["slots"]),
        ({"title": "Chess", "cell": ELM9, "slots": True}, ["slots"]),
        ({"title": "Chess", "cell": OUT9, "where": "x" * 81}, ["where"]),
        ({"title": "Chess", "confirm": "yes"}, ["confirm"]),
        ([], [""]),
        ("Chess", [""]),
        (None, [""]),
    ],
)
def test_a_misshapen_card_is_a_422_that_names_the_fields(board: None, body: Any, fields: list[str]) -> None:
    answer = anybody().call("POST", "cards", body)
    assert fields_of(answer) == fields
    assert all(error["says"] for error in told(answer)["errors"])


def test_a_closure_needs_a_reason_and_is_asked_for_one(board: None) -> None:
    answer = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": " "})
    assert told(answer)["errors"] == [{"field": "reason", "says": "Write why: the board shows it to everyone."}]


def test_keys_that_a_card_has_not_are_passed_over(board: None) -> None:
    answer = anybody().call("POST", "cards", {"title": "Chess", "hand": "ada", "number": 1, "code": KNIT})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "sent", [b"{", b'{"title": "\xff"}', b"[" * 60_000, b'{"title": NaN}', b"1" * 5000, b"\xef\xbb\xbf{}", b"null"]
)
def test_what_is_not_json_is_a_422(board: None, sent: bytes) -> None:
    answer = Client().generic("POST", f"/api/{EVENT}/cards", sent, "application/json")
    assert answer.status_code == 422


def test_a_form_is_not_json(board: None) -> None:
    answer = Client().generic("POST", f"/api/{EVENT}/cards", b"title=Chess", "application/x-www-form-urlencoded")
    assert answer.status_code == 415


def test_a_huge_body_is_a_413(board: None) -> None:
    for size in (70_000, 3_000_000):
        assert anybody().call("POST", "cards", {"title": "x" * size}).status_code == 413


def test_a_lone_surrogate_and_control_characters_leave_no_trace(board: None) -> None:
    sent = b'{"title": "\\ud800Che\\u0000ss\\u202e", "text": "\\ud800\\u0007a\\u001b[31m"}'
    answer = Client().generic("POST", f"/api/{EVENT}/cards", sent, "application/json")
    card = now().cards[json.loads(answer.content)["code"]]
    assert (card.words.title, card.words.text) == ("Chess", "a[31m")


def test_hostile_titles_are_told_as_they_are_in_json(board: None) -> None:
    title = "</script><script>alert(1)</script>"
    code = told(anybody().call("POST", "cards", {"title": title, "cell": ELM9}))["code"]
    answer = anybody().call("POST", "cards", {"title": "Go", "cell": ELM9})
    assert told(answer)["facts"]["title"] == title
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert told(anybody().call("GET", f"cards/{code}"))["title"] == title


@pytest.mark.parametrize(
    "header", ["Card", "Bearer", "Bearer api.٣.x", "Card \xff", "Basic YTpi", "Bearer api.99999999999999.x"]
)
def test_a_strange_authorization_adds_nothing(board: None, header: str) -> None:
    assert anybody().call("DELETE", f"cards/{KNIT}", Authorization=header).status_code == 403


@pytest.mark.parametrize("origin", ["http://[", "https://evil.example", "null", "//"])
def test_a_write_from_another_site_or_from_nowhere_is_refused(board: None, origin: str) -> None:
    before = now()
    assert anybody().call("POST", "cards", {"title": "Chess"}, Origin=origin).status_code == 403
    assert now() == before


def test_a_forged_or_broken_cookie_is_a_new_device(board: None) -> None:
    for cookie in ("ada", "ada:forged", "", '"\\000"', "a" * 5000):
        answer = anybody().call("POST", "cards", {"title": "Chess"}, Cookie=f"device={cookie}")
        assert answer.cookies["device"].value.count(":") == 1


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


# The document


def test_the_document_is_openapi_3_1_and_names_every_call(board: None) -> None:
    answer = Client().get("/api/openapi.json")
    document = json.loads(answer.content)
    assert document["openapi"] == "3.1.0"
    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == {
        ("/api/{event}/board", "get"),
        ("/api/{event}/changes", "get"),
        ("/api/{event}/live", "get"),
        ("/api/{event}/cards", "post"),
        ("/api/{event}/cards/{code}", "get"),
        ("/api/{event}/cards/{code}", "patch"),
        ("/api/{event}/cards/{code}", "delete"),
        ("/api/{event}/cards/{code}/placement", "put"),
        ("/api/{event}/cards/{code}/placement", "delete"),
        ("/api/{event}/cells/{cell}/closure", "put"),
        ("/api/{event}/cells/{cell}/closure", "delete"),
        ("/api/{event}/ideas", "post"),
        ("/api/{event}/swaps", "post"),
    }


def test_the_readable_page_has_every_call_and_nothing_inline(board: None) -> None:
    page = Client().get("/api/docs").content.decode()
    for call in ("POST /api/{event}/cards", "PUT /api/{event}/cells/{cell}/closure", "GET /api/{event}/live"):
        assert f"<code>{call}</code>" in page
    assert "style=" not in page
    assert "<script>" not in page
