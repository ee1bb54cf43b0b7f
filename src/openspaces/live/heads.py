"""Heads of requests have an end: whoever writes on and on in one is let go before it fills the memory."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST = 320 * 1024
"""Bytes of a head that has no end yet. What comes at once has 256 KiB at most, and may begin with another's body."""


class Bounded(HttpToolsProtocol):
    """uvicorn's protocol, with an end to its patience."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._in_head = False
        self._read_of_it = 0

    def data_received(self, data: bytes) -> None:
        """Let uvicorn read, and look how much of a head it has got."""
        super().data_received(data)
        if self._in_head:
            self._read_of_it += len(data)
            if self._read_of_it > MOST:
                self.transport.abort()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head, self._read_of_it = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It is whole."""
        self._in_head = False
        super().on_headers_complete()
