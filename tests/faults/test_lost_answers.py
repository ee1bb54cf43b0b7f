"""T4: answers that never arrive. Clients ask again with their key, across a restart of the server: each thing is done
once, and whoever asks again is told the same."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from tests.eating import Proxy, eating
from tests.promises import Chance, Promise
from tests.servers import EVENT, Installation, Server, start

SHARE = 0.3
AT_ONCE = 16
ROUNDS = [60, pytest.param(5_000, marks=pytest.mark.faults)]


@dataclass
class Submits:
    """What clients have asked for, and what they heard at last."""

    half: int
    over_half: asyncio.Event = field(default_factory=asyncio.Event)
    statuses: Counter[int] = field(default_factory=Counter)
    asked: int = 0
    reused: int = 0

    def heard(self, answer: httpx.Response) -> None:
        """Somebody has an answer."""
        self.statuses[answer.status_code] += 1
        if sum(self.statuses.values()) >= self.half:
            self.over_half.set()


@pytest.mark.parametrize("submits", ROUNDS)
def test_what_is_asked_again_is_done_once(home: Installation, chance: Chance, promise: Promise, submits: int) -> None:
    kept = promise("T4", "30 % of answers lost, asked again with a key across a restart: each submit has one effect")
    found, proxy = asyncio.run(submitted(home, submits, chance))
    board = home.ask("board", EVENT)
    assert found.statuses == {201: submits}
    assert Counter(board["titles"]) == Counter(f"Card {number}" for number in range(submits))
    assert {len(answers) for answers in proxy.answers.values()} == {1}
    assert found.reused == 422
    assert proxy.eaten > submits * SHARE / 2
    assert (board["log_is_tables"], board["log_has_no_gaps"]) == (True, True)
    kept.found(
        f"{submits:,} submits, {proxy.eaten:,} answers eaten, {found.asked:,} asked, {len(board['titles']):,} done"
    )


def test_without_remembered_keys_whoever_asks_again_is_told_otherwise(
    home: Installation, chance: Chance, promise: Promise
) -> None:
    control = promise.control("T4", "remembered keys")
    found, proxy = asyncio.run(submitted(home, 60, chance, without=("keys",)))
    changed = sum(len(answers) > 1 for answers in proxy.answers.values())
    assert changed > 0
    assert found.statuses[409] > 0
    control.found(f"{changed} of 60 told otherwise the second time")


async def submitted(
    home: Installation, submits: int, chance: random.Random, without: tuple[str, ...] = ()
) -> tuple[Submits, Proxy]:
    """Let all be submitted through the proxy; when half of it is done the server is stopped and started again."""
    server, found = await asyncio.to_thread(start, home, without=without), Submits(submits // 2)
    left = iter(range(submits))
    async with eating(server.address, chance, SHARE) as proxy:

        async def restarted() -> Server:
            await found.over_half.wait()
            await asyncio.to_thread(server.stop)
            again = await asyncio.to_thread(start, home, without=without)
            proxy.server = again.address
            return again

        async with httpx.AsyncClient(timeout=30) as client:
            restarting = asyncio.create_task(restarted())
            await asyncio.gather(*(_submits(client, proxy, left, found) for _ in range(AT_ONCE)))
            again = await restarting
            found.reused = (await client.post(**_request(again.address, 0, "Something else"))).status_code
    again.stop()
    return found, proxy


async def _submits(client: httpx.AsyncClient, proxy: Proxy, left: Iterator[int], found: Submits) -> None:
    """One client: it asks until it has an answer."""
    for number in left:
        while True:
            found.asked += 1
            try:
                answer = await client.post(**_request(proxy.address, number))
            except httpx.TransportError:
                await asyncio.sleep(0.02)
                continue
            found.heard(answer)
            break


def _request(address: str, number: int, title: str = "") -> dict[str, Any]:
    headers = {"Idempotency-Key": f"submit-{number}", "Connection": "close"}
    return {"url": f"{address}/api/{EVENT}/cards", "json": {"title": title or f"Card {number}"}, "headers": headers}
