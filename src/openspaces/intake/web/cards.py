"""A blank card, on the web or from a sheet of paper: planned, or an idea that nobody hosts yet. It holds no cell."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import WriteCard
from openspaces.board.play import KeyReused, play_soon
from openspaces.board.vocabulary import Code, Refusal, new_code
from openspaces.intake.web.cells import form_key, used_says
from openspaces.intake.web.forms import Typed, typed_in
from openspaces.intake.web.links import ShownCard, card_url, edit_url
from openspaces.intake.web.paper import NO_SHEET, Sheet, sheet_of
from openspaces.intake.web.visiting import Visit, go_to, mint_key, page, visited
from openspaces.wording import says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def new(visit: Visit) -> HttpResponse:
    """The form of a blank card, and writing it."""
    if visit.request.method == "POST":
        return await _write(visit, await sheet_of(visit, visit.typed("paper")))
    sheet = await sheet_of(visit, visit.request.GET.get("paper", ""))
    if sheet.card:
        return go_to(sheet.card.url)
    return _form_page(visit, Typed(), sheet.unknown_says, sheet=sheet)


async def _write(visit: Visit, sheet: Sheet) -> HttpResponse:
    typed = _hosted_or_not(typed_in(visit.request.POST))
    if typed.errors:
        return _form_page(visit, typed, status=422, sheet=sheet)
    move = WriteCard(**typed.words(), idea=bool(typed.value("idea")), code=sheet.code or new_code())
    try:
        outcome = await play_soon(visit.event, move, by=visit.by, key=form_key(typed))
    except KeyReused:
        return _form_page(visit, typed, used_says(visit), 409)
    if outcome.refusal:
        return await _refused(visit, typed, outcome.refusal, sheet)
    code = outcome.changes[0].card
    if move.idea and visit.typed("back") == "ideas":
        return go_to(f"/{visit.event}/ideas/?sort=new#card-{code}")
    return go_to(card_url(visit.event, code) if move.idea else f"{edit_url(visit.event, code)}?planned=1")


async def _refused(visit: Visit, typed: Typed, refusal: Refusal, sheet: Sheet) -> HttpResponse:
    """Why the card was not written. Where another phone wrote the card of this sheet first, it leads there; what was
    typed here may be a card of its own."""
    if refusal.code is Code.CODE_TAKEN and sheet.code:
        return _form_page(visit, typed, status=409, there=(await sheet_of(visit, sheet.code)).card)
    return _form_page(visit, typed, says(refusal), 409, sheet=sheet)


def _hosted_or_not(typed: Typed) -> Typed:
    """An idea has no host: who writes both is asked which one is meant."""
    if not (typed.value("idea") and typed.value("host").strip()):
        return typed
    return typed.with_errors({"idea": _("Either write who hosts it, or tick that nobody does yet.")})


def _form_page(
    visit: Visit,
    typed: Typed,
    said: str = "",
    status: int = 200,
    *,
    sheet: Sheet = NO_SHEET,
    there: ShownCard | None = None,
) -> HttpResponse:
    form = {
        "fields": typed.fields(),
        "errors": [{"name": name, "says": error} for name, error in typed.errors.items()],
        "key": mint_key(),
        "action": f"/{visit.event}/cards/new/",
        "idea": {"ticked": bool(typed.value("idea")), "error": typed.errors.get("idea", "")},
    }
    return page(visit, "new_card", {"form": form, "said": said, "sheet": sheet, "there": there}, status)
