"""A blank card: planned, or an idea that nobody hosts yet. It holds no cell."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import WriteCard
from openspaces.board.play import KeyReused, play_soon
from openspaces.intake.web.cells import form_key, used_says
from openspaces.intake.web.forms import Typed, typed_in
from openspaces.intake.web.links import card_url, edit_url
from openspaces.intake.web.visiting import Visit, go_to, mint_key, page, visited
from openspaces.wording import says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def new(visit: Visit) -> HttpResponse:
    """The form of a blank card, and writing it."""
    return await _write(visit) if visit.request.method == "POST" else _form_page(visit, Typed())


async def _write(visit: Visit) -> HttpResponse:
    typed = _hosted_or_not(typed_in(visit.request.POST))
    if typed.errors:
        return _form_page(visit, typed, status=422)
    move = WriteCard(**typed.words(), idea=bool(typed.value("idea")))
    try:
        outcome = await play_soon(visit.event, move, by=visit.by, key=form_key(typed))
    except KeyReused:
        return _form_page(visit, typed, used_says(visit), 409)
    if outcome.refusal:
        return _form_page(visit, typed, says(outcome.refusal), 409)
    code = outcome.changes[0].card
    return go_to(card_url(visit.event, code) if move.idea else f"{edit_url(visit.event, code)}?planned=1")


def _hosted_or_not(typed: Typed) -> Typed:
    """An idea has no host: who writes both is asked which one is meant."""
    if not (typed.value("idea") and typed.value("host").strip()):
        return typed
    return typed.with_errors({"idea": _("Either write who hosts it, or tick that nobody does yet.")})


def _form_page(visit: Visit, typed: Typed, said: str = "", status: int = 200) -> HttpResponse:
    form = {
        "fields": typed.fields(),
        "errors": [{"name": name, "says": error} for name, error in typed.errors.items()],
        "key": mint_key(),
        "action": f"/{visit.event}/cards/new/",
        "idea": {"ticked": bool(typed.value("idea")), "error": typed.errors.get("idea", "")},
    }
    return page(visit, "new_card", {"form": form, "said": said}, status)
