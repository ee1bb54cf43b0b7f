"""T2: many clients take and leave cells while packets are lost and servers are killed; of every cell, what they saw
can have happened in some order."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.eating import Proxy, eating
from tests.inside import ROOMS, slots_of
from tests.linear import Operation, is_linear
from tests.promises import Chance, Promise
from tests.servers import EVENT, Installation, Server, start

LOST = 0.1
"""Of the answers; of those who lose one, some never ask again, and the others ask until they have it."""
GIVES_UP = 0.1
CLIENTS = 8
SHORT, LONG = (4, 40, 1), (40, 400, 20)
"""Cells, operations on each of them, and how often: each time with another seed."""
History = dict[str, list[Operation]]


@dataclass
class Game:
    """Clients, each with a card of its own for each cell."""

    client: httpx.AsyncClient
    proxy: Proxy
    token: str
    chance: random.Random
    codes: dict[tuple[str, int], str] = field(default_factory=dict)
    history: History = field(default_factory=lambda: defaultdict(list))
    name: str = field(default_factory=lambda: uuid4().hex)

    async def written(self, cells: list[str]) -> None:
        """Every client writes its cards."""
        for cell in cells:
            for number in range(CLIENTS):
                said = {"title": f"{number} for {cell}"}
                _, answer = await self._asked("POST", "cards", f"{cell}-{number}", said, patient=True)
                self.codes[cell, number] = answer["code"]

    async def cleared(self) -> None:
        """Every card leaves its cell."""
        for (cell, number), code in self.codes.items():
            await self._asked("DELETE", f"cards/{code}/placement", f"clear {cell}-{number}", None, patient=True)

    async def played(self, number: int, wishes: Iterator[str]) -> None:
        """One client takes and leaves cells as chance has it."""
        for turn, cell in enumerate(wishes):
            code, takes, called = self.codes[cell, number], self.chance.random() < 0.6, time.monotonic()
            body = {"cell": cell, "confirm": True} if takes else None
            path, key = f"cards/{code}/placement", f"{number}-{turn}-{cell}"
            status, answer = await self._asked("PUT" if takes else "DELETE", path, key, body)
            done = None if status == 0 else status == 200
            answered = inf if done is None else time.monotonic()
            assert status in (0, 200, 409), answer
            self.history[cell].append(Operation(code, takes, called, answered, done, answer.get("held_by", "")))

    async def _asked(
        self, method: str, path: str, key: str, body: Any, *, patient: bool = False
    ) -> tuple[int, dict[str, Any]]:
        """The answer at last; status 0 if one gives up after it was lost."""
        headers = {
            "Idempotency-Key": f"{self.name} {key}",
            "Connection": "close",
            "Authorization": f"Bearer {self.token}",
        }
        while True:
            address = f"{self.proxy.address}/api/{EVENT}/{path}"
            try:
                answer = await self.client.request(method, address, json=body, headers=headers)
                return answer.status_code, answer.json()
            except httpx.TransportError:
                if not patient and self.chance.random() < GIVES_UP:
                    return 0, {}
                patient = True
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("size", [SHORT, pytest.param(LONG, marks=pytest.mark.faults)], ids=["short", "long"])
def test_what_was_seen_of_every_cell_can_have_happened(
    home: Installation, chance: Chance, promise: Promise, size: tuple[int, int, int]
) -> None:
    kept = promise("T2", "cells stay linear through lost answers and kill -9")
    cells, each, times = size
    histories = [asyncio.run(played(home, chance, cells, each)) for turn in range(times)]
    wrong = [cell for history in histories for cell, seen in history.items() if not is_linear(seen)]
    seen = [one for history in histories for operations in history.values() for one in operations]
    lost = sum(one.done is None for one in seen)
    assert wrong == []
    assert sum(one.done is True for one in seen) > len(seen) / 10
    kept.found(f"{times} seeds, {cells} cells, {len(seen):,} operations, {lost:,} never answered, no violation")


def test_without_rule_and_unique_key_a_cell_is_seen_that_cannot_be(
    home: Installation, chance: Chance, promise: Promise
) -> None:
    control = promise.control("T2", "the rule and the unique key")
    home.ask("drop-the-unique-key")
    history = asyncio.run(played(home, chance, 2, 30, without=("rule",)))
    wrong = [cell for cell, seen in history.items() if not is_linear(seen)]
    assert wrong != []
    control.found(f"{len(wrong)} of {len(history)} cells cannot be")


async def played(
    home: Installation, chance: random.Random, cells: int, each: int, without: tuple[str, ...] = ()
) -> History:
    """What clients saw of some cells, with a server that is killed half-way and comes back."""
    chosen = [f"{room}@{slot}" for slots in slots_of() for slot in slots for room in ROOMS][:cells]
    server = await asyncio.to_thread(start, home, without=without)
    async with eating(server.address, chance, LOST) as proxy, httpx.AsyncClient(timeout=30) as client:
        game = Game(client, proxy, home.token, chance)
        await game.written(chosen)
        wishes = [iter(chance.choices(chosen, k=cells * each // CLIENTS)) for _ in range(CLIENTS)]
        killing = asyncio.create_task(_killed(home, server, game, cells * each // 2, without))
        await asyncio.gather(*(game.played(number, wish) for number, wish in enumerate(wishes)))
        again = await killing
        await game.cleared()
    again.kill()
    return game.history


async def _killed(home: Installation, server: Server, game: Game, after: int, without: tuple[str, ...]) -> Server:
    """Kill it when so much has been played, and start another in its place."""
    while sum(map(len, game.history.values())) < after:  # noqa: ASYNC110 - nobody says when
        await asyncio.sleep(0.01)
    server.kill()
    again = await asyncio.to_thread(start, home, without=without)
    game.proxy.server = again.address
    return again
