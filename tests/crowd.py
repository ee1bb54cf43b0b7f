"""A crowd of programs with open streams, who come back by themselves as browsers do: after the time they were told,
with the last position that they had, again and again until somebody answers."""

import asyncio
import re
import time
from urllib.parse import urlsplit

_RETRY, _ID = re.compile(rb"^retry: (\d+)", re.MULTILINE), re.compile(rb"^id: (\w+):(\d+)", re.MULTILINE)


class Crowd:
    """Everyone who listens to an event at some addresses, as many at each."""

    def __init__(self, addresses: list[str], path: str, many: int) -> None:
        self.path = path
        ports = [urlsplit(address).port or 80 for address in addresses]
        self.listeners = [Listener(self, ports[number % len(ports)]) for number in range(many)]
        self.back: list[float] = []
        """When somebody came in or came back."""

    async def come(self) -> None:
        """Everybody comes in."""
        for listener in self.listeners:
            listener.connect()
            if listener is self.listeners[-1] or len(self.back) % 100 == 0:
                await asyncio.sleep(0.005)
        await until(lambda: all(listener.is_in for listener in self.listeners))

    def share_in(self, at: int) -> float:
        """Which share of those at one address is there."""
        mine = [listener.is_in for listener in self.listeners if listener.port == at]
        return sum(mine) / len(mine)

    def go(self) -> None:
        """Everybody goes, for good."""
        for listener in self.listeners:
            listener.leave()


class Listener(asyncio.Protocol):
    """One of them, who takes down the numbers that it hears."""

    def __init__(self, crowd: Crowd, port: int) -> None:
        self.port, self._crowd = port, crowd
        self.numbers: list[int] = []
        self.resyncs, self.goodbyes, self.is_in = 0, 0, False
        self._last, self._wait, self._left = b"", 1.0, False
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connect(self) -> None:
        """Come in, or try to."""
        self._trying = asyncio.ensure_future(self._connect())

    def leave(self) -> None:
        """Go for good."""
        self._left = True
        if self._transport:
            self._transport.close()

    async def _connect(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)
        except OSError:
            self._come_back()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say where it stands."""
        assert isinstance(transport, asyncio.Transport)
        last = b"Last-Event-ID: %b\r\n" % self._last if self._last else b""
        transport.write(b"GET %b HTTP/1.1\r\nHost: crowd\r\n%b\r\n" % (self._crowd.path.encode(), last))
        self._transport, self._heard = transport, b""

    def data_received(self, data: bytes) -> None:
        """Take down what is whole."""
        said, blank, self._heard = (self._heard + data).rpartition(b"\n\n")
        if not blank:
            return
        for retry in _RETRY.findall(said):
            self._wait, self.is_in = int(retry) / 1000, True
            self._crowd.back.append(time.monotonic())
        self.resyncs += said.count(b"event: resync")
        self.goodbyes += said.count(b"event: bye")
        for block in said.split(b"\n\n"):
            if found := _ID.search(block):
                self._last = b"%b:%b" % found.groups()
                if b"event: change" in block:
                    self.numbers.append(int(found[2]))

    def connection_lost(self, _trouble: Exception | None) -> None:
        """Come back later."""
        self.is_in, self._transport = False, None
        if not self._left:
            self._come_back()

    def _come_back(self) -> None:
        if not self._left:
            asyncio.get_running_loop().call_later(self._wait, self.connect)


async def until(so: object, seconds: float = 60.0) -> float:
    """Wait until something is so; how long that took. TimeoutError if it is not."""
    begun = time.monotonic()
    while not so():  # type: ignore[operator]
        if time.monotonic() - begun > seconds:
            raise TimeoutError
        await asyncio.sleep(0.05)
    return time.monotonic() - begun
