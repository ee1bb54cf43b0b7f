"""What the calls have in common in the OpenAPI document: the key, who may, and the statuses they answer with."""

from typing import Annotated, Any

from ninja.params.functions import Header

from openspaces.intake.api.shapes.base import Misshapen, Refused, Says

KEY_HEADER = "Idempotency-Key"
KEY_LENGTH = 120

Key = Annotated[
    str,
    Header(
        alias=KEY_HEADER,
        max_length=KEY_LENGTH,
        description="A random UUID. The same request with the same key gets the same answer, and nothing more is done.",
    ),
]

HOST: dict[str, Any] = {"security": [{"card": []}, {"staff": []}, {"device": []}]}
STAFF: dict[str, Any] = {"security": [{"staff": []}, {"device": []}]}
SECURITY: dict[str, Any] = {
    "card": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Card <key>`: the key that came with the card.",
    },
    "staff": {"type": "http", "scheme": "bearer", "description": "`Bearer <token>`: a staff token of the event."},
    "device": {
        "type": "apiKey",
        "in": "cookie",
        "name": "device",
        "description": "The device that wrote the card, opened its edit link, or has a role. The answer to the first "
        "write of a caller without this cookie sets it.",
    },
}

BODY = (403, 404, 409, 413, 415, 422, 429)
"""What a write that has a body may be refused with."""
NO_BODY = (403, 404, 409, 422, 429)

_SHAPES: dict[int, type[Says]] = {
    403: Refused,
    404: Refused,
    409: Refused,
    413: Says,
    415: Says,
    422: Misshapen,
    429: Says,
    503: Refused,
}


def statuses(good: dict[int, Any], *others: int) -> dict[int, Any]:
    """The shapes of a call's answers by their status. What writes may find that nothing can be written just now."""
    return good | {status: _SHAPES[status] for status in (*others, *((503,) if 429 in others else ()))}
