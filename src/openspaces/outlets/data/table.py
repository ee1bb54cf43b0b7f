"""The board as a table, CSV or TSV: a list of the placed cards, or a grid of hours and rooms; for a spreadsheet, also
one that fetches it by itself."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openspaces.board.state import Board
from openspaces.look.grid import grid_rows
from openspaces.look.listing import list_rows
from openspaces.outlets.base import Asked, Pull, Variant, one_of
from openspaces.outlets.data.board import only_day

SHAPES = ("list", "grid")
Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(board: Board, variant: Variant) -> Iterator[Row]:
    """The names of the columns, then the lines: of a list one for each placed card in order of time and room, of a grid
    one for each slot."""
    if variant.form == "grid":
        yield from grid_rows(board, variant.day)
    else:
        yield from list_rows(board, variant.day)


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


CSV = Pull("data-csv", ("/{event}/board.csv",), "text/csv; charset=utf-8", _variant, _csv, timeless=True)
TSV = Pull(
    "data-tsv", ("/{event}/board.tsv",), "text/tab-separated-values; charset=utf-8", _variant, _tsv, timeless=True
)
