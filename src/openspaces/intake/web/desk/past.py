"""The board as it was at 14:05: drawn small beside what is now, and a card or the whole board put back to it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.moves import RestoreBoard, RestoreCard
from openspaces.board.moves.base import Changes, following
from openspaces.board.moves.deciding import decided
from openspaces.board.read import board_at, changes_after, number_at
from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind, Refusal
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.compared import Differing, differing, differing_closures, drawn_day
from openspaces.intake.web.desk.doing import done, not_done, why
from openspaces.intake.web.desk.grid import day_named, spans_say
from openspaces.intake.web.desk.moments import as_typed, typed_moment, when_says
from openspaces.intake.web.desk.steps import look
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.visiting import Visit
from openspaces.wording import date_says, tells

MOMENTS = 15
"""How many steps up to the chosen moment are listed."""
LONGEST_STEP = 200
"""How many changes of one step are passed over at once."""


@staffed
async def past(visit: Visit) -> HttpResponse:
    """The board at a moment, or at a number; what restoring it would change; and restoring it."""
    asked = visit.typed("at") if visit.request.method == "POST" else visit.request.GET.get("at", "")
    number = await reading(_number, visit, asked)
    match visit.request.method, visit.typed("do"):
        case "POST", "card":
            return await _restore_card(visit, number)
        case "POST", "board":
            return await _restore_board(visit, number)
    if "restore" in visit.request.GET:
        return await _preview(visit, number)
    shown = await reading(_shown, visit, number)
    return await desk_page(visit, "past", "log", shown, said=_unknown_says(visit, asked))


def _number(visit: Visit, asked: str) -> int:
    """How far the log had come at what was asked for: a number, or a time by the event's clock; else now."""
    now = visit.newest().number
    typed = asked.strip().removeprefix("#")
    if typed.isascii() and typed.isdecimal() and len(typed) < 10:
        return max(1, min(int(typed), now))
    moment = typed_moment(visit.newest(), typed, visit.at)
    return max(1, number_at(visit.event, moment)) if moment else now


def _unknown_says(visit: Visit, asked: str) -> str:
    typed = asked.strip().removeprefix("#")
    if not typed or typed.isdecimal() or typed_moment(visit.newest(), typed, visit.at):
        return ""
    return _("That is no time and no number. Write 14:05, or choose a day and a time.")


async def _restore_card(visit: Visit, number: int) -> HttpResponse:
    then = await reading(board_at, visit.event, number)
    if then is None:
        return await not_done(visit, _("There is no board of that time."), 404)
    return await done(visit, RestoreCard(card=visit.typed("card"), number=number, past=then), _url(visit, number))


async def _restore_board(visit: Visit, number: int) -> HttpResponse:
    """Only what was looked at: where the board went on meanwhile, one looks again."""
    then = await reading(board_at, visit.event, number)
    if then is None or visit.typed("seen") != str(visit.newest().number):
        return await _preview(visit, number, changed=True)
    return await done(visit, RestoreBoard(number=number, past=then), _url(visit, number))


# What is shown


def _shown(visit: Visit, number: int) -> dict[str, Any]:
    now = unmasked(visit.newest())
    then = unmasked(board_at(visit.event, number) or now)
    day = day_named(then, visit.request.GET.get("day", "")) or then.day_at(then.at)
    moments = look(visit.newest(), lambda step: True, MOMENTS, number + 1)
    return {
        "number": number,
        "newest": now.number,
        "when": when_says(now, then.at, visit.at),
        "typed": as_typed(now, then.at),
        "zone": now.timezone,
        "days": [(each.date.isoformat(), date_says(each.date), each == day) for each in then.days],
        "drawn": drawn_day(then, now, day) if day else None,
        "moments": [
            (step.changes[-1].number, when_says(now, step.at, visit.at), tells(step.changes[0], now), len(step.changes))
            for step in moments.steps
        ],
        "earlier": moments.steps[0].number - 1 if moments.steps else 0,
        "later": _later(visit, number),
        "differing": [_with_url(now, each) | {"then": each.code in then.cards} for each in differing(then, now)],
        "restore": desk_url(visit.event, "past") + f"?at={number}&restore=1",
    }


def _later(visit: Visit, number: int) -> int:
    """The number to which the next step leads; 0 if there is none."""
    coming = changes_after(visit.event, number, LONGEST_STEP)
    return max((change.number for change in coming if change.step == coming[0].step), default=0)


async def _preview(visit: Visit, number: int, *, changed: bool = False) -> HttpResponse:
    shown = await reading(_previewed, visit, number)
    return await desk_page(visit, "restore", "log", {**shown, "changed": changed, "number": number})


def _previewed(visit: Visit, number: int) -> dict[str, Any]:
    """What restoring would do, in numbers and card by card, and what it could not do."""
    now = visit.newest()
    then = board_at(visit.event, number) or now
    answer = decided(RestoreBoard(number=number, past=then), now, visit.by, visit.at)
    shown = {"when": when_says(now, then.at, visit.at), "seen": now.number, "back": _url(visit, number)}
    if isinstance(answer, Refusal):
        return {**shown, "why_not": why(answer)}
    after = unmasked(following(now, answer, visit.by, visit.at))
    closed, opened = differing_closures(after, now)
    kept_apart = [each for each in differing(after, unmasked(then)) if each.code in then.cards]
    return {
        **shown,
        "counts": _counts_say(answer),
        "cards": [_with_url(now, each) for each in differing(unmasked(now), after)],
        "closed": spans_say(after, closed),
        "opened": spans_say(now, opened),
        "apart": [_with_url(now, each) for each in kept_apart],
        "nothing": not answer,
    }


def _counts_say(changes: Changes) -> list[str]:
    """How many cards and cells it is about. A card that moves is taken down first, and counted once."""
    seated = {change.card for change in changes if change.kind in (Kind.CARD_PLACED, Kind.CARD_MOVED)}
    leaving = (Kind.CARD_TAKEN_DOWN, Kind.CARD_DISPLACED)
    down = {change.card for change in changes if change.kind in leaving} - seated
    edited = {change.card for change in changes if change.kind is Kind.CARD_EDITED}
    doors = [change for change in changes if change.kind in (Kind.CELL_CLOSED, Kind.CELL_REOPENED)]
    cells = {str(cell) for change in doors for cell in change.cells}
    said = [
        (seated, ngettext("%(n)d card goes back to its cell", "%(n)d cards go back to their cells", len(seated))),
        (down, ngettext("%(n)d card is taken down", "%(n)d cards are taken down", len(down))),
        (edited, ngettext("%(n)d card gets its old text", "%(n)d cards get their old texts", len(edited))),
        (cells, ngettext("%(n)d cell is closed or opened", "%(n)d cells are closed or opened", len(cells))),
    ]
    return [sentence % {"n": len(which)} for which, sentence in said if which]


def _with_url(board: Board, each: Differing) -> dict[str, Any]:
    return {
        "code": each.code,
        "title": each.title,
        "one": each.one,
        "other": each.other,
        "url": desk_url(board.event, "cards", each.code),
    }


def _url(visit: Visit, number: int) -> str:
    return f"{desk_url(visit.event, 'past')}?at={number}"
