"""Ten thousand open pages in one process: plain sockets and one epoll, so that it is the server that is measured."""

import resource
import select
import socket
import struct
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.managers import BaseManager
from urllib.parse import urlsplit

AT_ONCE = 2000
"""How many may be coming in at the same time; more than the system lets wait at a door would be sent away."""
HOMES = 50
"""From how many addresses of this machine they come."""
PATIENCE = 60.0
_GONE = struct.pack("ii", 1, 0)
"""Closed this way a connection leaves nothing behind, and its port can be used again at once."""


@dataclass(frozen=True)
class Post:
    """A request that leads to news."""

    path: str
    body: bytes
    headers: dict[str, str]


class Crowd:
    """Open pages of one server. Times are in milliseconds."""

    def __init__(self, address: str) -> None:
        at = urlsplit(address)
        assert at.hostname
        assert at.port
        self._at = at.hostname, at.port
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self._epoll = select.epoll()
        self._pages: dict[int, socket.socket] = {}
        self._heard: dict[int, bytes] = {}
        self._last = b""

    def open(self, many: int, request: bytes, until: bytes) -> float:
        """Open so many and wait until each has heard `until`; how long that took."""
        begun, waiting = time.perf_counter(), set[int]()
        while many or waiting:
            while many and len(waiting) < AT_ONCE:
                waiting.add(self._connect(request, many % HOMES))
                many -= 1
            self._hear(waiting, until, begun)
        return _since(begun)

    def tell(self, news: Post, until: bytes) -> tuple[float, float]:
        """How long it takes after `news` was sent until the first and the last have heard something with `until` in it,
        to its end."""
        waiting = set(self._pages)
        asking = HTTPConnection(*self._at)
        asking.connect()
        begun = time.perf_counter()
        asking.request("POST", news.path, news.body, news.headers)
        first = 0.0
        while waiting:
            self._hear(waiting, until, begun)
            first = first or (_since(begun) if len(waiting) < len(self._pages) else 0.0)
        took = _since(begun)
        asking.close()
        return first, took

    def last(self) -> bytes:
        """What the last one heard that was waited for."""
        return self._last

    def listen(self, seconds: float) -> None:
        """Take whatever comes, for a while."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for page, _ in self._epoll.poll(0.1):
                self._pages[page].recv(1_000_000)

    def close(self) -> None:
        """All go, without a word."""
        for page in self._pages.values():
            page.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _GONE)
            page.close()
        self._pages.clear()
        self._heard.clear()

    def _connect(self, request: bytes, home: int) -> int:
        page = socket.socket()
        page.setsockopt(socket.IPPROTO_IP, _PORT_LATER, 1)
        page.bind((f"127.0.0.{1 + home}", 0))
        page.settimeout(PATIENCE)
        page.connect(self._at)
        page.sendall(request)
        page.setblocking(False)
        self._pages[page.fileno()] = page
        self._epoll.register(page, select.EPOLLIN)
        return page.fileno()

    def _hear(self, waiting: set[int], until: bytes, begun: float) -> None:
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(f"{len(waiting)} pages have not heard {until!r}")
        for page, _ in self._epoll.poll(1):
            said = self._heard.pop(page, b"") + self._pages[page].recv(1_000_000)
            if not said:
                raise ConnectionError("the server has closed a page")
            if until in said and said.endswith((b"\n\n", b"\n\n\r\n")):
                waiting.discard(page)
                self._last = said
            else:
                self._heard[page] = said


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


class Crowds(BaseManager):
    """Makes crowds that live in a process of their own: no process may have as many files as two of them need."""

    def crowd(self, address: str) -> Crowd:
        """A crowd there, which can be used as if it were here."""
        found: Crowd = self.Crowd(address)  # type: ignore[attr-defined]
        return found


Crowds.register("Crowd", Crowd)

_PORT_LATER = 24
"""IP_BIND_ADDRESS_NO_PORT: the port is chosen when it is known where to, so one port serves for several servers."""
