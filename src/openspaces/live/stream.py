"""One open stream: how bytes get out to its reader, and what holds it once it is up to date.

A stream begins as any request of uvicorn's, with a task, a parser and the request's headers. Where streams are fast it
is then taken over, as uvicorn hands a connection to its WebSocket protocol: all that is gone, and the stream is the
connection's protocol itself. Otherwise the request's task stays with it. See docs/decisions/0038.
"""

import asyncio
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings

from openspaces.live.asgi import Headers, Send

LAG_BYTES = 256 * 1024
"""How much may wait for one reader before it is dropped; it comes back and gets what it missed."""
SYSTEM_BYTES = 32 * 1024
"""How much the system keeps for one reader. It would let megabytes wait, and nobody would see that a reader stalls."""
SILENT_SECONDS = 60
"""How long a reader's system may be silent when something was sent to it; a phone that is gone says no goodbye."""


DROPPED = Counter({"lags": 0, "stalls": 0})
"""How many readers were dropped, and why: too much waited for them, or they took nothing for too long."""


class Stream(asyncio.Protocol):
    """It is written to through the server's transport, all streams with the same bytes: a `send` per stream costs a
    third more, and waits where a reader is slow."""

    __slots__ = ("_left", "_stalled", "_taken", "_written", "after", "holder", "plain", "transport", "voice")

    def __init__(self, send: Send, voice: str, holder: str, *, plain: bool = False) -> None:
        self.transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
        self.voice, self.holder = voice, holder
        self.plain = plain
        """Whether it is not chunked: whoever speaks HTTP/1.0 knows no chunks, and reads until the connection ends."""
        self.after = 0
        self._written = self._taken = 0
        self._stalled = 0.0
        self._left: Callable[[Stream], None] | None = None

    def write(self, chunk: bytes) -> None:
        """Write a chunk, or drop the reader if too much waits for it already."""
        if self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() > LAG_BYTES:
            self.drop("lags")
        else:
            self._written += len(chunk)
            self.transport.write(chunk)

    def drop(self, why: str) -> None:
        """Cut the reader off; it comes back and gets what it missed."""
        if not self.transport.is_closing():
            DROPPED[why] += 1
            self.transport.abort()

    def stalls_since(self, now: float) -> float:
        """Since when something waits and the reader takes none of it, as far as who looks now and then can see; `now`
        if all is well."""
        waits = self.transport.get_write_buffer_size()
        taken = self._written - waits
        if not waits or taken != self._taken:
            self._taken, self._stalled = taken, now
        return self._stalled

    def framed(self, *frames: bytes) -> bytes:
        """Frames as this reader is sent them."""
        return b"".join(frames if self.plain else map(chunked, frames))

    def end(self, frame: bytes) -> None:
        """Write a last frame, and close once it has gone out."""
        self.write(self.framed(frame) + (b"" if self.plain else b"0\r\n\r\n"))
        self.transport.close()

    def let_it_be_plain(self, send: Send) -> None:
        """Have uvicorn say that the connection's end is the answer's, and chunk nothing: it would for HTTP/1.0 too."""
        cycle: Any = send.__self__  # type: ignore[attr-defined]
        cycle.keep_alive = cycle.chunked_encoding = False
        cycle.expected_content_length = sys.maxsize

    def let_little_wait(self) -> None:
        """Have the system keep little for the reader, and give up a reader whose own system says nothing any more."""
        link = self.transport.get_extra_info("socket")
        with suppress(OSError):
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SYSTEM_BYTES)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_SECONDS * 1000)

    # Taken over

    def take_over(self, send: Send, left: Callable[["Stream"], None], headers: Headers) -> bytes:
        """Be the connection's protocol from now on; `left` is told when the reader has gone. The answer's head, as
        uvicorn would send it, if it has not been sent."""
        cycle: Any = send.__self__  # type: ignore[attr-defined]
        if cycle.disconnected:
            left(self)
            return b""
        self._left, was = left, self.transport.get_protocol()
        self.transport.set_protocol(self)
        was.connections.discard(was)  # the server would wait for it when it stops
        was.flow.resume_reading()  # it waits where a second request stands behind, and would not hear the reader go
        cycle.disconnected = True  # so that nobody wonders that its answer has no end
        was.parser = was.cycle = None  # they hold each other
        ends = (b"connection", b"close") if self.plain else (b"transfer-encoding", b"chunked")
        return _head((*cycle.default_headers, *headers, ends))

    def connection_lost(self, exc: Exception | None) -> None:
        """The reader has gone, or was dropped."""
        if self._left is not None:
            self._left(self)


def are_fast() -> bool:
    """Whether streams are taken over."""
    return bool(settings.FAST_STREAMS)


def _head(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"HTTP/1.1 200 OK\r\n%b\r\n" % b"".join([b"%b: %b\r\n" % each for each in headers])


def chunked(frame: bytes) -> bytes:
    """A frame as HTTP/1.1 sends a piece of an answer without a length."""
    return b"%x\r\n%b\r\n" % (len(frame), frame)
