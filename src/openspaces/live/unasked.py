"""Connections whose request does not come: nobody may hold one open by saying nothing, or a letter now and then.

uvicorn waits for a request's head for as long as one likes. Its own timer closes what is idle between two requests.
"""

import asyncio
import time
from collections.abc import Collection
from typing import Any

SECONDS = 10.0
"""How long the head of a request may take."""
EVERY = 2.5


async def closed(connections: Collection[Any]) -> None:
    """Close those of the server's connections that have waited too long, for as long as this runs. No timer for each:
    a look at all of them now and then costs less."""
    since: dict[Any, float] = {}
    while True:
        await asyncio.sleep(EVERY)
        now = time.monotonic()
        since = {each: since.get(each, now) for each in connections if _waits(each)}
        for each, begun in since.items():
            if now - begun >= SECONDS:
                each.transport.abort()


def _waits(connection: Any) -> bool:
    """Whether a connection of uvicorn's has no request: none under way, none that was answered last and has begun the
    time between two, none whose answer is still on its way to a slow reader."""
    answering = connection.cycle is not None and not connection.cycle.response_complete
    return not (answering or connection.timeout_keep_alive_task or connection.transport.is_closing())
