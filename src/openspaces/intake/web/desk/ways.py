"""Ways out: what leaves by itself and how it is doing. Organisers set up; facilitators look, and approve."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.vocabulary import Code, Refusal
from openspaces.delivery import destinations
from openspaces.delivery.contract import Push
from openspaces.delivery.known import push_named, pushes
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import history
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.doing import not_done, why
from openspaces.intake.web.desk.visiting import desk_page, desk_url, may_decide, staffed
from openspaces.intake.web.desk.way_doing import DOES, FACILITATORS, create
from openspaces.intake.web.desk.way_own import own_page, own_state, try_own
from openspaces.intake.web.desk.way_page import new_page, way_page
from openspaces.intake.web.desk.way_said import did_says
from openspaces.intake.web.desk.way_states import Doing, doing
from openspaces.intake.web.visiting import View, Visit
from openspaces.people.who import Role

LOOKED_AT = 20
"""How many of the last tellings say how a destination is doing."""


@dataclass(frozen=True)
class Place:
    """A destination in the list."""

    name: str
    url: str
    state: Doing


@dataclass(frozen=True)
class Way:
    """An outlet in the list: what it does, where it leads, where to set it up."""

    title: str
    about: str
    places: list[Place]
    new: str = ""
    own: Place | None = None
    works: bool = True
    needs: str = ""


def _decided(view: View) -> View:
    """A page for facilitators and organisers."""

    @staffed
    @wraps(view)
    async def answer(visit: Visit, **path: Any) -> HttpResponse:
        return await view(visit, **path) if may_decide(visit) else await _not_allowed(visit)

    return answer


@_decided
async def ways(visit: Visit) -> HttpResponse:
    """Every way out."""
    if visit.request.method == "POST":
        return await not_done(visit, "")
    context = {
        "ways": await reading(_ways, visit),
        "did": did_says(visit.request.GET.get("did", "")),
        "organises": visit.by.role is Role.ORGANISER,
    }
    return await desk_page(visit, "ways", "out", context)


@_decided
async def new_way(visit: Visit, outlet: str) -> HttpResponse:
    """Set up a destination."""
    push = push_named(outlet)
    if push is None or not push.fields:
        raise Http404(_("There is no such way out here."))
    if visit.by.role is not Role.ORGANISER:
        return await _not_allowed(visit)
    return await (create(visit, push) if visit.request.method == "POST" else new_page(visit, push))


@_decided
async def way(visit: Visit, place: int) -> HttpResponse:
    """One destination: try it, change it, stop it; what was told there."""
    row = await reading(destinations.row_of, visit.event, place)
    push = push_named(row.outlet) if row else None
    if row is None or push is None:
        raise Http404(_("There is no such way out here."))
    if visit.request.method != "POST":
        return await way_page(visit, push, row)
    do = visit.typed("do")
    if do not in DOES:
        return await not_done(visit, "")
    if visit.by.role is not Role.ORGANISER and do not in FACILITATORS:
        return await _not_allowed(visit)
    return await DOES[do](visit, push, row)


@_decided
async def own_way(visit: Visit, own: str) -> HttpResponse:
    """An outlet without destinations: how it is doing, and a test."""
    push = push_named(own)
    if push is None or push.fields:
        raise Http404(_("There is no such way out here."))
    if visit.request.method != "POST":
        return await own_page(visit, push)
    if visit.by.role is not Role.ORGANISER:
        return await _not_allowed(visit)
    return await (try_own(visit, push) if push.trial and push.ready() else own_page(visit, push))


async def _not_allowed(visit: Visit) -> HttpResponse:
    return await not_done(visit, why(Refusal(Code.NOT_ALLOWED)), 403)


def _ways(visit: Visit) -> list[Way]:
    rows = destinations.rows_of(visit.event)
    return [_way(visit, push, [row for row in rows if row.outlet == push.name]) for push in pushes()]


def _way(visit: Visit, push: Push, rows: list[Row]) -> Way:
    title, about, ready = str(push.title), str(push.about), push.ready()
    if not push.fields:
        own = Place(title, desk_url(visit.event, "out", push.name), own_state(visit, push))
        return Way(title, about, [], own=own)
    places, new = [_place(visit, row) for row in rows], desk_url(visit.event, "out", "new", push.name)
    return Way(title, about, places, new, works=ready, needs="" if ready else str(push.needs))


def _place(visit: Visit, row: Row) -> Place:
    told = history(visit.event, row.pk, LOOKED_AT)
    return Place(row.name, desk_url(visit.event, "out", row.pk), doing(row, told, visit.newest(), visit.at))
