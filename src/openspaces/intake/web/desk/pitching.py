"""The pitch: cards in a row, one of them on the big screen with a countdown, and placed on the spot."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import Move, PlaceCard, SetPitch
from openspaces.board.moves.desk import LONGEST_PITCH
from openspaces.board.state import Board, Card, Pitch
from openspaces.board.vocabulary import Stage
from openspaces.board.words import Unfit
from openspaces.intake.web.desk.doing import back, played, why
from openspaces.intake.web.desk.grid import cells_named
from openspaces.intake.web.desk.picking import free_days, length_of
from openspaces.intake.web.desk.search import matching
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.forms import form_status, where_fault
from openspaces.intake.web.links import stage_says
from openspaces.intake.web.visiting import Visit
from openspaces.look.cards import ink
from openspaces.wording import unfit_says

MOST = 30
"""How many cards are offered to be lined up; a search finds the others."""
USUAL = Pitch(())


@staffed
async def pitch(visit: Visit) -> HttpResponse:
    """Line cards up, start and stop the clock, go on to the next, place the one on the screen."""
    if visit.request.method != "POST":
        return await _page(visit)
    try:
        move = _move(visit)
    except Unfit as unfit:
        return await _page(visit, said=unfit_says(unfit), status=422)
    if isinstance(move, str):
        return await _page(visit, said=move, status=422)
    outcome = await played(visit, move)
    if outcome.refusal:
        return await _page(visit, said=why(outcome.refusal), status=form_status(outcome.refusal.code))
    return back(visit, outcome, desk_url(visit.event, "pitch"))


def _move(visit: Visit) -> Move | str:
    """The move that the pressed button asks for, or what it lacks."""
    now = visit.newest().pitch or USUAL
    for name, change in _ORDERS.items():
        if name in visit.request.POST:
            return _set(visit, change(now.queue, visit.typed(name)), started=now.ends is not None)
    match visit.typed("do"):
        case "place":
            return _placed(visit, now)
        case "add":
            added = tuple(map(str, visit.request.POST.getlist("card")))
            queue = (*now.queue, *added)
            return _set(visit, queue, started=now.ends is not None) if added else _("Tick the cards to line up.")
        case "start":
            return _set(visit, now.queue, started=True)
        case "next":
            return _set(visit, now.queue[1:], started=True)
        case "pause" | "seconds":
            return _set(visit, now.queue, started=False)
        case "end":
            return _set(visit, (), started=False)
    return _("This button asks for nothing that the desk knows.")


def _set(visit: Visit, queue: tuple[str, ...], *, started: bool) -> SetPitch:
    """Cards that were withdrawn meanwhile leave the row, so that they stop nobody."""
    board = visit.newest()
    alive = tuple(code for code in dict.fromkeys(queue) if (card := board.cards.get(code)) and _may_pitch(card))
    return SetPitch(queue=alive, seconds=_seconds(visit, board.pitch or USUAL), started=started and bool(alive))


def _seconds(visit: Visit, now: Pitch) -> int:
    typed = visit.typed("seconds").strip()
    if not typed:
        return now.seconds
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
        raise Unfit("seconds", "too-long", LONGEST_PITCH)
    return int(typed)


def _placed(visit: Visit, now: Pitch) -> Move | str:
    """The card on the screen goes to a free cell; it stays there until the next one is called."""
    board = visit.newest()
    code = visit.typed("card")
    cell = next(iter(cells_named(board, visit.typed("cell"))), None)
    if code not in now.queue or cell is None:
        return _("Choose a free cell for the card on the screen.")
    where = visit.typed("where") if board.is_elsewhere(cell) else ""
    if board.is_elsewhere(cell) and (fault := where_fault(where)):
        return fault
    cells = board.run(cell, length_of(board.cards[code]))
    return PlaceCard(card=code, cells=cells, where=where, confirmed=True)


def _may_pitch(card: Card) -> bool:
    return not (card.withdrawn or card.merged_into or card.hidden)


# The order of the row


def _up(queue: tuple[str, ...], code: str) -> tuple[str, ...]:
    return _moved(queue, code, -1)


def _down(queue: tuple[str, ...], code: str) -> tuple[str, ...]:
    return _moved(queue, code, 1)


def _moved(queue: tuple[str, ...], code: str, by: int) -> tuple[str, ...]:
    if code not in queue:
        return queue
    others = [each for each in queue if each != code]
    others.insert(max(0, queue.index(code) + by), code)
    return tuple(others)


def _left_out(queue: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(each for each in queue if each != code)


def _ordered(queue: tuple[str, ...], written: str) -> tuple[str, ...]:
    """As it was dragged; what came to the row meanwhile stays at its end."""
    wanted = [code for code in written.split() if code in queue]
    return tuple(dict.fromkeys((*wanted, *queue)))


_ORDERS: dict[str, Callable[[tuple[str, ...], str], tuple[str, ...]]] = {
    "up": _up,
    "down": _down,
    "remove": _left_out,
    "order": _ordered,
}


# What is shown


async def _page(visit: Visit, said: str = "", status: int = 200) -> HttpResponse:
    board = visit.newest()
    now = board.pitch or USUAL
    queue = board.pitching
    stage = queue[0] if queue else None
    typed = visit.request.GET.get("q", "")
    found = [card for card in _candidates(board, typed) if card.code not in now.queue]
    context: dict[str, Any] = {
        "stage": _shown(board, stage) if stage else None,
        "days": free_days(board, stage, visit.by, visit.at) if stage else [],
        "elsewhere": next((room.name for room in board.rooms if room.elsewhere), ""),
        "queue": [_shown(board, card) for card in queue],
        "running": bool(now.ends and now.ends > visit.at),
        "over": bool(now.ends and now.ends <= visit.at),
        "ends": now.ends.isoformat() if now.ends else "",
        "seconds": now.seconds,
        "most": LONGEST_PITCH,
        "q": typed,
        "found": [_shown(board, card) for card in found[:MOST]],
        "more": len(found[MOST:]),
        "screen": f"/{visit.event}/screen/",
    }
    return await desk_page(visit, "pitch", "pitch", context, said=said, status=status)


def _candidates(board: Board, typed: str) -> list[Card]:
    """The cards that may be pitched: planned ones first, then ideas, then those on the board, oldest first."""
    order = [Stage.PLANNED, Stage.IDEA, Stage.PLACED]
    cards = [card for card in matching(board, typed) if _may_pitch(card)]
    return sorted(cards, key=lambda card: (order.index(card.stage), card.serial))


def _shown(board: Board, card: Card) -> dict[str, Any]:
    return {
        "code": card.code,
        "title": card.words.title,
        "host": card.words.host,
        "text": card.words.text,
        "when": stage_says(board, card),
        "placed": card.placement is not None,
        "url": desk_url(board.event, "cards", card.code),
        "ink": ink(card),
    }
