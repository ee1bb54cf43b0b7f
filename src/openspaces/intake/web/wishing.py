"""What is understood of a wish while it is typed and once it is kept: a sentence for the host. It books nothing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from openspaces.board.state import Board, Wished
from openspaces.board.vocabulary import WISH_LENGTH
from openspaces.intake.reading import reading
from openspaces.intake.web.visiting import Visit, visit_of
from openspaces.intake.wishes import read_wish, understood_says


@require_safe
async def understood(request: HttpRequest, event: str) -> HttpResponse:
    """What is understood of `?wish=`, for the forms' script."""
    visit = await visit_of(request, event)
    says = await reading(wish_says, visit, visit.board, request.GET.get("wish", "")[:WISH_LENGTH])
    return JsonResponse({"says": says}, headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"})


def wish_says(visit: Visit, board: Board, wish: str) -> str:
    """The sentence; nothing where nothing was wished."""
    return understood_says(board, read_wish(wish, board, visit.at)) if wish.strip() else ""


def wished_in(visit: Visit, wish: str) -> Wished | None:
    """What a card keeps of a wish."""
    return read_wish(wish, visit.newest(), visit.at).wished if wish.strip() else None
