"""Reading the board with a phone's headers, beside nginx with the same bytes as files."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from bench import nginx, ours, wrk
from bench.table import Row, at_least

ROUNDS = 3
SECONDS = 1
AIM = 0.9


def rows(place: Path) -> Iterator[Row]:
    """The board's page and its picture, whole and unchanged."""
    pages = [("board page", f"/{ours.EVENT}/"), ("/os", "/os")]
    with ours.serving(place / "data") as server:
        ours.fill(server)
        with nginx.serving(place / "www", [(path, server.address + path) for _, path in pages]) as reference:
            for name, path in pages:
                for known in (False, True):
                    yield _compared(f"{name}, {304 if known else 200}", server.address, reference, path, known)


def _compared(name: str, address: str, reference: str, path: str, known: bool) -> Row:
    """Answers a second of both, in turns, so that what else the machine does hits both alike."""
    found: dict[str, list[float]] = {address: [], reference: []}
    for _ in range(ROUNDS):
        for each, rates in found.items():
            rates.append(wrk.rate(each + path, known, SECONDS))
    we, they = (statistics.median(found[each]) for each in (address, reference))
    return at_least(name, we, they, AIM)
