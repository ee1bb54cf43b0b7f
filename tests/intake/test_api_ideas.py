"""The API before the event: ideas, stars, who hosts them, offers to co-host, planned sessions and their wishes."""

from typing import Any

import pytest
from tests.drawing import EVENT, moves_of
from tests.intake.calling import (
    DRAWN,
    ELM9,
    KNIT,
    OAK9,
    TALK,
    Caller,
    anybody,
    cells_of,
    choose,
    contest_of,
    fields_of,
    host_of,
    now,
    staff,
    told,
    written,
)

from openspaces.board.memory import MEMORY
from openspaces.board.moves import CountStars, TakeUp
from openspaces.board.play import play
from openspaces.board.read import offers_to_host, stars_of, stars_on
from openspaces.board.state import Policy, Wished
from openspaces.board.vocabulary import Placing, Stage
from openspaces.people.asking import COOKIE, Device
from openspaces.people.contacts import contact_of
from openspaces.people.keys import card_key, hand
from openspaces.people.who import PROGRAM, Who

EVA = {"host": "Eva"}


def device(name: str) -> Caller:
    """Somebody whose device has been here before."""
    caller = Caller()
    caller.client.cookies[COOKIE] = Device(name).cookie
    return caller


def idea(title: str = "Bees") -> str:
    """An idea that somebody left; its code."""
    code: str = told(anybody().call("POST", "ideas", {"title": title}))["code"]
    return code


# Ideas


def test_an_idea_is_left_with_a_text_and_belongs_to_nobody(board: None) -> None:
    caller = device("eva")
    answer = caller.call("POST", "ideas", {"title": "Bees", "text": "In a garden"})
    card = now().cards[told(answer)["code"]]
    assert (answer.status_code, told(answer)) == (201, {"code": card.code, "number": now().number})
    assert (card.stage, card.hand, card.words.text) == (Stage.IDEA, "", "In a garden")


def test_an_idea_is_taken_up_by_somebody_who_gets_its_key(board: None) -> None:
    code = idea()
    answer = device("eva").call("PUT", f"cards/{code}/host", {**EVA, "handle": "@eva", "text": "Bring veils"})
    assert answer.status_code == 200
    facts = told(answer)
    assert {name: facts[name] for name in ("code", "title", "host", "handle", "text", "stage", "placement", "key")} == {
        "code": code,
        "title": "Bees",
        "host": "Eva",
        "handle": "@eva",
        "text": "Bring veils",
        "stage": "planned",
        "placement": None,
        "key": card_key(EVENT, code),
    }
    assert (facts["number"], now().cards[code].hand) == (now().number, hand("eva", EVENT))
    assert host_of(code).call("PUT", f"cards/{code}/placement", {"cell": ELM9}).status_code == 200


def test_an_idea_is_taken_up_onto_a_cell_in_one_move(board: None) -> None:
    code = idea()
    answer = anybody().call("PUT", f"cards/{code}/host", {**EVA, "cell": ELM9})
    assert (answer.status_code, told(answer)["placement"]) == (200, {"cells": [ELM9]})
    assert cells_of(code) == [ELM9]


def test_an_idea_whose_cell_is_taken_stays_an_idea_and_others_are_named(board: None) -> None:
    code, number = idea(), now().number
    answer = anybody().call("PUT", f"cards/{code}/host", {**EVA, "cell": OAK9})
    assert (answer.status_code, told(answer)["refusal"], told(answer)["held_by"]) == (409, "cell-taken", KNIT)
    assert ELM9 in told(answer)["free"]
    assert (now().cards[code].stage, now().number) == (Stage.IDEA, number)


def test_where_the_facilitator_places_an_idea_is_taken_up_with_a_claim(board: None) -> None:
    code = idea()
    choose(Policy(placing=Placing.FACILITATORS))
    assert anybody().call("PUT", f"cards/{code}/host", {**EVA, "cell": ELM9}).status_code == 403
    answer = anybody().call("PUT", f"cards/{code}/host", {**EVA, "cell": ELM9, "claim": True})
    assert (answer.status_code, told(answer)["placement"], told(answer)["stage"]) == (200, None, "planned")
    assert [str(cell) for cell in now().cards[code].asks] == [ELM9]


def test_an_idea_is_taken_up_once(board: None) -> None:
    code = idea()
    assert anybody().call("PUT", f"cards/{code}/host", EVA).status_code == 200
    second = anybody().call("PUT", f"cards/{code}/host", {"host": "Ida"})
    assert (second.status_code, told(second)["refusal"], told(second)["facts"]["host"]) == (409, "has-host", "Eva")


@pytest.mark.parametrize(
    ("body", "fields"), [({}, ["host"]), ({"host": " "}, ["host"]), ({"host": "Eva", "link": "ftp://x"}, ["link"])]
)
def test_who_takes_an_idea_up_says_who_they_are(board: None, body: Any, fields: list[str]) -> None:
    assert fields_of(anybody().call("PUT", f"cards/{idea()}/host", body)) == fields


# Stars


def test_a_star_is_one_a_device_and_answers_how_many_would_come(board: None) -> None:
    code = idea()
    eva = device("eva")
    for caller, stars in ((eva, 1), (eva, 1), (device("ida"), 2), (host_of(code), 3)):
        answer = caller.call("PUT", f"cards/{code}/star")
        assert (answer.status_code, told(answer)) == (200, {"code": code, "stars": stars})
    back = eva.call("DELETE", f"cards/{code}/star")
    assert (back.status_code, told(back)) == (200, {"code": code, "stars": 2})
    assert told(eva.call("DELETE", f"cards/{code}/star"))["stars"] == 2


def test_the_first_star_gives_the_device_its_cookie(board: None) -> None:
    caller = anybody()
    answer = caller.call("PUT", f"cards/{KNIT}/star")
    assert COOKIE in answer.cookies
    assert told(caller.call("PUT", f"cards/{KNIT}/star"))["stars"] == 1


def test_the_board_tells_stars_when_they_were_counted(board: None) -> None:
    code = idea()
    number = now().number
    device("eva").call("PUT", f"cards/{code}/star")
    assert now().number == number
    assert play(EVENT, CountStars(), by=PROGRAM).refusal is None
    assert told(anybody().call("GET", f"cards/{code}"))["stars"] == 1


def test_what_is_withdrawn_is_not_starred(board: None) -> None:
    host_of(KNIT).call("DELETE", f"cards/{KNIT}")
    answer = anybody().call("PUT", f"cards/{KNIT}/star")
    assert (answer.status_code, told(answer)["refusal"]) == (409, "withdrawn")


# Hosting together


def test_offers_for_an_idea_are_read_by_all_and_those_for_a_card_by_its_host(board: None) -> None:
    code = idea()
    ida = device("ida")
    for card in (code, KNIT):
        answer = ida.call("PUT", f"cards/{card}/offer", {"name": "Ida", "handle": "@ida"})
        assert (answer.status_code, told(answer)) == (200, {"code": card})
    offers = {"offers": [{"hand": hand("ida", EVENT), "name": "Ida", "handle": "@ida"}]}
    assert told(anybody().call("GET", f"cards/{code}/cohosts")) == offers
    for caller in (host_of(KNIT), staff()):
        assert told(caller.call("GET", f"cards/{KNIT}/cohosts")) == offers
    for caller in (anybody(), ida, host_of(TALK)):
        assert caller.call("GET", f"cards/{KNIT}/cohosts").status_code == 403


def test_an_offer_is_taken_back(board: None) -> None:
    ida = device("ida")
    ida.call("PUT", f"cards/{KNIT}/offer", {"name": "Ida"})
    answer = ida.call("DELETE", f"cards/{KNIT}/offer")
    assert (answer.status_code, told(answer), offers_to_host(EVENT)) == (200, {"code": KNIT}, [])


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 81}])
def test_an_offer_has_a_name(board: None, body: Any) -> None:
    assert fields_of(anybody().call("PUT", f"cards/{KNIT}/offer", body)) == ["name"]


def test_the_host_takes_in_who_offered_and_both_hold_the_card(board: None) -> None:
    code = told(device("wilma").call("POST", "cards", {"title": "Wine", "host": "Wilma"}))["code"]
    ida = device("ida")
    ida.call("PUT", f"cards/{code}/offer", {"name": "Ida"})
    assert ida.call("PUT", f"cards/{code}/cohosts/{hand('ida', EVENT)}").status_code == 403
    answer = device("wilma").call("PUT", f"cards/{code}/cohosts/{hand('ida', EVENT)}")
    assert (answer.status_code, told(answer)) == (
        200,
        {"code": code, "number": now().number, "host": "Wilma, Ida"},
    )
    assert ida.call("PUT", f"cards/{code}/placement", {"cell": ELM9}).status_code == 200


def test_who_did_not_offer_is_not_taken_in(board: None) -> None:
    answer = host_of(KNIT).call("PUT", f"cards/{KNIT}/cohosts/nobody")
    assert (answer.status_code, told(answer)["refusal"]) == (409, "no-such-offer")


def test_the_host_declines_an_offer_and_it_is_gone(board: None) -> None:
    for name in ("ida", "joe"):
        device(name).call("PUT", f"cards/{KNIT}/offer", {"name": name})
    path, number = f"cards/{KNIT}/cohosts/{hand('ida', EVENT)}", now().number
    assert [caller.call("DELETE", path).status_code for caller in (device("ida"), host_of(TALK))] == [403, 403]
    answer = host_of(KNIT).call("DELETE", path)
    assert (answer.status_code, told(answer), now().number) == (200, {"code": KNIT}, number)
    assert [each.name for each in offers_to_host(EVENT)] == ["joe"]
    assert told(host_of(KNIT).call("PUT", path))["refusal"] == "no-such-offer"


# Planned


def test_a_planned_session_tells_what_was_understood_of_its_wish_and_books_nothing(board: None) -> None:
    body = {"title": "Wine", "host": "Wilma", "text": "Red", "wish": "May 17, Elm from 9am", "email": "w@example.org"}
    answer = device("wilma").call("POST", "planned", body)
    facts = told(answer)
    card = now().cards[facts["code"]]
    assert (answer.status_code, facts["key"], facts["number"]) == (201, card_key(EVENT, card.code), now().number)
    assert {name: facts["understood"][name] for name in ("day", "slots", "room", "cells")} == {
        "day": "2031-05-17",
        "slots": ["0517-0900"],
        "room": "elm",
        "cells": [ELM9],
    }
    assert facts["understood"]["says"]
    assert card.wished == Wished(now().days[0].date, ("0517-0900",), "elm")
    assert (card.stage, card.words.wish, cells_of(card.code)) == (Stage.PLANNED, "May 17, Elm from 9am", [])
    assert contact_of(EVENT, card.code) == "w@example.org"


def test_a_planned_session_needs_no_wish_and_one_that_says_nothing_is_kept(board: None) -> None:
    for wish in (None, "", "whenever you like"):
        answer = anybody().call("POST", "planned", {"title": "Wine", "host": "Wilma", "wish": wish})
        assert (answer.status_code, told(answer)["understood"]) == (201, None)
        assert now().cards[told(answer)["code"]].words.wish == (wish or "")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"title": "Wine"}, ["host"]),
        ({"host": "Wilma"}, ["title"]),
        ({"title": "Wine", "host": "Wilma", "wish": "x" * 201}, ["wish"]),
        ({"title": "Wine", "host": "Wilma", "email": "x" * 255}, ["email"]),
    ],
)
def test_a_planned_session_has_a_title_and_a_host(board: None, body: Any, fields: list[str]) -> None:
    assert fields_of(anybody().call("POST", "planned", body)) == fields


def test_the_address_of_a_host_is_in_no_answer(board: None) -> None:
    body = {"title": "Wine", "host": "Wilma", "email": "wilma@example.org"}
    answer = anybody().call("POST", "planned", body)
    code = told(answer)["code"]
    for said in (answer, host_of(code).call("GET", f"cards/{code}"), staff().call("GET", f"cards/{code}")):
        assert "wilma@" not in said.content.decode()


# Retries and strangers


def test_a_retry_gets_the_same_answer_and_does_nothing_more(board: None) -> None:
    code = idea()
    device("ida").call("PUT", f"cards/{KNIT}/offer", {"name": "Ida"})
    calls: list[tuple[str, str, Any]] = [
        ("POST", "ideas", {"title": "Honey"}),
        ("POST", "planned", {"title": "Wine", "host": "Wilma", "wish": "Elm", "email": "w@example.org"}),
        ("PUT", f"cards/{code}/host", {**EVA, "cell": ELM9}),
        ("PUT", f"cards/{TALK}/star", None),
        ("PUT", f"cards/{TALK}/offer", {"name": "Eva"}),
        ("PUT", f"cards/{KNIT}/cohosts/{hand('ida', EVENT)}", None),
    ]
    for number, (method, path, body) in enumerate(calls):
        caller = host_of(KNIT)
        first = caller.call(method, path, body, key=f"key{number}")
        assert first.status_code in (200, 201), first.content
        at_first = now().number
        MEMORY.forget(EVENT)
        again = caller.call(method, path, body, key=f"key{number}")
        assert (again.status_code, again.content, now().number) == (first.status_code, first.content, at_first)
    assert stars_on(EVENT, [TALK]) == 1


def test_a_key_that_was_used_for_something_else_is_refused(board: None) -> None:
    caller = device("eva")
    assert caller.call("POST", "ideas", {"title": "Bees"}, key="one").status_code == 201
    assert caller.call("POST", "ideas", {"title": "Honey"}, key="one").status_code == 422


def test_a_retry_without_a_cookie_is_the_same_device(board: None) -> None:
    for _ in range(2):
        assert told(anybody().call("PUT", f"cards/{KNIT}/star", key="one"))["stars"] == 1


CALLS: list[tuple[str, str, Any]] = [
    ("PUT", "cards/{code}/host", EVA),
    ("PUT", "cards/{code}/star", None),
    ("DELETE", "cards/{code}/star", None),
    ("PUT", "cards/{code}/offer", {"name": "Ida"}),
    ("DELETE", "cards/{code}/offer", None),
    ("GET", "cards/{code}/cohosts", None),
    ("PUT", "cards/{code}/cohosts/ida", None),
    ("DELETE", "cards/{code}/cohosts/ida", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_cards_that_are_not_there_are_a_404(board: None, method: str, path: str, body: Any) -> None:
    for move, by in moves_of(DRAWN, ideas=("Odd",)):
        assert play("fair", move, by=by).refusal is None
    for code in ("ODD000", "NOBODY", "a'b", "x" * 200):
        answer = staff().call(method, path.format(code=code), body)
        assert (answer.status_code, told(answer)["refusal"]) == (404, "unknown-card")
    answer = anybody().call(method, f"/api/nowhere/{path.format(code=KNIT)}", body)
    assert (answer.status_code, told(answer)["refusal"]) == (404, "unknown-event")


def test_an_idea_that_is_being_read_is_neither_taken_up_nor_shown_with_its_words(board: None) -> None:
    code = idea("Rude")
    assert staff().call("PUT", f"cards/{code}/shield", {"reason": "Rude"}).status_code == 200
    answer = anybody().call("PUT", f"cards/{code}/host", EVA)
    assert (answer.status_code, told(answer)["refusal"], "Rude" in answer.content.decode()) == (409, "shielded", False)
    assert stars_of(EVENT, "eva") == []


def test_a_card_in_a_contest_may_be_starred(board: None) -> None:
    contest_of(KNIT, written("Chess"))
    assert anybody().call("PUT", f"cards/{KNIT}/star").status_code == 200


def test_what_was_taken_up_meanwhile_is_told_to_a_retry_as_it_was(board: None) -> None:
    code = idea()
    caller = device("eva")
    first = caller.call("PUT", f"cards/{code}/host", EVA, key="up")
    assert play(EVENT, TakeUp(card=idea("Honey"), host="Ida"), by=Who("ida")).refusal is None
    host_of(code).call("PUT", f"cards/{code}/placement", {"cell": ELM9})
    again = caller.call("PUT", f"cards/{code}/host", EVA, key="up")
    assert again.content == first.content
