"""Somebody else's server for tests, on loopback: it keeps what came, and may answer as badly as a server can."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Came:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[["Handler", Came], None]


@dataclass
class Endpoint:
    """Where it listens, what came in order, and how it answers."""

    address: str
    answering: Answering
    came: list[Came] = field(default_factory=list)
    shut: threading.Event = field(default_factory=threading.Event)
    written: int = 0
    """Bytes that it could get rid of."""

    def wait(self, seconds: float) -> None:
        """As long as the test lasts, and no longer."""
        self.shut.wait(seconds)


class Handler(BaseHTTPRequestHandler):
    """Keeps a request and answers it."""

    protocol_version = "HTTP/1.1"

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that it answers for."""
        found: Endpoint = self.server.endpoint  # type: ignore[attr-defined]
        return found

    def handle_any(self) -> None:
        """Whatever was asked."""
        self.close_connection = True
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        came = Came(self.command, self.path, headers, self.rfile.read(length))
        self.endpoint.came.append(came)
        with suppress(OSError):
            self.endpoint.answering(self, came)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def endpoint(answering: Answering | None = None, sealing: ssl.SSLContext | None = None) -> Iterator[Endpoint]:
    """A server that answers until the end of the test; with `sealing` over TLS, as `localhost`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Endpoint(f"http://127.0.0.1:{server.server_port}", answering or status(200))
    if sealing:
        server.socket = sealing.wrap_socket(server.socket, server_side=True)
        made.address = f"https://localhost:{server.server_port}"
    server.endpoint = made  # type: ignore[attr-defined]
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.shut.set()
        server.shutdown()
        thread.join()
        server.server_close()


# How it may answer


def status(code: int, body: bytes = b"", **headers: Any) -> Answering:
    """With a status; headers are written `Retry_After=7`."""

    def answer(handler: Handler, came: Came) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), str(value))
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def silent(handler: Handler, came: Came) -> None:
    """Not at all, until the test is over."""
    handler.endpoint.wait(60)


def drips(handler: Handler, came: Came) -> None:
    """A letter at a time, each soon enough for whoever waits for silence."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.endpoint.shut.is_set():
        handler.wfile.write(b".")
        handler.endpoint.wait(0.05)


def resets(handler: Handler, came: Came) -> None:
    """By hanging up with a reset."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def endless(handler: Handler, came: Came) -> None:
    """With a gigabyte."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000000")
    handler.end_headers()
    part = b"." * 65_536
    while handler.endpoint.written < 1_000_000_000:
        handler.wfile.write(part)
        handler.endpoint.written += len(part)
