"""Whether this process is well, for a load balancer and for a person: `GET /healthz`."""

import asyncio
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from openspaces import __version__
from openspaces.board.counted import WRITING
from openspaces.board.memory import MEMORY
from openspaces.board.read import numbers
from openspaces.delivery.figures import Sign, sign
from openspaces.lib import installation
from openspaces.live.asgi import Send, answer_json
from openspaces.live.reader import Reader

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds in which the database has to answer."""
HOLDS = 0.5
"""Seconds for which an answer stands: however many ask, the database is asked twice a second at most."""
BEHIND_SECONDS = 10.0
"""How long this process may miss what others wrote."""
COMMIT_SECONDS = 30.0
"""How long one commit may take; SQLite waits 20 seconds for another process."""
WORKER_SECONDS = 60.0
LITTLE = 200 * 2**20
"""Bytes on the disk; with less, somebody ought to make room."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the database answered."""

    heads: dict[str, tuple[str, int]]
    worker: Sign | None


class Health:
    """Asks the database in a thread of its own, so that a long log that is read makes nobody look ill."""

    def __init__(self, streams: Callable[[], int]) -> None:
        self.reader = Reader()
        self._streams = streams
        self._asking: asyncio.Task[Asked] | None = None
        self._asked_at = 0.0
        self._missing: dict[str, tuple[tuple[str, int], float]] = {}

    def close(self) -> None:
        """Let the thread go."""
        self.reader.close()

    async def answer(self, send: Send) -> None:
        """200 where this process can serve, else 503; `troubles` says in words what somebody ought to look at."""
        status, facts = await self.facts()
        await answer_json(send, status, facts)

    async def facts(self) -> tuple[int, dict[str, Any]]:
        """The status and what is answered."""
        ours: dict[str, Any] = {"version": __version__, "installation": installation.name()}
        try:
            asked = await self._database()
        except (DatabaseError, InterfaceError, TimeoutError) as trouble:
            logger.error("not well: the database does not answer: %s", trouble)
            return 503, ours | {"database": "does not answer", "troubles": ["The database does not answer."]}
        ill, troubles = self._ill(asked), _troubles(asked.worker)
        ours |= {"database": "ok", "events": len(asked.heads), "streams": self._streams(), "newest": _newest()}
        ours |= {"behind": behind(asked.heads), "worker": _worker(asked.worker), "disk_free": disk_free()}
        return (503 if ill else 200), ours | {"troubles": [*ill, *troubles]}

    async def _database(self) -> Asked:
        """What the database says, asked once for all who want to know. Raises what it raises, and TimeoutError."""
        if self._asking is None or (self._asking.done() and time.monotonic() - self._asked_at > HOLDS):
            self._asking = asyncio.create_task(self.reader.ask(_asked))
            self._asked_at = time.monotonic()
        done, _late = await asyncio.wait({self._asking}, timeout=PATIENCE)
        if not done:
            raise TimeoutError(f"it took more than {PATIENCE:g} seconds")
        return self._asking.result()

    def _ill(self, asked: Asked) -> list[str]:
        """Why nobody should be sent here."""
        found = []
        if self._has_missed(asked.heads, time.monotonic()):
            found.append("This process does not hear what others write: restart it.")
        if (seconds := WRITING.seconds()) > COMMIT_SECONDS:
            found.append(f"The writer has been at one commit for {seconds:.0f} s: look at the database.")
        return found

    def _has_missed(self, heads: dict[str, tuple[str, int]], now: float) -> bool:
        """Whether something that was there a while ago has not come here yet."""
        self._missing = {
            event: kept
            for event, kept in self._missing.items()
            if event in heads and _is_behind(event, kept[0]) and heads[event][0] == kept[0][0]
        }
        for event, head in heads.items():
            if _is_behind(event, head):
                self._missing.setdefault(event, (head, now))
        return any(now - since > BEHIND_SECONDS for _, since in self._missing.values())


def behind(heads: dict[str, tuple[str, int]]) -> int:
    """By how many numbers the boards in memory are behind the database at worst."""
    return max((max(0, head[1] - _number(event, head[0])) for event, head in heads.items()), default=0)


def disk_free() -> int:
    """Bytes where the data is kept."""
    return shutil.disk_usage(settings.DATA).free


def _asked() -> Asked:
    return Asked(numbers(), sign(datetime.now(UTC)))


def _number(event: str, epoch: str) -> int:
    board = MEMORY.board(event)
    return board.number if board and board.epoch == epoch else 0


def _is_behind(event: str, head: tuple[str, int]) -> bool:
    return _number(event, head[0]) < head[1]


def _newest() -> dict[str, Any] | None:
    """The change that this process heard of last."""
    board = max(MEMORY.boards(), key=lambda board: board.at, default=None)
    return {"event": board.event, "number": board.number, "at": board.at.isoformat()} if board else None


def _worker(known: Sign | None) -> dict[str, Any] | None:
    return {"works": not known.ended, "seconds": round(known.seconds, 1)} if known else None


def _troubles(worker: Sign | None) -> list[str]:
    """What somebody ought to look at, though people can be served meanwhile."""
    found = []
    if worker is None or worker.ended or worker.seconds > WORKER_SECONDS:
        found.append("Nobody tells people outside (mail, phones, posts, hooks): run openspaces work.")
    if (free := disk_free()) < LITTLE:
        found.append(f"The disk has {free // 2**20} MiB left: make room.")
    return found
