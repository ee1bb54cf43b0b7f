"""Rooms lost and found: close cells with a reason, after a look at whom it displaces; reopen what is closed."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import CloseCell, ReopenCell
from openspaces.board.moves.base import following
from openspaces.board.moves.cells import displaced_by
from openspaces.board.moves.deciding import decided
from openspaces.board.moves.relocating import alternatives
from openspaces.board.state import Board, Card, Closure, Placement
from openspaces.board.vocabulary import REASON_LENGTH, Cell, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.doing import back, done, played, refused, why
from openspaces.intake.web.desk.grid import cells_named, day_named, grid_of, runs, spans_say, ticked_in
from openspaces.intake.web.desk.moments import as_typed, typed_moment, until_says, when_says
from openspaces.intake.web.desk.picking import run_from
from openspaces.intake.web.desk.sign_up import closed, opened, sign_up_of
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.visiting import Visit
from openspaces.people.who import Role
from openspaces.wording import date_says, placement_says, unfit_says


@staffed
async def rooms(visit: Visit) -> HttpResponse:
    """Choose what to close, and see what is closed; close it, or reopen it."""
    match visit.request.method, visit.typed("do"):
        case "POST", "close":
            return await _close(visit)
        case "POST", "reopen":
            return await done(visit, ReopenCell(cells=cells_named(visit.newest(), visit.typed("cells"))), _url(visit))
        case "POST", ("open" | "end") as do if day := day_named(visit.newest(), visit.typed("day")):
            return await done(visit, (opened if do == "open" else closed)(day, visit.at), _url(visit))
        case "POST", _:
            return await _rooms_page(visit, _wanted(visit))
    return await _rooms_page(visit)


@dataclass(frozen=True)
class _Wanted:
    """What somebody wants to close, as typed, and what is wrong with it."""

    cells: tuple[Cell, ...] = ()
    reason: str = ""
    until: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def closing(self, board: Board, at: datetime) -> CloseCell | None:
        """The move; None where something is wrong with it."""
        until = typed_moment(board, self.until, at) if self.until else None
        return None if self.errors else CloseCell(cells=self.cells, reason=self.reason, until=until)


async def _close(visit: Visit) -> HttpResponse:
    """Close it at once where nobody stands there, else when those whom it displaces have been looked at."""
    board, wanted = visit.newest(), _wanted(visit)
    move = wanted.closing(board, visit.at)
    if move is None:
        return await _rooms_page(visit, wanted, status=422)
    losing = displaced_by(board, wanted.cells)
    if " ".join(card.code for card in losing) != visit.typed("sure"):
        return await _preview(visit, board, wanted, move, losing)
    outcome = await played(visit, move)
    if outcome.refusal:
        return await _rooms_page(visit, wanted, said=why(outcome.refusal), status=409)
    if not outcome.changes:
        return await _rooms_page(
            visit, wanted, said=_("All of that is closed already, for the same reason."), status=409
        )
    return back(visit, outcome, desk_url(visit.event, "relocate") if losing else _url(visit))


def _wanted(visit: Visit) -> _Wanted:
    board = visit.newest()
    wanted = _Wanted(ticked_in(board, visit.request.POST, visit.at), visit.typed("reason"), visit.typed("until"))
    errors = {
        "cell": "" if wanted.cells else _("Tick the cells to close, or a whole room or hour."),
        "reason": _reason_fault(wanted),
        "until": _until_fault(board, wanted.until, visit.at),
    }
    return replace(wanted, errors={name: said for name, said in errors.items() if said})


def _reason_fault(wanted: _Wanted) -> str:
    try:
        CloseCell(cells=wanted.cells, reason=wanted.reason)
    except Unfit as unfit:
        return unfit_says(unfit)
    return ""


def _until_fault(board: Board, typed: str, at: datetime) -> str:
    until = typed_moment(board, typed, at) if typed else None
    if typed and until is None:
        return _("Write a day and a time, or leave it empty.")
    return _("Choose a time that is still to come.") if until and until <= at else ""


# What is shown


async def _rooms_page(visit: Visit, wanted: _Wanted | None = None, said: str = "", status: int = 200) -> HttpResponse:
    board = await reading(unmasked, visit.newest())
    chosen = wanted or _Wanted()
    asked = visit.typed("day") or visit.request.GET.get("day", "")
    day = day_named(board, asked) or board.day_at(visit.at)
    context = {
        "days": [(each.date.isoformat(), date_says(each.date), each == day) for each in board.days],
        "sign_up": sign_up_of(board, day, visit.at) if day else None,
        "organises": visit.by.role is Role.ORGANISER,
        "grid": grid_of(board, day, chosen.cells, visit.at) if day else None,
        "wanted": chosen,
        "reason_limit": REASON_LENGTH,
        "soonest": as_typed(board, visit.at),
        "zone": board.timezone,
        "closed": _closed(board, visit.at),
    }
    return await desk_page(visit, "rooms", "rooms", context, said=said, status=status)


async def _preview(visit: Visit, board: Board, wanted: _Wanted, move: CloseCell, losing: list[Card]) -> HttpResponse:
    after = _board_after(board, move, visit)
    if isinstance(after, Refusal):
        return await refused(visit, after)
    shown = await reading(unmasked, after)
    until = f" ({until_says(board, move.until, visit.at)})" if move.until else ""
    context = {
        "wanted": wanted,
        "cells": " ".join(map(str, wanted.cells)),
        "spans": spans_say(board, wanted.cells),
        "reason": f"{move.reason}{until}",
        "losing": [_loss(shown, shown.cards[card.code], visit.at) for card in losing],
        "sure": " ".join(card.code for card in losing),
        "changed": "sure" in visit.request.POST,
        "day": visit.typed("day"),
    }
    return await desk_page(visit, "closing", "rooms", context)


def _board_after(board: Board, move: CloseCell, visit: Visit) -> Board | Refusal:
    """The board as it would be."""
    changes = decided(move, board, visit.by, visit.at)
    return changes if isinstance(changes, Refusal) else following(board, changes, visit.by, visit.at)


def _loss(after: Board, card: Card, at: datetime) -> dict[str, object]:
    assert card.notice
    return {
        "title": card.words.title,
        "host": card.words.host,
        "url": desk_url(after.event, "cards", card.code),
        "lost": placement_says(after, card.notice.lost),
        "offers": [placement_says(after, run_from(after, card, cell)) for cell in alternatives(after, card, at)],
    }


@dataclass(frozen=True)
class _Closed:
    """What is closed for one reason: the cells in rows, each with a name."""

    reason: str
    until: str
    since: str
    cells: str
    rows: list[tuple[str, str]]


def _closed(board: Board, at: datetime) -> list[_Closed]:
    """Everything that is closed and not over, reason by reason, what was closed last first."""
    reasons: dict[tuple[str, datetime | None], list[tuple[Cell, Closure]]] = {}
    for cell, closure in board.closures.items():
        if board.slot_of(cell).ends > at:
            reasons.setdefault((closure.reason, closure.until), []).append((cell, closure))
    found = sorted(reasons.values(), key=lambda closed: max(closure.at for _, closure in closed), reverse=True)
    return [_closed_for(board, closed, at) for closed in found]


def _closed_for(board: Board, closed: list[tuple[Cell, Closure]], at: datetime) -> _Closed:
    newest = max((closure for _, closure in closed), key=lambda closure: closure.at)
    rows = [(" ".join(map(str, run)), placement_says(board, Placement(run))) for run in runs(board, dict(closed))]
    return _Closed(
        reason=newest.reason,
        until=until_says(board, newest.until, at) if newest.until else "",
        since=when_says(board, newest.at, at),
        cells=" ".join(cells for cells, _ in rows),
        rows=rows,
    )


def _url(visit: Visit) -> str:
    day = visit.typed("day")
    return desk_url(visit.event, "rooms") + (f"?day={day}" if day_named(visit.newest(), day) else "")
