"""A new version comes while everybody is there: the tables are changed under running processes, then each restarts.

Nothing that anybody submitted is lost, streams go on where they were, and the database keeps no connection of the old
processes. The controls: tables that the old version cannot go on with, and a server that waits for every answer.
"""

import asyncio
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.crowd import Crowd, until
from tests.promises import Kept, Promise
from tests.servers import EVENT, Installation, Server, installation, serving, start

EXIT_SECONDS, BACK_SECONDS, BACK_SHARE = 5.0, 15.0, 0.95
WRITERS = 3
PAUSE = 0.5
"""Between two submissions of one writer."""
GIVE_UP_SECONDS = 15.0
"""For so long a writer asks again; who is then not answered has lost something."""
MANY = 3000


@dataclass
class Story:
    """What happened."""

    numbers: list[int] = field(default_factory=list)
    """The last one of the log before and after."""
    codes: dict[str, str] = field(default_factory=dict)
    """The card that each submission made, by its title."""
    lost: list[str] = field(default_factory=list)
    exits: list[float] = field(default_factory=list)
    backs: list[float] = field(default_factory=list)
    """Seconds that each server took to go, and from then until nearly all its streams were back."""
    followers: list[int] = field(default_factory=list)
    """How many connections of listeners the database had before, after, and at the end."""


@pytest.mark.faults
def test_a_new_version_comes_while_thousands_listen(home: Installation, promise: Promise) -> None:
    assert_nothing_is_lost(home, promise("T12", f"migrate and restart under load with {MANY:,} streams"), MANY)


def test_a_new_version_comes_while_some_listen(tmp_path: Path, promise: Promise) -> None:
    kept = promise("T12", "migrate and restart under load with 50 streams", database="SQLite")
    with installation(tmp_path, "") as home:
        assert_nothing_is_lost(home, kept, 50, slow=4)  # it runs beside other tests, and proves no times


def assert_nothing_is_lost(home: Installation, kept: Kept, streams: int, slow: int = 1) -> None:
    """Upgrade, and look at everything that is promised."""
    crowd, story = asyncio.run(upgraded(home, streams))
    assert story.lost == []
    assert_every_card_is_there_once(home, story)
    assert_everybody_heard_everything(crowd, story)
    assert max(story.exits) <= EXIT_SECONDS * slow
    assert max(story.backs) <= BACK_SECONDS * slow
    assert story.followers == ([2, 2, 0] if home.database_url else [])
    no_listeners = "; no listener left behind" if home.database_url else ""
    kept.found(
        f"{len(story.codes):,} submits, none lost; exit in {max(story.exits):.1f} s; 95 % of streams back in "
        f"{max(story.backs):.1f} s{no_listeners}"
    )


def test_control_tables_that_the_old_version_cannot_fill_lose_what_is_submitted(
    tmp_path: Path, promise: Promise
) -> None:
    kept = promise.control("T12", "a column that the version before would have to fill in")
    with installation(tmp_path, "") as home, serving(home) as (server,):
        home.ask("upgrade", "narrow")
        answer = httpx.post(f"{server.address}/api/{EVENT}/cards", json={"title": "Lost"}, timeout=30)
    assert answer.status_code >= 400
    kept.found(f"a submission is answered {answer.status_code}")


def test_control_a_server_that_waits_for_every_answer_stays(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T12", "the time that answers may take when a server goes")
    with installation(tmp_path, "") as home, serving(home, without=("stop",)) as (server,), asking_by_half(server):
        server.process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(EXIT_SECONDS + 0.5)
    kept.found(f"it is there after {EXIT_SECONDS:.0f} s, for somebody never sends the rest of a request")


@contextmanager
def asking_by_half(server: Server) -> Iterator[None]:
    """Somebody who says that more will come, and sends nothing."""
    head = f"POST /api/{EVENT}/cards HTTP/1.1\r\nHost: half\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", port_of(server))) as half:
        half.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        yield


def port_of(server: Server) -> int:
    """Where a server listens."""
    return int(server.address.rpartition(":")[2])


# The upgrade


async def upgraded(home: Installation, streams: int) -> tuple[Crowd, Story]:
    """Two servers under load; the tables are changed while the old ones run, and each is restarted."""
    story, servers = Story(), [await asyncio.to_thread(start, home) for _ in range(2)]
    crowd = Crowd([server.address for server in servers], f"/api/{EVENT}/live", streams)
    try:
        story.numbers.append(await newest(servers[0]))
        await crowd.come()
        over = asyncio.Event()
        writing = [asyncio.create_task(written(servers, story, titles, over)) for titles in submissions()]
        story.followers += followers(home)
        for number in range(2):
            await asyncio.sleep(1)
            await restarted(home, servers, number, crowd, story, upgrade=number == 0)
        await asyncio.sleep(1)
        story.followers += followers(home)
        over.set()
        await asyncio.gather(*writing)
        story.numbers.append(await newest(servers[0]))
        await until(lambda: all(each.numbers[-1:] == story.numbers[-1:] for each in crowd.listeners))
    finally:
        crowd.go()
        for server in servers:
            await asyncio.to_thread(server.stop)
    story.followers += followers(home)
    return crowd, story


async def restarted(
    home: Installation, servers: list[Server], number: int, crowd: Crowd, story: Story, *, upgrade: bool
) -> None:
    """Stop one, change the tables while the other writes, start it on the same port, and wait for its streams."""
    port = port_of(servers[number])
    with asking_by_half(servers[number]):
        asked = time.monotonic()
        servers[number].process.terminate()
        await asyncio.to_thread(servers[number].process.wait, 10 * EXIT_SECONDS)
        story.exits.append(time.monotonic() - asked)
    if upgrade:
        await asyncio.to_thread(home.ask, "upgrade", "widen")
        await asyncio.sleep(1)
        asked = time.monotonic()
    servers[number] = await asyncio.to_thread(start, home, port=port)
    await until(lambda: crowd.share_in(port) >= BACK_SHARE)
    story.backs.append(time.monotonic() - asked)


def submissions() -> Iterator[Iterator[str]]:
    """The titles that each writer submits."""
    return (map(f"Writer {writer}, number {{}}".format, count()) for writer in range(WRITERS))


async def written(servers: list[Server], story: Story, titles: Iterator[str], over: asyncio.Event) -> None:
    """Submit one after the other, as devices do that keep what they could not send, until it is over."""
    async with httpx.AsyncClient(timeout=10) as client:
        while not over.is_set():
            title = next(titles)
            if (code := await submitted(client, servers, title)) is None:
                story.lost.append(title)
            else:
                story.codes[title] = code
            await asyncio.sleep(PAUSE)


async def submitted(client: httpx.AsyncClient, servers: list[Server], title: str) -> str | None:
    """The code of the card that a title got; asked for again under the same key, at the other server too."""
    key, deadline, turn = {"Idempotency-Key": str(uuid.uuid4())}, time.monotonic() + GIVE_UP_SECONDS, 0
    while time.monotonic() < deadline:
        address, turn = servers[turn % len(servers)].address, turn + 1
        try:
            answer = await client.post(f"{address}/api/{EVENT}/cards", json={"title": title}, headers=key)
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        if answer.status_code == 201:
            return str(answer.json()["code"])
        await asyncio.sleep(0.1)
    return None


async def newest(server: Server) -> int:
    """The last number of the log."""
    async with httpx.AsyncClient(timeout=10) as client:
        return int((await client.get(f"{server.address}/api/{EVENT}/changes?after=0&limit=1")).json()["number"])


def followers(home: Installation) -> list[int]:
    """How many connections listen for news at the database; nothing on SQLite, which has none."""
    if not home.database_url:
        return []
    named = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    with psycopg.connect(home.database_url) as asked:
        found = asked.execute(named, ["openspaces follower"]).fetchone()
    return [found[0] if found else 0]


# What must be true


def assert_every_card_is_there_once(home: Installation, story: Story) -> None:
    board = home.ask("board", EVENT)
    assert (board["log_is_tables"], board["log_has_no_gaps"]) == (True, True)
    assert sorted(title for title in board["titles"] if title in story.codes) == sorted(story.codes)
    assert set(story.codes.values()) <= set(board["cards"])


def assert_everybody_heard_everything(crowd: Crowd, story: Story) -> None:
    before, after = story.numbers
    assert after > before
    assert [each.resyncs for each in crowd.listeners] == [0] * len(crowd.listeners)
    heard = {tuple(each.numbers) for each in crowd.listeners}
    assert heard == {tuple(range(before + 1, after + 1))}
