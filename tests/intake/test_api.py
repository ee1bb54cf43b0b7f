"""The API, call by call and status by status, against a real database."""

from typing import Any

import pytest
from tests.drawing import EVENT, cell, moves_of
from tests.intake.calling import (
    DRAWN,
    ELM9,
    ELM10,
    ELM11,
    KNIT,
    OAK9,
    OUT9,
    TALK,
    Caller,
    anybody,
    cells_of,
    host_of,
    now,
    staff,
    told,
)

from openspaces.board.moves.event import ChangeEvent, profile_of
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.board.words import Words
from openspaces.people.keys import card_key
from openspaces.people.staff import first_tokens
from openspaces.people.who import PROGRAM

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
    assert now().cards[code].words == Words("Chess", host="Eve")


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
    assert now().cards[KNIT].words == Words("Knit", host="Ada", version=3)


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
        "wish": "",
        "stage": "placed",
        "placement": {"cells": [OAK9]},
        "edited": now().cards[KNIT].edited,
    }


# Staff


def test_staff_close_a_cell_and_reopen_it(board: None) -> None:
    closed = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "  Painting\x00 "})
    assert told(closed) == {"cell": ELM9, "reason": "Painting", "number": now().number, "displaced": []}
    reopened = staff().call("DELETE", f"cells/{ELM9}/closure")
    assert told(reopened) == {"cell": ELM9, "number": now().number}
    assert now().is_free(cell("elm 09:00"))


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


def test_a_method_that_an_address_does_not_have_is_a_405_in_json(board: None) -> None:
    answer = anybody().call("DELETE", "/api/camp/cards")
    assert (answer.status_code, answer["Allow"], list(told(answer))) == (405, "POST", ["says"])
