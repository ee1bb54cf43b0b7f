"""A sheet as rows of text, whatever it came in: CSV and TSV of any dialect, XLSX, XLS and ODS."""

import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from openspaces.intake.sheets.text import NotText, read_text

MOST_ROWS = 50_000
MOST_COLUMNS = 200
UNPACKED = 300_000_000
"""Bytes that a workbook may have when it is unpacked."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class WrongSheet(Exception):
    """The file cannot be read as a sheet; the text says where and why in one sentence."""


@dataclass(frozen=True)
class Row:
    """One row, and its number as people see it beside the sheet, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """What stands in a column; empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """The rows that are not empty. `kind` says what it was read as, `others` names what a workbook has besides."""

    rows: tuple[Row, ...]
    kind: str
    others: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def is_sheet(raw: bytes) -> bool:
    """Whether this is a workbook, rather than text that may be anything."""
    return raw.startswith((_ZIP, _OLE))


def read_sheet(raw: bytes) -> Sheet:
    """The sheet in a file. Raises WrongSheet."""
    if is_sheet(raw):
        return _workbook(raw)
    try:
        rows, kind = read_text(raw)
    except NotText as trouble:
        raise WrongSheet(str(trouble)) from None
    return _sheet(rows, kind)


def _workbook(raw: bytes) -> Sheet:
    if raw.startswith(_ZIP) and _unpacked(raw) > UNPACKED:
        raise WrongSheet(_("This workbook is too large; save the sheet alone, as CSV."))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        for place, name in enumerate(book.sheet_names):
            rows = [
                tuple(map(_written, row)) for row in book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            ]
            if any(any(row) for row in rows):
                others = tuple(other for other in book.sheet_names if other != name)
                return _sheet(rows, _("workbook, sheet “%(name)s”") % {"name": name}, others)
    except PasswordError:
        raise WrongSheet(_("This workbook is locked with a password; save it without one.")) from None
    except (CalamineError, OSError, ValueError) as trouble:
        what = " ".join(str(trouble).split())[:100]
        raise WrongSheet(
            _("This workbook cannot be read (%(what)s); save the sheet as CSV.") % {"what": what}
        ) from None
    raise WrongSheet(_("There is nothing in this workbook."))


def _unpacked(raw: bytes) -> int:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        raise WrongSheet(_("This workbook is damaged: its end is missing. Save it again.")) from None


def _sheet(rows: list[tuple[str, ...]], kind: str, others: tuple[str, ...] = ()) -> Sheet:
    numbered = (Row(number, cells) for number, cells in enumerate(rows, start=1))
    full = tuple(row for row in numbered if any(cell.strip() for cell in row.cells))
    if not full:
        raise WrongSheet(_("There is nothing in this sheet."))
    if len(full) > MOST_ROWS:
        raise WrongSheet(_("This sheet has more than %(most)d rows; cut it up.") % {"most": MOST_ROWS})
    if any(len(row.cells) > MOST_COLUMNS for row in full):
        raise WrongSheet(_("This sheet has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    return Sheet(full, kind, others)


def _written(value: Any) -> str:
    """A cell of a workbook as one would type it. What looks like a formula is text here, as everything else."""
    match value:
        case str():
            return value
        case bool() | None:
            return "" if value is None else str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            minutes = int(value.total_seconds() // 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)
