"""Open pages and a card: how long until the last of them has it."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bench import ours
from bench.ours import EVENT, LOAD_CORE, Ours, free_cells
from bench.table import Row, at_most

ROUNDS = 9
PATIENCE = 10.0
STREAMS = 1000
AIM = 100.0


def rows(place: Path) -> Iterator[Row]:
    """A card is placed while a thousand pages are open."""
    with ours.serving(place / "data") as server:
        ours.fill(server)
        told = asyncio.run(until_last_of(STREAMS, server))
        yield at_most(f"a card is placed -> the last of {STREAMS} streams", told, AIM)


class Page(asyncio.Protocol):
    """An open page: notes when a frame with cells arrives."""

    def __init__(self, arrived: "Arrivals") -> None:
        self._arrived = arrived

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(f"GET /{EVENT}/live HTTP/1.1\r\nHost: bench\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Note what came."""
        if b"retry:" in data:
            self._arrived.note("retry")
        if b"event: cells" in data:
            self._arrived.note("cells")


class Arrivals:
    """Counts what arrived at all pages, and when the last did."""

    def __init__(self, expected: int) -> None:
        self._expected = expected
        self._counts: dict[str, int] = {}
        self._changed = asyncio.Event()
        self.last = 0.0

    def note(self, what: str) -> None:
        """One more of `what`."""
        self._counts[what] = self._counts.get(what, 0) + 1
        self.last = time.perf_counter()
        self._changed.set()

    async def all(self, what: str) -> float:
        """Wait until every page had one, and forget them; when the last came. TimeoutError if one did not."""
        async with asyncio.timeout(PATIENCE):
            while self._counts.get(what, 0) < self._expected:
                self._changed.clear()
                await self._changed.wait()
        del self._counts[what]
        return self.last


async def until_last_of(many: int, server: Ours) -> list[float]:
    """Milliseconds from the request that places a card until the last of `many` streams has it, several times. The
    commit lies in between, so this is more than the way from there."""
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    arrivals, at = Arrivals(many), urlsplit(server.address)
    loop = asyncio.get_running_loop()
    assert at.hostname
    assert at.port
    opened = [await loop.create_connection(lambda: Page(arrivals), at.hostname, at.port) for _ in range(many)]
    await arrivals.all("retry")
    found = []
    async with httpx.AsyncClient() as client:
        for cell in free_cells()[:ROUNDS]:
            await asyncio.sleep(0.5)
            started = time.perf_counter()
            await server.place_soon(client, cell)
            found.append((await arrivals.all("cells") - started) * 1000)
    for transport, _ in opened:
        transport.close()
    return found
