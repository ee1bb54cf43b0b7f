"""Answers: what a move came to, as JSON. Equal outcomes are equal bytes, so a retry gets what the first try got."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from openspaces.board.state import Change
from openspaces.board.vocabulary import Kind, Refusal
from openspaces.intake.statuses import status_of
from openspaces.wording import says

ON_TOP = ("theirs", "yours", "opens")
"""Facts that callers act upon; they stand beside `says`, the others under `facts`."""
SEATING = (Kind.CARD_PLACED, Kind.CARD_MOVED)


def answer(status: int, body: Mapping[str, Any]) -> HttpResponse:
    """A JSON answer. Keys are sorted, because PostgreSQL gives remembered facts back in another order."""
    written = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return HttpResponse(written.encode(), status=status, content_type="application/json")


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal: 403 for who may not, 404 for what is not there, else 409."""
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
    return answer(status_of(refusal.code), body)


def placement(changes: tuple[Change, ...]) -> dict[str, Any] | None:
    """The placement that the changes end with; None where they place nothing."""
    placing = [change.after for change in changes if change.kind in SEATING]
    return seat(placing[-1]["cells"], placing[-1]["where"]) if placing else None


def seat(cells: list[str], where: str) -> dict[str, Any]:
    """A placement as JSON."""
    return {"cells": cells, "where": where} if where else {"cells": cells}
