"""Who calls the API in the tests, on which board, and what they read in the answers."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests.drawing import EVENT, cell

from openspaces.board.moves import Announce, ChangeEvent, ClaimCell, OpenContest
from openspaces.board.moves.event import profile_of
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Cell, Competing, Placing
from openspaces.people.keys import card_key
from openspaces.people.presence import code_now
from openspaces.people.staff import first_tokens
from openspaces.people.who import PROGRAM

DRAWN = """
          oak         elm       elsewhere
  09:00   Knit/ada    .         .
  10:00   #lunch      Talk/bob  .
  11:00   .           .         .
"""
OAK9, OAK10, OAK11 = str(cell("oak 09:00")), str(cell("oak 10:00")), str(cell("oak 11:00"))
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


def choose(policy: Policy) -> None:
    """The organiser changes the event's policy."""
    changed = ChangeEvent(profile=replace(profile_of(now()), policy=policy))
    assert play(EVENT, changed, by=PROGRAM).refusal is None


def written(title: str) -> str:
    """A card without a cell; its code."""
    code: str = told(staff().call("POST", "cards", {"title": title}))["code"]
    return code


def contest_of(*cards: str, at: datetime | None = None) -> int:
    """A contest about the first hour in Oak, by vote and for half an hour from `at`; its number."""
    outcome = play(EVENT, OpenContest(cell=Cell.parse(OAK9), cards=cards), by=PROGRAM, at=at)
    assert outcome.refusal is None
    return outcome.number


def presence() -> str:
    """What the screen shows now."""
    return code_now(EVENT, datetime.now(UTC))[0]


@dataclass(frozen=True)
class Busy:
    """What goes on at a busy event, by its names in addresses."""

    contest: int
    announcement: int
    asking: str


def busy() -> Busy:
    """The facilitators place: Knit and Talk contend for a cell, a card asks for another one, and something was said."""
    choose(Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST))
    contest = contest_of(KNIT, TALK)
    announcement = play(EVENT, Announce(text="Lunch"), by=PROGRAM).number
    asking = written("Chess")
    assert play(EVENT, ClaimCell(card=asking, cells=(Cell.parse(ELM11),)), by=PROGRAM).refusal is None
    return Busy(contest, announcement, asking)


Call = tuple[str, str, Any]
DESK_CALLS: list[Call] = [
    ("PUT", f"cells/{ELM9}/closure", {"reason": "Paint"}),
    ("DELETE", f"cells/{OAK10}/closure", None),
    ("PUT", "closures", {"cells": [OAK9, ELM10], "reason": "Paint", "until": "2031-05-17T18:00"}),
    ("DELETE", f"closures?cell={OAK10}", None),
    ("PUT", "placements", {"placements": [{"card": "{asking}", "cell": OAK11}]}),
    ("POST", "swaps", {"card": "SWAP01", "other": "SWAP02"}),
    ("POST", "cards/{asking}/claims/refusal", {"reason": "Loud"}),
    ("POST", "cards/{asking}/offers", {"cells": [OAK11]}),
    ("POST", "contests", {"cell": ELM11, "cards": [TALK, "{asking}"]}),
    ("PATCH", "contests/{contest}", {"method": "lot", "minutes": 20}),
    ("DELETE", "contests/{contest}?reason=Peace", None),
    ("POST", "contests/{contest}/settlement", {"winner": KNIT, "reason": "So"}),
    ("PUT", "cards/{asking}/merger", {"into": TALK}),
    ("PUT", f"cards/{TALK}/shield", {"reason": "Rude"}),
    ("DELETE", f"cards/{TALK}/shield", None),
    ("PUT", f"cards/{TALK}/approval", None),
    ("POST", "cards/{asking}/removal", {"reason": "Rude"}),
    ("PUT", "caution", {"slow": 5}),
    ("PUT", "freeze", {"reason": "Fire drill"}),
    ("DELETE", "freeze", None),
    ("POST", "announcements", {"text": "Tea"}),
    ("DELETE", "announcements/{announcement}", None),
    ("PUT", "pitch", {"queue": [KNIT], "started": True}),
    ("POST", "changes/{announcement}/undo", None),
    ("POST", "restorations", {"number": 8}),
]
"""Every call that only staff may make; most are good on a busy board."""
HOST_CALLS: list[Call] = [
    ("POST", "cards/{asking}/claims", {"cell": OAK11}),
    ("DELETE", "cards/{asking}/claims", None),
    ("POST", f"cards/{KNIT}/deals", {"with": TALK, "deal": "merge"}),
    ("DELETE", f"cards/{KNIT}/deals", None),
    ("PUT", f"cards/{TALK}/deals/{KNIT}", None),
    ("DELETE", f"cards/{TALK}/deals/{KNIT}", None),
    ("DELETE", f"cards/{TALK}/merger", None),
    ("PUT", f"cards/{TALK}/confirmation", None),
    ("PUT", f"cards/{TALK}/full", None),
    ("DELETE", f"cards/{TALK}/full", None),
]
"""Every call that a card's host may make, and staff too."""


def aimed(call: Call, event: Busy) -> Call:
    """The call with what goes on at a busy event in place of its names."""
    aims = {f"{{{name}}}": str(there) for name, there in asdict(event).items()}
    method, path, body = call
    written = json.dumps([path, body])
    for name, there in aims.items():
        written = written.replace(name, there)
    path, body = json.loads(written)
    return method, path, body


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
