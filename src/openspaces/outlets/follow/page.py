"""Everything that a board can be taken along as, with its addresses, in the order in which people ask for it."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.lib import qr
from openspaces.look.calendars import feed_ways, webcal
from openspaces.look.embedding import embed_address, embed_code, embed_title
from openspaces.look.sharing import board_says, board_ways, tagged
from openspaces.look.sheets import sheet_formula
from openspaces.outlets.base import Asked, Pull, Variant


@dataclass(frozen=True, slots=True)
class Copied:
    """Something to copy: the id of its field, what it is, and the text itself."""

    id: str
    label: str
    value: str


def _variant(asked: Asked, _board: Board) -> Variant:
    return Variant(language=asked.language)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("follow/follow.html", shown(board, variant)).encode()


FOLLOW = Pull(
    name="follow",
    paths=("/{event}/follow/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template says, in the language that is active."""
    base = f"{variant.base_url}/{board.event}/"
    framed = embed_address(board, variant.base_url)
    return {
        "board": board,
        "wide": True,
        "calendars": feed_ways(f"{base}board.ics", board.name),
        "calendar": f"{base}board.ics",
        "rooms": [(room, webcal(f"{base}board.ics?room={room.key}")) for room in board.rooms],
        "apps": [_copied(base, "schedule.xml"), _copied(base, "schedule.json")],
        "feeds": [_copied(base, "changes.atom", "Atom"), _copied(base, "changes.json", "JSON Feed")],
        "sheets": [
            Copied("sheet-list", _("As a list"), sheet_formula(variant.base_url, board.event, grid=False)),
            Copied("sheet-grid", _("As a grid"), sheet_formula(variant.base_url, board.event)),
        ],
        "embed": Copied("embed", _("HTML for your page"), str(embed_code(framed, embed_title(board)))),
        "framed": framed,
        "apis": [_copied(base, "board.json", "JSON"), Copied("live", _("Stream of changes"), _stream(board, variant))],
        "ways": board_ways(board, base),
        "post": tagged(board_says(board), board),
        "address": base,
        "qr": mark_safe(qr.svg(base)),
        "copied": _("Copied"),
    }


def _copied(base: str, name: str, label: str = "") -> Copied:
    return Copied(name.replace(".", "-"), label or name, f"{base}{name}")


def _stream(board: Board, variant: Variant) -> str:
    return f"{variant.base_url}/api/{board.event}/live"
