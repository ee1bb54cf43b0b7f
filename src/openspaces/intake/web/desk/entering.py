"""What quick entry does: write a card and put it up, only note it, or let it contend; or two at once for one cell."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import OpenContest, WriteCard
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Cell, Code, Kind, Method, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.reading import reading
from openspaces.intake.web.cells import form_key
from openspaces.intake.web.desk.doing import back, played, why
from openspaces.intake.web.desk.entry_page import METHODS, code_asked, contest_url, entry_page
from openspaces.intake.web.desk.picker import rivals_for
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.intake.web.forms import Typed, form_status, slots_fault, typed_in, where_fault
from openspaces.intake.web.visiting import Visit
from openspaces.intake.web.wishing import wished_in
from openspaces.wording import cell_says, unfit_says


async def entered(visit: Visit, do: str, wanted: Cell | None) -> HttpResponse:
    """One card: `note` it, `place` it in a cell, or let it `contend` with those who have the cell or ask for it."""
    typed = _with_cell(visit, do, wanted, typed_in(visit.request.POST))
    if typed.errors:
        return await entry_page(visit, typed, status=422)
    if do == "contend" and wanted:
        return await _contending(visit, typed, wanted)
    cells = visit.newest().run(wanted, typed.slots) if do == "place" and wanted else ()
    where = typed.value("where") if wanted and visit.newest().is_elsewhere(wanted) else ""
    confirmed = visit.typed("confirmed") == "1"
    wished = await reading(wished_in, visit, typed.value("wish"))
    move = WriteCard(**typed.words(), wished=wished, walk_up=True, cells=cells, where=where, confirmed=confirmed)
    outcome = await played(visit, move, key=form_key(typed))
    if outcome.refusal:
        return await _not_entered(visit, outcome.refusal, typed)
    day = visit.typed("day")
    onward = {"given": outcome.changes[0].card, **({"day": day} if day else {})}
    return back(visit, outcome, f"{desk_url(visit.event, 'enter')}?{urlencode(onward)}")


async def entered_both(visit: Visit, wanted: Cell | None) -> HttpResponse:
    """Two walk-ups want one cell: both cards, and the contest between them and whoever has the cell."""
    one, other = typed_in(visit.request.POST), typed_in(_second(visit))
    one = _with_cell(visit, "contend", wanted, one)
    method, minutes = _terms(visit)
    if method is None:
        one = one.with_errors({"minutes": unfit_says(Unfit("minutes", "too-long", 7 * 24 * 60))})
    if one.errors or other.errors or wanted is None:
        return await entry_page(visit, one, other, status=422)
    if refusal := _shut(visit, wanted):
        return await _not_entered(visit, refusal, one, other)
    cards = [rival.code for rival in rivals_for(visit.newest(), wanted)]
    for number, typed in enumerate((one, other), 1):
        written = await played(visit, WriteCard(**typed.words(), walk_up=True), key=_part_key(one, number))
        if written.refusal:
            return await _not_entered(visit, written.refusal, one, other)
        cards.append(written.changes[0].card)
    move = OpenContest(cell=wanted, cards=tuple(cards), method=method, minutes=minutes, presence=code_asked(visit))
    opened = await played(visit, move, key=_part_key(one, 3))
    return await _opened(visit, opened, one, other, cards[-2:])


async def _contending(visit: Visit, typed: Typed, wanted: Cell) -> HttpResponse:
    """The card is written first, so whatever comes of the contest, nothing typed is lost."""
    if refusal := _shut(visit, wanted):
        return await _not_entered(visit, refusal, typed)
    rivals = [rival.code for rival in rivals_for(visit.newest(), wanted)]
    if not rivals:
        return await entered(visit, "place", wanted)
    written = await played(visit, WriteCard(**typed.words(), walk_up=True), key=_part_key(typed, 1))
    if written.refusal:
        return await _not_entered(visit, written.refusal, typed)
    code = written.changes[0].card
    opened = await played(visit, OpenContest(cell=wanted, cards=(*rivals, code)), key=_part_key(typed, 2))
    return await _opened(visit, opened, typed, None, [code])


async def _opened(visit: Visit, opened: Outcome, one: Typed, other: Typed | None, codes: list[str]) -> HttpResponse:
    """On to the contest. Where there is none after all, the cards are kept as planned, and it is said why."""
    if opened.refusal:
        said = _("The cards are kept as planned. %(why)s") % {"why": why(opened.refusal)}
        return await entry_page(visit, one, other, said=said, status=form_status(opened.refusal.code))
    number = next(change.number for change in opened.changes if change.kind is Kind.CONTEST_OPENED)
    return back(visit, opened, contest_url(visit.event, number, *codes))


def _shut(visit: Visit, wanted: Cell) -> Refusal | None:
    """Why nobody can contend for a cell, before anything is written."""
    nobody = OpenContest(cell=wanted, cards=tuple(card.code for card in rivals_for(visit.newest(), wanted)))
    decided = nobody.decide(visit.newest(), visit.by, visit.at)
    blocked = isinstance(decided, Refusal) and decided.code is not Code.NO_CONTEST_HERE
    return decided if isinstance(decided, Refusal) and blocked else None


def _with_cell(visit: Visit, do: str, wanted: Cell | None, typed: Typed) -> Typed:
    """The errors of the cell that was tapped."""
    if do == "note":
        return typed
    board = visit.newest()
    if do not in ("place", "contend") or wanted is None or not board.has_cell(wanted):
        return typed.with_errors({"picker": _("Choose an hour.")})
    errors = {"slots": slots_fault(board, wanted, typed.slots)}
    if board.is_elsewhere(wanted):
        errors["where"] = where_fault(typed.value("where"))
        if do == "contend":
            errors["picker"] = _("%(cell)s has room for everybody.") % {"cell": cell_says(board, wanted)}
    return typed.with_errors({name: said for name, said in errors.items() if said})


def _terms(visit: Visit) -> tuple[Method | None, int]:
    """Method and minutes as typed; no method where the minutes are none."""
    typed, named = visit.typed("minutes").strip(), visit.typed("method")
    minutes = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
    method = Method(named) if named in METHODS else None
    try:
        OpenContest(cell=Cell("", ""), cards=(), minutes=minutes)
    except Unfit:
        return None, 0
    return (method, minutes) if minutes else (None, 0)


def _second(visit: Visit) -> Mapping[str, Any]:
    return {"title": visit.typed("title2"), "host": visit.typed("host2")}


def _part_key(typed: Typed, number: int) -> str:
    key = form_key(typed)
    return f"{key}-{number}" if key else ""


async def _not_entered(visit: Visit, refusal: Refusal, one: Typed, other: Typed | None = None) -> HttpResponse:
    confirm = visit.typed("do") if refusal.confirmable else ""
    status = form_status(refusal.code)
    return await entry_page(visit, one, other, why(refusal), status, confirm=confirm)
