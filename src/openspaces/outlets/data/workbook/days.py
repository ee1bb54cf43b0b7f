"""A day of the board as a sheet: hours down, rooms across, made to be printed and hung up."""

from collections.abc import Iterator
from math import ceil

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openspaces.board.state import Board, Card, Day
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import hue, title_says, told
from openspaces.look.cells import Status, status_of
from openspaces.look.grid import cards_for
from openspaces.outlets.base import Variant
from openspaces.outlets.data.workbook.styles import LINE, Styles, plain, sheet
from openspaces.wording import clock, date_says, day_says, span_says

A4, LETTER = 9, 1
HEADS = 2
"""The row of the rooms' names; the slots are below it."""
ROOMS_ON_A_PAGE = 8
PAGE, WIDEST, NARROWEST = 112, 36, 19
"""Letters that stand side by side on a page beside the times, and in one column."""
TALLEST = 409
"""No program draws a taller row."""

Part = tuple[Format, str]


def add_day(book: Workbook, styles: Styles, board: Board, day: Day, variant: Variant) -> None:
    """A sheet for one day."""
    page = sheet(book, f"{day_says(day.date, short=True)} {date_says(day.date)}")
    width = max(NARROWEST, min(WIDEST, PAGE // (len(day.rooms) or 1)))
    page.set_column(0, 0, 14)
    page.set_column(1, len(day.rooms), width)
    page.set_row(0, 2 * LINE)
    page.write_string(0, 0, f"{board.name} · {day_says(day.date)}", styles.title)
    page.write_string(1, 0, _as_of(board, variant), styles.quiet)
    _heads(page, styles, board, day)
    for row, slot in enumerate(day.slots, start=HEADS + 1):
        times = board.local(slot.starts), board.local(slot.ends)
        page.write_string(row, 0, span_says(*times), styles.time)
        lines = max([2, *(_lines(board, Cell(room, slot.key), width) for room in day.rooms)])
        page.set_row(row, min(LINE * lines, TALLEST))
        for column, room in enumerate(day.rooms, start=1):
            _cell(page, styles, board, Cell(room, slot.key), (row, column))
    _paper(page, board, day)


def _as_of(board: Board, variant: Variant) -> str:
    at = board.local(board.at)
    address = f"{variant.base_url}/{board.event}/".partition("://")[2] if variant.base_url else ""
    as_of = _("as of %(time)s, %(day)s") % {"time": clock(at), "day": day_says(at.date())}
    return " · ".join(filter(None, (as_of, address)))


def _heads(page: Worksheet, styles: Styles, board: Board, day: Day) -> None:
    page.write_string(HEADS, 0, _("Time"), styles.head)
    page.set_row(HEADS, 2 * LINE)
    for column, key in enumerate(day.rooms, start=1):
        room = board.room(key)
        assert room is not None
        page.write_string(HEADS, column, f"{room.name} ({room.capacity})" if room.capacity else room.name, styles.head)


def _paper(page: Worksheet, board: Board, day: Day) -> None:
    page.freeze_panes(HEADS + 1, 1)
    page.set_landscape()
    page.set_paper(LETTER if get_language() == "en-us" else A4)
    page.fit_to_pages(ceil(len(day.rooms) / ROOMS_ON_A_PAGE) or 1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(HEADS)
    page.repeat_columns(0)
    page.hide_gridlines(2)
    page.set_footer(f"&L{plain(board.name)}, {plain(day_says(day.date))}&R&P / &N")


# A cell


def _cell(page: Worksheet, styles: Styles, board: Board, cell: Cell, place: tuple[int, int]) -> None:
    """What stands in a cell. A card of several hours stands once, over all of them, where it has them for itself."""
    cards, closure = cards_for(board, cell), board.closures.get(cell)
    if closure and not cards:
        page.write_string(*place, closure.reason, styles.closed)
    elif not cards:
        page.write_blank(*place, None, styles.free)
    elif not _is_whole(board, cards[0], cell):
        _write(page, styles, place, _parts(styles, board, cell), styles.free)
    elif cards[0].cells[0] == cell:
        style = styles.veiled if cards[0].hidden else styles.cards[hue(cards[0])]
        if len(cards[0].cells) > 1:
            page.merge_range(*place, place[0] + len(cards[0].cells) - 1, place[1], "", style)
        _write(page, styles, place, _parts(styles, board, cell), style)


def _is_whole(board: Board, card: Card, cell: Cell) -> bool:
    """Whether a card has all its cells for itself."""
    alone = all(cards_for(board, each) == [card] and each not in board.closures for each in card.cells)
    return cell in card.cells and alone and not board.is_elsewhere(cell)


def _parts(styles: Styles, board: Board, cell: Cell) -> list[Part]:
    return [(styles.bold if is_title else styles.small, line) for is_title, line in _says(board, cell)]


def _says(board: Board, cell: Cell) -> list[tuple[bool, str]]:
    """What a cell says, line by line, and whether that is a title: titles, people, places, and what is so of it."""
    cards = [line for card in cards_for(board, cell) for line in _card_says(card, cell)]
    return [*cards, (False, _("contested"))] if status_of(board, cell) is Status.CONTESTED else cards


def _card_says(card: Card, cell: Cell) -> Iterator[tuple[bool, str]]:
    yield True, title_says(card)
    where = told(card, card.placement).where if card.placement else ""
    full = _("Room full") if card.full and cell in card.cells else ""
    yield from ((False, line) for line in (card.words.host, where, full) if line)


def _write(page: Worksheet, styles: Styles, place: tuple[int, int], parts: list[Part], style: Format) -> None:
    """The parts below each other; one part alone is no rich text."""
    if len(parts) == 1:
        page.write_string(*place, parts[0][1], styles.bold_of[style])
    else:
        spaced = [(looks, f"\n{text}" if number else text) for number, (looks, text) in enumerate(parts)]
        page.write_rich_string(*place, *(piece for part in spaced for piece in part), style)


def _lines(board: Board, cell: Cell, width: int) -> float:
    """How many lines a cell needs; programs do not find out by themselves where cells are merged."""
    cards = cards_for(board, cell)
    lines = sum(ceil(len(text) / (width * (0.9 if is_title else 1.15))) for is_title, text in _says(board, cell))
    if closure := board.closures.get(cell):
        lines += ceil(len(closure.reason) / width)
    return lines / len(cards[0].cells) if cards and _is_whole(board, cards[0], cell) else lines
