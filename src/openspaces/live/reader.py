"""A thread of our own for what must ask the database: one connection, kept open, closed after trouble."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, connection

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """One thread. `asyncio.to_thread` would open a connection in each of many threads and leave it there."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "reader")

    async def ask(self, question: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run `question` in the thread. Raises what it raises."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: _asked(lambda: question(*arguments, **named)))

    def close(self) -> None:
        """Close the connection and let the thread go."""
        self._thread.submit(lambda: connection.close())  # whose it is, is asked there: each thread has its own
        self._thread.shutdown(wait=False)


def _asked(question: Callable[[], T]) -> T:
    try:
        return question()
    except (DatabaseError, InterfaceError):
        connection.close()
        raise
