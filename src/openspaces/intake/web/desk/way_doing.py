"""What the buttons of a way out do."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpResponse
from django.utils.translation import get_language, override

from openspaces.board.state import Board
from openspaces.delivery import destinations, rows
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Destination, Push
from openspaces.delivery.models import Destination as Row
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.intake.web.desk.way_form import Typed, typed_in
from openspaces.intake.web.desk.way_page import new_page, secret_page, way_page
from openspaces.intake.web.desk.way_states import readable
from openspaces.intake.web.visiting import Visit, go_to, minted_key

Does = Callable[[Visit, Push, Row], Coroutine[Any, Any, HttpResponse]]


async def create(visit: Visit, push: Push) -> HttpResponse:
    """Set up a destination; a secret of ours is shown this once."""
    typed = typed_in(visit, push, {})
    if typed.errors:
        return await new_page(visit, push, typed)
    minted = push.mint({}, visit.at) if push.mint else None
    row = await reading(_made, visit, push, typed, minted.keeps if minted else {})
    return await secret_page(visit, row, minted.shown) if minted else _back(visit, row, "made")


def _made(visit: Visit, push: Push, typed: Typed, minted: Mapping[str, str]) -> Row:
    by = visit.by.hand[:32]
    return destinations.set_up(
        visit.event,
        push,
        typed.name,
        typed.settings,
        asks=typed.asks and push.can_ask,
        by=by,
        minted=minted,
        key=minted_key(visit.typed("key")),
    )


async def _change(visit: Visit, push: Push, row: Row) -> HttpResponse:
    opened = await reading(readable, row)
    typed = typed_in(visit, push, opened.settings if opened else {})
    if typed.errors:
        return await way_page(visit, push, row, typed)
    asks = typed.asks and push.can_ask
    await reading(destinations.change, row, push, typed.name, typed.settings, asks=asks)
    return _back(visit, row, "changed")


async def _test(visit: Visit, push: Push, row: Row) -> HttpResponse:
    """Waits for the other side, so it has a thread of its own. What waits for its next try need not, if it works."""
    opened = await reading(readable, row)
    if opened is None or push.try_out is None:
        return await way_page(visit, push, row)
    tried = await asyncio.to_thread(_tried, push, opened, visit.newest(), get_language())
    if not tried and not row.stopped:
        await reading(rows.hurry, visit.event, row.pk, visit.at)
    return await way_page(visit, push, row, tried=tried)


def _tried(push: Push, opened: Destination, board: Board, language: str | None) -> str:
    try:
        with override(language):
            return tried_out(push, opened, board)
    finally:
        connection.close()


async def _stop(visit: Visit, push: Push, row: Row) -> HttpResponse:
    await reading(destinations.stop, row.pk, visit.at, by=visit.by.hand[:32])
    return _back(visit, row, "stopped")


async def _resume(visit: Visit, push: Push, row: Row) -> HttpResponse:
    await reading(destinations.resume, row.pk)
    return _back(visit, row, "resumed")


async def _remove(visit: Visit, push: Push, row: Row) -> HttpResponse:
    await reading(destinations.remove, row.pk)
    return go_to(f"{desk_url(visit.event, 'out')}?did=removed")


async def _new_secret(visit: Visit, push: Push, row: Row) -> HttpResponse:
    opened = await reading(readable, row)
    if push.mint is None:
        return await way_page(visit, push, row)
    minted = push.mint(opened.settings if opened else {}, visit.at)
    await reading(destinations.keep_secret, row.pk, **minted.keeps)
    return await secret_page(visit, row, minted.shown, before=True)


async def _again(visit: Visit, push: Push, row: Row) -> HttpResponse:
    done = await reading(rows.send_again, visit.event, row.pk, _telling(visit), visit.at)
    return _back(visit, row, "again" if done else "late")


async def _approve(visit: Visit, push: Push, row: Row) -> HttpResponse:
    done = await reading(rows.approve, visit.event, row.pk, _telling(visit))
    return _back(visit, row, "approved" if done else "late")


async def _drop(visit: Visit, push: Push, row: Row) -> HttpResponse:
    done = await reading(rows.drop, visit.event, row.pk, _telling(visit))
    return _back(visit, row, "dropped" if done else "late")


def _telling(visit: Visit) -> int:
    """The telling whose button was pressed. On a page from before a restore that is none: others have the ids now."""
    typed = visit.typed("telling") if visit.typed("epoch") == visit.newest().epoch else ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0


def _back(visit: Visit, row: Row, did: str) -> HttpResponse:
    return go_to(f"{desk_url(visit.event, 'out', row.pk)}?{urlencode({'did': did})}")


DOES: dict[str, Does] = {
    "again": _again,
    "approve": _approve,
    "change": _change,
    "drop": _drop,
    "new-secret": _new_secret,
    "remove": _remove,
    "resume": _resume,
    "stop": _stop,
    "test": _test,
}
FACILITATORS = ("approve", "drop")
"""What those may do who do not set up."""
