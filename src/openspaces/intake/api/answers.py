"""Answers: what a move came to, as JSON. Equal outcomes are equal bytes, so a retry gets what the first try got."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from openspaces.board.play import Outcome
from openspaces.board.state import Change, Placement
from openspaces.board.vocabulary import Kind, Refusal
from openspaces.intake.statuses import AGAIN_SECONDS, status_of
from openspaces.wording import says

ON_TOP = ("theirs", "yours", "opens")
"""Facts that callers act upon; they stand beside `says`, the others under `facts`."""


def answer(status: int, body: Mapping[str, Any] | list[Any]) -> HttpResponse:
    """A JSON answer. Keys are sorted, because PostgreSQL gives remembered facts back in another order."""
    written = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return HttpResponse(written.encode(), status=status, content_type="application/json")


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal: 403 for who may not, 404 for what is not there, 503 where nothing can be written, else 409."""
    top = {name: refusal.facts[name] for name in ON_TOP if name in refusal.facts}
    body: dict[str, Any] = {
        "refusal": refusal.code.value,
        "says": says(refusal),
        "free": [str(cell) for cell in refusal.free],
        "facts": {name: fact for name, fact in refusal.facts.items() if name not in ON_TOP},
        **top,
    }
    if refusal.held_by:
        body["held_by"] = refusal.held_by
    if refusal.confirmable:
        body["confirmable"] = True
    response = answer(status_of(refusal.code), body)
    if response.status_code == 503:
        response["Retry-After"] = AGAIN_SECONDS
    return response


def numbered(status: int, outcome: Outcome, /, **facts: Any) -> HttpResponse:
    """What a move came to, with the number of the board after it."""
    return answer(status, {**facts, "number": outcome.number})


def came_of_asking(changes: tuple[Change, ...], card: str) -> dict[str, Any]:
    """What came of a card's asking for cells, by the changes that followed: its placement, or the claim that waits and
    the contest in which it stands; each null where there is none."""
    mine = {change.kind: change for change in changes if change.card == card}
    seated = mine.get(Kind.CARD_PLACED) or mine.get(Kind.CARD_MOVED)
    asked = mine.get(Kind.CARD_CLAIMED)
    contests = (change for change in changes if change.kind in (Kind.CONTEST_OPENED, Kind.CONTEST_CHANGED))
    joined = (change for change in contests if card in change.after["contest"]["cards"])
    return {
        "placement": seated and seat(seated.after["cells"], seated.after["where"]),
        "claim": asked and seat(asked.after["cells"], asked.after["where"]),
        "contest": next((change.after["contest"]["id"] or change.number for change in joined), None),
    }


def held(placement: Placement | None) -> dict[str, Any] | None:
    """A placement of a Board as JSON."""
    return seat([str(cell) for cell in placement.cells], placement.where) if placement else None


def seat(cells: list[str], where: str) -> dict[str, Any]:
    """A placement as JSON."""
    return {"cells": cells, "where": where} if where else {"cells": cells}
