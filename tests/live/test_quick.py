"""The quick way past ASGI: what goes it, what does not, and what it may cost."""

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import LazySettings
from tests.live.asking import COOKIES, PAGE, phone
from tests.live.loopback import SECONDS, Say, Side, change, echo, on_the_board, quick, run

from openspaces.live.app import Front
from openspaces.live.heads import Bounded
from openspaces.live.printed import key_of
from openspaces.live.quick import HEADS, Heads, Known, Quick
from openspaces.server import make_server

__all__ = ["on_the_board"]
KINDS = [b"text/html", b"application/json", b"text/html"]


def heard_by(said: Sequence[Say]) -> tuple[bytes, int]:
    """What comes back on one connection of ours, and how many requests reached the application."""
    side, heard = Side(quick), [b""]

    async def talk() -> None:
        async with side.serving() as port:
            heard[0] = await side.hear(port, said)

    run(talk)
    return heard[0], side.asked


def test_a_head_that_was_answered_twice_goes_the_quick_way() -> None:
    heard, asked = heard_by([phone()] * 5)
    assert (heard.count(b"HTTP/1.1 200 OK"), asked) == (5, 2)


@pytest.mark.parametrize(
    "head",
    [
        phone(),
        phone().replace(b"GET", b"HEAD"),
        phone(path=b"/camp/?lang=de"),
        phone(path=b"/camp/board.json"),
        phone().replace(b"gzip, br", b"identity"),
        phone(b"", PAGE, b"If-None-Match: *\r\n"),
        phone(b"", PAGE, b'If-None-Match: "other"\r\n'),
        phone().replace(b"HTTP/1.1", b"HTTP/1.0"),
    ],
)
def test_the_quick_way_answers_byte_for_byte_what_was_answered_before(head: bytes) -> None:
    side, heard = Side(quick), []

    async def talk() -> None:
        async with side.serving() as port:
            heard.extend([await side.hear(port, [head]) for _ in range(4)])

    run(talk)
    assert (len(set(heard)), len(heard[0]) > 100, side.asked) == (1, True, 2)


def test_a_head_is_known_whatever_cookie_it_carries() -> None:
    heard, asked = heard_by([phone(cookie) for cookie in COOKIES[:4]] * 2)
    assert (heard.count(b"HTTP/1.1 200 OK"), asked) == (8, 2)


def test_several_heads_in_one_piece_go_the_quick_way_in_their_order() -> None:
    page, data = phone(), phone(path=b"/camp/board.json")
    heard, asked = heard_by([page, page, data, data, page + data + page])
    kinds = re.findall(rb"content-type: (\S+?/\w+)", heard)
    assert (kinds, asked) == ([b"text/html"] * 2 + [b"application/json"] * 2 + KINDS, 4)


def test_a_head_in_halves_is_read_by_uvicorn_and_answered() -> None:
    page = phone()
    heard, asked = heard_by([page, page, page[:40], page[40:], page])
    assert (heard.count(b"HTTP/1.1 200 OK"), asked) == (4, 3)


def test_a_board_that_changed_is_never_shown_as_it_was() -> None:
    heard, asked = heard_by([phone(), phone(), phone(), change, phone(), phone()])
    assert (re.findall(rb'etag: "e1\.(\d+)', heard), asked) == ([b"7", b"7", b"7", b"8", b"8"], 3)


def test_who_wants_the_connection_closed_is_answered_and_it_is() -> None:
    last = phone(b"", PAGE, b"Connection: close\r\n")
    side, closed = Side(quick), []

    async def talk() -> None:
        async with side.serving() as port:
            for _ in range(3):
                heard = await side.hear(port, [last, last])
                closed.append((heard.count(b"HTTP/1.1 200 OK"), heard.count(b"connection: close")))

    run(talk)
    assert (closed, side.asked) == ([(1, 1)] * 3, 2)


def test_a_connection_that_is_used_stays_open_and_closes_when_it_is_not() -> None:
    side, idle = Side(quick, keep_alive=0.3), []

    async def talk() -> None:
        async with side.serving() as port:
            await side.hear(port, [phone(), phone()])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for _ in range(6):
                writer.write(phone())
                await whole(reader)
                await asyncio.sleep(0.1)
            began = time.monotonic()
            await asyncio.wait_for(reader.read(-1), SECONDS)
            idle.append(time.monotonic() - began)

    run(talk)
    assert side.asked == 2
    assert idle[0] > 0.15


@pytest.mark.parametrize(("switched", "way"), [(True, Quick), (False, Bounded)])
def test_a_setting_takes_the_quick_way_away(settings: LazySettings, switched: bool, way: type) -> None:
    settings.QUICK = switched
    server = make_server(Front([], echo))
    server.config.load()
    make: Any = server.config.http_protocol_class

    async def made() -> type:
        return type(make(config=server.config, server_state=server.server_state, app_state={}))

    assert asyncio.run(made()) is way


async def whole(reader: asyncio.StreamReader) -> None:
    """Read one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(re.findall(rb"content-length: (\d+)", head)[0]))


def test_who_asks_and_does_not_read_fills_no_memory() -> None:
    side, waiting = Side(quick), []

    async def talk() -> None:
        async with side.serving() as port:
            await side.hear(port, [phone(), phone()])
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
            for _ in range(200):
                writer.write(phone() * 100)
                await asyncio.sleep(0)
                waiting.append(side.made[-1].transport.get_write_buffer_size())
            writer.transport.abort()

    run(talk)
    assert max(waiting) < 2**18


def test_junk_drives_out_nothing_that_is_asked_for() -> None:
    front = Front([], echo)
    heads = Heads(front.answers)
    key, had = key_of({"path": "/camp/", "query_string": b"", "headers": []})
    heads._keep(b"asked again and again", Known(key, had, bare=False, closes=False))
    for number in range(3 * HEADS):
        heads._keep(b"junk %d" % number, Known(key, had, bare=False, closes=False))
        assert number % 100 or heads.find(b"asked again and again")
    assert len(heads._young) + len(heads._old) <= 2 * HEADS
    assert heads.find(b"junk 0") is None


def test_a_head_that_nobody_answered_is_not_remembered() -> None:
    side = Side(quick)

    async def talk() -> None:
        async with side.serving() as port:
            await side.hear(port, [phone(path=b"/nothing/")] * 5)
            await side.hear(port, [phone(path=b"/slow")] * 3)

    run(talk)
    assert side.asked == 8
