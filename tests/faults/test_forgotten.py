"""T18 on running servers: who erases what is theirs leaves no trace within a minute, nor after an older backup."""

import time

import httpx
import pytest
from tests.promises import Promise
from tests.servers import EVENT, Installation, serving

pytestmark = pytest.mark.faults
CANARY = "canary7f3a"
WITHIN = 60.0
"""Seconds."""


def test_who_erases_what_is_theirs_leaves_no_trace_within_a_minute(home: Installation, promise: Promise) -> None:
    kept = promise("T18", "who erases what is theirs leaves no trace within a minute, nor after a restore")
    backup = home.data.parent / f"{home.data.name}-copy"
    with serving(home) as (server,), browser(server.address) as mine:
        written(mine)
        assert home.program("backup", str(backup)).returncode == 0
        assert CANARY in said(mine)
        began = time.monotonic()
        assert mine.post("mine/", data={"sure": "yes"}).status_code == 303
        took = gone_after(home, began)
        assert CANARY not in said(mine)
    assert home.program("restore", str(backup), "--replace-everything").returncode == 0
    for old in home.data.glob("before-restore-*"):
        old.unlink()
    with serving(home) as (server,), browser(server.address) as again:
        assert CANARY not in said(again)
    assert (found(home), home.check()) == ([], 0)
    kept.found(f"gone from the board and every file in {took:.0f} s; not back after a restore")


def test_control_without_the_list_a_backup_brings_it_back(home: Installation, promise: Promise) -> None:
    control = promise.control("T18", "without the list of erasures")
    backup = home.data.parent / f"{home.data.name}-copy"
    with serving(home) as (server,), browser(server.address) as mine:
        written(mine)
        assert home.program("backup", str(backup)).returncode == 0
        assert mine.post("mine/", data={"sure": "yes"}).status_code == 303
    (home.data / "erasures.jsonl").unlink()
    assert home.program("restore", str(backup), "--replace-everything").returncode == 0
    with serving(home) as (server,), browser(server.address) as again:
        assert CANARY in said(again)
    control.found("a restored backup shows the card again")


def browser(address: str) -> httpx.Client:
    return httpx.Client(base_url=f"{address}/{EVENT}/", timeout=30)


def written(mine: httpx.Client) -> None:
    """A card with the canary in all its words, as its host sends the form."""
    slot = mine.get("board.json").json()["slots"][-1]["key"]
    words = {"title": f"{CANARY} title", "text": CANARY, "host": f"{CANARY} Ada", "handle": f"@{CANARY}"}
    assert mine.post(f"cells/r1@{slot}/", data=words).status_code == 303


def said(mine: httpx.Client) -> str:
    """What everybody reads, and the log."""
    address = f"{str(mine.base_url).removesuffix(f'{EVENT}/')}api/{EVENT}/changes?after=0"
    return "".join(mine.get(path).text for path in ("board.json", "board.txt", address))


def gone_after(home: Installation, began: float) -> float:
    """Seconds until no file has it any more."""
    while found(home):
        assert time.monotonic() - began < WITHIN, found(home)
        time.sleep(1)
    return time.monotonic() - began


def found(home: Installation) -> list[str]:
    """The files of the installation and of its database in which it still stands."""
    files = [file for file in home.data.rglob("*") if file.is_file()]
    kept = [file.name for file in files if file.exists() and CANARY.encode() in file.read_bytes()]
    in_database: list[str] = home.ask("stands-in", CANARY) if home.database_url else []
    return kept + in_database
