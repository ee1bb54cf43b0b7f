"""How answering went that was more than handing out what is kept: how long it took, and a word where that was long."""

import logging
from collections import Counter, defaultdict
from time import perf_counter

from openspaces.board.memory import MEMORY
from openspaces.lib import discreet
from openspaces.lib.counting import Histogram
from openspaces.lib.seldom import Seldom
from openspaces.live.asgi import App, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

SLOW_SECONDS = 1.0
"""From the last byte that was asked to the first that is answered; what takes longer is told, once a second."""

OURS = ("static", "accounts", "seeing")
"""Kinds of addresses that name no event."""


class Requests:
    """Counts answers by the kind of their address and their status, and how long they took."""

    def __init__(self) -> None:
        self.statuses = Counter[tuple[str, int]]()
        self.seconds = defaultdict[str, Histogram](Histogram)
        self._seldom = Seldom()

    async def watch(self, answers: App, scope: Scope, receive: Receive, send: Send) -> None:
        """Let `answers` answer, and count it. Streams are not for this: they are written to past `send`."""
        began = perf_counter()

        async def received() -> Message:
            nonlocal began
            message = await receive()
            if message["type"] == "http.request":
                began = perf_counter()  # how slowly a phone sends says nothing of us
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._count(scope, message["status"], perf_counter() - began)
            await send(message)

        await answers(scope, received, sent)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        kind = kind_of(scope["path"])
        self.statuses[kind, status] += 1
        self.seconds[kind].add(seconds)
        if seconds > SLOW_SECONDS and (times := self._seldom.times()):
            _tell(scope, kind, seconds, times)


def _tell(scope: Scope, kind: str, seconds: float, times: int) -> None:
    event = event_of(scope["path"])
    # Of addresses that lead nowhere nothing is told: they are what somebody typed.
    path = discreet.path(scope["path"]) if event or kind in OURS else "/…"
    facts = {"event": event, "seconds": seconds, "times": times}
    logger.warning("a request took long: %s %s", scope["method"], path, extra=facts)


def kind_of(path: str) -> str:
    """Which kind of address it is."""
    first, _, rest = path[1:].partition("/")
    if first in ("api", "static", "accounts"):
        return first
    if path in ("/healthz", "/metrics"):
        return "seeing"
    return "desk" if rest.startswith("desk/") else "page"


def event_of(path: str) -> str:
    """The event that an address names; "" if it is none that there is."""
    named = path[1:].removeprefix("api/").partition("/")[0]
    return named if MEMORY.board(named) else ""
