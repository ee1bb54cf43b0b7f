"""Two processes and nginx with the configuration of deploy/, on PostgreSQL and on SQLite, all on this machine."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from tests.deployed import nginx as deployed
from tests.inside import ROOMS, slots_of
from tests.servers import EVENT, Installation, installation, postgresql_url, serving

from bench import nginx, race, wrk
from bench.ours import SERVER_CORE, TITLE, Ours
from bench.table import Row, at_least

CARDS = 90
"""On the first day, which has 120 cells."""
RACE = "sprint"
RACED_CELLS = 300
RACE_AIM = 500.0
STREAMS = 100
MOVES = 100
TELL_AIM = 250.0
PAGE_AIM = 0.8
SECONDS, ROUNDS = 1, 3
PATIENCE = 20.0

Whole = tuple[Installation, list[str], str]
"""An installation, the addresses of its processes, and nginx's."""


def rows(place: Path) -> Iterator[Row]:
    """Pages through nginx, a race through nginx over both processes, and how soon one process knows of the other."""
    with _whole(place / "postgresql", postgresql_url()) as (home, processes, front):
        yield from _pages(place, home, processes, front)
        yield _raced(home, front)
        yield _told("PostgreSQL", home, *processes)
    with installation(place / "sqlite", "", days=2) as home, serving(home, processes=2) as servers:
        yield _told("SQLite", home, *(server.address for server in servers))


@contextmanager
def _whole(place: Path, database_url: str) -> Iterator[Whole]:
    with installation(place, database_url, days=2) as home:
        home.ask("furnish", RACE, "3")
        with serving(home, processes=2) as servers:
            addresses = [server.address for server in servers]
            with deployed(place / "nginx", addresses, more="", core=SERVER_CORE) as front:
                yield home, addresses, front


# Reading


def _pages(place: Path, home: Installation, processes: list[str], front: str) -> Iterator[Row]:
    """The board's page, from nginx's cache of a second and as a file of nginx."""
    here, page = Ours(processes[0], home.token, EVENT), f"/{EVENT}/"
    with httpx.Client(timeout=PATIENCE) as client:
        for number, cell in enumerate(_cells(1)[:CARDS]):
            here.place(client, TITLE.format(number), cell)
    with nginx.serving(place / "www", [(page, processes[0] + page)]) as reference:
        for known in (False, True):
            found: dict[str, list[float]] = {front: [], reference: []}
            for _ in range(ROUNDS):
                for each, rates in found.items():
                    rates.append(wrk.rate(each + page, known, SECONDS))
            ours, theirs = (statistics.median(rates) for rates in found.values())
            yield at_least(f"board page through nginx's cache, {304 if known else 200}", ours, theirs, PAGE_AIM)


# Writing


def _raced(home: Installation, front: str) -> Row:
    """A thousand clients race for 300 cells, half of them at each process."""
    cells = _cells(3)[:RACED_CELLS]
    tally = asyncio.run(race.raced(Ours(front, home.token, RACE), cells))
    twice = [cell for cell, winners in tally.winners.items() if winners > 1]
    sound = {*tally.statuses} <= {201, 409} and not twice and home.program("check", RACE).returncode == 0
    name = f"{race.CLIENTS:,} clients race for {len(cells)} cells through nginx over two processes, p99"
    found = f"{tally.within(0.99):,.0f} ms, {tally.rate:,.0f}/s, {len(tally.winners)} cells won, {len(twice)} twice"
    answers = ", ".join(f"{many:,} x {status}" for status, many in sorted(tally.statuses.items()))
    reached = sound and tally.within(0.99) <= RACE_AIM
    return Row(name, found, answers, aim=f"at most {RACE_AIM:,.0f} ms, one winner a cell", reached=reached)


# Telling


class _Stream(asyncio.Protocol):
    """A program's stream: notes when which number arrives."""

    def __init__(self, path: str, opened: asyncio.Semaphore, arrivals: dict[int, list[float]]) -> None:
        self._path, self._opened, self._arrivals = path, opened, arrivals

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for it."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(f"GET {self._path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Note what came."""
        if b"retry:" in data:
            self._opened.release()
        elif b"event: change" in data:
            number = int(data.rpartition(b"\nid: ")[2].partition(b"\n")[0].rpartition(b":")[2])
            self._arrivals.setdefault(number, []).append(time.perf_counter())


def _told(database: str, home: Installation, here: str, there: str) -> Row:
    """A card is moved through one process, to and fro, while streams are open at the other."""
    taken = sorted(asyncio.run(_moved(home, here, there)))
    middle, late = statistics.median(taken), taken[int(len(taken) * 0.99)]
    name = f"moved through one process -> {STREAMS} streams at the other, {database}, p99"
    found = f"{late:,.0f} ms (median {middle:,.0f}, last {taken[-1]:,.0f})"
    return Row(name, found, aim=f"at most {TELL_AIM:,.0f} ms", reached=late <= TELL_AIM)


async def _moved(home: Installation, here: str, there: str) -> list[float]:
    """Milliseconds from the request until each stream has the change, commit and all."""
    opened, arrivals = asyncio.Semaphore(0), dict[int, list[float]]()
    loop, at, path = asyncio.get_running_loop(), urlsplit(there).port, f"/api/{EVENT}/live"
    assert at
    streams = [
        await loop.create_connection(lambda: _Stream(path, opened, arrivals), "127.0.0.1", at) for _ in range(STREAMS)
    ]
    for _ in streams:
        await opened.acquire()
    sent: dict[int, float] = {}
    staff = {"Authorization": f"Bearer {home.token}"}
    async with httpx.AsyncClient(base_url=f"{here}/api/{EVENT}", headers=staff, timeout=PATIENCE) as client:
        free = _cells(2)[-2:]
        code = (await client.post("/cards", json={"title": "To and fro"})).json()["code"]
        for number in range(MOVES):
            started = time.perf_counter()
            moved = await client.put(f"/cards/{code}/placement", json={"cell": free[number % 2], "confirm": True})
            sent[_number(moved)] = started
            await asyncio.sleep(0.05)
        await asyncio.sleep(2)
    for transport, _ in streams:
        transport.close()
    assert {len(arrivals[number]) for number in sent} == {STREAMS}
    return [(when - started) * 1000 for number, started in sent.items() for when in arrivals[number]]


def _number(answer: httpx.Response) -> int:
    told: dict[str, Any] = answer.raise_for_status().json()
    return int(told["number"])


def _cells(days: int) -> list[str]:
    """The cells of the first days, hour by hour."""
    return [f"{room}@{slot}" for slots in slots_of()[:days] for slot in slots for room in ROOMS]
