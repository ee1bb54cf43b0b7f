"""The page on which an organiser brings something in: the choice, what a sheet says, what a programme has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.intake.bringing import Cards, Prospect, is_another_year, prospect
from openspaces.intake.bringing.opening import LARGEST_FILE
from openspaces.intake.programme import Programme
from openspaces.intake.programme.refreshing import trouble_of
from openspaces.intake.sheets import FIELDS, Ready
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.forms import field_labels
from openspaces.intake.web.visiting import Visit
from openspaces.wording import cell_says, date_says, day_says

FIRST = 8
MOST = 200
"""Lines of one list."""


@dataclass(frozen=True)
class Chosen:
    """One field of a card and the columns that it may be read from, each with whether it is."""

    field: str
    label: str
    columns: list[tuple[str, str, bool]]


async def start_page(visit: Visit, said: str = "", status: int = 200) -> HttpResponse:
    """Choose a file or an address."""
    board = visit.newest()
    context = {
        "address": visit.typed("address"),
        "follows": board.follows,
        "trouble": trouble_of(board.event),
        "most": LARGEST_FILE,
    }
    return await desk_page(visit, "import", "import", context, said=said, status=status)


async def wrong_page(visit: Visit, said: str) -> HttpResponse:
    """The same, and why nothing could be made of what was chosen."""
    return await start_page(visit, said, 422)


async def cards_page(
    visit: Visit, cards: Cards, fields: Mapping[str, str], wrong: str, *, changed: bool
) -> HttpResponse:
    """What a sheet says: its columns, its first cards, its bad rows; and the button that writes them."""
    board = visit.newest()
    context = {
        "fields": fields,
        "name": fields["name"],
        "cards": cards,
        "rows": len(cards.guess.rows),
        "others": ", ".join(cards.sheet.others),
        "choices": _choices(cards),
        "private": ", ".join(cards.private),
        "unused": ", ".join(cards.unused),
        "first": [_card(board, row) for row in cards.ready[:FIRST]],
        "bad": [str(row) for row in cards.bad[:MOST]],
        "more_bad": len(cards.bad[MOST:]),
        "place": bool(visit.typed("place")),
        "wrong": wrong,
        "changed": changed,
    }
    return await desk_page(visit, "import_cards", "import", context, status=422 if wrong or not cards.ready else 200)


def _choices(cards: Cards) -> list[Chosen]:
    guess = cards.guess
    names = [(str(column), guess.name(column)) for column in range(guess.width)]
    labels = {
        **dict(field_labels()),
        "day": _("Day"),
        "time": _("Time"),
        "room": _("Room"),
        "tags": _("Tags"),
    }
    return [
        Chosen(field, labels[field], [(value, name, guess.columns.get(field) == int(value)) for value, name in names])
        for field in FIELDS
    ]


def _card(board: Board, row: Ready) -> dict[str, Any]:
    move = row.move
    wished = move.wished.cells[0] if move.wished and move.wished.cells else None
    return {
        "number": row.number,
        "title": move.title,
        "host": move.host,
        "text": move.text,
        "cell": cell_says(board, move.cells[0]) if move.cells else "",
        "idea": not move.cells and not move.host,
        "wish": move.wish,
        "understood": cell_says(board, wished) if wished else "",
        "note": row.note,
    }


async def programme_page(
    visit: Visit, programme: Programme, fields: Mapping[str, str], *, done: bool = False, said: str = ""
) -> HttpResponse:
    """What a programme has, and what may be done with it beside showing its talks; or that this is done."""
    board = visit.newest()
    found = prospect(board, programme)
    context = {
        "fields": fields,
        "name": fields.get("address") or fields["name"],
        "programme": programme,
        "days": _days(programme),
        "left": programme.left[:MOST],
        "more_left": len(programme.left[MOST:]),
        "another_year": is_another_year(board, programme),
        "rooms": found.proposal.rooms if found.proposal.days else (),
        "new_days": _new_days(found),
        "free": [(cell_says(board, cell), title) for cell, title in found.free[:MOST]],
        "under": [(cell_says(board, cell), title) for cell, title in found.under[:MOST]],
        "may_follow": "address" in fields,
        "follows": board.follows,
        "done": done and not said,
        "home": f"/{board.event}/",
        "again": desk_url(board.event, "import"),
    }
    return await desk_page(visit, "import_programme", "import", context, said=said, status=409 if said else 200)


def _days(programme: Programme) -> str:
    days = [day.date for day in programme.days]
    ends = sorted({min(days), max(days)}) if days else list[date]()
    return " – ".join(f"{date_says(day)} {day.year}" for day in ends)


def _new_days(found: Prospect) -> list[tuple[str, str]]:
    hours = {on: str(stretch).partition("/")[0] for on, stretch in found.proposal.stretches}
    return [(day_says(day.date), hours.get(day.date, "")) for day in found.proposal.days]
