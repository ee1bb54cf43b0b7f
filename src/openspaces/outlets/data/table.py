"""The board as a table, CSV or TSV: a list of the placed cards, or a grid of hours and rooms; for a spreadsheet, also
one that fetches it by itself."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openspaces.board.state import Board, Card
from openspaces.look.cards import told
from openspaces.look.cells import Status, status_of
from openspaces.outlets.base import Asked, Pull, Variant, one_of
from openspaces.outlets.data.board import only_day
from openspaces.outlets.data.grid import grid_rows

COLUMNS = ("day", "starts", "ends", "room", "title", "host", "handle", "text", "link", "code", "status")
SHAPES = ("list", "grid")
Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(board: Board, variant: Variant) -> Iterator[Row]:
    """The names of the columns, then the lines: of a list one for each placed card in order of time and room, of a grid
    one for each slot. A list's `status` says that a room is full, or that others want it too."""
    if variant.form == "grid":
        yield from grid_rows(board, variant.day)
    else:
        yield COLUMNS
        yield from (_values(board, card) for card in in_time(board, variant))


def in_time(board: Board, variant: Variant) -> Iterator[Card]:
    """Each placed card once, where it starts; of all days, or of the one that is asked for."""
    for day in board.days:
        for cell in board.cells_of(day):
            if variant.day in (None, day.date):
                yield from (card for card in board.cards_at(cell) if card.cells[0] == cell)


def place_says(board: Board, card: Card) -> str:
    """The room of a placed card; of one Elsewhere also the place that its host wrote in."""
    assert card.placement is not None
    room = board.room(card.placement.cells[0].room)
    assert room is not None
    where = told(card, card.placement).where
    return f"{room.name}: {where}" if where else room.name


def _values(board: Board, card: Card) -> Row:
    assert card.placement is not None
    starts, ends = (board.local(moment) for moment in board.time_of(card.placement))
    day = board.day_of(card.cells[0]).date.isoformat()
    words = card.words
    said = (words.title, words.host, words.handle, words.text, words.link)
    status = status_of(board, card.cells[0])
    marked = status.value if status in (Status.FULL, Status.CONTESTED) else ""
    times = [f"{moment:%Y-%m-%d %H:%M}" for moment in (starts, ends)]
    return (day, *times, place_says(board, card), *said, card.code, marked)


def _written(lines: Iterable[Row], delimiter: str) -> bytes:
    """UTF-8 without a mark at its beginning, which would be part of the first name."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([_harmless(value) for value in line] for line in lines)
    return text.getvalue().encode()


def _harmless(value: str) -> str:
    """`value`, which no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _in_one_line(value: str) -> str:
    """Many programs that read TSV end a row at each line end, quoted or not."""
    return " ".join(value.split())


def _csv(board: Board, variant: Variant) -> bytes:
    return _written(rows(board, variant), ",")


def _tsv(board: Board, variant: Variant) -> bytes:
    return _written((tuple(map(_in_one_line, row)) for row in rows(board, variant)), "\t")


def _variant(asked: Asked, board: Board) -> Variant:
    return replace(only_day(asked, board), form=one_of(asked, "as", SHAPES))


CSV = Pull("data-csv", ("/{event}/board.csv",), "text/csv; charset=utf-8", _variant, _csv)
TSV = Pull("data-tsv", ("/{event}/board.tsv",), "text/tab-separated-values; charset=utf-8", _variant, _tsv)
