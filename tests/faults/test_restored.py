"""T14: a backup made under load is whole, comes back on an empty machine by one command, and everyone notices."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from tests.databases import postgresql_url
from tests.hands import hands, work
from tests.promises import Chance, Promise
from tests.servers import EVENT, Installation, Server, installation, run

HANDS = 4
MINUTES = 5
PROMISED = "a backup under load is whole, and one command restores it on an empty machine in 5 minutes"
ADDRESS, TITLE = "canary7f3a@example.org", "Canary7f3a sings"
BOTH = pytest.mark.parametrize("home", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)], indirect=True)


@BOTH
@pytest.mark.parametrize("copies", [2, pytest.param(10, marks=pytest.mark.faults)])
def test_a_backup_under_load_is_restored_on_an_empty_machine(
    home: Installation, tmp_path: Path, copies: int, promise: Promise, chance: Chance
) -> None:
    kept, slowest, fewest = promise("T14", PROMISED), 0.0, 10**9
    with loaded(home, chance) as server:
        for place in range(copies):
            there, began = number(server.address), time.monotonic()
            file = tmp_path / f"copy-{place}"
            assert home.program("backup", str(file)).returncode == 0
            other = emptied(home, tmp_path / f"machine-{place}")
            assert other.program("restore", str(file)).returncode == 0
            slowest = max(slowest, time.monotonic() - began)
            assert other.check() == 0
            log = other.ask("log", EVENT)
            assert len(log) >= there
            assert log == home.ask("log", EVENT)[: len(log)]
            fewest = min(fewest, len(log))
    assert slowest < MINUTES * 60
    kept.found(f"{copies} backups, {fewest:,} changes or more, {slowest:.1f} s at most for both")


def test_control_a_copied_file_misses_what_was_written_last(tmp_path: Path, promise: Promise, chance: Chance) -> None:
    kept = promise.control("T14", "a copied file misses what was acknowledged", database="SQLite")
    with installation(tmp_path / "home", "", days=1) as home, loaded(home, chance) as server:
        there = number(server.address)
        shutil.copy(home.data / "openspaces.sqlite3", tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        copied = copy.execute("SELECT count(*) FROM board_change").fetchone()[0]
    assert copied < there
    kept.found(f"{there - copied} changes missing")


@BOTH
def test_after_a_restore_every_old_client_fetches_the_board_again(
    home: Installation, tmp_path: Path, promise: Promise
) -> None:
    kept = promise("T14", "after a restore every old client notices and fetches the board again")
    server, file = run(home), tmp_path / "copy"
    assert home.program("backup", str(file)).returncode == 0
    seen = {path: httpx.get(server.address + path).headers["etag"] for path in (f"/{EVENT}/", f"/api/{EVENT}/board")}
    last = last_seen(server)
    server.stop()
    other = emptied(home, tmp_path / "machine")
    assert other.program("restore", str(file)).returncode == 0
    server = run(other)
    try:
        asked = [httpx.get(server.address + path, headers={"If-None-Match": tag}) for path, tag in seen.items()]
        assert [answer.status_code for answer in asked] == [200, 200]
        assert first_event(server, last) == "resync"
        assert last_seen(server).split(":")[0] != last.split(":")[0]
    finally:
        server.stop()
    kept.found("page and API 200 for the old tag, resync for the old stream")


def test_control_with_the_old_epoch_a_stream_hears_of_no_restore(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T14", "with the old epoch a stream hears of no restore", database="SQLite")
    with installation(tmp_path / "home", "", days=1) as home:
        assert home.program("backup", str(tmp_path / "copy")).returncode == 0
        server = run(home)
        last = last_seen(server)
        server.stop()
        shutil.copy(tmp_path / "copy", home.data / "openspaces.sqlite3")
        server = run(home)
        try:
            assert first_event(server, last) != "resync"
        finally:
            server.stop()
    kept.found("no resync")


@BOTH
def test_what_was_erased_before_a_restore_is_erased_again(home: Installation, tmp_path: Path, promise: Promise) -> None:
    kept, file = promise("T14", "what was erased stays erased: within 60 s of a restore"), tmp_path / "copy"
    home.ask("leave-long-ago", "past", ADDRESS)
    assert home.program("backup", str(file)).returncode == 0
    assert home.ask("addresses") == [ADDRESS, ADDRESS]
    other, began = emptied(home, tmp_path / "machine"), time.monotonic()
    assert other.program("restore", str(file)).returncode == 0
    assert other.ask("addresses") == []
    kept.found(f"{time.monotonic() - began:.1f} s")
    assert [file.name for file in other.data.glob("*.sqlite3*") if ADDRESS.encode() in file.read_bytes()] == []


@BOTH
def test_who_was_erased_on_asking_after_a_backup_stays_so(home: Installation, tmp_path: Path, promise: Promise) -> None:
    kept, file = (
        promise("T14", "who was erased on asking, after the backup, stays so: within 60 s of a restore"),
        "copy",
    )
    erased_after_a_backup(home, tmp_path / file)
    other = emptied(home, tmp_path / "machine")
    listed = home.data / "erasures.jsonl"
    assert other.program("restore", str(tmp_path / file), "--erasures", str(listed)).returncode == 0
    server, began = run(other), time.monotonic()
    try:
        while other.ask("addresses") or TITLE in httpx.get(f"{server.address}/api/{EVENT}/board").text:
            assert time.monotonic() < began + 60
        kept.found(f"{time.monotonic() - began:.1f} s")
    finally:
        server.stop()
    assert other.check() == 0
    assert [path.name for path in other.data.glob("*.sqlite3*") if TITLE.encode() in path.read_bytes()] == []


def test_control_without_the_list_who_was_erased_is_back(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T14", "without the list of erasures who was erased on asking is back", database="SQLite")
    with installation(tmp_path / "home", "", days=1) as home:
        erased_after_a_backup(home, tmp_path / "copy")
        other = emptied(home, tmp_path / "machine")
        assert other.program("restore", str(tmp_path / "copy")).returncode == 0
        assert other.program("retain").returncode == 0
        assert other.ask("addresses") == [ADDRESS]
    kept.found("the address is back")


def erased_after_a_backup(home: Installation, file: Path) -> None:
    """Somebody announces a session, and asks for its erasure when a backup has been made."""
    server, planned = run(home), {"title": TITLE, "host": "Ada", "email": ADDRESS}
    assert httpx.post(f"{server.address}/api/{EVENT}/planned", json=planned).status_code == 201
    server.stop()
    assert home.program("backup", str(file)).returncode == 0
    assert home.program("erase", EVENT, "--email", ADDRESS).returncode == 0
    assert home.ask("addresses") == []


@contextmanager
def loaded(home: Installation, chance: Random) -> Iterator[Server]:
    """A server on which clients write all the time."""
    server, all_hands, stopping = run(home), hands(chance, HANDS), threading.Event()

    def keep_on() -> None:
        while not stopping.is_set():
            work(server.address, all_hands, 5)

    working = threading.Thread(target=keep_on)
    working.start()
    try:
        while number(server.address) < 40:
            time.sleep(0.05)
        yield server
    finally:
        stopping.set()
        working.join()
        server.stop()
    assert [said for hand in all_hands for said in hand.wrong] == []


def emptied(home: Installation, data: Path) -> Installation:
    """Another machine, on which there is nothing but the secret."""
    data.mkdir()
    shutil.copy(home.data / "secret", data / "secret")
    return Installation(data, postgresql_url() if home.database_url else "", home.token)


def number(address: str) -> int:
    board: dict[str, Any] = httpx.get(f"{address}/api/{EVENT}/board", timeout=30).json()
    return int(board["number"])


def last_seen(server: Server) -> str:
    """Where a stream stands that has seen everything."""
    board = httpx.get(f"{server.address}/api/{EVENT}/board").json()
    return f"{board['epoch']}:{board['number']}"


def first_event(server: Server, last: str) -> str:
    """What a stream that comes back hears first; "" if nothing in two seconds."""
    asked = {"Last-Event-ID": last}
    try:
        with httpx.stream("GET", f"{server.address}/api/{EVENT}/live", headers=asked, timeout=2) as stream:
            return next((line[len("event: ") :] for line in stream.iter_lines() if line.startswith("event: ")), "")
    except httpx.ReadTimeout:
        return ""
