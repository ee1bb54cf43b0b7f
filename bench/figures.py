"""Puts what the program measured into docs/figures.md, each table between its own markers, with machine and date."""

import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

FIGURES = Path(__file__).parent.parent / "docs" / "figures.md"
_BLANK = "# Figures\n\nWritten by `make bench ARGS=--write` and `make faults ARGS=--write`, whole tables at a time.\n"


def put(part: str, table: str, file: Path = FIGURES) -> None:
    """Put a table (Markdown) in the place of the one that this part had before, or at the end."""
    before = file.read_text(encoding="utf-8") if file.exists() else _BLANK
    begins, ends = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    whole = f"{begins}\n{_made()}\n\n{table.strip()}\n{ends}"
    place = re.compile(f"{re.escape(begins)}.*?{re.escape(ends)}", re.DOTALL)
    after, found = place.subn(lambda _: whole, before)
    file.write_text(after if found else f"{before.rstrip()}\n\n{whole}\n", encoding="utf-8")


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown that can be read in a terminal too."""
    whole = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(len(row[place]) for row in whole) for place in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in whole
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _made() -> str:
    return f"Made on {datetime.now(UTC):%Y-%m-%d} on {machine()}."


def machine() -> str:
    """What it was measured on."""
    memory = re.search(r"MemTotal:\s+(\d+) kB", _text("/proc/meminfo"))
    model = re.search(r"model name\s*: (.+)", _text("/proc/cpuinfo"))
    cores = _text("/proc/cpuinfo").count("processor\t")
    gigabytes = f"{int(memory.group(1)) / 2**20:.0f} GiB" if memory else "memory unknown"
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{model.group(1) if model else platform.machine()}, {cores} cores, {gigabytes}, {system}"


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError:
        return ""
