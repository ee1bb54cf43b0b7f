"""A day of the board on paper: on one sheet, or on several that are put together to a large one."""

import re
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.look.picture.values import picture
from openspaces.look.typeset.letters import apart
from openspaces.look.typeset.paper import across
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, BadVariant, Pull, Variant, day_wanted, one_of

TEMPLATE = Path(__file__).with_name("sheets.typ")
PAPERS = ("a4", "a3", "letter", "tabloid")
MOST = 4
"""How many sheets side by side, and how many one below the other."""
LAYOUTS = (1920, 2880, 3840, 5760)
"""Widths that the picture is laid out for, from many bands of rooms to few; the one that reads best is printed."""
FEW_ROOMS = (1024, 1440)
"""Widths for as few rooms as stand there side by side: their words are larger."""


def sheets(board: Board, variant: Variant) -> dict[str, Any]:
    """One day for the template, in the language that is active; in several layouts to choose from."""
    wanted = board.day(variant.day) if variant.day else None
    days, tiles = (wanted,) if wanted else (), [int(number) for number in variant.name.split("x")]
    columns, rows = tiles
    width, height = across(variant.form)
    laid = [picture(board, days, replace(variant, form="pdf"), wide) for wide in (*FEW_ROOMS, *LAYOUTS)]
    laid = [values for values in laid if values["width"] in LAYOUTS or len(values["days"][0]["bands"]) == 1]
    best = max(laid, key=lambda values: _words(values, width * columns, height * rows))
    return {
        **best,
        "paper": (width, height),
        "tiles": tiles,
        "laid": {"width": best["width"], "day": best["days"][0]},
        "parts": [[_part_says(x, y, columns, rows) for x in range(columns)] for y in range(rows)],
        "cut": apart(_("cut here, and lay it over its neighbour")),
    }


def _words(values: dict[str, Any], width: float, height: float) -> float:
    """About how large a layout's words will be on so large a paper. One that is too tall is drawn wider, which makes it
    lower and its words smaller."""
    bands = values["days"][0]["bands"]
    size = min((band["size"] for band in bands), default=1)
    tall = sum(_tall(band, values["width"] / len(band["rooms"])) for band in bands)
    over = tall / values["width"] * width / height
    return float(size * width / values["width"] / max(1, over) ** 0.55)


def _tall(band: dict[str, Any], column: float) -> float:
    """About how tall a band is: each hour as tall as the longest title in it needs."""
    fits, rows = max(1, column / band["size"] / 0.58), [1.0] * len(band["slots"])
    for cell in band["cells"]:
        lines = sum(2.4 + 1.25 * ceil(len(card["title"][0]) / fits) for card in cell["cards"])
        rows[cell["row"]] = max(rows[cell["row"]], lines / cell["rows"])
    return float(band["size"] * sum(max(2.5, row) for row in rows))


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
