"""Workbooks (XLSX, XLS, ODS) as rows of text. They are read in a process of its own, with little memory and time: a
thousand bytes can ask a reader for thirty gigabytes, and the one that we use ends its process then."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MEMORY = 600 << 20
"""Bytes."""
CPU_SECONDS = 10
WHOLE_SECONDS = 30


class WrongWorkbook(Exception):
    """It cannot be read; `why` is `locked`, `empty`, `large`, or what the reader said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Read:
    """The first sheet with something in it: its name, the other sheets', and its rows that are not empty, numbered."""

    name: str
    others: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_workbook(raw: bytes) -> Read:
    """What stands in a workbook. Raises WrongWorkbook."""
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=WHOLE_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise WrongWorkbook("large") from None
    if done.returncode != 0:
        raise WrongWorkbook("large")
    answer = json.loads(done.stdout)
    if "wrong" in answer:
        raise WrongWorkbook(answer["wrong"])
    rows = tuple((number, tuple(cells)) for number, cells in answer["rows"])
    return Read(answer["name"], tuple(answer["others"]), rows)


# In the process of its own


def main() -> None:
    """Answer on the standard output what stands in the workbook on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raw = sys.stdin.buffer.read()
    try:
        answer = _answer(raw)
    except Exception as trouble:  # whatever it was, it is told
        locked = type(trouble).__name__ == "PasswordError"
        answer = {"wrong": "locked" if locked else " ".join(str(trouble).split())[:100] or type(trouble).__name__}
    sys.stdout.write(json.dumps(answer))


def _answer(raw: bytes) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    for place, name in enumerate(book.sheet_names):
        rows = list(_rows(book.get_sheet_by_index(place).to_python(skip_empty_area=False)))
        if rows:
            others = [other for other in book.sheet_names if other != name]
            return {"name": name, "others": others, "rows": rows}
    return {"wrong": "empty"}


def _rows(rows: list[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        cells = [_written(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _written(value: Any) -> str:
    """A cell as one would type it. What looks like a formula is text here, as everything else."""
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


if __name__ == "__main__":
    main()
