"""Many who listen to the stream for programs, and come back by themselves: what each heard, and when."""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable

import httpx
from tests.inside import slots_of
from tests.servers import Installation

LATE = 16.0, 18.0
"""Seconds of silence after which a page of ours asks anew; the server's heart beats every 15."""
CONNECTING = 30.0
PATIENCE = 60.0
_ID = re.compile(rb"id: (\w+:(\d+))\n")
_RETRY = re.compile(rb"retry: (\d+)\n")


class Member(asyncio.Protocol):
    """One who listens, as a browser does: after a loss it comes back with the last id, when it was told to."""

    def __init__(self, address: tuple[str, int], path: str, hurry: float) -> None:
        self.heard: list[tuple[int, float]] = []
        """The numbers of changes in the order in which they came, and when."""
        self.resyncs = 0
        self.came = 0
        self._address, self._path, self._hurry = address, path, hurry
        self._last, self._wait, self._rest = b"", 1.0, b""
        self._alive, self._late = time.monotonic(), random.uniform(*LATE)
        self._transport: asyncio.Transport | None = None
        self._over = False

    @property
    def is_there(self) -> bool:
        """Whether it knows where it stands."""
        return bool(self._last)

    async def come(self) -> None:
        """Connect, if the network lets it; else try again, and again."""
        while not self._over:
            try:
                async with asyncio.timeout(CONNECTING):
                    await asyncio.get_running_loop().create_connection(lambda: self, *self._address)
            except (OSError, TimeoutError):
                await asyncio.sleep(self._wait * self._hurry)
            else:
                return

    def go(self) -> None:
        """Leave for good."""
        self._over = True
        if self._transport:
            self._transport.abort()

    def look(self) -> None:
        """Whoever has heard nothing for long comes anew."""
        if time.monotonic() - self._alive > self._late and self._transport:
            self._wait = 0.0
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._rest, self._alive = transport, b"", time.monotonic()
        self.came += 1
        last = b"Last-Event-ID: %b\r\n" % self._last if self._last else b""
        transport.write(b"GET %b HTTP/1.1\r\nHost: hall\r\n%b\r\n" % (self._path.encode(), last))

    def data_received(self, data: bytes) -> None:
        self._alive = time.monotonic()
        *blocks, self._rest = (self._rest + data).split(b"\n\n")
        for block in blocks:
            self._take(block + b"\n")

    def _take(self, block: bytes) -> None:
        if retry := _RETRY.search(block):
            self._wait = int(retry[1]) / 1000
        if found := _ID.search(block):
            self._last = found[1]
            if b"event: change" in block:
                self.heard.append((int(found[2]), self._alive))
        self.resyncs += b"event: resync" in block

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if not self._over:
            wait = random.uniform(0.5, 1) * self._wait * self._hurry
            loop = asyncio.get_running_loop()
            loop.call_later(wait, lambda: loop.create_task(self.come()))


class Audience:
    """All of them. `hurry` shortens the time after which they come back, where a test is short."""

    def __init__(self, address: str, path: str, many: int, hurry: float = 1.0) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self.members = [Member((host, int(port)), path, hurry) for _ in range(many)]

    async def come(self) -> None:
        """All of them come, some hundred at a time, and stand where the board is."""
        self._looking = asyncio.create_task(self._look())
        for start in range(0, len(self.members), 300):
            await asyncio.gather(*(member.come() for member in self.members[start : start + 300]))
        async with asyncio.timeout(PATIENCE):
            while not all(member.is_there for member in self.members):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.02)

    def go(self) -> None:
        """All leave."""
        self._looking.cancel()
        for member in self.members:
            member.go()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(1)
            for member in self.members:
                member.look()

    async def attend(self, until_number: int, seconds: float) -> bool:
        """Wait until everyone has heard of a number, but not longer than so many seconds; whether they have."""
        deadline = time.monotonic() + seconds
        while any(not each.heard or each.heard[-1][0] < until_number for each in self.members):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    def differ(self, numbers: list[int]) -> int:
        """How many did not hear exactly these changes, each once and in order."""
        return sum([number for number, _ in member.heard] != numbers or member.resyncs > 0 for member in self.members)

    def latencies(self, sent: dict[int, float]) -> list[float]:
        """Seconds from when each of some changes was asked for until each member heard of it, from the least on."""
        return sorted(at - sent[number] for member in self.members for number, at in member.heard if number in sent)


Write = Callable[[], Awaitable[int]]
"""Writes something through another process; the number that the board has then."""


async def writing(write: Write, many: int, every: float, first: int) -> dict[int, float]:
    """Write again and again; when each number after `first` was asked for."""
    sent: dict[int, float] = {}
    for _ in range(many):
        begun = time.monotonic()
        last = await write()
        sent |= dict.fromkeys(range(max([first, *sent]) + 1, last + 1), begun)
        await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))
    return sent


def cards(home: Installation, address: str, client: httpx.AsyncClient) -> Write:
    """Writes a card into the next cell through the process at an address."""
    cells = (f"r{room}@{slot}" for day in slots_of() for slot in day for room in range(1, 11))

    async def write() -> int:
        said = {"title": "A card", "cell": next(cells)}
        staff = {"Authorization": f"Bearer {home.token}"}
        answer = await client.post(f"{address}/api/{home.event}/cards", json=said, headers=staff)
        assert answer.status_code == 201, answer.text
        number: int = answer.json()["number"]
        return number

    return write
