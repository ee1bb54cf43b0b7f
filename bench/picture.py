"""How long until the picture of the board shows a card that was just placed."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bench import ours
from bench.ours import Ours, free_cells
from bench.table import Row, at_most

ROUNDS = 9
PATIENCE = 10.0
AIM = 150.0


def rows(place: Path) -> Iterator[Row]:
    """A card is placed and `/os` asked until it shows it."""
    with ours.serving(place / "data") as server:
        ours.fill(server)
        yield at_most("a card is placed -> a fresh picture is here", asyncio.run(until_fresh_picture(server)), AIM)


async def until_fresh_picture(server: Ours) -> list[float]:
    """Milliseconds from the request that places a card until a picture that shows it has been loaded."""
    found = []
    async with httpx.AsyncClient() as client:
        known = (await client.get(f"{server.address}/os")).headers["etag"]
        for cell in free_cells()[:ROUNDS]:
            await asyncio.sleep(1)
            started = time.perf_counter()
            await server.place_soon(client, cell)
            known = await _newer_picture(server, client, known)
            found.append((time.perf_counter() - started) * 1000)
    return found


async def _newer_picture(server: Ours, client: httpx.AsyncClient, known: str) -> str:
    """Ask until the picture is another one than `known`; its tag."""
    async with asyncio.timeout(PATIENCE):
        while (answer := await client.get(f"{server.address}/os", headers={"If-None-Match": known})).status_code == 304:
            pass
    etag: str = answer.raise_for_status().headers["etag"]
    return etag
