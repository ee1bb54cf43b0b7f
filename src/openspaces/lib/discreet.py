"""What may be told to a log: no address, cookie, token, e-mail, nor what people typed."""

import re
from collections.abc import Iterator
from pathlib import Path
from smtplib import SMTPException
from traceback import walk_tb

from django.db import Error as DatabaseTrouble

GONE = "…"
"""What stands for what is not told."""

_MAIL = re.compile(r"[^\s<>\"'(),;:@/]+@[^\s<>\"'(),;:@/]+\.[^\W\d_]{2,}")
_IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])(?:(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}|[0-9a-fA-F]{0,4}::[0-9a-fA-F:]*)(?![\w:])")
_TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])")
_PATH = re.compile(r"(?<![\w/:.<])/[^\s,;]*")
_BEHIND_A_NAME = re.compile(r"(//[^\s/]+)(/[^\s]*)")
_SEGMENT = re.compile(r"[\w.@-]{0,48}", re.ASCII)
_SECRET_AFTER = ("stars", "stop", "staff", "edit", "code")
"""Segments behind which a secret stands in an address."""
_DRIVERS = ("psycopg", "psycopg_pool", "sqlite3", "pysqlite3")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|\([^)]*\)")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""Also what ends a line, steers a terminal or turns its text round."""


def text(said: str) -> str:
    """A text on one line, without what could lead to a person."""
    said = _BEHIND_A_NAME.sub(lambda found: found[1] + path(found[2]), _BLANK.sub(" ", said).strip())
    said = _PATH.sub(lambda found: path(found[0]), said)
    for each in (_MAIL, _IPV4, _IPV6, _TOKEN):
        said = each.sub(GONE, said)
    return said


def path(asked: str) -> str:
    """The path of an address, without its query and its secrets."""
    segments = asked.partition("?")[0].partition("#")[0].split("/")
    return "/".join(_segment(before, each) for before, each in zip(["", *segments], segments, strict=False))


def _segment(before: str, segment: str) -> str:
    if before in _SECRET_AFTER and segment:
        return GONE
    return segment if _SEGMENT.fullmatch(segment) and not _TOKEN.search(segment) else GONE


def trouble(error: BaseException) -> str:
    """What went wrong: its kind, and what the system or the database says of it, without the values that they name."""
    kind = type(error).__name__
    says = _says(error)
    return f"{kind}: {says}" if says else kind


def _says(error: BaseException) -> str:
    if isinstance(error, SMTPException):
        return ""
    if isinstance(error, OSError):
        return text(_QUOTED.sub(GONE, error.strerror or ""))
    if is_database(error) or getattr(error, "may_be_told", False):
        return text(_QUOTED.sub(GONE, str(error).partition("\n")[0]))
    return ""


def is_database(error: object) -> bool:
    """Whether it is trouble with the database, as Django tells it or as its driver does."""
    return isinstance(error, DatabaseTrouble) or type(error).__module__.partition(".")[0] in _DRIVERS


def frames(error: BaseException) -> list[str]:
    """Where it went wrong, the innermost last, and before that what it came from: places in the program, no values."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*frames(earlier), f"{trouble(earlier)}, then"] if earlier else []
    return [*before, *_places(error)]


def _places(error: BaseException) -> Iterator[str]:
    for frame, line in walk_tb(error.__traceback__):
        code = frame.f_code
        yield f"{_shortened(code.co_filename)}:{line} {code.co_name}"


def _shortened(file: str) -> str:
    """A file from its package on: where things are installed is nobody's business."""
    parts = Path(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return "/".join(parts[-2:])
