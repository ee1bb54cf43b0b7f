"""One person would come to a card, or would not any more: the form of it, for those without the script."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.play import play_soon
from openspaces.board.read import stars_of, stars_on
from openspaces.board.state import Card
from openspaces.board.vocabulary import Stage
from openspaces.board.voices import Star
from openspaces.intake.reading import reading
from openspaces.intake.web.forms import form_status
from openspaces.intake.web.links import shown_card
from openspaces.intake.web.mine import calendar_of
from openspaces.intake.web.visiting import Visit, go_to, page, visited
from openspaces.look.calendars import feed_ways, late_says
from openspaces.wording import says

LISTS = {Stage.IDEA: "ideas/", Stage.PLANNED: "planned/"}
"""Where a card stands that holds no cell."""


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def star(visit: Visit, code: str) -> HttpResponse:
    """Whether one would come, and how many would; to say so, or to take it back."""
    card = await visit.card(code)
    if visit.request.method != "POST":
        return await _star_page(visit, card)
    outcome = await play_soon(visit.event, Star(card=card.code, on=visit.typed("on") != "0"), by=visit.by)
    if outcome.refusal:
        return await _star_page(visit, card, says(outcome.refusal), form_status(outcome.refusal.code))
    return go_to(visit.request.path)


async def _star_page(visit: Visit, card: Card, said: str = "", status: int = 200) -> HttpResponse:
    board = visit.newest()
    starred = [] if visit.device.fresh else await reading(stars_of, visit.event, visit.by.hand)
    parts = [part.code for part in board.parts(card)]
    context = {
        "card": shown_card(board, card),
        "on": card.code in starred,
        "stars": await reading(stars_on, visit.event, parts),
        "gone": card.stage is Stage.WITHDRAWN,
        "said": said,
        "calendars": feed_ways(calendar_of(visit), _("%(event)s: my stars") % {"event": board.name}) if starred else [],
        "late": late_says(),
        "back": f"/{visit.event}/{LISTS.get(card.stage, '')}",
    }
    return page(visit, "star", context, status)
