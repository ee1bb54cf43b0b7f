"""What is sent is bounded, in size and in time, before anything of it is kept."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.live.listening import InThread, serving_here

from openspaces.live import bodies

MEGABYTE = 1024 * 1024


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    with serving_here() as serving:
        yield serving


@pytest.mark.parametrize("path", ["/api/race/cards", "/race/cells/oak@0429-0900/", "/nothing/"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused_and_never_written_down(
    server: InThread, path: str, announced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))  # whoever wants to spool a body fails
    sent = b"x" * 3 * MEGABYTE
    pieces = sent if announced else iter([sent[:MEGABYTE]] * 30)
    answer = httpx.post(server.address + path, content=pieces, timeout=20)
    assert answer.status_code == 413
    assert (answer.headers["Content-Type"] == "application/json") == path.startswith("/api/")


def test_a_file_to_import_may_be_larger_and_is_bounded_too(server: InThread) -> None:
    sizes = {size: size * MEGABYTE for size in (4, 6)}
    address = f"{server.address}/race/desk/import/"
    asked = {size: httpx.post(address, content=b"x" * length, timeout=20) for size, length in sizes.items()}
    assert {size: answer.status_code for size, answer in asked.items()} == {4: 404, 6: 413}


def test_a_sender_who_falls_silent_is_answered(server: InThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.2)
    with _silent(server.address) as sender:
        heard = sender.recv(10_000)
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert list(json.loads(heard.partition(b"\r\n\r\n")[2])) == ["says"]


def _silent(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    sender = socket.create_connection((host, int(port)), timeout=10)
    sender.sendall(b"POST /api/race/cards HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    return sender
