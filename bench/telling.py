"""Ten thousand open pages in one process, and how soon the last of them hears of a card, beside nginx with nchan."""

import json
import os
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path

import httpx

from bench import nchan, ours
from bench.crowd import Crowd, Crowds, Post
from bench.nchan import Nchan
from bench.ours import EVENT, LOAD_CORE, Ours
from bench.table import Row, at_most

STREAMS = 10_000
ROUNDS = 7
MISSED = 3
PAUSE = 0.5
MEANWHILE = 6.0
"""Seconds for which cards are moved to and fro, four times a second, while ordinary pages are asked for."""
EVERY = 0.25
FRAME = b"x" * 600
AIMS = {"ratio": 1.0, "bytes": 10_000, "page": 5.0, "move": 100.0, "storm": 2000.0}


def rows(place: Path) -> Iterator[Row]:
    """Both servers hold their pages at the same time, and tell them in turns."""
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    with (
        ours.serving(place / "data") as we,
        nchan.serving(place / "nchan") as they,
        Crowds() as one,
        Crowds() as other,
        ProcessPoolExecutor(2, initializer=_first_in_line) as probes,
    ):
        ours.fill(we)
        yield from _measured(_Both(we, they, one.crowd(we.address), other.crowd(they.address)), probes)


@dataclass(frozen=True)
class _Both:
    """The servers, and who listens to them."""

    we: Ours
    they: Nchan
    our_crowd: Crowd
    their_crowd: Crowd

    def open(self) -> tuple[float, float]:
        """Open all pages; the bytes of memory that the servers took for each."""
        before = _resident(self.we.process), _resident(self.they.process)
        self.our_crowd.open(STREAMS, _request(f"/{EVENT}/live"), b"retry:")
        self.their_crowd.open(STREAMS, _request("/live"), b"\r\n\r\n")
        ours, theirs = _resident(self.we.process) - before[0], _resident(self.they.process) - before[1]
        return ours / STREAMS, theirs / STREAMS

    def tell(self, cell: str) -> tuple["_Told", "_Told"]:
        """How many milliseconds after a request to place a card our pages hear of it, commit and all; and how many
        after a request to tell the same bytes theirs do."""
        until = f"Placed in {cell}".encode()
        time.sleep(PAUSE)
        mine = self.our_crowd.tell(_card(self.we, cell), until)
        said = re.findall(rb"data: ([^\r\n]*%b[^\r\n]*)\n" % re.escape(until), self.our_crowd.last())[-1]
        time.sleep(PAUSE)
        return mine, self.their_crowd.tell(Post("/tell", said, {"X-EventSource-Event": "cells"}), until)


_Told = tuple[float, float]
"""When the first page heard, and the last."""


def _measured(both: _Both, probes: ProcessPoolExecutor) -> Iterator[Row]:
    cells = iter(ours.free_cells())
    our_bytes, their_bytes = both.open()
    told = [both.tell(cell) for cell in islice(cells, ROUNDS)]
    last = [(we[1], they[1]) for we, they in told]
    yield _beside(f"a card is placed, commit and all -> the last of {STREAMS:,} pages hears", last)
    telling = [(we[1] - we[0], they[1] - they[0]) for we, they in told]
    yield _beside("of that, the first page hears -> the last", telling)
    yield Row(
        "memory of a stream",
        f"{our_bytes:,.0f} bytes",
        f"{their_bytes:,.0f} bytes nchan",
        our_bytes / their_bytes,
        f"at most {AIMS['bytes']:,} bytes",
        our_bytes <= AIMS["bytes"],
    )
    yield from _meanwhile(both, probes, list(islice(cells, 4)))
    yield _storm(both, list(islice(cells, MISSED)))


def _card(we: Ours, cell: str) -> Post:
    address, request = we.card(f"Placed in {cell}", cell)
    headers = {"Content-Type": "application/json", **request["headers"]}
    return Post(address.removeprefix(we.address), json.dumps(request["json"]).encode(), headers)


def _beside(name: str, told: list[tuple[float, float]]) -> Row:
    we, they = (statistics.median(times) for times in zip(*told, strict=True))
    aim = f"at most {AIMS['ratio']:g}"
    return Row(name, f"{we:,.0f} ms", f"{they:,.0f} ms nchan", we / they, aim, we / they <= AIMS["ratio"])


# Meanwhile


def _meanwhile(both: _Both, probes: ProcessPoolExecutor, cells: list[str]) -> Iterator[Row]:
    """The times of a file, of the board and of moves while everyone is told of the moves, beside those of a quiet hour.
    The board is printed anew after each move, and who asks just then waits for it."""
    style = re.findall(r'href="(/static/[^"]+\.css)"', httpx.get(f"{both.we.address}/{EVENT}/").text)[0]
    asked = ("a style sheet", style, cells[:2], AIMS["page"]), ("the board", f"/{EVENT}/", cells[2:], None)
    for name, path, free, aim in asked:
        quiet = probes.submit(_look, both.we.address, path).result()
        moves = probes.submit(_move, both.we, free)
        pages = probes.submit(_look, both.we.address, path)
        both.our_crowd.listen(MEANWHILE + 1)
        yield _slowest(f"{name} meanwhile, 99 of 100", pages.result(), quiet, aim)
    yield _slowest("a move meanwhile, 99 of 100", moves.result(), [], AIMS["move"])
    told = probes.submit(_tell, both.they)
    theirs = probes.submit(_look, both.they.address, "/")
    both.their_crowd.listen(MEANWHILE + 1)
    told.result()
    yield Row("an answer of nginx's while nchan tells as often, 99 of 100", "", f"{_told(theirs.result())} nginx")


def _slowest(name: str, times: list[float], quiet: list[float], aim: float | None) -> Row:
    slowest = _percentile(times, 99)
    beside = f"{_percentile(quiet, 99):,.1f} ms when all is quiet" if quiet else ""
    aims = f"at most {aim:g} ms" if aim else ""
    return Row(name, _told(times), beside, aim=aims, reached=slowest <= aim if aim else None)


def _told(times: list[float]) -> str:
    return f"{_percentile(times, 99):,.1f} ms (half in {_percentile(times, 50):,.1f})"


def _look(address: str, path: str) -> list[float]:
    """Milliseconds of each of many ordinary pages."""
    found, until = [], time.perf_counter() + MEANWHILE
    asking = HTTPConnection(address.removeprefix("http://"))
    while (begun := time.perf_counter()) < until:
        asking.request("GET", path, headers={"Accept-Encoding": "gzip"})
        asking.getresponse().read()
        found.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.004)
    return found


def _move(we: Ours, cells: list[str]) -> list[float]:
    """Milliseconds of each of many moves of one card."""
    found, until = [], time.perf_counter() + MEANWHILE
    with httpx.Client(headers={"Authorization": f"Bearer {we.token}"}) as client:
        card = f"{we.address}/api/{EVENT}/cards/{we.place(client, 'To and fro', cells[0])}/placement"
        while (begun := time.perf_counter()) < until:
            cells.reverse()
            client.put(card, json={"cell": cells[0], "confirmed": True}).raise_for_status()
            found.append((time.perf_counter() - begun) * 1000)
            time.sleep(max(0, EVERY - found[-1] / 1000))
    return found


def _tell(they: Nchan) -> None:
    """Tell as much as a move leads to, as often as `_move` moves."""
    until, asking = time.perf_counter() + MEANWHILE, HTTPConnection(they.address.removeprefix("http://"))
    while (begun := time.perf_counter()) < until:
        asking.request("POST", "/tell", FRAME)
        asking.getresponse().read()
        time.sleep(max(0, begun + EVERY - time.perf_counter()))


def _percentile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


# Everyone at once


def _storm(both: _Both, cells: list[str]) -> Row:
    """Everyone has gone, cards are placed, and everyone comes back for what was missed."""
    with httpx.Client() as client:
        stood = client.get(f"{both.we.address}/api/{EVENT}/board").json()
        both.our_crowd.close()
        for cell in cells:
            both.we.place(client, f"Missed in {cell}", cell)
    request = _request(f"/{EVENT}/live", f"Last-Event-ID: {stood['epoch']}:{stood['number']}\r\n")
    back = both.our_crowd.open(STREAMS, request, f"Missed in {cells[-1]}".encode())
    return at_most(f"{STREAMS:,} pages come back, and each has what it missed", [back], AIMS["storm"])


def _request(path: str, more: str = "") -> bytes:
    browser = (
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0)\r\nAccept: text/event-stream\r\nAccept-Language: en"
    )
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n{browser}\r\n{more}\r\n".encode()


# What the machine knows


def _resident(process: int) -> int:
    """Bytes of memory that a process has."""
    found = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[0]) * 1024


def _first_in_line() -> None:
    """Who measures a time is not kept waiting by the crowd on the same core."""
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    with suppress(PermissionError):
        os.nice(-10)
