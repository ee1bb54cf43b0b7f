"""The board as a workbook (XLSX): a sheet to print for each day, a list, and what was full and what was empty."""

from datetime import UTC
from io import BytesIO

from django.utils.translation import get_language_bidi, override
from xlsxwriter import Workbook

from openspaces.board.state import Board
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.data.board import only_day
from openspaces.outlets.data.workbook.days import add_day
from openspaces.outlets.data.workbook.list import add_list
from openspaces.outlets.data.workbook.styles import Styles
from openspaces.outlets.data.workbook.use import add_use

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT_ALONE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What people wrote stays text, and no link is made of it."""


def render(board: Board, variant: Variant) -> bytes:
    """The whole board, or the day that is asked for. All that it says of time is when the board changed last."""
    made = BytesIO()
    with override(variant.language), Workbook(made, _TEXT_ALONE) as book:
        book.set_properties({"title": board.name, "created": board.at.astimezone(UTC).replace(tzinfo=None)})
        styles = Styles(book)
        days = [day for day in board.days if variant.day in (None, day.date)]
        for day in days:
            add_day(book, styles, board, day, variant)
        add_list(book, styles, board, variant.day)
        add_use(book, styles, board, days)
        for sheet in book.worksheets() if get_language_bidi() else ():
            sheet.right_to_left()
    return made.getvalue()


def _variant(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language, day=only_day(asked, board).day)


XLSX = Pull("data-xlsx", ("/{event}/board.xlsx",), TYPE, _variant, render, slow=True)
