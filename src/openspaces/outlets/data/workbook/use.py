"""What was full and what was empty: for each room and each hour how many cells were taken, and how many would come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from openspaces.board.state import Board, Day
from openspaces.board.vocabulary import Cell
from openspaces.look.typeset.palette import LIGHT
from openspaces.outlets.data.workbook.styles import LINE, Styles, sheet
from openspaces.wording import span_says

SHARE = 7
"""The column of the share that was taken: a bar in each cell, as long as it is large."""
_BOUNDS = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
_BAR = {"type": "data_bar", "bar_solid": True, "bar_color": LIGHT["hatch"], **_BOUNDS}


@dataclass(frozen=True, slots=True)
class Use:
    """How some cells were used. A closed cell that still holds a card counts as taken."""

    cells: int
    taken: int
    closed: int
    full: int
    stars: int

    @property
    def free(self) -> int:
        """The cells that nobody took."""
        return self.cells - self.taken - self.closed


def use_of(board: Board, cells: Iterable[Cell]) -> Use:
    """How `cells` were used; a card of several hours counts its stars once."""
    every = list(cells)
    cards = {card.code: card for cell in every for card in board.cards_at(cell)}.values()
    return Use(
        cells=len(every),
        taken=sum(bool(board.holders.get(cell)) for cell in every),
        closed=sum(cell in board.closures and not board.holders.get(cell) for cell in every),
        full=sum(card.full for card in cards),
        stars=sum(card.stars for card in cards),
    )


def add_use(book: Workbook, styles: Styles, board: Board, days: Sequence[Day]) -> None:
    """The sheet: by room, and below it by hour. Elsewhere never fills up, so it counts for neither."""
    page = sheet(book, _("Full and empty"))
    for column, width in enumerate((12, 22, 9, 9, 9, 9, 9, 9, 11, 12)):
        page.set_column(column, column, width)
    rooms = [(day, board.room(key)) for day in days for key in day.rooms]
    indoors = [(day, room) for day, room in rooms if room and not room.elsewhere]
    _heads(page, styles, 0, _("Room"))
    for row, (day, room) in enumerate(indoors, start=1):
        use = use_of(board, (Cell(room.key, slot.key) for slot in day.slots))
        _line(page, styles, row, (day.date, room.name, room.capacity or 0), use)
    if indoors:
        page.autofilter(0, 0, len(indoors), 9)
    last = _hours(page, styles, board, days, len(indoors) + 3)
    page.conditional_format(1, SHARE, last, SHARE, _BAR)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _hours(page: Worksheet, styles: Styles, board: Board, days: Sequence[Day], row: int) -> int:
    """Every hour of these days, from `row` on; the answer is the last row."""
    _heads(page, styles, row, _("Time"))
    for day in days:
        keys = [key for key in day.rooms if (room := board.room(key)) and not room.elsewhere]
        for slot in day.slots:
            row += 1
            times = span_says(board.local(slot.starts), board.local(slot.ends))
            _line(page, styles, row, (day.date, times, 0), use_of(board, (Cell(key, slot.key) for key in keys)))
    return row


def _heads(page: Worksheet, styles: Styles, row: int, what: str) -> None:
    names = (_("Day"), what, _("Seats"), _("Cells"), _("Taken"), _("Free"), _("Closed"), _("Share taken"))
    page.set_row(row, 2 * LINE)
    for column, name in enumerate((*names, _("Room full"), _("Would come"))):
        page.write_string(row, column, name, styles.head)


def _line(page: Worksheet, styles: Styles, row: int, named: tuple[date, str, int], use: Use) -> None:
    day, name, seats = named
    page.write_datetime(row, 0, day, styles.day)
    page.write_string(row, 1, name)
    if seats:
        page.write_number(row, 2, seats)
    for column, count in enumerate((use.cells, use.taken, use.free, use.closed), start=3):
        page.write_number(row, column, count)
    page.write_number(row, SHARE, use.taken / use.cells if use.cells else 0, styles.share)
    page.write_number(row, 8, use.full)
    page.write_number(row, 9, use.stars)
