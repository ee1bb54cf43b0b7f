"""The calls about who calls: that a device is at the event."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake.api.answers import refused
from openspaces.intake.api.asked import board_here
from openspaces.intake.api.calls import Key, statuses
from openspaces.intake.api.shapes.base import Here
from openspaces.intake.api.troubles import TooFast
from openspaces.intake.asking import device_of, remember
from openspaces.intake.presence import shown

router = Router(tags=["Being there"])


@router.put(
    "/{event}/presence", response=statuses({204: None}, 403, 404, 413, 415, 422, 429), summary="Show the presence code"
)
async def show_presence(request: HttpRequest, event: str, said: Here, key: Key = "") -> HttpResponse:
    """The six symbols that the board's screen shows now, or showed until a moment ago: this device is at the event."""
    board = await board_here(event)
    device = device_of(request)
    came = await shown(request, board.event, device, said.code)
    if came.wait:
        raise TooFast(came.wait)
    response = HttpResponse(status=204) if came.right else refused(Refusal(Code.PRESENCE_NEEDED))
    remember(response, device, request)
    return response
