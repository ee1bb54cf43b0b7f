"""The calls of moderation: report a card; for staff: shield it, approve it, remove it, be cautious."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from openspaces.board.moves import ApproveCard, RemoveAllOf, RemoveCard, SetCaution, ShieldCard
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Kind
from openspaces.board.voices import Report, What
from openspaces.intake.api.answers import answer, numbered
from openspaces.intake.api.asked import answered, board_here, card_here
from openspaces.intake.api.calls import BODY, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import BIGGEST_NUMBER, Because, Card
from openspaces.intake.api.shapes.desk import Careful, Cautious, Judged, NewReport, Removed, Removing, Reported

router = Router(tags=["Moderation"])

Seen = Annotated[
    int | None, Query(ge=0, le=BIGGEST_NUMBER, description="The number of the board on which you read the card.")
]


@router.post("/{event}/cards/{code}/reports", response=statuses({202: Reported}, *BODY), summary="Report a card")
async def report_card(request: HttpRequest, event: str, code: str, said: NewReport, key: Key = "") -> HttpResponse:
    """Anyone tells that a card breaks the rules, with a reason, or that nobody is there though it should be on. Three
    who showed the presence code are acted on at once: the text is hidden, or the room is free."""
    await board_here(event)
    move = Report(card=card_here(code), what=What(said.what), reason=said.reason or "")
    facts = {"code": move.card, "what": move.what.value}
    return await answered(request, event, move, key, lambda _outcome: answer(202, facts), presence=said.presence)


@router.put(
    "/{event}/cards/{code}/shield", response=statuses({200: Judged}, *BODY), summary="Hide a text", openapi_extra=STAFF
)
async def shield_card(request: HttpRequest, event: str, code: str, said: Because, key: Key = "") -> HttpResponse:
    """Staff hide what a card says until somebody has looked at it; it keeps its cells."""
    await board_here(event)
    move = ShieldCard(card=card_here(code), reason=said.reason)
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card, reason=move.reason)
    )


@router.delete(
    "/{event}/cards/{code}/shield", response=statuses({200: Card}, *NO_BODY), summary="Show a text", openapi_extra=STAFF
)
async def unshield_card(request: HttpRequest, event: str, code: str, seen: Seen = None, key: Key = "") -> HttpResponse:
    """The same as approving it."""
    return await _approved(request, event, code, seen, key)


@router.put(
    "/{event}/cards/{code}/approval",
    response=statuses({200: Card}, *NO_BODY),
    summary="Approve a card",
    openapi_extra=STAFF,
)
async def approve_card(request: HttpRequest, event: str, code: str, seen: Seen = None, key: Key = "") -> HttpResponse:
    """Staff have read the card, and it may stand: what was hidden is shown, and reports do not hide it again. If its
    words have changed since the number you have `seen`, that is refused as `reworded`: read it again."""
    return await _approved(request, event, code, seen, key)


@router.post(
    "/{event}/cards/{code}/removal",
    response=statuses({200: Removed}, *BODY),
    summary="Remove a card",
    openapi_extra=STAFF,
)
async def remove_card(request: HttpRequest, event: str, code: str, said: Removing, key: Key = "") -> HttpResponse:
    """A facilitator removes a card that breaks the rules: its text is gone and its cells are free. With `all_of_device`
    everything that was written by the same device goes with it, in one step. Undo brings it back."""
    await board_here(event)
    remove = RemoveAllOf if said.all_of_device else RemoveCard
    move = remove(card=card_here(code), reason=said.reason)

    def told(outcome: Outcome) -> HttpResponse:
        gone = [change.card for change in outcome.changes if change.kind is Kind.CARD_REMOVED]
        return numbered(200, outcome, removed=gone)

    return await answered(request, event, move, key, told)


@router.put("/{event}/caution", response=statuses({200: Careful}, *BODY), summary="Be cautious", openapi_extra=STAFF)
async def set_caution(request: HttpRequest, event: str, said: Cautious, key: Key = "") -> HttpResponse:
    """A facilitator slows hosts down, hides what new hosts write until somebody has read it, or lifts both again."""
    await board_here(event)
    move = SetCaution(slow=said.slow or 0, hold=said.hold or False)
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, slow=move.slow, hold=move.hold)
    )


async def _approved(request: HttpRequest, event: str, code: str, seen: int | None, key: str) -> HttpResponse:
    await board_here(event)
    move = ApproveCard(card=card_here(code), seen=seen)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card))
