"""A day of the board on paper: on one sheet, or on several that are put together to a large one."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.look.typeset.letters import apart
from openspaces.look.typeset.paper import across
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, BadVariant, Pull, Variant, day_wanted, one_of
from openspaces.outlets.image.picture import picture

TEMPLATE = Path(__file__).with_name("sheets.typ")
PAPERS = ("a4", "a3", "letter", "tabloid")
MOST = 4
"""How many sheets side by side, and how many one below the other."""
LAYOUTS = (1920, 2880, 3840, 5760)
"""Widths that the picture is laid out for, from many bands of rooms to few; the one that reads best is printed."""


def sheets(board: Board, variant: Variant) -> dict[str, Any]:
    """One day for the template, in the language that is active; in several layouts to choose from."""
    wanted = board.day(variant.day) if variant.day else None
    days, tiles = (wanted,) if wanted else (), [int(number) for number in variant.name.split("x")]
    drawn = {width: picture(board, days, replace(variant, form="pdf"), width) for width in LAYOUTS}
    laid: dict[int, dict[str, Any]] = {}
    for width, values in drawn.items():
        laid.setdefault(len(values["days"][0]["bands"]), {"width": width, "day": values["days"][0]})
    columns, rows = tiles
    return {
        **drawn[LAYOUTS[0]],
        "paper": across(variant.form),
        "tiles": tiles,
        "layouts": list(laid.values()),
        "parts": [[_part_says(x, y, columns, rows) for x in range(columns)] for y in range(rows)],
        "cut": apart(_("cut here, and lay it over its neighbour")),
    }


def _part_says(x: int, y: int, columns: int, rows: int) -> str:
    facts = {"row": y + 1, "rows": rows, "column": x + 1, "columns": columns}
    return apart(_("Row %(row)d of %(rows)d, column %(column)d of %(columns)d") % facts)


def _variant(asked: Asked, board: Board) -> Variant:
    form, tiles = one_of(asked, "paper", PAPERS), asked.query.get("tiles") or "1x1"
    if not re.fullmatch(rf"[1-{MOST}]x[1-{MOST}]", tiles):
        says = _("tiles is how many sheets side by side and one below the other: 1x1 to %(most)dx%(most)d.")
        raise BadVariant(says % {"most": MOST})
    return Variant(language=asked.language, day=day_wanted(asked, board), form=form, name=tiles)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        given = sheets(board, variant)
    return typeset(given, "pdf", TEMPLATE, at=board.at)


SHEETS = Pull(
    name="print-board",
    paths=("/{event}/print/board.pdf",),
    content_type="application/pdf",
    variant=_variant,
    render=_render,
    slow=True,
)
