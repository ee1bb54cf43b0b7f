"""Listening to a stream as a browser does, and a server of ours in a thread of the test."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from openspaces.asgi import make_front
from openspaces.live.app import Front
from openspaces.server import listen, make_server

SECONDS = 10.0


@dataclass(frozen=True)
class Frame:
    """One event of a stream."""

    event: str
    id: str
    data: dict[str, Any]

    @property
    def number(self) -> int:
        """The number in its id."""
        return int(self.id.rpartition(":")[2])


class Listener:
    """An open stream. `opening` is what its first block said: when to come back, and where the reader stands."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._blocks = _blocks(answer)
        self.opening = next(self._blocks)

    def next(self) -> Frame:
        """The next frame that is not a beat."""
        said = next(self._blocks)
        frame = Frame(said["event"], said.get("id", ""), json.loads(said["data"]))
        return self.next() if frame.event == "beat" else frame

    def until(self, number: int) -> list[Frame]:
        """The frames up to the one with that number."""
        frames = [self.next()]
        while frames[-1].number < number:
            frames.append(self.next())
        return frames

    def is_over(self) -> bool:
        """Whether the server ended the stream properly."""
        return next(self._blocks, None) is None


@contextmanager
def listening(address: str, **headers: str) -> Iterator[Listener]:
    """Open a stream; `Last_Event_ID="…"` becomes the header of that name."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with httpx.stream("GET", address, headers=named, timeout=SECONDS) as answer:
        assert answer.status_code == 200, answer.read()
        listener = Listener(answer)
        yield listener


@dataclass(frozen=True)
class InThread:
    """A server in a thread of this process: its address and its parts."""

    address: str
    front: Front


@contextmanager
def serving_here() -> Iterator[InThread]:
    """Serve the test's own database."""
    front = make_front()
    server = make_server(front)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield InThread("http://{}:{}".format(*listener.getsockname()), front)
        finally:
            server.should_exit = True
            thread.join(SECONDS)
            assert not thread.is_alive()


def wait_until(so: Any) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + SECONDS
    while not so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.01)


def ask_for(address: str, path: str, receive_bytes: int) -> socket.socket:
    """A plain connection that asked for a path, with a small buffer, and has read nothing."""
    host, _, port = address.removeprefix("http://").partition(":")
    asking = socket.socket()
    asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    asking.settimeout(SECONDS)
    asking.connect((host, int(port)))
    asking.sendall(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode())
    return asking


def _blocks(answer: httpx.Response) -> Iterator[dict[str, str]]:
    said: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            assert name not in said, "a field stands once in a block, so nobody's text has broken out of its line"
            said[name] = value
        else:
            yield said
            said = {}
