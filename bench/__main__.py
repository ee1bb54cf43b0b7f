"""Measures what is asked for, and prints a table of each part: `python -m bench [--write] [PART…]`."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import cluster, figures, peers, picture, pulls, reading, table, telling, writing
from bench.table import Row

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "reading": reading.rows,
    "writing": writing.rows,
    "telling": telling.rows,
    "picture": picture.rows,
    "pulls": pulls.rows,
    "cluster": cluster.rows,
}
"""Each gets an empty directory, and says in the first line of its module's docstring what it measures."""
OTHERS: dict[str, Callable[[Path], Iterator[Row]]] = {"peers": peers.rows}
"""Only where they are asked for, for other programs have to be installed first."""


def main() -> int:
    """The exit status: 0, or 1 after one sentence that says what is missing."""
    asked = _parser().parse_args()
    if missing := [program for program in ("nginx", "wrk", "taskset") if shutil.which(program) is None]:
        packages = "nginx-light libnginx-mod-nchan wrk util-linux"
        print(f"bench needs {' and '.join(missing)}: apt-get install {packages}", file=sys.stderr)
        return 1
    for part in asked.parts or PARTS:
        _measure(part, asked.write)
    return 0


def _measure(part: str, write: bool) -> None:
    title = _title(part)
    with tempfile.TemporaryDirectory(prefix="openspaces-bench-") as place:
        found = [_shown(row) for row in (PARTS | OTHERS)[part](Path(place))]
    drawn = table.drawn(found)
    print(f"\n{title}\n\n{drawn}\n{figures.machine()}", flush=True)
    if write:
        figures.put(part, f"**{title}**\n\n{drawn}")


def _shown(row: Row) -> Row:
    """On the terminal as soon as it is known: some parts take a minute."""
    print("…", " ".join(filter(None, row.columns)), file=sys.stderr, flush=True)
    return row


def _title(part: str) -> str:
    """What a part measures, in the words of its module."""
    return (sys.modules[(PARTS | OTHERS)[part].__module__].__doc__ or part).partition("\n")[0].rstrip(".")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", choices=[*PARTS, *OTHERS, []], help=", ".join([*PARTS, *OTHERS])
    )
    parser.add_argument("--write", action="store_true", help="put the tables into docs/figures.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
