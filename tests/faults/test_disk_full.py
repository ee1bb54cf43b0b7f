"""T11: the disk is full: the board can be read as ever, a write is answered with words, and nothing half is left."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.disks import Disk, disk
from tests.inside import ROOMS, slots_of
from tests.lives import lives
from tests.promises import Promise
from tests.servers import EVENT, Installation, installation

READ = ["/", "/now/", "/ideas/", "/board.png", "/board.ics", "/board.json", "/me", "/cards/new/", "/changes.atom"]
SAYS = "The board cannot write anything down just now. Send this again in a moment."
SPACE_SECONDS = 10.0


def cells() -> list[str]:
    return [f"{room}@{slot}" for slot in slots_of()[0] for room in ROOMS]


def card(client: httpx.Client, cell: str) -> httpx.Response:
    """Somebody new takes a cell."""
    client.cookies.clear()
    return client.post(f"/api/{EVENT}/cards", json={"title": f"Card for {cell}", "cell": cell})


def form(client: httpx.Client, cell: str) -> httpx.Response:
    """The same in a browser."""
    client.cookies.clear()
    return client.post(f"/{EVENT}/cells/{cell}/", data={"title": "Knitting", "host": "Ada"})


@pytest.mark.parametrize("kind", [card, form])
def test_on_a_full_disk_everything_can_be_read_and_a_write_is_told_to_wait(
    tmp_path: Path, kind: Any, promise: Promise
) -> None:
    named = "by API" if kind is card else "by form"
    kept = promise(
        "T11", f"disk full: reads stay 200, a write {named} is told to wait, and succeeds within 10 s of space"
    )
    free = iter(cells())
    with served_on_a_small_disk(tmp_path) as (home, place, client):
        assert card(client, next(free)).status_code == 201
        with place.full():
            refused = [kind(client, next(free)) for _ in range(5)]
            beside = client.post("/accounts/login/", data={"email": "ada@example.org"})
            read = {path: client.get(f"/{EVENT}{path}").status_code for path in READ}
        waited = seconds_until_written(client, kind, next(free))
        titles = home.ask("board", EVENT)["titles"]
    assert [answer.status_code for answer in refused] == [503] * 5
    assert all(SAYS in answer.text for answer in refused)
    assert beside.status_code == 503  # what no move writes, but a table of its own
    assert read == dict.fromkeys(READ, 200)
    assert len(titles) == 2
    assert waited < SPACE_SECONDS
    kept.found(f"{len(READ)} of {len(READ)} reads, {len(refused)} writes refused, then written after {waited:.2f} s")


def test_control_a_disk_with_space_refuses_nothing(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T11", "on a disk with space the same writes are not refused", database="SQLite")
    with served_on_a_small_disk(tmp_path) as (_home, _place, client):
        answers = [card(client, cell).status_code for cell in cells()[:5]]
    assert answers == [201] * 5
    kept.found("5 of 5 written")


@contextmanager
def served_on_a_small_disk(tmp_path: Path) -> Iterator[tuple[Installation, Disk, httpx.Client]]:
    with disk(tmp_path / "disk") as place, installation(place.path / "data", "", days=1) as home, lives(home) as born:
        server = born()
        with httpx.Client(base_url=server.address, timeout=30) as client:
            yield home, place, client
        server.kill()
        server.died()
        assert home.check() == 0


def seconds_until_written(client: httpx.Client, kind: Any, cell: str) -> float:
    started = time.monotonic()
    while kind(client, cell).status_code == 503 and time.monotonic() < started + SPACE_SECONDS:
        time.sleep(0.1)
    return time.monotonic() - started
