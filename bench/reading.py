"""Reading the board with a phone's headers, beside nginx with the same bytes as files."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench import bare, cpu, nginx, ours, wrk
from bench.table import Row

ROUNDS = 5
SECONDS = 1
AIM, PLAIN_AIM = 0.9, 0.35
PAGES = [("board page", f"/{ours.EVENT}/"), ("/os", "/os")]
QUICK, PLAIN, BARE, NGINX = "ours", "ours, by ASGI alone", "uvicorn alone", "nginx"


@dataclass(frozen=True)
class Served:
    """Who serves, where, and by which process."""

    address: str
    process: int


@dataclass(frozen=True)
class Found:
    """Answers a second, and microseconds of processor for each."""

    rate: float
    cost: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, {self.cost:,.0f} us each"


def rows(place: Path) -> Iterator[Row]:
    """The board's page and its picture, whole and unchanged; all servers on the same core, in turns. Beside
    what has not changed also uvicorn with nothing behind it, for nobody is faster by ASGI."""
    with (
        ours.serving(place / "quick") as quick,
        ours.serving(place / "plain", OPENSPACES_QUICK="off") as plain,
        bare.serving() as floor,
    ):
        for server in (quick, plain):
            ours.fill(server)
        with nginx.serving(place / "www", [(path, quick.address + path) for _, path in PAGES]) as reference:
            process = int((place / "www" / "pid").read_text())
            servers = {NGINX: Served(reference, process)}
            servers |= {QUICK: Served(quick.address, quick.process), PLAIN: Served(plain.address, plain.process)}
            for name, path in PAGES:
                for known in (False, True):
                    alone = {BARE: Served(*floor)} if known else {}
                    found = _measured(servers | alone, path, known)
                    yield _row(f"{name}, {304 if known else 200}", found[QUICK], found[NGINX], AIM)
                    if name == PAGES[0][0]:
                        yield _row(f"{name}, {304 if known else 200}, by ASGI", found[PLAIN], found[NGINX], PLAIN_AIM)
                    if alone:
                        yield _row(f"{name}, 304, uvicorn with nothing behind it", found[BARE], found[NGINX])
            found = _measured({NGINX: servers[NGINX], QUICK: servers[QUICK]}, PAGES[0][1], False, cookies=True)
            yield _row("board page, 200, a cookie of its own each", found[QUICK], found[NGINX], AIM)


def _measured(servers: dict[str, Served], path: str, known: bool, cookies: bool = False) -> dict[str, Found]:
    """In turns, so that what else the machine does hits all alike; the medians."""
    found: dict[str, list[Found]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, server in servers.items():
            before = cpu.seconds(server.process)
            rate = wrk.rate(server.address + path, known, SECONDS, cookies=cookies)
            found[name].append(Found(rate, (cpu.seconds(server.process) - before) / rate / SECONDS * 1e6))
    return {name: _median(rounds) for name, rounds in found.items()}


def _median(rounds: list[Found]) -> Found:
    return Found(statistics.median(each.rate for each in rounds), statistics.median(each.cost for each in rounds))


def _row(name: str, we: Found, they: Found, aim: float | None = None) -> Row:
    ratio = we.rate / they.rate
    row = Row(name, str(we), f"{they} nginx", ratio)
    return replace(row, aim=f"at least {aim:g}", reached=ratio >= aim) if aim else row
