"""The pictures that a link to a card or to a day shows where people pass it on: 1200 by 630, as all of them want it."""

from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.look.typeset.letters import spoken
from openspaces.look.typeset.palette import LIGHT
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, NotHere, Pull, Variant, day_wanted, number_of
from openspaces.outlets.preview.card import card_values
from openspaces.outlets.preview.day import day_values

__all__ = ["CARD", "DAY", "WIDTH", "values"]

WIDTH, HEIGHT, NARROWEST = 1200, 630, 200
"""In pixels; a narrower one is the same picture made smaller."""
_TEMPLATE = Path(__file__).with_name("preview.typ")


def values(board: Board, variant: Variant) -> dict[str, Any]:
    """What stands in the picture of a card (the variant names it) or of a day, in the language that is active."""
    shown = card_values(board, board.cards[variant.name]) if variant.name else day_values(board, variant.day)
    return {**spoken(variant.language), "width": WIDTH, "height": HEIGHT, "theme": LIGHT, **shown}


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        given = values(board, variant)
    return typeset(given, "png", _TEMPLATE, ppi=72 * variant.width / WIDTH, at=board.at)


def _of_card(asked: Asked, board: Board) -> Variant:
    code = asked.path["code"]
    if code not in board.cards:
        raise NotHere(f"{board.name} has no card {code}.")
    return Variant(language=asked.language, width=_width(asked), name=code)


def _of_day(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language, width=_width(asked), day=day_wanted(asked, board))


def _width(asked: Asked) -> int:
    return number_of(asked, "w", WIDTH, least=NARROWEST, most=WIDTH)


_pull = partial(Pull, content_type="image/png", render=_render, slow=True)
CARD = _pull(name="preview-card", paths=("/{event}/cards/{code}/preview.png",), variant=_of_card, keep=64)
DAY = _pull(name="preview-day", paths=("/{event}/preview.png", "/{event}/days/{day}/preview.png"), variant=_of_day)
