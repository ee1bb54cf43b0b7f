"""Into Giggity with what this device starred: an address that the page which is the same for everyone can name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from openspaces.board.read import stars_of
from openspaces.intake.reading import reading
from openspaces.intake.web.visiting import visit_of
from openspaces.look.giggity import giggity_link


@require_safe
async def giggity(request: HttpRequest, event: str) -> HttpResponse:
    """Leads there with the stars of this moment; a link on the page would carry those of when it was made."""
    visit = await visit_of(request, event)
    starred = [] if visit.device.fresh else await reading(stars_of, visit.event, visit.by.hand)
    link = giggity_link(visit.newest(), visit.base_url, starred)
    return HttpResponseRedirect(link, headers={"Cache-Control": "private, no-store", "Vary": "Cookie"})
