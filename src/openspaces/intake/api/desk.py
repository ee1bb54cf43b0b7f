"""The calls of the desk that everyone hears: freeze and thaw, announcements, the pitch."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.facts import moment_from
from openspaces.board.moves import Announce, EndAnnouncement, FreezeBoard, SetPitch, ThawBoard
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Code
from openspaces.intake.api.answers import numbered
from openspaces.intake.api.asked import answered, board_after, board_here, codes_of, number_here
from openspaces.intake.api.calls import BODY, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import Because, Numbered
from openspaces.intake.api.shapes.desk import Announced, Frozen, NewAnnouncement, Pitched, Queue

router = Router(tags=["The desk"])


@router.put("/{event}/freeze", response=statuses({200: Frozen}, *BODY), summary="Freeze", openapi_extra=STAFF)
async def freeze_board(request: HttpRequest, event: str, said: Because, key: Key = "") -> HttpResponse:
    """A facilitator pauses all writes but those of staff; whoever writes is refused as `frozen`, with the reason."""
    await board_here(event)
    move = FreezeBoard(reason=said.reason)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, reason=move.reason))


@router.delete("/{event}/freeze", response=statuses({200: Numbered}, *NO_BODY), summary="Thaw", openapi_extra=STAFF)
async def thaw_board(request: HttpRequest, event: str, key: Key = "") -> HttpResponse:
    """Everyone may write again."""
    await board_here(event)
    return await answered(request, event, ThawBoard(), key, lambda outcome: numbered(200, outcome))


@router.post(
    "/{event}/announcements", response=statuses({201: Announced}, *BODY), summary="Announce", openapi_extra=STAFF
)
async def announce(request: HttpRequest, event: str, said: NewAnnouncement, key: Key = "") -> HttpResponse:
    """Staff tell every screen a sentence, which goes by itself after some minutes. The answer's `number` names it."""
    board = await board_here(event)
    move = Announce(text=said.text, **({"minutes": said.minutes} if said.minutes else {}))

    def told(outcome: Outcome) -> HttpResponse:
        until = moment_from(outcome.changes[0].after["until"])
        return numbered(201, outcome, text=move.text, until=until and board.local(until).isoformat())

    return await answered(request, event, move, key, told)


@router.delete(
    "/{event}/announcements/{number}",
    response=statuses({200: Numbered}, *NO_BODY),
    summary="End an announcement",
    openapi_extra=STAFF,
)
async def end_announcement(request: HttpRequest, event: str, number: str, key: Key = "") -> HttpResponse:
    """Staff take it from the screens before its time."""
    await board_here(event)
    move = EndAnnouncement(announcement=number_here(number, Code.UNKNOWN_ANNOUNCEMENT, "announcement"))
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome))


@router.put("/{event}/pitch", response=statuses({200: Pitched}, *BODY), summary="Pitch", openapi_extra=STAFF)
async def set_pitch(request: HttpRequest, event: str, said: Queue, key: Key = "") -> HttpResponse:
    """Staff line cards up to be pitched: the first one is on the big screen, the next three stand below."""
    await board_here(event)
    seconds = {"seconds": said.seconds} if said.seconds else {}
    move = SetPitch(queue=codes_of(said.queue), started=said.started or False, **seconds)

    async def told(outcome: Outcome) -> HttpResponse:
        board = await board_after(event, outcome)
        ends = board.pitch and board.pitch.ends and board.local(board.pitch.ends).isoformat()
        facts: dict[str, Any] = {"queue": list(move.queue), "seconds": move.seconds, "ends": ends}
        return numbered(200, outcome, **facts)

    return await answered(request, event, move, key, told)
