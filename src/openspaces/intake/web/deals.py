"""A host asks another one: to change places, or to make one card of their two. Nothing happens until they agree."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import AskDeal
from openspaces.board.moves.base import holds
from openspaces.board.play import play_soon
from openspaces.board.state import Card
from openspaces.board.vocabulary import Deal
from openspaces.intake.web.deal_page import choose_page, deal_page
from openspaces.intake.web.edit_page import locked_page
from openspaces.intake.web.forms import Typed, fault, form_status
from openspaces.intake.web.links import edit_url
from openspaces.intake.web.visiting import Visit, go_to, visited


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def deals(visit: Visit, code: str) -> HttpResponse:
    """Choose the other card; then read what would come of it, and ask. Only the card's host and staff may."""
    card = await visit.card(code)
    if not (visit.by.is_staff or holds(visit.by, visit.newest(), card)):
        return locked_page(visit, card, status=403 if visit.request.method == "POST" else 200)
    deal = _deal(visit)
    wanted = visit.typed("with") or visit.request.GET.get("with", "")
    if not wanted:
        return choose_page(visit, card, deal)
    other = await visit.card(wanted)
    if visit.request.method == "POST":
        return await _ask(visit, card, other, deal)
    return deal_page(visit, card, other, deal)


def _deal(visit: Visit) -> Deal:
    asked = visit.typed("deal") or visit.request.GET.get("deal", Deal.SWAP.value)
    if asked not in list(Deal):
        raise Http404(_("There is no such thing to ask of another host."))
    return Deal(asked)


async def _ask(visit: Visit, card: Card, other: Card, deal: Deal) -> HttpResponse:
    typed = _typed(visit, deal)
    if typed.errors:
        return deal_page(visit, card, other, deal, typed=typed, status=422)
    move = AskDeal(card=card.code, other=other.code, deal=deal, title=typed.value("title"), text=typed.value("text"))
    outcome = await play_soon(visit.event, move, by=visit.by)
    if outcome.refusal:
        refusal = outcome.refusal
        return deal_page(visit, card, other, deal, typed=typed, refusal=refusal, status=form_status(refusal.code))
    return go_to(f"{edit_url(visit.event, card.code)}?asked=1")


def _typed(visit: Visit, deal: Deal) -> Typed:
    """The words of the one card, where there will be one."""
    values = {name: visit.typed(name) if deal is Deal.MERGE else "" for name in ("title", "text")}
    errors = {name: said for name, typed in values.items() if deal is Deal.MERGE and (said := fault(name, typed))}
    return Typed(values, errors)
