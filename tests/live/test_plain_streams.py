"""Whoever speaks HTTP/1.0, as old proxies do, knows no chunks: a stream comes as it is and ends with the connection."""

import re
import socket
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from tests.live.listening import InThread, serving_here, wait_until
from tests.live.test_streams import EVENT, board, channel, close, furnish

from openspaces.live.frames import BYE

SECONDS = 10.0


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("more", ["", "Connection: keep-alive\r\n"])
def test_a_stream_in_http_1_0_is_not_chunked_and_ends_with_the_connection(
    database: None, settings: LazySettings, fast: bool, more: str
) -> None:
    settings.FAST_STREAMS = fast
    furnish()
    first = board().number
    close("oak 09:00")
    with serving_here() as server:
        reader = _asking(server, f"GET /{EVENT}/live?number={first} HTTP/1.0\r\n{more}\r\n")
        wait_until(lambda: server.front.hub.count == 1 and len(channel(server).streams) == 1)
        close("oak 10:00")
        heard = _heard(reader, lambda heard: heard.count(b"event: cells") == 2 and heard.endswith(b"\n\n"))
    head, _, body = (heard + _heard(reader, lambda _: False)).partition(b"\r\n\r\n")
    reader.close()
    fields = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert (head[9:12], fields["connection"], fields.get("transfer-encoding")) == (b"200", "close", None)
    assert re.findall("^event: (.*)$", body.decode(), re.MULTILINE) == ["cells", "cells", "bye"]
    assert {line.partition(": ")[0] for line in body.decode().splitlines()} == {"retry", "id", "event", "data", ""}
    assert body.endswith(BYE)


def _asking(server: InThread, said: str) -> socket.socket:
    host, _, port = server.address.removeprefix("http://").partition(":")
    made = socket.create_connection((host, int(port)), timeout=SECONDS)
    made.sendall(said.encode())
    return made


def _heard(reader: socket.socket, enough: Callable[[bytes], bool]) -> bytes:
    """What comes until it is enough, or the connection ends."""
    heard = b""
    while not enough(heard) and (more := reader.recv(65536)):
        heard += more
    return heard
