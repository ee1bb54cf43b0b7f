"""Heads of requests without an end."""

import socket
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from tests.live.listening import InThread, serving_here
from tests.live.test_streams import EVENT, furnish


@pytest.fixture(params=[True, False], ids=["quick", "plain"])
def server(request: pytest.FixtureRequest, database: None, settings: LazySettings) -> Iterator[InThread]:
    furnish()
    settings.QUICK = request.param
    with serving_here() as serving:
        yield serving


@pytest.mark.parametrize("start", [b"GET /", b"GET / HTTP/1.1\r\nHost: test\r\nX: ", b"GET / HTTP/1.1\r\n"])
def test_who_writes_on_and_on_in_a_head_is_let_go(server: InThread, start: bytes) -> None:
    on = b"X: y\r\n" if start.endswith(b"\n") else b"xxxxxx"
    with connected(server) as connection, pytest.raises(ConnectionError):
        connection.sendall(start + on * 5_000_000)


def test_a_body_may_be_longer_than_a_head(server: InThread) -> None:
    with connected(server) as connection:
        head = b"POST /api/%b/cards HTTP/1.1\r\nHost: test\r\nContent-Length: 600000\r\n\r\n" % EVENT.encode()
        connection.sendall(head + b"x" * 600_000)
        assert connection.recv(12) == b"HTTP/1.1 413"


def connected(server: InThread) -> socket.socket:
    """A connection to the server."""
    host, port = server.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)
