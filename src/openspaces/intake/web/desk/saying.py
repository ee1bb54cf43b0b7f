"""A word to everyone: announcements, the freeze, caution in a storm of abuse, the presence code."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from openspaces.board.moves import Announce, EndAnnouncement, FreezeBoard, Move, SetCaution, ThawBoard
from openspaces.board.moves.desk import LONGEST_ANNOUNCEMENT
from openspaces.board.moves.moderation import SLOWEST
from openspaces.board.vocabulary import ANNOUNCEMENT_LENGTH, REASON_LENGTH
from openspaces.board.words import Unfit
from openspaces.intake.web.desk.doing import back, not_done, played, why
from openspaces.intake.web.desk.moments import when_says
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.forms import form_status
from openspaces.intake.web.links import qr
from openspaces.intake.web.visiting import Visit
from openspaces.people.presence import code_now
from openspaces.wording import clock, unfit_says

USUAL_MINUTES = "30"


@staffed
async def say(visit: Visit) -> HttpResponse:
    """Say something, end it, freeze and thaw the board, be cautious."""
    if visit.request.method != "POST":
        return await _page(visit)
    do = visit.typed("do")
    if do not in _MOVES:
        return await not_done(visit, "")
    try:
        move = _MOVES[do](visit)
    except Unfit as unfit:
        return await _page(visit, {f"{do}_{unfit.field}": unfit_says(unfit)}, status=422)
    outcome = await played(visit, move)
    if outcome.refusal:
        return await _page(visit, said=why(outcome.refusal), status=form_status(outcome.refusal.code))
    return back(visit, outcome, desk_url(visit.event, "say"))


async def _page(visit: Visit, errors: dict[str, str] | None = None, said: str = "", status: int = 200) -> HttpResponse:
    board = visit.newest()
    code, until = code_now(visit.event, visit.at)
    address = f"{visit.base_url}/{visit.event}/"
    context: dict[str, Any] = {
        "announcements": [
            {"number": each.number, "text": each.text, "until": when_says(board, each.until, visit.at)}
            for each in board.announcements
            if each.until > visit.at
        ],
        "freeze": board.freeze,
        "since": when_says(board, board.freeze.at, visit.at) if board.freeze else "",
        "caution": board.caution,
        "code": code,
        "code_until": clock(board.local(until)),
        "address": address,
        "qr": qr(address),
        "errors": errors or {},
        "typed": {name: visit.typed(name) for name in ("text", "minutes", "reason", "slow", "hold")},
        "limits": {
            "text": ANNOUNCEMENT_LENGTH,
            "minutes": LONGEST_ANNOUNCEMENT,
            "reason": REASON_LENGTH,
            "slow": SLOWEST,
        },
        "usual": USUAL_MINUTES,
    }
    return await desk_page(visit, "say", "say", context, said=said, status=status)


def _number(visit: Visit, name: str, otherwise: int, most: int) -> int:
    """A number as typed; Unfit where it is none."""
    typed = visit.typed(name).strip()
    if not typed:
        return otherwise
    if not (typed.isdecimal() and len(typed) < 10):
        raise Unfit(name, "too-long", most)
    return int(typed)


_MOVES: dict[str, Callable[[Visit], Move]] = {
    "announce": lambda visit: Announce(
        text=visit.typed("text"), minutes=_number(visit, "minutes", int(USUAL_MINUTES), LONGEST_ANNOUNCEMENT)
    ),
    "end": lambda visit: EndAnnouncement(announcement=_number(visit, "announcement", 0, 0)),
    "freeze": lambda visit: FreezeBoard(reason=visit.typed("reason")),
    "thaw": lambda visit: ThawBoard(),
    "caution": lambda visit: SetCaution(slow=_number(visit, "slow", 0, SLOWEST), hold=bool(visit.typed("hold"))),
}
