"""The front of the server: public addresses go to the press, streams to the hub, everything else to Django."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from django.db import DatabaseError

from openspaces.board.memory import MEMORY
from openspaces.board.read import Follower, catch_up
from openspaces.board.state import Board
from openspaces.lib.languages import language
from openspaces.live import log, past, stars
from openspaces.live.asgi import (
    OPEN_TO_ALL,
    App,
    Receive,
    Scope,
    Send,
    answer,
    answer_json,
    answer_text,
    guarding,
    header,
    redirect,
)
from openspaces.live.frames import PROGRAMS
from openspaces.live.home import HOME, all_boards
from openspaces.live.hub import Hub
from openspaces.live.oembed import answer_oembed
from openspaces.live.printed import Answers, Had, Key, key_of
from openspaces.live.reader import Reader
from openspaces.live.requests import Requests
from openspaces.live.routes import Route, Routes
from openspaces.live.seeing import Seeing
from openspaces.live.static import is_static, serve_static
from openspaces.outlets.base import BadVariant, NotHere, Pull
from openspaces.outlets.press import NotPrinted, Press

logger = logging.getLogger(__name__)

READS = ("GET", "HEAD")


class Beside(Protocol):
    """What runs in the same process from the server's start to its stop, such as the clock."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Front:
    """The ASGI application. Its parts start with the server's lifespan and stop with it."""

    def __init__(self, pulls: Iterable[Pull], django: App, beside: Iterable[Beside] = ()) -> None:
        self._pulls = tuple(pulls)
        self._django = guarding(django)
        self._beside = tuple(beside)
        self._routes = Routes(self._pulls)
        self.reader = Reader()
        self.press = Press()
        self.hub = Hub(Reader())  # of its own, so that whoever reads the whole log holds up no stream
        self.answers = Answers(self.press)
        self.requests = Requests()
        self.seeing = Seeing(self.press, self.requests, lambda: self.hub.count, lambda: self.answers.handed_out)
        self._follower = Follower()
        self._stops: list[Callable[[], None]] = []

    def alongside(self, *beside: Beside) -> None:
        """Let more run in this process; to be said before it starts."""
        self._beside += beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            key, had = key_of(scope)
            kept = self.answers.given(key) if scope["method"] in READS else None
            if kept is not None:
                self.answers.handed_out += 1
                await kept.send(had, send)
            elif scope["path"].endswith("/live"):
                await self._serve(key, had, scope, receive, send)
            else:
                await self.requests.watch(partial(self._serve, key, had), scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    # Starting and stopping

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            assert message["type"] == "lifespan.startup"
            try:
                await self.start()
            except DatabaseError as trouble:
                await send({"type": "lifespan.startup.failed", "message": f"The database does not answer: {trouble}"})
                return
            await send({"type": "lifespan.startup.complete"})
        await asyncio.to_thread(self.stop)
        await send({"type": "lifespan.shutdown.complete"})

    async def start(self) -> None:
        """Load every Board, then follow what this process and others write."""
        await self.reader.ask(catch_up)
        self._stops = [self.hub.follow(), self.press.follow(self._pulls)]
        self._follower.start()
        for each in self._beside:
            each.start()

    def stop(self) -> None:
        """Follow no longer; the streams have been closed by `Hub.goodbye`."""
        for each in self._beside:
            each.stop()
        for stop in self._stops:
            stop()
        self._follower.stop()
        self.press.close()
        self.reader.close()
        self.hub.close()
        self.seeing.close()

    # Answering

    async def _serve(self, key: Key, had: Had, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if not path.startswith("/"):
            return await answer_text(send, 400, "An address begins with a slash.")  # such as `OPTIONS *`
        if is_static(path) and scope["method"] in READS and await serve_static(scope, send):
            return None
        if path == "/healthz" and scope["method"] in READS:
            return await self.seeing.health.answer(send)
        if path == "/metrics" and scope["method"] in READS:
            return await self.seeing.metrics(scope, receive, send)
        if path == "/oembed" and scope["method"] in READS:
            return await answer_oembed(scope, self._routes, self.press, send)
        if path == "/":
            return await self._home(key, had, scope, receive, send)
        if await self._stream_or_log(path, scope, receive, send):
            return None
        if await self._board_then(path, scope, send) or await stars.served(self.reader, path, scope, send):
            return None
        if route := self._route(path):
            board = MEMORY.board(route.path["event"])
            assert board is not None
            return await self._print(route, board, key, had, scope, receive, send)
        if self._lacks_slash(path) and scope["method"] in READS:
            return await redirect(send, 301, scope, path + "/")
        return await self._django(scope, receive, send)

    def _route(self, path: str) -> Route | None:
        if path.lower() in ("/os", "/os.png"):
            return self._routes.picture(MEMORY.boards(), datetime.now(UTC))
        route = self._routes.find(path)
        return route if route and MEMORY.board(route.path["event"]) else None

    def _lacks_slash(self, path: str) -> bool:
        return not path.endswith("/") and self._route(path + "/") is not None

    async def _home(self, key: Key, had: Had, scope: Scope, receive: Receive, send: Send) -> None:
        boards = MEMORY.boards()
        if len(boards) == 1 and scope["method"] in READS:
            return await redirect(send, 302, scope, f"/{boards[0].event}/")
        return await self._print(Route(HOME, {}), all_boards(boards), key, had, scope, receive, send)

    async def _print(
        self, route: Route, board: Board, key: Key, had: Had, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if scope["method"] not in READS:
            elsewhere = not self.answers.knows(route, board)  # a form such as /cards/new/
            return await (self._django(scope, receive, send) if elsewhere else _not_that_method(scope, send))
        try:
            made = await self.answers.make(key, route, board)
        except BadVariant as wrong:
            return await answer_text(send, 400, str(wrong))
        except NotHere:
            return await self._django(scope, receive, send)
        except NotPrinted:
            logger.warning("%s got no print", route.pull.name, extra={"event": board.event, "number": board.number})
            return await answer_text(send, 503, "This is not ready yet. Ask again in a moment.", (b"retry-after", b"2"))
        return await made.send(had, send)

    async def _stream_or_log(self, path: str, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer `/{event}/live`, `/api/{event}/live` and `/api/{event}/changes`; False if it is none of them."""
        *api, event, what = path.split("/")[1:] if path.count("/") in (2, 3) else ("", "", "")
        board = MEMORY.board(event)
        if (
            board is None
            or api not in ([], ["api"])
            or what not in ("live", "changes")
            or (what, api) == ("changes", [])
        ):
            return False
        if scope["method"] not in READS:
            await _not_that_method(scope, send)
        elif what == "changes":
            await self._changes(board, scope, send)
        else:
            await self._stream(board, bool(api), scope, receive, send)
        return True

    async def _stream(self, board: Board, programs: bool, scope: Scope, receive: Receive, send: Send) -> None:
        query = log.query(scope)
        speaks = language(query.get("lang"), header(scope, b"accept-language"), board.language)
        last = header(scope, b"last-event-id") or query.get("last") or query.get("number") or ""
        await self.hub.serve(board, PROGRAMS if programs else speaks, last, scope, receive, send)

    async def _changes(self, board: Board, scope: Scope, send: Send) -> None:
        try:
            after, limit = log.after_and_limit(scope)
        except log.BadNumber as wrong:
            says = "Write a number from 0 on."
            return await answer_json(send, 422, {"says": says, "errors": [{"field": str(wrong), "says": says}]})
        try:
            found = await self.reader.ask(log.changes, board, after, limit)
        except DatabaseError as trouble:
            logger.error("the log cannot be read: %s", trouble)
            return await answer_json(send, 503, {"says": "The log cannot be read just now. Ask again in a moment."})
        return await answer_json(send, 200, found)

    async def _board_then(self, path: str, scope: Scope, send: Send) -> bool:
        """Answer `/api/{event}/board?at=`; False if it is another address."""
        at = log.query(scope).get("at") if path.startswith("/api/") and path.endswith("/board") else None
        board = MEMORY.board(path[len("/api/") : -len("/board")])
        if not at or board is None or scope["method"] not in READS:
            return False
        try:
            await answer_json(send, 200, await self.reader.ask(past.board_then, board, at))
        except past.NoSuchMoment as wrong:
            await answer_json(send, 422, {"says": str(wrong), "errors": [{"field": "at", "says": str(wrong)}]})
        except DatabaseError as trouble:
            logger.error("the board as it was cannot be read: %s", trouble)
            await answer_json(send, 503, {"says": "The log cannot be read just now. Ask again in a moment."})
        return True


async def _not_that_method(scope: Scope, send: Send) -> None:
    """405; but a browser may ask first whether another site's script can send If-None-Match here."""
    if scope["method"] == "OPTIONS":
        allowed = [(b"access-control-allow-methods", b"GET, HEAD"), (b"access-control-allow-headers", b"*")]
        return await answer(send, 204, b"", [*OPEN_TO_ALL, *allowed, (b"access-control-max-age", b"86400")])
    says, allow = "This address can only be read.", (b"allow", b"GET, HEAD")
    if scope["path"].startswith("/api/"):
        return await answer_json(send, 405, {"says": says}, allow)
    return await answer_text(send, 405, says, allow)
