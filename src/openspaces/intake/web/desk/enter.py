"""Quick entry: a walk-up's card in ten seconds, or two walk-ups who want one cell."""

from django.http import HttpResponse

from openspaces.board.vocabulary import Cell
from openspaces.intake.web.desk.entering import entered, entered_both
from openspaces.intake.web.desk.entry_page import entry_page
from openspaces.intake.web.desk.visiting import staffed
from openspaces.intake.web.visiting import Visit


@staffed
async def enter(visit: Visit) -> HttpResponse:
    """The form; writing one card, or two for one cell (`?two`)."""
    if visit.request.method != "POST":
        return await entry_page(visit)
    do, _space, named = visit.typed("do").partition(" ")
    wanted = _cell_of(named)
    if "two" in visit.request.POST:
        return await entered_both(visit, wanted)
    return await entered(visit, do, wanted)


def _cell_of(written: str) -> Cell | None:
    try:
        return Cell.parse(written)
    except ValueError:
        return None
