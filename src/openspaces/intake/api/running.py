"""The calls while it is on: still on, room full, and room again."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves import ConfirmCard, MarkFull
from openspaces.intake.api.answers import numbered
from openspaces.intake.api.asked import answered, board_here, card_here
from openspaces.intake.api.calls import HOST, NO_BODY, Key, statuses
from openspaces.intake.api.shapes.base import Card
from openspaces.intake.api.shapes.desk import Full

router = Router(tags=["Is it on?"])


@router.put(
    "/{event}/cards/{code}/confirmation",
    response=statuses({200: Card}, *NO_BODY),
    summary="Still on",
    openapi_extra=HOST,
)
async def confirm_card(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """The card's host, or staff who asked, says that it takes place."""
    await board_here(event)
    move = ConfirmCard(card=card_here(code))
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card), card=move.card
    )


@router.put(
    "/{event}/cards/{code}/full", response=statuses({200: Full}, *NO_BODY), summary="Room full", openapi_extra=HOST
)
async def mark_full(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """Nobody else fits in: board and screens say so."""
    return await _marked(request, event, code, key, full=True)


@router.delete(
    "/{event}/cards/{code}/full", response=statuses({200: Full}, *NO_BODY), summary="Room again", openapi_extra=HOST
)
async def mark_not_full(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """Somebody left, and others fit in again."""
    return await _marked(request, event, code, key, full=False)


async def _marked(request: HttpRequest, event: str, code: str, key: str, *, full: bool) -> HttpResponse:
    await board_here(event)
    move = MarkFull(card=card_here(code), full=full)
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card, full=full), card=move.card
    )
