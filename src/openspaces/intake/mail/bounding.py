"""As much of a letter as is parsed: the parser takes lines times depth, and parameters squared; words need few."""

import io
import re
from collections.abc import Iterator

MOST_LINES = 20_000
MOST_BYTES = 4_000_000
LONGEST_RUN = 4000
"""Lines in a row that can only be packed bytes: 200 kB of them, which is as much of a part as is read."""
LONGEST_FIELD = 2000
"""Bytes of a field that says what a part is."""
_PACKED = re.compile(rb"[A-Za-z0-9+/=]{60,}\r?\n?")


def bounded(raw: bytes) -> bytes:
    """The lines of a letter without the bulk of what is attached, at most some. Words that stand after a photograph
    are there still."""
    kept: list[bytes] = []
    size = 0
    for line in _lines(raw):
        kept.append(line)
        size += len(line)
        if len(kept) == MOST_LINES or size > MOST_BYTES:
            break
    return b"".join(kept)[:MOST_BYTES]


def _lines(raw: bytes) -> Iterator[bytes]:
    run, room = 0, MOST_BYTES
    for line in io.BytesIO(raw):
        run = run + 1 if _PACKED.fullmatch(line) else 0
        if run > LONGEST_RUN:
            continue
        if line[:8].lower() == b"content-":
            room = LONGEST_FIELD
        elif line[:1] not in (b" ", b"\t"):
            room = MOST_BYTES
        if room <= 0:
            continue
        yield line if len(line) <= room else line[:room] + b"\r\n"
        room -= len(line)
