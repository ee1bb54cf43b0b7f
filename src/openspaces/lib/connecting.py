"""Connections to the web: the address that was looked at is the one that is connected to, and time is bounded."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPSConnection
from threading import Thread, Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult

Allowed = Callable[[str], bool]
"""Whether one may connect to an address."""


class Inward(OSError):
    """The name leads to no address that is allowed."""


@contextmanager
def connected(parts: SplitResult, allowed: Allowed, silence: float, whole: float) -> Iterator[HTTPConnection]:
    """An open connection to allowed addresses and no others, whatever their name says a moment later.

    `silence` are the seconds that the other side may say nothing; after `whole` seconds, which count from before its
    name is looked up, the line is cut. Both raise TimeoutError.
    """
    until = monotonic() + whole
    line = _line(parts, allowed, silence, until)
    late = Timer(whole, _hang_up, [line])
    late.start()
    try:
        line.connect()
        yield line
    except Exception:  # whatever it looks like from within: perhaps it was us who cut the line
        _still_in_time(until)
        raise
    finally:
        late.cancel()
        line.close()
    _still_in_time(until)


def _still_in_time(until: float) -> None:
    if monotonic() >= until:
        raise TimeoutError


def _line(parts: SplitResult, allowed: Allowed, silence: float, until: float) -> "_Plain | _OverTLS":
    kind = _OverTLS if parts.scheme == "https" else _Plain
    port = parts.port or kind.default_port  # else it would look for one in an IPv6 address
    return kind(parts.hostname or "", port, allowed, silence, until)


class _Plain(HTTPConnection):
    wire: socket.socket | None = None
    """What is cut; `sock` is forgotten as soon as an answer begins that ends with the connection."""

    def __init__(self, host: str, port: int, allowed: Allowed, silence: float, until: float) -> None:
        super().__init__(host, port, timeout=silence)
        self._allowed, self._silence, self._until = allowed, silence, until

    def connect(self) -> None:
        self.sock = self.wire = _open(self.host, self.port, self._allowed, self._silence, self._until)


class _OverTLS(HTTPSConnection):
    wire: socket.socket | None = None

    def __init__(self, host: str, port: int, allowed: Allowed, silence: float, until: float) -> None:
        self._verifying = ssl.create_default_context()
        super().__init__(host, port, timeout=silence, context=self._verifying)
        self._allowed, self._silence, self._until = allowed, silence, until

    def connect(self) -> None:
        bare = _open(self.host, self.port, self._allowed, self._silence, self._until)
        sealed = self._verifying.wrap_socket(bare, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = self.wire = sealed  # before the handshake, so that this too can be cut
        sealed.do_handshake()


def _hang_up(line: _Plain | _OverTLS) -> None:
    if line.wire:
        with suppress(OSError):
            socket.socket.shutdown(line.wire, socket.SHUT_RDWR)


def _open(host: str, port: int, allowed: Allowed, silence: float, until: float) -> socket.socket:
    found = _addresses(host, port, until)
    reachable = [each for each in found if allowed(str(each[4][0]))]
    if not reachable:
        raise Inward(host)
    trouble: OSError | None = None
    for family, kind, proto, _name, place in reachable:
        line = socket.socket(family, kind, proto)
        line.settimeout(max(0.001, min(silence, until - monotonic())))
        try:
            line.connect(place)
        except OSError as refused:
            line.close()
            trouble = refused
        else:
            line.settimeout(silence)
            return line
    assert trouble is not None
    raise trouble


def _addresses(host: str, port: int, until: float) -> list[Any]:
    """Where a name leads. The system's resolver knows no limit of time, so we leave it behind when ours is over."""
    found, trouble = list[Any](), list[OSError]()

    def ask() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as unknown:
            trouble.append(unknown if isinstance(unknown, OSError) else OSError(str(unknown)))

    asking = Thread(target=ask, name="resolver", daemon=True)
    asking.start()
    asking.join(max(0.001, until - monotonic()))
    if trouble:
        raise trouble[0]
    if asking.is_alive():
        raise TimeoutError
    return found
