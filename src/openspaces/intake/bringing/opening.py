"""What a source holds: a programme, or the bytes of a sheet; and how a page keeps a file between two steps."""

import zlib
from base64 import b64decode, b64encode
from datetime import date
from zoneinfo import ZoneInfo

from openspaces.board.state import Board
from openspaces.intake.programme import Programme, Source, is_programme
from openspaces.intake.sheets import is_sheet

LARGEST_FILE = 5_000_000
"""Bytes of a file that comes by a form."""
LARGEST_KEPT = 2_400_000
"""Letters of such a file as the form has it: Django takes two and a half million in the fields of one form."""


def opened(source: Source, board: Board | None) -> Programme | bytes:
    """The programme that stands there, or what must be a sheet. Raises NotFetched, OSError and Damaged."""
    zone, language = (board.zone, board.language) if board else (ZoneInfo("UTC"), "en")
    days = [day.date for day in board.days] if board else list[date]()
    if not source.has_pages and (is_sheet(raw := source.raw()) or not is_programme(raw)):
        return raw
    return source.programme(zone, language, days)


def kept(raw: bytes) -> str:
    """A file as a form carries it to the next step, so that no server has to keep what may be private."""
    return b64encode(zlib.compress(raw)).decode()


def is_kept(packed: str) -> bool:
    """Whether a form can carry it."""
    return len(packed) <= LARGEST_KEPT


def unpacked(packed: str) -> bytes:
    """The file again; empty if this is none."""
    try:
        return zlib.decompressobj().decompress(b64decode(packed, validate=True), LARGEST_FILE)
    except (ValueError, zlib.error):
        return b""
