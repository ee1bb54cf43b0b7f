"""A board served on loopback in the test's own event loop, so that a test knows when data has been taken in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
import uvloop
from tests.outlets.boards import board, with_cards
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from openspaces.board.memory import MEMORY
from openspaces.live.app import Front
from openspaces.live.asgi import Receive, Scope, Send, answer_text
from openspaces.live.quick import Heads, Quick
from openspaces.outlets.registry import PULLS

SECONDS = 20.0
BOARD = with_cards(board(rooms=2, hours=range(8, 11)), 3)
DATE = (b"date", b"Thu, 01 Jan 1970 00:00:00 GMT")
Say = bytes | Callable[[], None]
"""What happens next: bytes are sent, or something changes."""
Base = Callable[[Front], type[HttpToolsProtocol]]


@pytest.fixture(autouse=True)
def on_the_board(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The board is there, and answers are kept however slow the machine is."""
    MEMORY.correct(BOARD)
    monkeypatch.setattr("openspaces.live.printed.SECONDS", 600.0)
    yield
    MEMORY.forget(BOARD.event)


def plain(_: Front) -> type[HttpToolsProtocol]:
    """uvicorn's protocol."""
    return HttpToolsProtocol


def quick(front: Front, base: type[Quick] = Quick) -> type[HttpToolsProtocol]:
    """Ours, with heads of its own."""

    class WithHeads(base):  # type: ignore[valid-type, misc]
        heads = Heads(front.answers)

        def __init__(self, **given: Any) -> None:
            super().__init__(self.heads, **given)

    return WithHeads


def change() -> None:
    """Something happens on the board."""
    now = MEMORY.board(BOARD.event)
    assert now
    MEMORY.correct(replace(now, number=now.number + 1))


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands behind the front: tells what it was asked, after the whole body, and takes its time where it shall."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message["more_body"]:
            break
    await asyncio.sleep(0.01 if scope["path"] == "/slow" else 0)
    await answer_text(send, 200, f"{scope['method']} {scope['path']} {body!r}")


class Side:
    """One server. `asked` counts what reached the application; `made` are its connections, the newest last."""

    def __init__(self, base: Base, keep_alive: float = 75.0) -> None:
        self.front = Front(PULLS, echo)
        self.front.press._patience = SECONDS  # however slow the machine is, nobody gets an older print
        self.asked = 0
        self.made: list[Any] = []
        self._protocol = _watched(base(self.front))
        self._config = uvicorn.Config(self._counted, interface="asgi3", proxy_headers=False, ws="none", log_config=None)
        self._config.timeout_keep_alive = keep_alive  # type: ignore[assignment]
        self._config.load()
        self._state = ServerState()
        self._state.default_headers = [DATE]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[int]:
        """Its port."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._make, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            self.front.press.close()

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await self.front(scope, receive, send)

    def _make(self) -> asyncio.Protocol:
        self.made.append(self._protocol(config=self._config, server_state=self._state, app_state={}))
        made: asyncio.Protocol = self.made[-1]
        return made

    async def hear(self, port: int, said: Iterable[Say]) -> bytes:
        """Everything that comes back on one connection, where each piece waits until the one before was answered."""
        before = len(self.made)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        heard = asyncio.create_task(_everything(reader))
        await _until(lambda: len(self.made) > before and self.made[-1].transport)
        try:
            await self._say(writer, said)
            self.made[-1].transport.close()
            return await asyncio.wait_for(heard, SECONDS)
        finally:
            writer.transport.abort()

    async def _say(self, writer: asyncio.StreamWriter, said: Iterable[Say]) -> None:
        """Say one piece after the other; nothing more to a server that goes."""
        one, sent = self.made[-1], 0
        for each in said:
            if isinstance(each, bytes):
                writer.write(each)
                sent += len(each)
                await _until(lambda: one.transport.is_closing() or (one.taken == sent and not _is_working(one.cycle)))  # noqa: B023
            else:
                each()
            if one.transport.is_closing():
                return


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run a test in the kind of event loop in which servers run."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(test())  # type: ignore[arg-type]


async def _until(so: Callable[[], Any]) -> None:
    async with asyncio.timeout(SECONDS):
        while not so():  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0)


def _is_working(cycle: Any) -> bool:
    return cycle is not None and not cycle.response_complete and not cycle.more_body


def _watched(base: type[HttpToolsProtocol]) -> Any:
    class Watched(base):  # type: ignore[valid-type, misc]
        taken = 0

        def data_received(self, data: bytes) -> None:
            try:
                super().data_received(data)
            finally:
                self.taken += len(data)

    return Watched


async def _everything(reader: asyncio.StreamReader) -> bytes:
    heard = b""
    try:
        while piece := await reader.read(2**16):
            heard += piece
    except ConnectionResetError:
        pass
    return heard
