"""A small answer for the forms' script: which cards have a title like the one being typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import TITLE_LENGTH
from openspaces.intake.web.links import card_url, stage_says
from openspaces.intake.web.similar import similar
from openspaces.intake.web.visiting import visit_of


@require_safe
async def look_alike(request: HttpRequest, event: str) -> HttpResponse:
    """The cards whose title is like `?title=`, nearest first."""
    visit = await visit_of(request, event)
    title, but = request.GET.get("title", "")[: 2 * TITLE_LENGTH], request.GET.get("but", "")
    others = [card for card in visit.board.cards.values() if card.code != but]
    near = [_found(visit.board, card) for card in similar(title, others)]
    answer = {"says": _("There are cards like yours:") if near else "", "cards": near}
    return JsonResponse(answer, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})


def _found(board: Board, card: Card) -> dict[str, str]:
    return {
        "code": card.code,
        "title": card.words.title,
        "when": stage_says(board, card),
        "url": card_url(board.event, card.code),
    }
