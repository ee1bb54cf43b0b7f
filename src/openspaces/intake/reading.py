"""Database reads for callers on an event loop: a few threads of our own, each with a connection that stays open.

`asyncio.to_thread` and `sync_to_async` would open one per request and leak them (measured, see RELIABILITY).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection
from django.utils.translation import get_language, override

Given = ParamSpec("Given")
Found = TypeVar("Found")

_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
_READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="reader")


async def reading(question: Callable[Given, Found], *args: Given.args, **named: Given.kwargs) -> Found:
    """Ask the database, off the loop, in the language that is spoken there. Where the connection was lost it is asked
    again, so `question` must bear that."""
    asked = partial(_asked, get_language(), partial(question, *args, **named))
    return await asyncio.get_running_loop().run_in_executor(_READERS, asked)


async def working(work: Callable[Given, Found], *args: Given.args, **named: Given.kwargs) -> Found:
    """Do what takes seconds, off the loop and beside the readers; one such work after the other, each once."""
    loop, language = asyncio.get_running_loop(), get_language()
    return await loop.run_in_executor(_WORKER, partial(_in_language, language, partial(work, *args, **named)))


def _in_language(language: str | None, work: Callable[[], Found]) -> Found:
    connection.close_if_unusable_or_obsolete()
    with override(language):
        return work()


def _asked(language: str | None, question: Callable[[], Found]) -> Found:
    with override(language):
        try:
            return question()
        except DatabaseError:
            connection.close()
            return question()
