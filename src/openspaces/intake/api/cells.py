"""The calls of a cell: close it, reopen it."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves.cells import CloseCell, ReopenCell
from openspaces.intake.api.answers import answer
from openspaces.intake.api.asked import answered, board_here, cell_here
from openspaces.intake.api.calls import STAFF, Key, statuses
from openspaces.intake.api.shapes import Closed, Closing, Reopened

router = Router(tags=["Cells"])


@router.put(
    "/{event}/cells/{cell}/closure",
    response=statuses({200: Closed}, 403, 404, 409, 413, 415, 422, 429),
    summary="Close a cell",
    openapi_extra=STAFF,
)
async def close_cell(request: HttpRequest, event: str, cell: str, closing: Closing, key: Key = "") -> HttpResponse:
    """Staff close a cell that nobody may take, with a reason that the board shows. A cell under a card is refused: the
    card has to go elsewhere first."""
    await board_here(event)
    move = CloseCell(cells=(cell_here(cell),), reason=closing.reason)
    return await answered(
        request,
        event,
        move,
        key,
        lambda outcome: answer(200, {"cell": cell, "reason": move.reason, "number": outcome.number}),
    )


@router.delete(
    "/{event}/cells/{cell}/closure",
    response=statuses({200: Reopened}, 403, 404, 422, 429),
    summary="Reopen a cell",
    openapi_extra=STAFF,
)
async def reopen_cell(request: HttpRequest, event: str, cell: str, key: Key = "") -> HttpResponse:
    """From then on anyone may take it."""
    await board_here(event)
    move = ReopenCell(cells=(cell_here(cell),))
    return await answered(
        request, event, move, key, lambda outcome: answer(200, {"cell": cell, "number": outcome.number})
    )
