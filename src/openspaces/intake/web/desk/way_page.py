"""The pages of one way out: its form at first, then how it is doing and what was told there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from openspaces.delivery.contract import Push
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import history
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.desk.way_form import NAME_LENGTH, Typed, fields, usual
from openspaces.intake.web.desk.way_said import did_says
from openspaces.intake.web.desk.way_states import doing, readable, telling
from openspaces.intake.web.visiting import Visit, mint_key
from openspaces.people.who import Role

SHOWN = 20
"""How many of the last tellings stand on the page."""


async def new_page(visit: Visit, push: Push, typed: Typed | None = None) -> HttpResponse:
    """The empty form, or what was typed and what is wrong with it."""
    typed = typed or Typed(str(push.title), usual(push), False, {})
    context = {"push": push, "key": mint_key(), **_form(push, typed, {}), "all": desk_url(visit.event, "out")}
    return await desk_page(visit, "way_new", "out", context, status=422 if typed.errors else 200)


async def way_page(
    visit: Visit, push: Push, row: Row, typed: Typed | None = None, *, tried: str | None = None
) -> HttpResponse:
    """One destination. `tried` is what is wrong with it, "" if a test arrived, None if none was sent."""
    context = await reading(_shown, visit, push, row, typed)
    context |= {
        "tried": tried,
        "did": "" if tried is not None else did_says(visit.request.GET.get("did", "")),
        "organises": visit.by.role is Role.ORGANISER,
    }
    return await desk_page(visit, "way", "out", context, status=422 if typed and typed.errors else 200)


async def secret_page(visit: Visit, row: Row, secret: str, *, before: bool = False) -> HttpResponse:
    """The secret that was made just now, this once. `before` says whether there was another one."""
    context = {"row": row, "secret": secret, "before": before, "onward": desk_url(visit.event, "out", row.pk)}
    return await desk_page(visit, "way_secret", "out", context)


def _shown(visit: Visit, push: Push, row: Row, typed: Typed | None) -> dict[str, Any]:
    board, opened = visit.newest(), readable(row)
    told = history(visit.event, row.pk, SHOWN)
    kept = opened.settings if opened else {}
    typed = typed or Typed(row.name, row.settings, row.asks, {})
    return {
        "push": push,
        "row": row,
        "state": doing(row, told, board, visit.at),
        "tellings": [telling(push, each, opened, board, visit.at) for each in told],
        "here": desk_url(visit.event, "out", row.pk),
        "all": desk_url(visit.event, "out"),
        "mints": push.mint is not None,
        "can_try": push.try_out is not None and opened is not None,
        **_form(push, typed, kept),
    }


def _form(push: Push, typed: Typed, kept: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": typed.name,
        "name_wrong": typed.errors.get("name", ""),
        "name_length": NAME_LENGTH,
        "fields": fields(push, typed.settings, kept, typed.errors),
        "asks": typed.asks,
    }
