"""The calls that go back: undo a change, restore a card or the whole board to how it was."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves import Move, RestoreBoard, RestoreCard, Undo
from openspaces.board.play import Outcome
from openspaces.board.read import board_at, board_now, number_at, step_of
from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake.api.answers import numbered
from openspaces.intake.api.asked import answered, board_here, number_here, when
from openspaces.intake.api.calls import BODY, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.desk import Restored, Restoring, Undone
from openspaces.intake.api.troubles import NotHere, NothingSaid
from openspaces.intake.reading import reading

router = Router(tags=["The desk"])


@router.post(
    "/{event}/changes/{number}/undo", response=statuses({200: Undone}, *NO_BODY), summary="Undo", openapi_extra=STAFF
)
async def undo_change(request: HttpRequest, event: str, number: str, key: Key = "") -> HttpResponse:
    """Staff take a change back, and with it all that was done in the same step; refused, and told why, if what it
    touched has changed since. What only organisers or facilitators may do, only they undo."""
    await board_here(event)
    move = Undo(number=number_here(number, Code.UNKNOWN_CHANGE, "change"))

    async def told(outcome: Outcome) -> HttpResponse:
        step = await reading(step_of, event, move.number)
        undone = replace(move, changes=tuple(step)).together()
        return numbered(200, outcome, undone=[change.number for change in undone])

    return await answered(request, event, move, key, told)


@router.post("/{event}/restorations", response=statuses({200: Restored}, *BODY), summary="Restore", openapi_extra=STAFF)
async def restore(request: HttpRequest, event: str, said: Restoring, key: Key = "") -> HttpResponse:
    """A facilitator puts the whole board, or one card, back to how it was at a number or at a time. Cards that were
    written since are kept, off the board; rooms and days stay as they are."""
    await board_here(event)
    number = await _number(event, said)
    past = await reading(board_at, event, number)
    assert past is not None
    move: Move = RestoreBoard(number=number, past=past)
    if said.card:
        move = RestoreCard(card=said.card.upper(), number=number, past=past)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, to=number))


async def _number(event: str, said: Restoring) -> int:
    """The number that is meant; raises NotHere for one that the log has not, and NothingSaid."""
    board = await reading(board_now, event)
    assert board is not None
    if said.at:
        number = await reading(number_at, event, when(board, said.at))
    elif said.number:
        number = said.number
    else:
        raise NothingSaid("number")
    if not 1 <= number <= board.number:
        raise NotHere(Refusal(Code.UNKNOWN_CHANGE, {"change": said.at or said.number}))
    return number
