"""The calls that tell what is and what was: documented here, handed out by the live room before a request gets here."""

from typing import Annotated, Any, NoReturn

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake.api.asked import board_here
from openspaces.intake.api.calls import statuses
from openspaces.intake.api.shapes.base import BIGGEST_NUMBER
from openspaces.intake.api.shapes.board import BoardShown, ChangesShown
from openspaces.intake.api.troubles import NotHere

router = Router(tags=["The board and its changes"])

After = Annotated[int, Query(ge=0, le=BIGGEST_NUMBER, description="A number seen before.")]

Limit = Annotated[int, Query(ge=0, le=BIGGEST_NUMBER, description="How many at most; 1000 are the most.")]

_STREAM: dict[str, Any] = {
    "responses": {
        200: {
            "description": "Server-Sent Events: `event: change`, `id: <epoch>:<number>`, `data:` the change as JSON; "
            "`event: resync` where changes are missing: fetch the board.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
    "parameters": [
        {
            "in": "header",
            "name": "Last-Event-ID",
            "required": False,
            "schema": {"type": "string"},
            "description": "`<epoch>:<number>`: go on after this change.",
        }
    ],
}


At = Annotated[str, Query(description="A number, or a time like `2027-05-08T14:05`: the board as it was then.")]


@router.get("/{event}/board", response=statuses({200: BoardShown}, 404, 422), summary="The board")
async def board(request: HttpRequest, event: str, at: At = "") -> NoReturn:
    """The whole public board at its number, with an ETag; or as it was."""
    await _not_here(event)


@router.get("/{event}/changes", response=statuses({200: ChangesShown}, 404, 422), summary="The log after a number")
async def changes(request: HttpRequest, event: str, after: After = 0, limit: Limit = 1000) -> NoReturn:
    """What happened after number `after`, in order. Numbers have no gaps."""
    await _not_here(event)


@router.get("/{event}/live", response=statuses({200: None}, 404), summary="The log as a stream", openapi_extra=_STREAM)
async def live(request: HttpRequest, event: str) -> NoReturn:
    """The same as a stream. Reconnect with `Last-Event-ID`, and exactly what was missed follows."""
    await _not_here(event)


async def _not_here(event: str) -> NoReturn:
    """Only a server that runs without the live room comes here."""
    await board_here(event)
    raise NotHere(Refusal(Code.UNKNOWN_EVENT, {"event": event}))
