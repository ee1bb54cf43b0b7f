"""How the cells of the workbook look: the hues of the board, legible in black and white too."""

import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openspaces.look.typeset.palette import LIGHT

LONGEST_NAME = 31
LINE = 15.5
"""The height of a line in points."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_CARDS: Any = LIGHT["cards"]
_BOX = {"border": 1, "border_color": LIGHT["line"], "text_wrap": True, "valign": "top", "font_color": LIGHT["ink"]}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        def style(**looks: Any) -> Format:
            return book.add_format({"font_name": "Calibri", "font_size": 11, **looks})

        self.title = style(bold=True, font_size=18)
        self.quiet = style(font_color=LIGHT["quiet"])
        self.head = style(**{**_BOX, "bold": True, "bg_color": LIGHT["closed"], "valign": "vcenter"})
        self.time = style(**{**_BOX, "bold": True, "align": "center"})
        self.free, free = style(**_BOX), style(**_BOX, bold=True)
        self.closed = style(**{**_BOX, "italic": True, "font_color": LIGHT["quiet"], "bg_color": LIGHT["closed"]})
        self.cards = [style(**_BOX, bg_color=hue) for hue in _CARDS]
        cards = [style(**_BOX, bg_color=hue, bold=True) for hue in _CARDS]
        self.veiled = style(**_BOX, italic=True)
        self.bold_of = {self.free: free, self.veiled: self.veiled, **dict(zip(self.cards, cards, strict=True))}
        self.bold, self.small = style(bold=True), style(font_size=9)
        self.cell = style(valign="top", text_wrap=True)
        self.day = style(valign="top", num_format="yyyy-mm-dd", align="left")
        self.clock = style(valign="top", num_format="hh:mm", align="left")
        self.share = style(num_format="0%")


def sheet(book: Workbook, name: str) -> Worksheet:
    """A new sheet of about that name: sheets have short names without some signs, and no two the same."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())[:LONGEST_NAME]
    taken = {other.get_name().lower() for other in book.worksheets()}
    number = 2
    free = plain
    while free.lower() in taken or not free:
        free, number = f"{plain[: LONGEST_NAME - 4]} {number}".strip(), number + 1
    return book.add_worksheet(free)


def plain(text: str) -> str:
    """`text` in the foot of a page, where `&` begins an order to the printer."""
    return text.replace("&", "&&")
