"""The staff's door: a link's token gives this device its role; and for organisers, everyone who runs the event."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.intake.limits import TRIES, check
from openspaces.intake.reading import reading
from openspaces.intake.web.roles import role_says
from openspaces.intake.web.staff.doing import done, let_go
from openspaces.intake.web.staff.shown import door_page, staff_page
from openspaces.intake.web.visiting import Visit, go_to, too_fast, visited
from openspaces.people.staff import take_role

__all__ = ["role_says", "staff"]


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def staff(visit: Visit) -> HttpResponse:
    """Take a token; show who runs the event and do what an organiser asks; or say what this device may do."""
    if visit.request.method == "POST":
        if "do" not in visit.request.POST:
            return await _token_taken(visit)
        return await (let_go(visit) if visit.typed("do") == "drop" else done(visit))
    return await staff_page(visit) if visit.by.role else door_page(visit)


async def _token_taken(visit: Visit) -> HttpResponse:
    if wait := check(visit.device, visit.event, visit.request.META.get("REMOTE_ADDR", ""), TRIES):
        return too_fast(visit, wait)
    token = visit.typed("token").strip()
    if await reading(take_role, visit.event, visit.by.hand, token) is None:
        return door_page(visit, _("That is not a token of this event, or it is no longer good."), token, 403)
    return go_to(f"/{visit.event}/staff/")
