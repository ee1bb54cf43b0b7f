"""Starting and stopping the server in this process. Several may run side by side on one database."""

import asyncio
import contextlib
import gc
import resource
import socket
import sys
from collections.abc import Iterator

import uvicorn
from django.conf import settings

from openspaces.asgi import app
from openspaces.live import quick, unasked
from openspaces.live.app import Front
from openspaces.live.heads import Bounded

STOP_SECONDS = 3
"""How long answers under way may take once the server is asked to stop; the goodbye comes before."""
BACKLOG = 4096
GARBAGE = 50_000
"""How many new objects there may be before the youngest are looked through."""
SWITCH_SECONDS = 0.001
"""How long a thread that prints may keep the event loop waiting each time; Python's own 5 ms add up over streams."""


class Server(uvicorn.Server):
    """uvicorn, but streams are told before it goes: it would wait for them otherwise."""

    def __init__(self, app: Front, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._front = app
        self._closing: asyncio.Task[None] | None = None

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until SIGTERM or SIGINT; then tell everyone and return within 5 seconds. The tables must be there."""
        sys.setswitchinterval(SWITCH_SECONDS)
        _may_open_many_files()
        super().run(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does. What is there by then stays: it is not looked through for garbage again and again,
        while a thousand answers under way wait for that."""
        await super().startup(sockets)
        self._closing = asyncio.create_task(unasked.closed(self.server_state.connections))
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE, 20, 20)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye to streams, then stop as uvicorn does."""
        goodbye = asyncio.create_task(self._front.hub.goodbye())
        await super().shutdown(sockets)
        await goodbye
        if self._closing:
            self._closing.cancel()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a stop that was asked for is no failure: the process ends with status 0."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def serve(host: str, port: int) -> None:
    """Run a server there. Raises OSError if nothing can be opened at `host` and `port`."""
    with listen(host, port) as listening:
        make_server().run(sockets=[listening])


def _may_open_many_files() -> None:
    """A stream is an open file, and systems allow a process a thousand unless it asks for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def make_server(front: Front = app) -> Server:
    """A server that is ready to `run` on sockets of its caller's."""
    config = uvicorn.Config(
        front,
        loop="uvloop",
        http=quick.protocol(front.answers) if settings.QUICK else Bounded,  # type: ignore[arg-type]
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return Server(front, config)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 finds a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)
