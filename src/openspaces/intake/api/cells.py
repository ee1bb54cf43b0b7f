"""The calls of cells: close them, hold them, reopen them; and the cards that this displaces."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from openspaces.board.moves import CloseCell, PlaceCard, PlaceCards, ReopenCell
from openspaces.board.moves.relocating import alternatives, proposal
from openspaces.board.play import Outcome
from openspaces.board.state import Board, Card, Notice
from openspaces.board.vocabulary import Cell, Kind
from openspaces.intake.api.answers import answer, numbered
from openspaces.intake.api.asked import answered, board_after, board_here, cell_here, cells_of, row, when
from openspaces.intake.api.calls import BODY, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import MANY, CellText
from openspaces.intake.api.shapes.cells import (
    Closed,
    ClosedMany,
    Closing,
    ClosingMany,
    Owed,
    Places,
    Reopened,
    ReopenedMany,
    SeatedMany,
)

router = Router(tags=["Cells"])

Named = Annotated[list[CellText], Query(min_length=1, max_length=MANY)]


@router.put(
    "/{event}/cells/{cell}/closure",
    response=statuses({200: Closed}, *BODY),
    summary="Close a cell",
    openapi_extra=STAFF,
)
async def close_cell(request: HttpRequest, event: str, cell: str, closing: Closing, key: Key = "") -> HttpResponse:
    """Staff close a cell that nobody may take, with a reason that the board shows; with `until` it is held, and open
    again from then on. A card that stands there loses its cell, keeps everything else, and may take any free one: the
    answer lists the best."""
    return await _closed(request, event, (cell_here(cell),), closing, key, {"cell": cell})


@router.put(
    "/{event}/closures", response=statuses({200: ClosedMany}, *BODY), summary="Close cells", openapi_extra=STAFF
)
async def close_cells(request: HttpRequest, event: str, closing: ClosingMany, key: Key = "") -> HttpResponse:
    """The same for several cells in one step, such as a room for an afternoon: undone, all of it is undone."""
    return await _closed(request, event, cells_of(closing.cells), closing, key, {"cells": closing.cells})


@router.delete(
    "/{event}/cells/{cell}/closure",
    response=statuses({200: Reopened}, *NO_BODY),
    summary="Reopen a cell",
    openapi_extra=STAFF,
)
async def reopen_cell(request: HttpRequest, event: str, cell: str, key: Key = "") -> HttpResponse:
    """From then on anyone may take it."""
    await board_here(event)
    move = ReopenCell(cells=(cell_here(cell),))
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, cell=cell))


@router.delete(
    "/{event}/closures",
    response=statuses({200: ReopenedMany}, *NO_BODY),
    summary="Reopen cells",
    openapi_extra=STAFF,
)
async def reopen_cells(request: HttpRequest, event: str, cell: Named, key: Key = "") -> HttpResponse:
    """The same for several: `?cell=oak@0508-1400&cell=oak@0508-1500`."""
    await board_here(event)
    move = ReopenCell(cells=cells_of(cell))
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, cells=cell))


@router.get("/{event}/displaced", response=statuses({200: list[Owed]}, 404), summary="Cards without a cell")
async def read_displaced(request: HttpRequest, event: str) -> HttpResponse:
    """A list of the cards to which the board owes a cell, the oldest first, each with where it may go, and a proposal
    for all of them together."""
    board = await board_here(event)
    at = datetime.now(UTC)
    owed = [card for card in board.in_order() if card.owed]
    proposed = {card.code: cells for card, cells in proposal(board, owed, at)}
    return answer(200, [_owed(board, card, card.notice, proposed[card.code], at) for card in owed if card.notice])


@router.put(
    "/{event}/placements",
    response=statuses({200: SeatedMany}, *BODY),
    summary="Place several cards",
    openapi_extra=STAFF,
)
async def place_cards(request: HttpRequest, event: str, said: Places, key: Key = "") -> HttpResponse:
    """Staff put several cards on the board in one step, all or none."""
    board = await board_here(event)
    places = tuple(
        PlaceCard(card=each.card.upper(), cells=row(board, each.cell, each.slots), where=each.where or "")
        for each in said.placements
    )
    seats = [{"card": place.card, "cells": [str(cell) for cell in place.cells]} for place in places]
    move = PlaceCards(places=places)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, placements=seats))


async def _closed(
    request: HttpRequest, event: str, cells: tuple[Cell, ...], closing: Closing, key: str, named: dict[str, Any]
) -> HttpResponse:
    board = await board_here(event)
    until = when(board, closing.until) if closing.until else None
    move = CloseCell(cells=cells, reason=closing.reason, until=until)
    held = {"until": board.local(until).isoformat()} if until else {}

    async def told(outcome: Outcome) -> HttpResponse:
        displaced = await _displaced(event, outcome)
        return numbered(200, outcome, **named, **held, reason=move.reason, displaced=displaced)

    return await answered(request, event, move, key, told)


async def _displaced(event: str, outcome: Outcome) -> list[dict[str, Any]]:
    """The cards that lost their cells, and where each may go as the board was then."""
    lost = [change for change in outcome.changes if change.kind is Kind.CARD_DISPLACED]
    if not lost:
        return []
    board = await board_after(event, outcome)
    return [_told(board, board.cards[change.card], change.at) for change in lost]


def _told(board: Board, card: Card, at: datetime) -> dict[str, Any]:
    free = [str(cell) for cell in alternatives(board, card, at)]
    return {"code": card.code, "title": card.words.title, "alternatives": free}


def _owed(board: Board, card: Card, notice: Notice, proposed: tuple[Cell, ...], at: datetime) -> dict[str, Any]:
    return {
        **_told(board, card, at),
        "lost": [str(cell) for cell in notice.lost.cells],
        "reason": notice.reason,
        "offered": [str(cell) for cell in notice.offered],
        "proposed": [str(cell) for cell in proposed],
    }
