"""Writing the cards of a sheet: what came of it, and while that takes long, how far it has come."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from openspaces.intake.bringing import Cards
from openspaces.intake.reading import working
from openspaces.intake.sheets import Tally, play_all
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.visiting import Visit

logger = logging.getLogger(__name__)

AT_ONCE = 2.0
"""Seconds after which it is told how far it has come."""
EVERY = 1.0
"""Seconds between two words about that."""
MOST = 200
"""Lines of one list."""
_HERE = "<!-- what came of it -->"


async def played_page(visit: Visit, cards: Cards) -> HttpResponse:
    """Write the cards. Where that takes long, the page is sent piece by piece, so that it needs no script to move."""
    done = [0]
    work = asyncio.ensure_future(working(play_all, visit.newest(), cards.ready, lambda count: done.append(count)))
    await asyncio.wait([work], timeout=AT_ONCE)
    if work.done():
        return await desk_page(visit, "import_played", "import", {"result": _result(visit, work.result(), cards)})
    whole = await desk_page(visit, "import_played", "import", {"result": _HERE})
    head, _mark, tail = whole.content.decode().partition(_HERE)
    pieces = _pieces(visit, cards, work, done, (head, tail), get_language() or "en")
    answer = StreamingHttpResponse(pieces, headers={"X-Accel-Buffering": "no"})
    return cast(HttpResponse, answer)


async def _pieces(
    visit: Visit, cards: Cards, work: "asyncio.Future[Tally]", done: list[int], frame: tuple[str, str], language: str
) -> AsyncIterator[str]:
    head, tail = frame
    yield f'{head}<div class="steps" role="status">'
    while not work.done():
        with override(language):
            says = _("%(done)d of %(whole)d cards are written") % {"done": done[-1], "whole": len(cards.ready)}
        yield f"<p>{says}</p>"
        await asyncio.wait([work], timeout=EVERY)
    yield "<p></p></div>"
    with override(language):
        yield _came_of(visit, work, cards)
    yield tail


def _came_of(visit: Visit, work: "asyncio.Future[Tally]", cards: Cards) -> str:
    try:
        return _result(visit, work.result(), cards)
    except Exception:  # the answer has begun, so that no other page can take its place
        logger.exception("an import of %s broke off", visit.event)
        return _result(visit, None, cards)


def _result(visit: Visit, tally: Tally | None, cards: Cards) -> str:
    context: dict[str, Any] = {
        "tally": tally,
        "notes": tally.notes[:MOST] if tally else (),
        "refused": tally.refused[:MOST] if tally else (),
        "bad": [str(row) for row in cards.bad[:MOST]],
        "home": f"/{visit.event}/",
        "again": desk_url(visit.event, "import"),
    }
    return render_to_string("intake/desk/_import_result.html", context)
