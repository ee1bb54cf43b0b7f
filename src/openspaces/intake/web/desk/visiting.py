"""Who comes to the desk: staff, each page with the same frame; everybody else is shown the way to sign in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.intake.reading import reading
from openspaces.intake.web.desk.told import told
from openspaces.intake.web.roles import role_name
from openspaces.intake.web.visiting import View, Visit, page, visited
from openspaces.people.who import Role
from openspaces.wording import twelve_hours


def staffed(view: View) -> View:
    """A page of the desk: it gets a Visit of somebody with a role; all others get the door."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @visited
    @wraps(view)
    async def answer(visit: Visit, **path: str) -> HttpResponse:
        return await view(visit, **path) if visit.by.is_staff else _door(visit)

    return answer


async def desk_page(
    visit: Visit, template: str, here: str, context: Mapping[str, Any], *, said: str = "", status: int = 200
) -> HttpResponse:
    """A page of the desk, `intake/desk/<template>.html`. `here` names its tab. What was just done is said on top, with
    a button that undoes it; `said` is why something was not done."""
    board = visit.newest()
    frame = {
        "wide": True,
        "tabs": tabs(visit, here),
        "here": here,
        "role": role_name(visit.by.role) if visit.by.role else "",
        "decides": may_decide(visit),
        "frozen": board.freeze.reason if board.freeze else "",
        "told": None if said else await reading(told, board, visit.request.GET.get("done", "")),
        "said": said,
        "halves": twelve_hours(),
        "onward": visit.request.get_full_path() if visit.request.method != "POST" else visit.typed("next"),
    }
    return page(replace(visit, board=board), f"desk/{template}", {**frame, **context}, status)


@dataclass(frozen=True)
class Tab:
    """A page of the desk in its navigation."""

    name: str
    says: str
    url: str
    here: bool


def tabs(visit: Visit, here: str) -> list[Tab]:
    """The pages of the desk, the most wanted first."""
    named = [
        ("", _("To do")),
        ("enter", _("Enter")),
        ("rooms", _("Rooms")),
        ("search", _("Search")),
        ("log", _("Log")),
        ("say", _("Say, freeze")),
        ("pitch", _("Pitch")),
        *([("out", _("Ways out"))] if may_decide(visit) else ()),
        *([("import", _("Import"))] if visit.by.role is Role.ORGANISER else ()),
    ]
    return [Tab(name, says, desk_url(visit.event, name), name == here) for name, says in named]


def desk_url(event: str, *names: object) -> str:
    """The address of a page of the desk: `desk_url("camp", "contests", 7)` is `/camp/desk/contests/7/`."""
    return "/".join(["", event, "desk", *(str(name) for name in names if name != ""), ""])


def may_decide(visit: Visit) -> bool:
    """Whether somebody may do what helpers may not: remove cards, freeze the board, restore it."""
    return visit.by.role in (Role.ORGANISER, Role.FACILITATOR)


def _door(visit: Visit) -> HttpResponse:
    onward = visit.request.path
    return page(visit, "desk/door", {"onward": onward}, 403)
