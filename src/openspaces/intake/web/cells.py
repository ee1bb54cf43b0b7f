"""What one does with a cell: look at it, take or ask for it with a new card, and for staff close and reopen it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import CloseCell, Move, ReopenCell, WriteCard
from openspaces.board.play import KeyReused, Outcome, play_soon
from openspaces.board.state import Board
from openspaces.board.vocabulary import REASON_LENGTH, Cell, Kind, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.web.cell_page import cell_page
from openspaces.intake.web.forms import Typed, form_status, slots_fault, typed_in, where_fault
from openspaces.intake.web.kept import first_page
from openspaces.intake.web.offering import cell_url
from openspaces.intake.web.visiting import Visit, go_to, visited
from openspaces.wording import lost_says, says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def cell(visit: Visit, cell: str) -> HttpResponse:
    """Show a cell; take or ask for it with a new card; or, for staff, close and reopen it."""
    wanted = _cell_of(visit.board, cell)
    match visit.request.method, visit.typed("do"):
        case "POST", "close":
            return await _close(visit, wanted)
        case "POST", "reopen":
            return await _played_by_staff(visit, wanted, ReopenCell(cells=(wanted,)))
        case "POST", _:
            return await _take(visit, wanted)
    return cell_page(visit, wanted)


def _cell_of(board: Board, written: str) -> Cell:
    try:
        cell = Cell.parse(written)
    except ValueError:
        raise Http404(_("This address names no cell of the board.")) from None
    if not board.has_cell(cell):
        raise Http404(_("The board has no such cell."))
    return cell


# Taking


async def _take(visit: Visit, wanted: Cell) -> HttpResponse:
    typed = _with_place(visit, wanted, typed_in(visit.request.POST))
    if typed.errors:
        return cell_page(visit, wanted, typed, status=422)
    try:
        outcome = await play_soon(visit.event, _card_for(visit, wanted, typed), by=visit.by, key=form_key(typed))
    except KeyReused:
        return cell_page(visit, wanted, typed, used_says(visit), status=409)
    if outcome.refusal:
        return _lost(visit, wanted, typed, outcome.refusal)
    return go_to(_done_url(visit, outcome))


def _with_place(visit: Visit, wanted: Cell, typed: Typed) -> Typed:
    errors = {"slots": slots_fault(visit.board, wanted, typed.slots)}
    if visit.board.is_elsewhere(wanted):
        errors["where"] = where_fault(typed.value("where"))
    return typed.with_errors({name: said for name, said in errors.items() if said})


def _card_for(visit: Visit, wanted: Cell, typed: Typed) -> WriteCard:
    """The card that is asked for. A host's card has the cell at once where nobody else wants it and hosts place cards
    themselves; it contends with others only if its host has read who they are and says so."""
    confirmed = visit.typed("confirmed")
    return WriteCard(
        **typed.words(),
        cells=visit.board.run(wanted, typed.slots),
        where=typed.value("where") if visit.board.is_elsewhere(wanted) else "",
        claim=not visit.by.is_staff,
        contend=visit.typed("contend") == "1" or confirmed == "contend",
        confirmed=bool(confirmed),
    )


def form_key(typed: Typed) -> str:
    """The form's idempotency key, if it is one that the log can keep."""
    key = typed.value("key")
    return key if len(key) <= 128 and key.isascii() and key.isprintable() else ""


def _done_url(visit: Visit, outcome: Outcome) -> str:
    placed = any(change.kind is Kind.CARD_PLACED for change in outcome.changes)
    return f"/{visit.event}/cards/{outcome.changes[0].card}/edit/?{'placed' if placed else 'claimed'}=1"


def _lost(visit: Visit, wanted: Cell, typed: Typed, refusal: Refusal) -> HttpResponse:
    if first := first_page(visit.request, visit.board, refusal):
        return first
    status = form_status(refusal.code)
    if status == 422:
        return cell_page(visit, wanted, typed.with_errors({"where": says(refusal)}), status=422)
    return cell_page(visit, wanted, typed, lost_says(refusal), refusal, status)


def used_says(visit: Visit) -> str:
    """The form put up one card already, and comes back with other words: one more card only if that is meant."""
    mine = visit.newest().cards_of(visit.by.hand)
    title = mine[-1].words.title if mine else ""
    return _("This form has already put up “%(title)s”. Press the button again to put up one more card.") % {
        "title": title
    }


# Closing


async def _close(visit: Visit, wanted: Cell) -> HttpResponse:
    try:
        move = CloseCell(cells=(wanted,), reason=visit.typed("reason"))
    except Unfit as unfit:
        return cell_page(visit, wanted, status=422, reason_error=_reason_says(unfit))
    return await _played_by_staff(visit, wanted, move)


async def _played_by_staff(visit: Visit, wanted: Cell, move: Move) -> HttpResponse:
    outcome = await play_soon(visit.event, move, by=visit.by)
    if outcome.refusal:
        refusal = outcome.refusal
        return cell_page(visit, wanted, said=says(refusal), status=form_status(refusal.code))
    return go_to(cell_url(visit.board, wanted))


def _reason_says(unfit: Unfit) -> str:
    if unfit.code == "empty":
        return _("Write why: the board shows it to everyone.")
    return _("Shorten this to %(limit)d letters.") % {"limit": REASON_LENGTH}
