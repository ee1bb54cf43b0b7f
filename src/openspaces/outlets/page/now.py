"""What is on now and next: one or two slots of the board, those that the asking moment names."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.page.cells import draw_slot, mixed
from openspaces.outlets.page.notices import notices
from openspaces.outlets.page.says import script_says


def _variant(asked: Asked, board: Board) -> Variant:
    """The slots are part of the variant: the print itself knows no time."""
    running = [slot for slot in board.slots.values() if slot.starts <= asked.at < slot.ends]
    coming = [slot for slot in board.slots.values() if slot.starts > asked.at]
    first = (running or coming)[:1]
    slots = [*first, *[slot for slot in coming if slot not in first and slot.day == first[0].day][:1]]
    form, name = "now" if running else "next", "/".join(slot.key for slot in slots)
    return Variant(language=asked.language, day=first[0].day if first else None, form=form, name=name)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/now.html", shown(board, variant)).encode()


NOW = Pull(
    name="now",
    paths=("/{event}/now/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    ahead=True,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template says, in the language that is active."""
    day = board.day(variant.day) if variant.day else None
    ink = mixed(board)
    keys = [key for key in variant.name.split("/") if key in board.slots]
    marks = [_("Now"), _("Next")] if variant.form == "now" else [_("Next"), _("After that")]
    drawn = (
        [draw_slot(board, day, board.slots[key], ink, mark) for key, mark in zip(keys, marks, strict=False)]
        if day
        else []
    )
    return {
        "board": board,
        "day": day,
        "notices": mark_safe(notices(board)),
        "slots": mark_safe("".join(drawn)),
        "says": script_says(),
    }
