"""A road to a server on loopback that breaks off in the middle of what is carried, and lies still for a while."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PIECE = 400
"""How many bytes are carried at once: less than two frames, so that one is often torn."""


class Road:
    """A proxy. `loss` is how many of a thousand pieces break their connection off."""

    def __init__(self, address: str, chance: random.Random) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._to, self._chance = (host, int(port)), chance
        self._open = asyncio.Event()
        self._open.set()
        self.loss, self.broken = 0, 0

    def lie_still(self) -> None:
        """Nothing gets through any more; connections do not hear of it."""
        self._open.clear()

    def go_on(self) -> None:
        """What was sent meanwhile gets through now."""
        self._open.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        await self._open.wait()
        with suppress(OSError, asyncio.IncompleteReadError):
            there, back = await asyncio.open_connection(*self._to)
            ways = [asyncio.create_task(self._way(*way)) for way in ((reader, back), (there, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for each in ways:
                each.cancel()
            back.transport.abort()
        writer.transport.abort()

    async def _way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(PIECE):
            await self._open.wait()
            if self._chance.randrange(1000) < self.loss:
                self.broken += 1
                writer.write(data[: len(data) // 2])
                return
            writer.write(data)


@asynccontextmanager
async def road(address: str, chance: random.Random) -> AsyncIterator[tuple[str, Road]]:
    """A road to a server, and the address where it begins."""
    made = Road(address, chance)
    server = await asyncio.start_server(made.carry, "127.0.0.1", 0)
    async with server:
        yield "http://{}:{}".format(*server.sockets[0].getsockname()), made
