"""The page behind the link in every letter that stops them. A mail program stops them with one POST (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.intake.reading import reading
from openspaces.intake.web.visiting import page, visit_of
from openspaces.people.stopping import begin_mail, stop_mail, stopped


@require_http_methods(["GET", "HEAD", "POST"])
async def mail_stop(request: HttpRequest, event: str, key: str) -> HttpResponse:
    """Say whether this event's mail goes to the address of the link; stop it, or begin again (`do=begin`). Whoever has
    the link needs no cookie and gets none: it is the mail program's too."""
    visit = await visit_of(request, event)
    is_stopped = await reading(stopped, event, key)
    if is_stopped is None:
        raise Http404(_("This link stops nothing any more: the address is not kept here."))
    if request.method == "POST":
        is_stopped = visit.typed("do") != "begin"
        await reading(stop_mail if is_stopped else begin_mail, event, key)
    response = page(visit, "mail_stop", {"stopped": is_stopped, "action": request.path})
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
