"""A thousand clients who race for three hundred cells over HTTP: connections that are open already, and one shot."""

import asyncio
import json
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from bench.ours import LOAD_CORE, Ours

CLIENTS = 1000
TRIES = 3
"""Who is refused tries a cell that the refusal offers, as people do."""
PATIENCE = 60.0
SEED = 7


@dataclass
class Tally:
    """What came of a race: how long each answer took, in seconds, and who got what."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    winners: Counter[str] = field(default_factory=Counter)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Attempts a second."""
        return len(self.seconds) / self.lasted

    def within(self, share: float) -> float:
        """The milliseconds in which that share of the answers came."""
        return sorted(self.seconds)[int(len(self.seconds) * share)] * 1000


class Racer(asyncio.Protocol):
    """One client, on one connection."""

    def __init__(self, number: int, path: str, wishes: list[str], tally: Tally) -> None:
        self._number, self._path, self._wishes, self._tally = number, path, wishes, tally
        self._got = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the shot."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def connection_lost(self, _trouble: Exception | None) -> None:
        """That is an answer that never came."""
        if not self.done.done():
            self._tally.statuses[0] += 1
            self.done.set_result(None)

    def run(self) -> None:
        """Ask for the next cell."""
        self._cell = self._wishes.pop()
        body = json.dumps({"title": f"Racer {self._number}", "host": "Ada", "cell": self._cell, "confirm": True})
        head = f"POST {self._path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        key = f"Idempotency-Key: {self._number}-{self._cell}-{len(self._wishes)}\r\n"
        self._sent = time.perf_counter()
        self.transport.write(f"{head}{key}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def data_received(self, data: bytes) -> None:
        """Take down the answer when it is whole, and try elsewhere if it is a refusal."""
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not blank or len(body) < int(length or 0):
            return
        self._got = b""
        self._take_down(int(head[9:12]), body)

    def _take_down(self, status: int, body: bytes) -> None:
        self._tally.seconds.append(time.perf_counter() - self._sent)
        self._tally.statuses[status] += 1
        answer: dict[str, Any] = json.loads(body) if status in (201, 409) else {}
        if status == 201:
            self._tally.winners[answer["placement"]["cells"][0]] += 1
        if status == 409 and self._wishes:
            self._wishes[-1:] = answer["free"][:1] or self._wishes[-1:]
            self.run()
        else:
            self.done.set_result(None)


async def raced(server: Ours, cells: list[str]) -> Tally:
    """Open every connection, then let all of them ask at once."""
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    lots, tally, at = random.Random(SEED), Tally(), urlsplit(server.address)
    loop, path = asyncio.get_running_loop(), f"/api/{server.event}/cards"
    assert at.hostname
    assert at.port
    opened = [Racer(number, path, lots.sample(cells, TRIES), tally) for number in range(CLIENTS)]
    for racer in opened:
        await loop.create_connection(lambda racer=racer: racer, at.hostname, at.port)  # type: ignore[misc]
    await asyncio.sleep(0.5)
    begun = time.perf_counter()
    for racer in opened:
        racer.run()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(racer.done for racer in opened))
    tally.lasted = time.perf_counter() - begun
    for racer in opened:
        racer.transport.close()
    return tally
