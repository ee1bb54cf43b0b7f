"""Who calls the API in the tests, on which board, and what they read in the answers."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests.drawing import EVENT, cell

from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.people.keys import card_key
from openspaces.people.staff import first_tokens

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
