"""A sheet as rows of text, whatever it came in: CSV and TSV of any dialect, XLSX, XLS and ODS."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from openspaces.intake.sheets.text import NotText, read_text
from openspaces.lib.workbooks import WrongWorkbook, read_workbook

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
    return _sheet(enumerate(rows, start=1), kind)


def _workbook(raw: bytes) -> Sheet:
    if raw.startswith(_ZIP) and _unpacked(raw) > UNPACKED:
        raise WrongSheet(_("This workbook is too large; save the sheet alone, as CSV."))
    try:
        book = read_workbook(raw)
    except WrongWorkbook as trouble:
        raise WrongSheet(_workbook_says(trouble.why)) from None
    return _sheet(book.rows, _("workbook, sheet “%(name)s”") % {"name": book.name}, book.others)


def _workbook_says(why: str) -> str:
    known = {
        "locked": _("This workbook is locked with a password; save it without one."),
        "empty": _("There is nothing in this workbook."),
        "large": _("This workbook is too large; save the sheet alone, as CSV."),
    }
    return known.get(why) or _("This workbook cannot be read (%(what)s); save the sheet as CSV.") % {"what": why}


def _unpacked(raw: bytes) -> int:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        raise WrongSheet(_("This workbook is damaged: its end is missing. Save it again.")) from None


def _sheet(rows: Iterable[tuple[int, tuple[str, ...]]], kind: str, others: tuple[str, ...] = ()) -> Sheet:
    full = tuple(Row(number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    if not full:
        raise WrongSheet(_("There is nothing in this sheet."))
    if len(full) > MOST_ROWS:
        raise WrongSheet(_("This sheet has more than %(most)d rows; cut it up.") % {"most": MOST_ROWS})
    if any(len(row.cells) > MOST_COLUMNS for row in full):
        raise WrongSheet(_("This sheet has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    return Sheet(full, kind, others)
