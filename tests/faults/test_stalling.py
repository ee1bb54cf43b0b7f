"""T13: whoever opens connections and asks nothing, or takes nothing, holds up nobody and is let go."""

import os
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest
from bench.crowd import Crowd
from tests.inside import slots_of
from tests.live.listening import ask_for, listening
from tests.promises import Promise
from tests.servers import EVENT, Installation, Server, serving

CARDS = 120
PATIENCE, LONG_ENOUGH = 20.0, 3.0
"""Seconds; the second is twice what is needed where all happens in a tenth of the time."""
HALF_OPEN, STALLED = 15.0, 12.0
FEW = 3
"""Files that a process may open meanwhile for what it does besides: the worker's connection, an answer under way."""
PAGE = f"GET /{EVENT}/ HTTP/1.1\r\nHost: hall\r\n"


def test_half_open_requests_are_closed(home: Installation, promise: Promise) -> None:
    kept = promise("T13", "half-open requests are closed, here in a tenth of the time")
    with serving(home, without=("patience",)) as (server,):
        took = half_open_for(server, PATIENCE)
    kept.found(f"the last of four after {took:.1f} s")


def test_without_a_look_at_them_half_open_requests_stay(home: Installation, promise: Promise) -> None:
    control = promise.control("T13", "without a look at half-open requests")
    with serving(home, without=("patience", "unasked")) as (server,), pytest.raises(TimeoutError):
        half_open_for(server, LONG_ENOUGH)
    control.found(f"open after {LONG_ENOUGH:g} s")


def test_readers_that_stall_are_dropped_and_the_others_hear_on(home: Installation, promise: Promise) -> None:
    kept = promise("T13", "readers that stall are dropped, here in a tenth of the time")
    with serving(home, without=("patience",)) as (server,):
        took = stalled_for(home, server, PATIENCE)
    kept.found(f"after {took:.1f} s")


def test_without_a_look_at_them_readers_that_stall_stay(home: Installation, promise: Promise) -> None:
    control = promise.control("T13", "without a look at readers that stall")
    with serving(home, without=("patience", "stalled")) as (server,), pytest.raises(TimeoutError):
        stalled_for(home, server, LONG_ENOUGH)
    control.found(f"there after {LONG_ENOUGH:g} s")


@pytest.mark.faults
def test_both_in_their_own_time(home: Installation, promise: Promise) -> None:
    half = promise("T13", f"half-open requests are closed in {HALF_OPEN:g} s")
    stalled = promise("T13", f"readers that stall are dropped in {STALLED:g} s")
    with serving(home) as (server,):
        took = half_open_for(server, HALF_OPEN + 5)
        assert took <= HALF_OPEN
        half.found(f"the last of four after {took:.1f} s")
        took = stalled_for(home, server, STALLED + 5)
        assert took <= STALLED
        stalled.found(f"after {took:.1f} s")


@pytest.mark.parametrize("many", [600, pytest.param(10_000, marks=pytest.mark.faults)])
def test_streams_that_come_and_go_leave_nothing_behind(home: Installation, promise: Promise, many: int) -> None:
    kept = promise("T13", f"{many:,} streams come and go: no file, no memory, no database connection is kept")
    with serving(home) as (server,):
        come_and_go(server, many)  # what is loaded once is loaded by then, and memory is as large as it gets
        before = Held(home, server)
        crowd = Crowd(server.address)
        crowd.open(many, stream_request(), b"retry:")
        inside = Held(home, server)
        crowd.close()
        _time_until(lambda: Held(home, server).sockets <= before.sockets + FEW, PATIENCE)
        after = Held(home, server)
    assert inside.sockets - before.sockets >= many - FEW
    assert inside.database - before.database <= FEW
    assert after.memory - before.memory < many * 200 + 4_000_000
    grown = (after.memory - before.memory) / 1e6
    grown_files, left = inside.sockets - before.sockets, max(0, after.sockets - before.sockets)
    connections = inside.database - before.database
    kept.found(f"{grown_files} files and {connections} connections more, {left} files after; {grown:+.1f} MB")


# Helpers, in the order used


def half_open_for(server: Server, patience: float) -> float:
    """Seconds until the last of four is closed: one that says nothing, one in the middle of a line, one that says a
    header now and then, and one that had an answer and begins anew."""
    said = ["", "GET /race/ HT", PAGE, f"{PAGE}\r\n"]
    opened = [_asking(server, text) for text in said]
    assert opened[-1].recv(20).startswith(b"HTTP/1.1 200")
    while len(opened[-1].recv(1_000_000)) == 1_000_000:
        pass
    time.sleep(0.2)
    opened[-1].sendall(PAGE.encode())

    def all_closed() -> bool:
        with_headers = opened[2]
        with suppress(OSError):
            with_headers.sendall(b"X-More: 1\r\n")
        return all(_is_closed(each) for each in opened)

    return _time_until(all_closed, patience)


def stalled_for(home: Installation, server: Server, patience: float) -> float:
    """Seconds until a reader is dropped who asks for more than the system keeps for it, and takes nothing."""
    epoch = httpx.get(f"{server.address}/api/{EVENT}/board").json()["epoch"]
    cells = [f"r{room}@{slot}" for day in slots_of() for slot in day for room in range(1, 11)]
    with httpx.Client(headers={"Authorization": f"Bearer {home.token}"}) as client:
        for cell in cells[:CARDS]:
            _place(client, server, cell)
        with listening(f"{server.address}/{EVENT}/live") as honest:
            stalled = ask_for(server.address, f"/{EVENT}/live?last={epoch}:0", receive_bytes=2048)
            _time_until(lambda: _streams(server) == 2, 20)
            took = _time_until(lambda: _streams(server) == 1, patience)
            number = _place(client, server, cells[CARDS])
            assert honest.until(number)[-1].number == number
    stalled.close()
    return took


def come_and_go(server: Server, many: int) -> None:
    """So many streams are opened, and closed without a word; return when the server knows."""
    crowd = Crowd(server.address)
    crowd.open(many, stream_request(), b"retry:")
    crowd.close()
    _time_until(lambda: _streams(server) == 0, 20)


def stream_request() -> bytes:
    """As a page asks."""
    return f"GET /{EVENT}/live HTTP/1.1\r\nHost: hall\r\n\r\n".encode()


class Held:
    """What a server process holds: sockets, bytes of memory, connections to its database."""

    def __init__(self, home: Installation, server: Server) -> None:
        of_process = Path(f"/proc/{server.process.pid}")
        files = [_link(each) for each in (of_process / "fd").iterdir()]
        self.sockets = sum(each.startswith("socket:") for each in files)
        self.memory = 1024 * int(re.findall(r"VmRSS:\s+(\d+)", (of_process / "status").read_text())[0])
        databases = sum(each.endswith("openspaces.sqlite3") for each in files)
        self.database = _connections(home.database_url) if home.database_url else databases


def _connections(url: str) -> int:
    with psycopg.connect(url) as connection:
        mine = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        found = connection.execute(mine).fetchone()
        assert found
        return int(found[0])


def _link(file: Path) -> str:
    try:
        return os.readlink(file)
    except FileNotFoundError:
        return ""


def _asking(server: Server, text: str) -> socket.socket:
    host, _, port = server.address.removeprefix("http://").partition(":")
    asking = socket.create_connection((host, int(port)), timeout=20)
    asking.sendall(text.encode())
    return asking


def _is_closed(asking: socket.socket) -> bool:
    asking.setblocking(False)
    try:
        return not asking.recv(1_000_000)
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        asking.setblocking(True)


def _place(client: httpx.Client, server: Server, cell: str) -> int:
    said = {"title": "A card with a title that is rather long, as titles of cards may well be", "cell": cell}
    answer = client.post(f"{server.address}/api/{EVENT}/cards", json=said, timeout=20)
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["number"]
    return number


def _streams(server: Server) -> int:
    time.sleep(0.1)
    streams: int = httpx.get(f"{server.address}/healthz", timeout=20).json()["streams"]
    return streams


def _time_until(so: Callable[[], bool], patience: float) -> float:
    """Seconds until something is so. TimeoutError if it takes longer than we have patience for."""
    begun = time.monotonic()
    while not so():
        if time.monotonic() - begun > patience:
            raise TimeoutError
        time.sleep(0.05)
    return time.monotonic() - begun
