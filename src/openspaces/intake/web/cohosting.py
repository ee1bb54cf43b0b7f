"""Somebody offers to host a card too: an idea with whoever takes it up, another card with its host, who decides."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from openspaces.board.play import play_soon
from openspaces.board.read import Offered, offers_to_host
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.board.voices import OfferToHost
from openspaces.board.words import Unfit
from openspaces.intake.reading import reading
from openspaces.intake.web.forms import Typed, form_status
from openspaces.intake.web.links import shown_card
from openspaces.intake.web.visiting import Visit, go_to, mint_key, page, visited
from openspaces.wording import says, unfit_says

NAMES = ("host", "handle")
"""What is asked for; somebody who was too late to take an idea up brings it along."""


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def co_host(visit: Visit, code: str) -> HttpResponse:
    """The form of an offer, what one has offered already, and taking it back."""
    card = await visit.card(code)
    if visit.request.method != "POST":
        return await _page(visit, card)
    return await _offer(visit, card)


async def offers_of(visit: Visit, card: Card) -> list[Offered]:
    """Those who offered to host a card and do not yet, the first first."""
    return offered_for(visit.newest(), card, await reading(offers_to_host, visit.event))


def offered_for(board: Board, card: Card, every: Iterable[Offered]) -> list[Offered]:
    """Those of `every` offer that are for a card, or for a part of it, and not from one of its hosts."""
    parts = {part.code for part in board.parts(card)}
    return [each for each in every if each.card in parts and each.hand not in card.hands]


async def _offer(visit: Visit, card: Card) -> HttpResponse:
    typed = Typed({name: visit.typed(name) for name in NAMES})
    try:
        voice = OfferToHost(card=card.code, name=typed.value("host"), handle=typed.value("handle"), on=_is_meant(visit))
    except Unfit as unfit:
        field = "host" if unfit.field == "name" else unfit.field
        return await _page(visit, card, typed.with_errors({field: unfit_says(unfit)}), status=422)
    outcome = await play_soon(visit.event, voice, by=visit.by)
    if outcome.refusal:
        return await _page(visit, card, typed, says(outcome.refusal), form_status(outcome.refusal.code))
    return go_to(f"{visit.request.path}?{'thanks' if voice.on else 'back'}=1")


def _is_meant(visit: Visit) -> bool:
    return visit.typed("do") != "take-back"


async def _page(
    visit: Visit, card: Card, typed: Typed | None = None, said: str = "", status: int = 200
) -> HttpResponse:
    board = visit.newest()
    now = board.cards.get(card.code, card)
    mine = await _mine(visit, now)
    form = typed or Typed({"host": mine.name, "handle": mine.handle} if mine else visit.request.GET.dict())
    fields = [field for field in form.fields_of_host() if field.name in NAMES]
    context = {
        "card": shown_card(board, now),
        "form": {"fields": fields, "errors": [{"name": name, "says": why} for name, why in form.errors.items()]},
        "key": mint_key(),
        "said": said,
        "mine": mine,
        "done": next((name for name in ("thanks", "back") if name in visit.request.GET), ""),
        "idea": now.stage is Stage.IDEA,
        "gone": now.stage is Stage.WITHDRAWN,
        "hosts": _is_host(visit, board, now),
    }
    return page(visit, "co_host", context, status)


async def _mine(visit: Visit, card: Card) -> Offered | None:
    """What this device offered."""
    if visit.device.fresh:
        return None
    return next((each for each in await offers_of(visit, card) if each.hand == visit.by.hand), None)


def _is_host(visit: Visit, board: Board, card: Card) -> bool:
    return card.code in {each.code for each in board.hosted_by(visit.by.hand)}
