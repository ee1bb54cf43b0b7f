"""The pages of a report and of "nobody here": what is asked, what comes of it, and thanks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves.moderating import REPORTS_TO_SHIELD
from openspaces.board.moves.running import PRESENT_TO_FREE, running
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Stage
from openspaces.intake.web.links import shown_card
from openspaces.intake.web.offering import cell_url
from openspaces.intake.web.presence_field import FIELD
from openspaces.intake.web.visiting import Visit, mint_key, page

OTHER = "other"


def reasons() -> list[tuple[str, str]]:
    """What may be wrong with a card, in the language that is active."""
    return [
        ("rude", _("It insults or threatens somebody")),
        ("advert", _("It is advertising")),
        ("private", _("It shows what is private")),
        (OTHER, _("Something else")),
    ]


def report_page(
    visit: Visit, card: Card, *, said: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """Report a card; or thanks, and what happens now."""
    board = visit.newest()
    now = board.cards.get(card.code, card)
    context = {
        **_shared(visit, board, now, said, wrong or {}, REPORTS_TO_SHIELD),
        "reasons": [(name, label, name == visit.typed("why")) for name, label in reasons()],
        "more": visit.typed("more"),
        "hidden": now.hidden,
    }
    return page(visit, "report", context, status)


def nobody_page(
    visit: Visit, card: Card, *, said: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """Say that nobody is there; or thanks, and what happens now."""
    board = visit.newest()
    now = board.cards.get(card.code, card)
    freed = _freed(visit, board)
    context = {
        **_shared(visit, board, now, said, wrong or {}, PRESENT_TO_FREE),
        "running": running(board, now, visit.at),
        "freed": cell_url(board, freed) if freed else "",
        "is_free": freed is not None and board.is_free(freed),
    }
    return page(visit, "nobody_here", context, status)


def _shared(visit: Visit, board: Board, card: Card, said: str, wrong: Mapping[str, str], needed: int) -> dict[str, Any]:
    """What both pages say. `needed` is how many people who are here must tell it before something happens by itself."""
    return {
        "card": shown_card(board, card),
        "gone": card.stage is Stage.WITHDRAWN,
        "said": said,
        "wrong": wrong,
        "errors": [{"name": name, "says": error} for name, error in wrong.items()],
        "present": visit.by.present or visit.by.is_staff,
        "symbols": visit.typed(FIELD),
        "thanks": "thanks" in visit.request.GET and not said and not wrong,
        "needed": needed,
        "key": mint_key(),
    }


def _freed(visit: Visit, board: Board) -> Cell | None:
    """The cell that has just been freed, as the address says; only if it is one that runs now."""
    try:
        cell = Cell.parse(visit.request.GET.get("thanks", ""))
    except ValueError:
        return None
    runs = board.has_cell(cell) and board.slot_of(cell).starts <= visit.at < board.slot_of(cell).ends
    return cell if runs else None
