"""A session that is announced ahead: its host, their wish in their own words, what was understood. It holds no room."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import WriteCard
from openspaces.board.play import KeyReused, play_soon
from openspaces.intake.reading import reading
from openspaces.intake.web.cells import form_key, used_says
from openspaces.intake.web.forms import Typed, email_field, form_status, typed_in, wish_field
from openspaces.intake.web.kept import first_page
from openspaces.intake.web.links import edit_url
from openspaces.intake.web.reaching import email_fault
from openspaces.intake.web.visiting import Visit, go_to, mint_key, page, visited
from openspaces.intake.web.wishing import wish_says, wished_in
from openspaces.people.contacts import keep_contact
from openspaces.wording import says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def plan(visit: Visit) -> HttpResponse:
    """The form of a planned session, and writing it."""
    if visit.request.method == "POST":
        return await _plan(visit)
    return await _page(visit, Typed())


async def _plan(visit: Visit) -> HttpResponse:
    typed = _checked(typed_in(visit.request.POST))
    if typed.errors or visit.typed("do") == "look":
        return await _page(visit, typed, status=422 if typed.errors else 200)
    wished = await reading(wished_in, visit, typed.value("wish"))
    try:
        move = WriteCard(**typed.words(), wished=wished)
        outcome = await play_soon(visit.event, move, by=visit.by, key=form_key(typed))
    except KeyReused:
        return await _page(visit, typed, used_says(visit), 409)
    if outcome.refusal:
        if first := first_page(visit.request, visit.board, outcome.refusal):
            return first
        return await _page(visit, typed, says(outcome.refusal), form_status(outcome.refusal.code))
    code = outcome.changes[0].card
    if email := typed.value("email").strip():
        await reading(keep_contact, visit.event, code, email)
    return go_to(f"{edit_url(visit.event, code)}?planned=1")


def _checked(typed: Typed) -> Typed:
    errors: dict[str, str] = {}
    if not typed.value("host").strip():
        errors["host"] = _("Write who you are: everybody will see who hosts it.")
    if why := email_fault(typed.value("email")):
        errors["email"] = why
    return typed.with_errors(errors)


async def _page(visit: Visit, typed: Typed, said: str = "", status: int = 200) -> HttpResponse:
    form: dict[str, Any] = {
        "fields": [*typed.fields_of_host(), *typed.filled(wish_field(), email_field())],
        "understood": await reading(wish_says, visit, visit.newest(), typed.value("wish")),
        "errors": [{"name": name, "says": why} for name, why in typed.errors.items()],
        "key": mint_key(),
    }
    return page(visit, "plan", {"form": form, "said": said}, status)
