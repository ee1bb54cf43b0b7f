"""The board as a picture: PNG, SVG and PDF from one template; and a day of it on sheets of paper."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Day
from openspaces.look.picture import USUAL, draw_days
from openspaces.look.typeset.palette import THEMES
from openspaces.look.typeset.typesetter import Form
from openspaces.outlets.base import Asked, BadVariant, Pull, Variant, day_wanted
from openspaces.outlets.image.sheets import SHEETS

__all__ = ["PDF", "PNG", "SHEETS", "SVG", "draw"]

NARROWEST, WIDEST = 320, 3840
"""Widths in pixels that one may ask for."""


def draw(board: Board, form: Form, variant: Variant) -> bytes:
    """The board as one file; equal boards and variants give equal bytes.

    PNG and SVG show one day in one picture, however many rooms it has. PDF gives each day, and each band of rooms
    that fits a page, a page of its own; without a day it holds all of them.
    """
    with override(variant.language):
        return draw_days(board, _days(board, form, variant), replace(variant, form=form), form, variant.width or USUAL)


def _days(board: Board, form: Form, variant: Variant) -> tuple[Day, ...]:
    if variant.day is None:
        return board.days if form == "pdf" else board.days[:1]
    wanted = board.day(variant.day)
    return (wanted,) if wanted else ()


def _variant(form: Form, asked: Asked, board: Board) -> Variant:
    whole = form == "pdf" and not asked.query.get("day")
    return Variant(
        language=asked.language,
        day=None if whole else day_wanted(asked, board),
        width=0 if form == "pdf" else _width(asked),
        theme=_theme(asked),
        form=form,
    )


def _width(asked: Asked) -> int:
    named = asked.query.get("w") or str(USUAL)
    if named.isascii() and named.isdigit() and len(named) < 6 and NARROWEST <= int(named) <= WIDEST:
        return int(named)
    raise BadVariant(
        _("w is the width in pixels: a number from %(least)d to %(most)d.") % {"least": NARROWEST, "most": WIDEST}
    )


def _theme(asked: Asked) -> str:
    named = asked.query.get("theme") or "light"
    if named in THEMES:
        return named
    raise BadVariant(_("theme is light or dark."))


def _pull(form: Form, content_type: str, *, ahead: bool = False) -> Pull:
    return Pull(
        name=f"image-{form}",
        paths=(f"/{{event}}/board.{form}",),
        content_type=content_type,
        variant=partial(_variant, form),
        render=lambda board, variant: draw(board, form, variant),
        ahead=ahead,
        slow=True,
    )


PNG = _pull("png", "image/png", ahead=True)
SVG = _pull("svg", "image/svg+xml")
PDF = _pull("pdf", "application/pdf")
