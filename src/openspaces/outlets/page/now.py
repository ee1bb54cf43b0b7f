"""What is on now and next: one or two slots of the board, those that the asking moment names."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from openspaces.board.state import Board, Slot
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.page.cells import draw_slot, mixed
from openspaces.outlets.page.says import script_says


def _variant(asked: Asked, board: Board) -> Variant:
    """The slots are part of the variant: the print itself knows no time."""
    running = [slot for slot in board.slots.values() if slot.starts <= asked.at < slot.ends]
    coming = [slot for slot in board.slots.values() if slot.starts > asked.at]
    today = running[:1] or coming[:1]
    following = [slot for slot in coming if today and slot.day == today[0].day]
    name = "/".join(slot.key for slots in (running, following) for slot in slots[:1])
    return Variant(language=asked.language, day=today[0].day if today else None, form=_form(running), name=name)


def _form(running: list[Slot]) -> str:
    return "now" if running else "next"


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
    drawn = [draw_slot(board, day, board.slots[key], ink) for key in keys] if day else []
    return {
        "board": board,
        "day": day,
        "running": variant.form == "now",
        "slots": mark_safe("".join(drawn)),
        "says": script_says(),
    }
