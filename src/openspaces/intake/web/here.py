"""Being there: the page where one types the presence code, and the code itself for the screen that shows it."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openspaces.intake.asking import secret_of
from openspaces.intake.presence import shown
from openspaces.intake.reading import reading
from openspaces.intake.web.kept import onward_from, wrong_code
from openspaces.intake.web.visiting import Visit, go_to, page, too_fast, visit_of, visited
from openspaces.people.presence import code_now
from openspaces.people.staff import may_show_code


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def here(visit: Visit) -> HttpResponse:
    """Ask for the code, take it, and go on."""
    if visit.request.method != "POST":
        return _here_page(visit)
    came = await shown(visit.request, visit.event, visit.device, visit.typed("code"))
    if came.wait:
        return too_fast(visit, came.wait)
    if not came.right:
        return _here_page(visit, wrong_code(), 403)
    return go_to(onward_from(visit.request, f"/{visit.event}/here/"))


def _here_page(visit: Visit, wrong: str = "", status: int = 200) -> HttpResponse:
    onward = onward_from(visit.request, f"/{visit.event}/")
    context = {"onward": onward, "wrong": wrong, "typed": visit.typed("code"), "present": visit.by.present}
    return page(visit, "here", context, status)


@require_safe
async def screen_code(request: HttpRequest, event: str) -> HttpResponse:
    """The code that the screen shows now, for staff and for a screen's own token; the screen's page itself is the same
    for everybody and cannot have it."""
    visit = await visit_of(request, event)
    if not (visit.by.is_staff or await reading(may_show_code, visit.event, secret_of(request, "bearer"))):
        return _json({"says": _("Only a screen with its own link, or staff, may show the code.")}, 403)
    code, until = code_now(visit.event, datetime.now(UTC))
    return _json({"code": code, "until": visit.board.local(until).isoformat()}, 200)


def _json(answer: dict[str, str], status: int) -> HttpResponse:
    headers = {"Cache-Control": "private, no-store", "Vary": "Cookie, Authorization"}
    return JsonResponse(answer, status=status, headers=headers)
