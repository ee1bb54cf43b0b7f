"""Measures, and prints one table: pages and pictures beside nginx, streams, a fresh picture, every outlet."""

import asyncio
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench import nginx, ours, pulls, streams, wrk

ROUNDS = 3
STREAMS = 1000
AIMS = {"ratio": 1 / 3, "streams": 100.0, "picture": 150.0}


def main() -> int:
    """The exit status: 0, or 1 after one sentence that says what is missing."""
    if missing := [program for program in ("nginx", "wrk", "taskset") if shutil.which(program) is None]:
        print(f"bench needs {' and '.join(missing)}: apt-get install nginx-light wrk util-linux", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="openspaces-bench-") as place:
        table = _measured(Path(place))
    print("\n".join(table))
    return 0


def _measured(place: Path) -> list[str]:
    _now("a board is made and filled")
    with ours.serving(place / "data") as server:
        ours.fill(server)
        pages = [("board page", f"/{ours.EVENT}/"), ("/os", "/os")]
        with nginx.serving(place / "www", [(path, server.address + path) for _, path in pages]) as reference:
            cases = [(name, path, known) for name, path in pages for known in (False, True)]
            table = [_HEAD, *(_compared(server.address, reference, *case) for case in cases)]
        _now(f"{STREAMS} streams are told of a card, again and again")
        told = asyncio.run(streams.until_last_of(STREAMS, server))
        _now("a picture is asked for after each card")
        fresh = asyncio.run(streams.until_fresh_picture(server))
        _now("every outlet is printed anew after a change, and handed out again")
        outlets = list(pulls.table(server, place / "data"))
    table.append(_timed(f"a card is placed -> the last of {STREAMS} streams", told, AIMS["streams"]))
    table.append(_timed("a card is placed -> a fresh picture is here", fresh, AIMS["picture"]))
    return [*table, "", *outlets]


def _now(step: str) -> None:
    print(f"… {step}", file=sys.stderr, flush=True)


_HEAD = f"{'':46}{'ours':>12}{'nginx':>12}{'ratio':>8}{'aim':>8}"


def _compared(address: str, reference: str, name: str, path: str, known: bool) -> str:
    """Requests a second of both, in turns, so that what else the machine does hits both alike."""
    _now(f"{name}, {304 if known else 200}, beside nginx")
    found: dict[str, list[float]] = {address: [], reference: []}
    for _ in range(ROUNDS):
        for each, rates in found.items():
            rates.append(wrk.rate(each + path, known))
    we, they = (statistics.median(found[each]) for each in (address, reference))
    named = f"{name}, {304 if known else 200}"
    return f"{named:46}{we:>10,.0f}/s{they:>10,.0f}/s{we / they:>8.2f}{AIMS['ratio']:>8.2f}"


def _timed(name: str, milliseconds: list[float], aim: float) -> str:
    middle, worst = statistics.median(milliseconds), max(milliseconds)
    return f"{name:46}{middle:>9,.0f} ms{'worst':>8}{worst:>6,.0f} ms{'':>3}{aim:>5,.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
