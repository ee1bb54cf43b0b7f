"""The page of a way out that needs no setting up, such as e-mail: how it is doing, and a button that tries it out."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.delivery.carrying import tried_at
from openspaces.delivery.contract import Push
from openspaces.delivery.rows import arrived, troubles
from openspaces.intake.limits import check_mail
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.desk.way_states import Doing
from openspaces.intake.web.forms import Field
from openspaces.intake.web.visiting import Visit, too_fast
from openspaces.people.who import Role

LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Trouble:
    """Why something did not arrive, and how often that was so."""

    says: str
    count: str


async def own_page(visit: Visit, push: Push, tried: str | None = None) -> HttpResponse:
    """`tried` is what is wrong with it, "" if a test went out, None if none was sent."""
    context = await reading(_shown, visit, push)
    context |= {"push": push, "tried": tried, "field": _field(push, visit, tried), "all": desk_url(visit.event, "out")}
    return await desk_page(visit, "way_own", "out", context)


async def try_own(visit: Visit, push: Push) -> HttpResponse:
    """Send a test to what was typed, or to this device. Waits for the other side, so it has a thread of its own."""
    assert push.trial is not None
    to = visit.typed(push.trial.field.name) if push.trial.field else visit.by.hand
    if wait := check_mail(to, visit.request.META.get("REMOTE_ADDR", "")):
        return too_fast(visit, wait)
    return await own_page(visit, push, await asyncio.to_thread(_tried, push, to, visit.newest(), get_language()))


def own_state(visit: Visit, push: Push) -> Doing:
    """How it did lately."""
    if not push.ready():
        return Doing(" ".join((_("Off."), str(push.needs))), quiet=True)
    since = visit.at - LATELY
    told, lost = arrived(visit.event, push.name, since), _lost(troubles(visit.event, push.name, since))
    says = ngettext("%(count)d arrived in the last 24 hours.", "%(count)d arrived in the last 24 hours.", told)
    arrived_says = says % {"count": told}
    if lost:
        says = ngettext("%(count)d did not arrive.", "%(count)d did not arrive.", lost) % {"count": lost}
        return Doing(f"{says} {arrived_says}", bad=True)
    says = _("Works. %(told)s") % {"told": arrived_says}
    return Doing(says if told else _("Works; nothing was sent in the last 24 hours."))


def _lost(found: Iterable[tuple[str, int]]) -> int:
    return sum(count for _says, count in found)


def _shown(visit: Visit, push: Push) -> dict[str, Any]:
    found = troubles(visit.event, push.name, visit.at - LATELY)
    return {
        "state": own_state(visit, push),
        "troubles": [
            Trouble(says, ngettext("%(count)d time", "%(count)d times", count) % {"count": count})
            for says, count in found
        ],
        "can_try": push.trial is not None and push.ready() and visit.by.role is Role.ORGANISER,
        "here": desk_url(visit.event, "out", push.name),
    }


def _field(push: Push, visit: Visit, tried: str | None) -> Field | None:
    if push.trial is None or push.trial.field is None:
        return None
    field = push.trial.field
    value = "" if tried is None else visit.typed(field.name)
    return Field(field.name, str(field.label), value, str(field.help), autocomplete=field.kind, inputmode=field.kind)


def _tried(push: Push, to: str, board: Board, language: str | None) -> str:
    try:
        with override(language):
            return tried_at(push, to, board)
    finally:
        connection.close()
