"""The organiser's link: a token, typed or carried in the fragment, gives this device its role."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.intake.limits import TRIES, check
from openspaces.intake.reading import reading
from openspaces.intake.web.visiting import Visit, go_to, page, too_fast, visited
from openspaces.people.staff import API, LINK, give_role, role_of_token
from openspaces.people.who import Role


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def staff(visit: Visit) -> HttpResponse:
    """Ask for the token, take it, and say what this device may do."""
    if visit.request.method != "POST":
        return _staff_page(visit)
    if wait := check(visit.device, visit.event, visit.request.META.get("REMOTE_ADDR", ""), TRIES):
        return too_fast(visit, wait)
    token = visit.typed("token").strip()
    role = await reading(_taken_role, visit, token)
    if role is None:
        return _staff_page(visit, _("That is not a token of this event, or it is no longer good."), token, 403)
    return go_to(f"/{visit.event}/staff/")


def _taken_role(visit: Visit, token: str) -> Role | None:
    role = role_of_token(visit.event, token, LINK) or role_of_token(visit.event, token, API)
    if role:
        give_role(visit.event, visit.by.hand, role)
    return role


def _staff_page(visit: Visit, error: str = "", token: str = "", status: int = 200) -> HttpResponse:
    role = role_says(visit.by.role) if visit.by.role and not error else ""
    return page(visit, "staff", {"role": role, "error": error, "token": token}, status)


def role_says(role: Role) -> str:
    """What a device may do, as its holder reads it."""
    return {
        Role.ORGANISER: _("You are organiser here"),
        Role.FACILITATOR: _("You are facilitator here"),
        Role.HELPER: _("You are helper here"),
    }[role]
