"""The page of what one can print: cards, door signs, the board, a poster, each with its choices as a plain form."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.paper import SERIALS
from openspaces.board.state import Board
from openspaces.look.typeset.paper import NAMES
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.print.cards import MOST, USUAL, highest_used, next_serial
from openspaces.outlets.print.parts import PAPERS

_TILES = ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4))


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template says, in the language that is active."""
    first = next_serial(board)
    return {
        "board": board,
        "today": variant.day,
        "papers": [(paper, NAMES[paper]) for paper in PAPERS],
        "rooms": [room for room in board.rooms if not room.elsewhere],
        "cards": {"usual": USUAL, "most": MOST, "used": highest_used(board), "first": first, "last": SERIALS},
        "tiles": [(f"{columns}x{rows}", _tiles_say(columns, rows)) for columns, rows in _TILES],
    }


def _tiles_say(columns: int, rows: int) -> str:
    if columns * rows == 1:
        return _("One sheet")
    return _("%(count)d sheets, %(columns)d × %(rows)d") % {"count": columns * rows, "columns": columns, "rows": rows}


def _variant(asked: Asked, board: Board) -> Variant:
    """The day that is chosen already is part of the variant: the print itself knows no time."""
    today = board.day_at(asked.at)
    return Variant(language=asked.language, day=today.date if today else None)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("print/print.html", shown(board, variant)).encode()


PRINT = Pull(
    name="print",
    paths=("/{event}/print/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
)
