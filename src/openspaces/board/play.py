"""ONE WAY IN: everything that changes a board is a move, and is played here by the process's one writer."""

import asyncio
import queue
import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from time import perf_counter

from openspaces.board import counted
from openspaces.board.answering import answers
from openspaces.board.moves.base import Move
from openspaces.board.outcome import Asked, KeyReused, Outcome
from openspaces.board.voices import Voice
from openspaces.lib.points import passing
from openspaces.people.who import Who

__all__ = ["WRITER", "Asked", "KeyReused", "Outcome", "Writer", "play", "play_soon"]

MOVES_TO_A_COMMIT = 200


def play(event: str, move: Move | Voice, *, by: Who, at: datetime | None = None, key: str = "") -> Outcome:
    """Play a move, or hear a voice, and wait for its outcome. Raises KeyReused. `at` is now unless said, `key` makes a
    retry harmless."""
    return WRITER.ask(Asked(event, move, by, at or datetime.now(UTC), key)).result()


async def play_soon(event: str, move: Move | Voice, *, by: Who, at: datetime | None = None, key: str = "") -> Outcome:
    """The same for callers on an event loop."""
    return await asyncio.wrap_future(WRITER.ask(Asked(event, move, by, at or datetime.now(UTC), key)))


Waits = tuple[Asked, Future[Outcome], float]
"""A move in the queue: what was asked for, who waits, since when."""


class Writer:
    """A thread with one connection and a queue. Moves that wait are decided one after the other on the Board in memory
    and committed together, each with its own answer."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Waits] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ask(self, asked: Asked) -> Future[Outcome]:
        """Put a move in the queue."""
        answer: Future[Outcome] = Future()
        self._waiting.put((asked, answer, perf_counter()))
        self._start()
        return answer

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            batch = [waits for waits in self._next_batch() if waits[1].set_running_or_notify_cancel()]
            counted.begin(self._waiting.qsize)
            outcomes = answers([asked for asked, _, _ in batch])
            for (_, future, _), answer in zip(batch, outcomes, strict=True):
                if isinstance(answer, Outcome):
                    future.set_result(answer)
                else:
                    future.set_exception(answer)
            passing("answered")
            counted.count((asked, since, answer) for (asked, _, since), answer in zip(batch, outcomes, strict=True))

    def _next_batch(self) -> list[Waits]:
        batch = [self._waiting.get()]
        while len(batch) < MOVES_TO_A_COMMIT:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch


WRITER = Writer()
