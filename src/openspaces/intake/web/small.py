"""Small answers for the pages' scripts: what is mine, and which cards have a title like mine."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openspaces.board.moves.taking import may_place
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import TITLE_LENGTH
from openspaces.intake.web.links import card_url, cards_held, stage_says
from openspaces.intake.web.similar import similar
from openspaces.intake.web.staff import role_says
from openspaces.intake.web.visiting import visit_of
from openspaces.wording import says


@require_safe
async def me(request: HttpRequest, event: str) -> HttpResponse:
    """What the page that is the same for everyone cannot say: my role, my cards, and whether I may place one."""
    visit = await visit_of(request, event)
    refusal = may_place(visit.by, visit.board)
    answer = {
        "event": visit.event,
        "name": visit.board.name,
        "number": visit.board.number,
        "role": visit.by.role,
        "role_says": role_says(visit.by.role) if visit.by.role else "",
        "cards": [card.code for card in cards_held(visit)],
        "placing": visit.board.policy.placing,
        "why_not": says(refusal) if refusal else "",
    }
    return _json(answer, "private, no-store")


@require_safe
async def look_alike(request: HttpRequest, event: str) -> HttpResponse:
    """The cards whose title is like `?title=`, nearest first."""
    visit = await visit_of(request, event)
    title, but = request.GET.get("title", "")[: 2 * TITLE_LENGTH], request.GET.get("but", "")
    others = [card for card in visit.board.cards.values() if card.code != but]
    near = [_found(visit.board, card) for card in similar(title, others)]
    return _json({"says": _("There are cards like yours:") if near else "", "cards": near}, "private, no-cache")


def _found(board: Board, card: Card) -> dict[str, str]:
    return {
        "code": card.code,
        "title": card.words.title,
        "when": stage_says(board, card),
        "url": card_url(board.event, card.code),
    }


def _json(answer: dict[str, object], kept: str) -> HttpResponse:
    return JsonResponse(answer, headers={"Cache-Control": kept, "Vary": "Cookie"})
