"""What is kept of this device: the page that says it, all of it as a file, and the button that erases it."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openspaces.board.read import board_now
from openspaces.intake.forgetting import erase
from openspaces.intake.forgetting.export import everything
from openspaces.intake.reading import reading, working
from openspaces.intake.web.visiting import Visit, go_to, page, visited
from openspaces.people.erasures import Erasure, What


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def mine(visit: Visit) -> HttpResponse:
    """Say what is kept and for how long; erase it, once somebody said that they are sure."""
    if visit.request.method != "POST":
        return await _page(visit)
    if visit.typed("sure") != "yes":
        return await _page(visit, _("Tick the box if you are sure: what is erased cannot be brought back."), 422)
    await working(erase, [Erasure(visit.event, What.DEVICE, visit.by.hand, datetime.now(UTC))])
    return go_to(f"/{visit.event}/mine/?done=1")


@require_safe
@visited
async def export(visit: Visit) -> HttpResponse:
    """Everything that is kept, as JSON."""
    facts = await reading(_everything, visit)
    name = f'attachment; filename="{visit.event}-mine.json"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)


async def _page(visit: Visit, wrong: str = "", status: int = 200) -> HttpResponse:
    facts = await reading(_everything, visit)
    names = {
        "cards": _("Cards and ideas"),
        "changes": _("Entries in the log"),
        "holds": _("Cards that this device may edit"),
        "contacts": _("Addresses"),
        "stars": _("Stars"),
        "offers": _("Offers to host"),
        "ballots": _("Ballots"),
        "reports": _("Reports"),
        "present": _("When the presence code was shown"),
        "messages": _("Messages on this device"),
        "roles": _("Roles"),
        "accounts": _("Accounts signed in here"),
    }
    counts = [(says, len(facts[name])) for name, says in names.items() if facts[name]]
    told = {"counts": counts, "wrong": wrong, "done": "done" in visit.request.GET}
    return page(visit, "mine", told, status)


def _everything(visit: Visit) -> dict[str, Any]:
    return everything(board_now(visit.event) or visit.board, visit.by.hand)
