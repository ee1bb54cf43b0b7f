"""A proxy on loopback that eats some answers: what was asked is done, and whoever asked does not hear of it.

async with eating(server.address, chance, share=0.3) as proxy:
    httpx.post(proxy.address + "/api/race/cards", headers={"Connection": "close", …})
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Proxy:
    """It takes one request on each connection, and keeps every answer by the idempotency key of its request."""

    server: str
    chance: random.Random
    share: float
    address: str = ""
    eaten: int = 0
    answers: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))

    async def take(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One request, and its answer or none."""
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await client.readuntil(b"\r\n\r\n")
            body = await client.readexactly(int(_header(head, b"content-length") or 0))
            answer = await self._asked(head + body)
            if answer:
                status = answer.split(b" ", 2)[1]
                self.answers[_header(head, b"idempotency-key").decode()].add(status + answer.partition(b"\r\n\r\n")[2])
            if answer and self.chance.random() < self.share:
                self.eaten += 1
            else:
                back.write(answer)
        back.close()

    async def _asked(self, request: bytes) -> bytes:
        """The server's whole answer: it closes the connection behind it."""
        at = urlsplit(self.server)
        server, there = await asyncio.open_connection(at.hostname, at.port)
        there.write(request)
        answer = await server.read()
        there.close()
        return answer


@asynccontextmanager
async def eating(server: str, chance: random.Random, share: float) -> AsyncIterator[Proxy]:
    """The proxy in front of a server, as long as this lasts."""
    proxy = Proxy(server, chance, share)
    async with await asyncio.start_server(proxy.take, "127.0.0.1", 0) as listening:
        proxy.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        yield proxy


def _header(head: bytes, name: bytes) -> bytes:
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    return next((value.strip() for known, _, value in lines if known.lower() == name), b"")
