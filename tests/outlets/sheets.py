"""Sheets of paper as a person with a phone sees them: their pages as pictures, and the codes that stand on them."""

import io
import re
from collections.abc import Callable, Mapping
from math import dist
from pathlib import Path
from typing import Any

import segno
import zxingcpp
from django.utils.translation import override
from PIL import Image

from openspaces.board.state import Board
from openspaces.look.typeset.typesetter import pages
from openspaces.outlets import image, print
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.image import sheets
from openspaces.outlets.print import cards, doors, poster

MILLIMETRES_OF_AN_INCH = 25.4
DRAWN: Mapping[Pull, tuple[Callable[[Board, Variant], dict[str, Any]], Path]] = {
    image.SHEETS: (sheets.sheets, sheets.TEMPLATE),
    print.CARDS: (cards.cards, cards.TEMPLATE),
    print.DOORS: (doors.doors, doors.TEMPLATE),
    print.POSTER: (poster.poster, poster.TEMPLATE),
}
"""What each PDF is made of: the same values and template give its pages as pictures."""


def values(pull: Pull, board: Board, variant: Variant) -> dict[str, Any]:
    """What the template is given."""
    with override(variant.language):
        return DRAWN[pull][0](board, variant)


def pictures(pull: Pull, board: Board, variant: Variant, *, ppi: float = 150) -> list[Image.Image]:
    """The pages of a PDF, at that many pixels an inch."""
    made = pages(values(pull, board, variant), DRAWN[pull][1], ppi=ppi, at=board.at)
    return [Image.open(io.BytesIO(page)).convert("L") for page in made]


def codes(page: Image.Image, *, ppi: float = 100) -> dict[str, float]:
    """What each code on a page says, and how wide one of its squares is if the page is printed as large as it is: in
    millimetres."""
    found = zxingcpp.read_barcodes(page)
    return {each.text: _across(each) / ppi * MILLIMETRES_OF_AN_INCH for each in found}


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page of a PDF, in whole millimetres."""
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    return [(_millimetres(width), _millimetres(height)) for width, height in boxes]


def _across(found: zxingcpp.Barcode) -> float:
    at = found.position
    sides = [
        dist((one.x, one.y), (other.x, other.y))
        for one, other in ((at.top_left, at.top_right), (at.top_left, at.bottom_left))
    ]
    return min(sides) / segno.make(found.text, error="m", micro=False).symbol_size(border=0)[0]


def _millimetres(points: bytes) -> int:
    return round(float(points) / 72 * MILLIMETRES_OF_AN_INCH)
