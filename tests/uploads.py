"""Files that want to do harm, and what reading them costs: `python -m tests.uploads FILE…` prints it as JSON.

Each file is read in a process of its own, whose memory and time are measured with those of its children.
"""

import json
import os
import resource
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

CANARY = "GPS 48.8583N canary7f3a"
MEBIBYTE = 1 << 20


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    from tests.intake.sheets.workbooks import xlsx

    with zipfile.ZipFile(BytesIO(xlsx(Cards=(("Title",), ("Knitting",))))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    (place,) = (name for name in parts if "worksheets/" in name and name.endswith(".xml"))
    return _packed(parts | {place: sheet} | ({"xl/sharedStrings.xml": strings} if strings else {}))


def _sheet(rows: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def _laughs() -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (each, b"&l%d;" % (each - 1) * 10) for each in range(1, 10))
    return b'<?xml version="1.0"?><!DOCTYPE schedule [<!ENTITY l0 "ha">' + laughs + b"]><schedule>&l9;</schedule>"


def _picture() -> bytes:
    exif = b"Exif\0\0MM\0*" + CANARY.encode()
    return b"\xff\xd8\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + b"\xff\xd9"


def _ics(lines: str) -> bytes:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Talk\r\n"
    times = "DTSTART:20270508T080000Z\r\nDTEND:20270508T090000Z\r\n"
    return f"{head}{times}{lines}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def _far() -> bytes:
    return _workbook(_sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD900000"><v>1</v></c></row>'))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a workbook of a thousand bytes that asks for 30 GB": _far,
    "a workbook with 400 MB in one word": lambda: _workbook(_sheet(b""), b"<sst><si><t>" + b"A" * 400 * MEBIBYTE),
    "a workbook with 250 MB of cells": lambda: _workbook(_sheet(b'<row><c t="str"><v>x</v></c></row>' * 8_000_000)),
    "a workbook with a billion laughs": lambda: _workbook(_laughs().replace(b"schedule", b"worksheet")),
    "a billion laughs": _laughs,
    "an entity that is a file": lambda: (
        b'<!DOCTYPE schedule [<!ENTITY e SYSTEM "file:///etc/passwd">]><schedule><day>&e;</day></schedule>'
    ),
    "XML a million elements deep": lambda: b"<schedule>" + b"<a>" * 1_000_000,
    "JSON a million lists deep": lambda: b'{"schedule": ' + b"[" * 1_000_000,
    "JSON with one key 700,000 times": lambda: b'{"schedule": {' + b",".join([b'"a":0'] * 700_000) + b"}}",
    "JSON with a number of a million digits": lambda: b'{"schedule": ' + b"9" * 1_000_000 + b"}",
    "an hour that repeats each second for ever": lambda: _ics("RRULE:FREQ=SECONDLY\r\n"),
    "an hour that repeats on no day for ever": lambda: _ics("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
    "a calendar of one line of 5 MB": lambda: _ics("X-A:" + "a" * 4_900_000 + "\r\n"),
    "CSV with five million columns": lambda: b"Title" + b"," * 4_900_000,
    "CSV with an open quote": lambda: b'Title,Text\n"' + b"a,\n" * 1_600_000,
    "CSV of line ends": lambda: b"Title\n" * 2 + b"\n" * 4_900_000,
    "a photograph with its place": _picture,
    "a photograph that is a workbook too": lambda: _picture() + _workbook(_sheet(b"")),
    "a workbook that is a page too": lambda: _workbook(_sheet(b"")) + b"<html><script>alert(1)</script>",
    "a page called a calendar": lambda: b"<html><script>alert(1)</script>BEGIN:VCALENDAR",
}
"""What is read has 5 MB at most: more is refused before."""


def read(raw: bytes) -> str:
    """What reading comes to: "read", or the sentence of a refusal."""
    from openspaces.intake.bringing.opening import opened
    from openspaces.intake.programme import Damaged, Source
    from openspaces.intake.sheets import WrongSheet, read_sheet

    try:
        found = opened(Source("file", raw), None)
        if isinstance(found, bytes):
            read_sheet(found)
    except (Damaged, WrongSheet) as trouble:
        return str(trouble)
    return "read"


def measured(file: str) -> dict[str, Any]:
    """What came of it, the most memory in MiB that it or a child of it had, and seconds of processor."""
    reader, writer = os.pipe()
    if not (pid := os.fork()):
        says = _said(Path(file).read_bytes())
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(writer, json.dumps([says, children.ru_maxrss // 1024]).encode())
        os._exit(0)
    os.close(writer)
    _pid, status, used = os.wait4(pid, 0)
    with os.fdopen(reader) as answer:
        said = answer.read()
    says, below = json.loads(said) if said else (f"died: {status}", 0)
    return {"says": says, "memory": max(used.ru_maxrss // 1024, below), "seconds": used.ru_utime + used.ru_stime}


def _said(raw: bytes) -> str:
    try:
        return read(raw)
    except Exception as trouble:
        return f"BROKE: {trouble!r}"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
    django.setup()
    import openspaces.intake.bringing.cards  # noqa: F401 - loaded once, before the processes part

    print(json.dumps([measured(file) for file in sys.argv[1:]]))
