"""What the API makes of bodies and headers of every shape, and the document that says which are right."""

import json
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel
from tests.drawing import EVENT
from tests.intake.calling import ELM9, KNIT, OUT9, anybody, fields_of, now, staff, told

from openspaces.intake.api.urls import api

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


# The document

CALLS = {
    ("/api/{event}/board", "get"),
    ("/api/{event}/changes", "get"),
    ("/api/{event}/live", "get"),
    ("/api/{event}/cards", "post"),
    ("/api/{event}/cards/{code}", "get"),
    ("/api/{event}/cards/{code}", "patch"),
    ("/api/{event}/cards/{code}", "delete"),
    ("/api/{event}/cards/{code}/placement", "put"),
    ("/api/{event}/cards/{code}/placement", "delete"),
    ("/api/{event}/announcements", "post"),
    ("/api/{event}/announcements/{number}", "delete"),
    ("/api/{event}/cards/{code}/approval", "put"),
    ("/api/{event}/cards/{code}/claims", "post"),
    ("/api/{event}/cards/{code}/claims", "delete"),
    ("/api/{event}/cards/{code}/claims/refusal", "post"),
    ("/api/{event}/cards/{code}/cohosts", "get"),
    ("/api/{event}/cards/{code}/cohosts/{hand}", "put"),
    ("/api/{event}/cards/{code}/cohosts/{hand}", "delete"),
    ("/api/{event}/cards/{code}/confirmation", "put"),
    ("/api/{event}/cards/{code}/deals", "post"),
    ("/api/{event}/cards/{code}/deals", "delete"),
    ("/api/{event}/cards/{code}/deals/{asking}", "put"),
    ("/api/{event}/cards/{code}/deals/{asking}", "delete"),
    ("/api/{event}/cards/{code}/full", "put"),
    ("/api/{event}/cards/{code}/full", "delete"),
    ("/api/{event}/cards/{code}/host", "put"),
    ("/api/{event}/cards/{code}/merger", "put"),
    ("/api/{event}/cards/{code}/merger", "delete"),
    ("/api/{event}/cards/{code}/offer", "put"),
    ("/api/{event}/cards/{code}/offer", "delete"),
    ("/api/{event}/cards/{code}/offers", "post"),
    ("/api/{event}/cards/{code}/removal", "post"),
    ("/api/{event}/cards/{code}/reports", "post"),
    ("/api/{event}/cards/{code}/shield", "put"),
    ("/api/{event}/cards/{code}/shield", "delete"),
    ("/api/{event}/cards/{code}/star", "put"),
    ("/api/{event}/cards/{code}/star", "delete"),
    ("/api/{event}/caution", "put"),
    ("/api/{event}/changes/{number}/undo", "post"),
    ("/api/{event}/closures", "put"),
    ("/api/{event}/closures", "delete"),
    ("/api/{event}/contests", "get"),
    ("/api/{event}/contests", "post"),
    ("/api/{event}/contests/{contest}", "get"),
    ("/api/{event}/contests/{contest}", "patch"),
    ("/api/{event}/contests/{contest}", "delete"),
    ("/api/{event}/contests/{contest}/ballot", "get"),
    ("/api/{event}/contests/{contest}/ballot", "put"),
    ("/api/{event}/contests/{contest}/settlement", "post"),
    ("/api/{event}/displaced", "get"),
    ("/api/{event}/freeze", "put"),
    ("/api/{event}/freeze", "delete"),
    ("/api/{event}/pitch", "put"),
    ("/api/{event}/placements", "put"),
    ("/api/{event}/planned", "post"),
    ("/api/{event}/restorations", "post"),
    ("/api/{event}/cells/{cell}/closure", "put"),
    ("/api/{event}/cells/{cell}/closure", "delete"),
    ("/api/{event}/ideas", "post"),
    ("/api/{event}/presence", "put"),
    ("/api/{event}/swaps", "post"),
}


def test_the_document_is_openapi_3_1_and_names_every_call(board: None) -> None:
    answer = Client().get("/api/openapi.json")
    document = json.loads(answer.content)
    assert document["openapi"] == "3.1.0"
    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == CALLS


def test_every_shape_has_a_name_of_its_own() -> None:
    """The document knows a shape by its name alone: of two that share one, the second would stand for both."""
    written = api.get_openapi_schema()["components"]["schemas"]
    ours = [shape.__name__ for shape in shapes(BaseModel) if shape.__module__.startswith("openspaces.")]
    assert {name for name, shape in written.items() if "properties" in shape} - set(ours) == set()
    assert [name for name in ours if ours.count(name) > 1] == []


def shapes(kind: type[BaseModel]) -> set[type[BaseModel]]:
    """Everything that is of a kind."""
    below = set(kind.__subclasses__())
    return below.union(*map(shapes, below))


def test_the_readable_page_has_every_call_and_nothing_inline(board: None) -> None:
    page = Client().get("/api/docs").content.decode()
    for call in ("POST /api/{event}/cards", "PUT /api/{event}/cells/{cell}/closure", "GET /api/{event}/live"):
        assert f"<code>{call}</code>" in page
    assert "style=" not in page
    assert "<script>" not in page
