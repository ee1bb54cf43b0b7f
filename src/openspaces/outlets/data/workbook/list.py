"""The cards as a list that can be sorted and filtered: those on the board in order of time, then the others."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.look.cards import title_says
from openspaces.look.cells import Status
from openspaces.look.listing import in_time, mark_of, place_says
from openspaces.outlets.data.workbook.styles import LINE, Styles, sheet


def add_list(book: Workbook, styles: Styles, board: Board, only: date | None) -> None:
    """The sheet with a line for each card; of one day only those that are on it."""
    page = sheet(book, _("List"))
    page.set_row(0, 2 * LINE)
    heads = _heads()
    for column, (name, width) in enumerate(heads):
        page.set_column(column, column, width)
        page.write_string(0, column, name, styles.head)
    cards = [*in_time(board, only), *(() if only else _waiting(board))]
    for row, card in enumerate(cards, start=1):
        _line(page, styles, board, card, row)
    page.autofilter(0, 0, max(len(cards), 1), len(heads) - 1)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _heads() -> list[tuple[str, int]]:
    return [
        (_("Day"), 12),
        (_("Starts"), 8),
        (_("Ends"), 8),
        (_("Room"), 20),
        (_("Seats"), 8),
        (_("Would come"), 8),
        (_("Title"), 36),
        (_("Host"), 20),
        (_("Handle"), 20),
        (_("Text"), 60),
        (_("Link"), 30),
        (_("Stage"), 16),
        (_("Code"), 10),
    ]


def _waiting(board: Board) -> Iterator[Card]:
    """The cards that hold no cell and are there to be read."""
    for stage in (Stage.PLANNED, Stage.IDEA):
        yield from (card for card in board.in_order() if card.stage is stage and not card.hidden)


def _line(page: Worksheet, styles: Styles, board: Board, card: Card, row: int) -> None:
    if card.placement:
        starts, ends = (board.local(moment).replace(tzinfo=None) for moment in board.time_of(card.placement))
        page.write_datetime(row, 0, board.day_of(card.cells[0]).date, styles.day)
        page.write_datetime(row, 1, starts, styles.clock)
        page.write_datetime(row, 2, ends, styles.clock)
        page.write_string(row, 3, place_says(board, card), styles.cell)
        room = board.room(card.cells[0].room)
        if room and room.capacity:
            page.write_number(row, 4, room.capacity, styles.cell)
    page.write_number(row, 5, card.stars, styles.cell)
    words = card.words
    said = (title_says(card), words.host, words.handle, words.text, words.link, _stage(board, card), card.code)
    for column, text in enumerate(said, start=6):
        page.write_string(row, column, text, styles.cell)


def _stage(board: Board, card: Card) -> str:
    if card.placement:
        marks = {Status.FULL: _("Room full"), Status.CONTESTED: _("contested"), None: _("On the board")}
        return marks[mark_of(board, card)]
    return _("Announced") if card.stage is Stage.PLANNED else _("Idea")
