"""Text as rows: the encoding and the separator are found by trying, for nothing in such a file tells them."""

import codecs
import csv
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from openspaces.intake.sheets.names import known

SEPARATORS = ",;\t|"
TRIED = 100
"""Lines that are looked at to find the separator."""
MOST_LINES = 200_000
"""Rows that are looked at, with those that are empty: five megabytes of line ends would be five million."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD = ("cp1252", "cp1256", "mac-roman", "latin-1")
"""What programs wrote before UTF-8, the likeliest first; the last one reads anything."""
_OUR_QUOTE = ("'=", "'+", "'-", "'@", "'\t", "'\r")
csv.field_size_limit(1_000_000)


class NotText(Exception):
    """This is no text with columns; the text says where and why."""


def read_text(raw: bytes) -> tuple[list[tuple[str, ...]], str]:
    """The rows, and what they were read as."""
    if b"\0" in raw[:4000] and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotText(_("This is no text and no workbook. Known are CSV, TSV, XLSX and ODS."))
    text, encoding = decoded(raw)
    separator = _separator(text)
    rows = [tuple(map(_unquoted, row)) for row in _rows(text, separator)]
    name = {"\t": _("tabs"), ",": _("commas"), ";": _("semicolons"), "|": _("bars")}[separator]
    return rows, _("text with %(separator)s, %(encoding)s") % {"separator": name, "encoding": encoding.upper()}


def decoded(raw: bytes) -> tuple[str, str]:
    """The text, and the encoding in which it is one. Of old encodings that one wins in which most headers are known."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _as(raw, encoding), encoding.removesuffix("-sig")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        readable = [encoding for encoding in _OLD if _reads(raw, encoding)]
        best = max(readable, key=lambda encoding: _known_headers(raw.decode(encoding)))
        return raw.decode(best), best


def _as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        says = _("Line %(line)d is not %(encoding)s text. Save the sheet again, as CSV UTF-8.")
        raise NotText(says % {"line": line, "encoding": encoding.upper()}) from None


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _known_headers(text: str) -> int:
    first = text.lstrip().split("\n", 1)[0]
    return max(sum(1 for cell in first.split(separator) if known(cell)) for separator in SEPARATORS)


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most columns, as many in each."""
    begins = "".join(islice(StringIO(text, newline=""), TRIED))
    return max(SEPARATORS, key=lambda separator: _evenness(begins, separator))


def _evenness(text: str, separator: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(StringIO(text, newline=""), delimiter=separator) if row]
    except csv.Error:
        return 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (usual > 1) * (widths.count(usual) / len(widths) * 10 + min(usual, 9) / 10) if widths else 0


def _rows(text: str, separator: str) -> list[list[str]]:
    """Strictly first, so that a quote that is never closed is told; text that only bends the rules is read then."""
    for strict in (True, False):
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)
        rows: list[list[str]] = []
        try:
            rows.extend(islice(reader, MOST_LINES))
            if next(reader, None) is not None:
                raise NotText(_("This sheet has more than %(most)d rows; cut it up.") % {"most": MOST_LINES})
        except csv.Error as trouble:
            if "unexpected end" in str(trouble):
                says = _("Row %(row)d opens a quotation mark that is never closed.")
                raise NotText(says % {"row": len(rows) + 1}) from None
            if not strict:
                says = _("Row %(row)d cannot be read (%(what)s).")
                raise NotText(says % {"row": len(rows) + 1, "what": trouble}) from None
        else:
            return rows
    raise AssertionError


def _unquoted(cell: str) -> str:
    """Our own sheets put a ' before what a program might take for a formula; it is taken off again."""
    return cell[1:] if cell.startswith(_OUR_QUOTE) else cell
