"""The board as a picture, for those who look at it and those to whom it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from openspaces.board.state import Board, Card, Day, Placement, Slot
from openspaces.board.vocabulary import Cell
from openspaces.look.picture.values import Wanted, picture
from openspaces.look.typeset.typesetter import Form, typeset

__all__ = ["USUAL", "draw_days", "draw_slot"]

USUAL = 1920
"""The width of a picture in pixels, unless somebody asks for another."""
NARROWEST_LAYOUT = 480
"""Below this width the picture is laid out for it and then made smaller."""
PAPER = (1190.55, 841.89)
"""A3 across, in points; it reads on A4 too."""
_TEMPLATE = Path(__file__).with_name("picture.typ")


def draw_days(board: Board, days: tuple[Day, ...], wanted: Wanted, form: Form, width: int) -> bytes:
    """Some days of the board as one file, in the language that is active; a PDF has pages."""
    units = USUAL if form == "pdf" else min(max(width, NARROWEST_LAYOUT), USUAL)
    paper = PAPER if form == "pdf" else None
    values = {**picture(board, days, wanted, units), "paper": paper}
    return typeset(values, form, _TEMPLATE, ppi=72 * width / units, at=board.at)


def draw_slot(board: Board, slot: Slot, language: str, base_url: str, width: int) -> bytes:
    """One slot of the board with all its rooms, as PNG, in the language that is active."""
    day = board.day(slot.day)
    assert day is not None
    alone = _cut_to(board, slot, (Cell(room, slot.key) for room in day.rooms))
    return draw_days(alone, (replace(day, slots=(slot,)),), _Plain(language, base_url), "png", width)


@dataclass(frozen=True, slots=True)
class _Plain:
    language: str
    base_url: str
    theme: str = "light"
    form: str = "png"


def _cut_to(board: Board, slot: Slot, cells: Iterable[Cell]) -> Board:
    """The board with the cards of a slot as if they took no other: the picture has no room for more."""
    for cell in cells:
        for card in board.cards_at(cell):
            board = board.with_card(_cut(card, cell))
    return board


def _cut(card: Card, cell: Cell) -> Card:
    assert card.placement is not None
    return replace(card, placement=Placement((cell,), card.placement.where))
