"""The calls of a claim: ask for a cell, give way; for staff: refuse it, offer other cells."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves import ClaimCell, DropClaim, OfferCells, RefuseClaim
from openspaces.board.play import Outcome
from openspaces.intake.api.answers import came_of_asking, held, numbered
from openspaces.intake.api.asked import answered, board_after, board_here, card_here, cells_of, row
from openspaces.intake.api.calls import BODY, HOST, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import Because, Card
from openspaces.intake.api.shapes.cards import Claimed, Offer, Offered, Wanted
from openspaces.intake.api.shapes.desk import Judged

router = Router(tags=["Claims and contests"])


@router.post(
    "/{event}/cards/{code}/claims",
    response=statuses({201: Claimed}, *BODY),
    summary="Ask for a cell",
    openapi_extra=HOST,
)
async def claim_cell(request: HttpRequest, event: str, code: str, wanted: Wanted, key: Key = "") -> HttpResponse:
    """A host asks for a cell where the facilitator or a contest decides. A claim on another cell takes the place of the
    first one. Where hosts place cards themselves and nobody else wants the cell, the card has it at once."""
    board = await board_here(event)
    cells = row(board, wanted.cell, wanted.slots)
    move = ClaimCell(card=card_here(code), cells=cells, where=wanted.where or "", confirmed=wanted.confirm or False)

    async def told(outcome: Outcome) -> HttpResponse:
        came = came_of_asking(outcome.changes, move.card)
        if not outcome.changes:
            came = await _is_so_already(event, move.card, outcome)
        return numbered(201, outcome, code=move.card, **came)

    return await answered(request, event, move, key, told, card=move.card, presence=wanted.presence)


@router.delete(
    "/{event}/cards/{code}/claims",
    response=statuses({200: Card}, *NO_BODY),
    summary="Give way",
    openapi_extra=HOST,
)
async def drop_claim(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """The card asks for no cell any more. If one card is left in its contest, that one has the cell."""
    await board_here(event)
    move = DropClaim(card=card_here(code))
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card), card=move.card
    )


@router.post(
    "/{event}/cards/{code}/claims/refusal",
    response=statuses({200: Judged}, *BODY),
    summary="Refuse a claim",
    openapi_extra=STAFF,
)
async def refuse_claim(request: HttpRequest, event: str, code: str, said: Because, key: Key = "") -> HttpResponse:
    """Staff refuse what the card asks for, with a reason that its host reads."""
    await board_here(event)
    move = RefuseClaim(card=card_here(code), reason=said.reason)
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card, reason=move.reason)
    )


@router.post(
    "/{event}/cards/{code}/offers",
    response=statuses({201: Offered}, *BODY),
    summary="Offer other cells",
    openapi_extra=STAFF,
)
async def offer_cells(request: HttpRequest, event: str, code: str, said: Offer, key: Key = "") -> HttpResponse:
    """Staff offer the card other cells instead of what it asks for or lost. Its host takes one by placing the card."""
    await board_here(event)
    move = OfferCells(card=card_here(code), cells=cells_of(said.cells), reason=said.reason or "")
    cells = [str(cell) for cell in move.cells]
    return await answered(
        request, event, move, key, lambda outcome: numbered(201, outcome, code=move.card, cells=cells)
    )


async def _is_so_already(event: str, code: str, outcome: Outcome) -> dict[str, object]:
    """What the card has or asks for, where asking again changed nothing."""
    board = await board_after(event, outcome)
    card, contest = board.cards[code], board.contest_of(code)
    claim = held(card.claim.placement) if card.claim else None
    return {"placement": held(card.placement), "claim": claim, "contest": contest and contest.id}
