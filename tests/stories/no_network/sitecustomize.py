"""Python imports this at its start, where its directory is on the path: then nothing leaves this machine."""

import errno
import socket
from typing import Any

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _is_near(address: Any) -> bool:
    return not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1", "localhost")


def _connect_near(self: socket.socket, address: Any) -> None:
    if not _is_near(address):
        raise OSError(errno.ENETUNREACH, "Network is unreachable")
    _connect(self, address)


def _connect_ex_near(self: socket.socket, address: Any) -> int:
    return _connect_ex(self, address) if _is_near(address) else errno.ENETUNREACH


setattr(socket.socket, "connect", _connect_near)  # noqa: B010 - types forbid it, and it is what this is for
setattr(socket.socket, "connect_ex", _connect_ex_near)  # noqa: B010
