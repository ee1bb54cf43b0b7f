"""Which column holds what: guessed from its name, else from what stands in it, and shown before anything is played."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.board.vocabulary import TITLE_LENGTH
from openspaces.intake.sheets.names import NAMES, folded, known, meant
from openspaces.intake.sheets.table import Row, Sheet
from openspaces.intake.sheets.where import Where

FIELDS = tuple(NAMES)
PREVIEWED = 5
LONGEST_NAME = 80
HEADINGS = 6
"""Rows among which the names of the columns are looked for."""
LOOKED_AT = 200
"""Rows from which a column without a name is guessed."""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.@-]+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


class UnknownColumn(Exception):
    """What was typed to choose a column names none; the text says which there are."""


@dataclass(frozen=True)
class Guess:
    """What each field is read from: a column, counted from 0. `header` is the row of names, if there is one; `named`
    says whether the columns were found by their names."""

    columns: Mapping[str, int]
    header: Row | None
    rows: tuple[Row, ...]
    private: tuple[int, ...] = ()

    @property
    def first(self) -> tuple[Row, ...]:
        """The rows to show."""
        return self.rows[:PREVIEWED]

    @property
    def unused(self) -> tuple[int, ...]:
        """The columns that hold something and are not read."""
        width = max((len(row.cells) for row in self.rows), default=0)
        return tuple(
            column
            for column in range(width)
            if column not in self.columns.values() and any(row.cell(column).strip() for row in self.rows)
        )

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(row.cells) for row in (*self.rows, *filter(None, [self.header])))

    def name(self, column: int) -> str:
        """A column as people call it: its letter, and its name if it has one."""
        said = self.header.cell(column).strip() if self.header else ""
        return f"{letters(column)} “{said}”" if said else letters(column)

    def said(self, row: Row, field: str) -> str:
        """What a row says for a field."""
        column = self.columns.get(field)
        return "" if column is None else row.cell(column).strip()


def guessed(sheet: Sheet, board: Board) -> Guess:
    """What the columns seem to hold. Without a title nothing can be imported, so some column is always taken for it."""
    at = _header_at(sheet.rows)
    header = None if at is None else sheet.rows[at]
    rows = sheet.rows if at is None else sheet.rows[at + 1 :]
    names = [header.cell(column) if header else "" for column in range(sheet.width)]
    columns = _by_name(names)
    private = tuple(column for column, name in enumerate(names) if meant(name) == "private")
    unread = tuple(column for column, name in enumerate(names) if known(name) == "unread")
    by_content = _by_content(rows, sheet.width, board, columns, (*private, *unread))
    return Guess(columns | by_content, header, rows, private)


def _by_name(names: list[str]) -> dict[str, int]:
    """Each field's column: the first that is called so, else the first whose name is a phrase that means it."""
    columns: dict[str, int] = {}
    for read in (known, meant):
        for column, name in enumerate(names):
            if column not in columns.values() and (field := read(name)) in FIELDS:
                columns.setdefault(field, column)
    return {field: columns[field] for field in FIELDS if field in columns}


def chosen(guess: Guess, typed: str) -> Guess:
    """The guess with some columns as the organiser says: `title=A,host=Wer,link=`. Raises UnknownColumn."""
    columns = dict(guess.columns)
    for each in filter(None, typed.split(",")):
        field, equals, name = (part.strip() for part in each.partition("="))
        if field not in FIELDS or not equals:
            says = _("“%(typed)s” chooses no column: write FIELD=COLUMN, as in title=A; fields are %(fields)s.")
            raise UnknownColumn(says % {"typed": each.strip(), "fields": ", ".join(FIELDS)})
        columns.pop(field, None)
        if name:
            column = _column(guess, name)
            columns = {other: place for other, place in columns.items() if place != column} | {field: column}
    if "title" not in columns:
        raise UnknownColumn(_("A card needs a title: choose its column, as in --columns title=A."))
    return replace(guess, columns=columns)


def picked(guess: Guess, columns: Mapping[str, int]) -> Guess:
    """The guess with these columns and no others. Raises UnknownColumn."""
    if "title" not in columns:
        raise UnknownColumn(_("A card needs a title: choose its column."))
    return replace(guess, columns={field: columns[field] for field in FIELDS if field in columns})


def letters(column: int) -> str:
    """A column as sheets call it: A to Z, then AA."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = string.ascii_uppercase[place] + name
    return name


def _column(guess: Guess, name: str) -> int:
    width = max((len(row.cells) for row in (*guess.rows, *filter(None, [guess.header]))), default=0)
    for column in range(width):
        if guess.header and folded(guess.header.cell(column)) == folded(name):
            return column
    for column in range(width):
        if name.upper() == letters(column) or name == str(column + 1):
            return column
    there = ", ".join(guess.name(column) for column in range(width))
    raise UnknownColumn(_("There is no column “%(name)s”; there are %(there)s.") % {"name": name, "there": there})


def _header_at(rows: tuple[Row, ...]) -> int | None:
    """Which row has the names: the first, or one below a few of a single cell each, such as a heading, or `sep=;`."""
    for place, row in enumerate(rows[:HEADINGS]):
        filled = sum(1 for cell in row.cells if cell.strip())
        if _is_header(row) and (place == 0 or filled > 1):
            return place
        if filled > 1:
            return None
    return None


def _is_header(row: Row) -> bool:
    """A third of the names are known, or several mean something as phrases do; and nothing that no column is called."""
    cells = [cell for cell in row.cells if cell.strip()]
    if any(_LINK.search(cell) or len(cell) > LONGEST_NAME for cell in cells):
        return False
    names = [cell for cell in cells if known(cell)]
    return len(names) * 3 >= len(cells) > 0 or len({meant(cell) for cell in cells} - {""}) >= max(2, len(cells) / 2)


# Without names: what stands in a column says what it may be


def _by_content(
    rows: tuple[Row, ...], width: int, board: Board, found: Mapping[str, int], private: tuple[int, ...]
) -> dict[str, int]:
    """The fields that no name told. Where some were told, a title is looked for and nothing else."""
    looked = rows[:LOOKED_AT]
    free = [column for column in range(width) if column not in (*found.values(), *private)]
    wanted = [field for field in _LIKE if not found]
    where, columns = Where(board), dict[str, int]()
    for field in wanted:
        best = max(free, key=lambda column: _share(looked, column, _LIKE[field](where)), default=None)
        if best is not None and _share(looked, best, _LIKE[field](where)) >= 0.6:
            columns[field] = best
            free.remove(best)
    free = [column for column in free if _share(looked, column, _is_mail) < 0.6]
    return columns | _words(looked, free, titled="title" in found, only_title=bool(found))


_LIKE: dict[str, Callable[[Where], Callable[[str], bool]]] = {
    "link": lambda where: lambda cell: bool(_LINK.fullmatch(cell)),
    "handle": lambda where: lambda cell: bool(_HANDLE.fullmatch(cell)),
    "time": lambda where: lambda cell: where.minutes(cell) is not None,
    "room": lambda where: lambda cell: bool(where.room(cell)),
    "day": lambda where: lambda cell: where.day(cell) is not None,
}


def _is_mail(cell: str) -> bool:
    return bool(_MAIL.fullmatch(cell))


def _words(rows: tuple[Row, ...], free: list[int], *, titled: bool, only_title: bool) -> dict[str, int]:
    """The title is the first column of words that fit on a card, the text the longest, the host a short one."""
    lengths = {column: _length(rows, column) for column in free if _length(rows, column) > 0}
    columns: dict[str, int] = {}
    if not titled and lengths:
        fitting = [column for column, length in lengths.items() if 3 < length <= TITLE_LENGTH]
        columns["title"] = fitting[0] if fitting else min(lengths, key=lengths.__getitem__)
    if only_title or titled:
        return columns
    rest = [column for column in lengths if column not in columns.values()]
    if rest and lengths[longest := max(rest, key=lengths.__getitem__)] > 30:
        columns["text"] = longest
        rest.remove(longest)
    if rest and (short := [column for column in rest if 1 < lengths[column] <= 30]):
        columns["host"] = short[0]
    return columns


def _share(rows: tuple[Row, ...], column: int, like: Callable[[str], bool]) -> float:
    cells = [cell for row in rows if (cell := row.cell(column).strip())]
    return sum(map(like, cells)) / len(cells) if cells else 0


def _length(rows: tuple[Row, ...], column: int) -> float:
    cells = [len(cell) for row in rows if (cell := row.cell(column).strip()) and not cell.isdigit()]
    return sum(cells) / len(cells) if cells else 0
