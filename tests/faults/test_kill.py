"""kill -9 in the middle of 200 placements: what was acknowledged is there, nothing is there twice, retries agree."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from tests.inside import ROOMS, slots_of
from tests.servers import EVENT, Installation, serving

PLACEMENTS = 200
KILL_AFTER = 60
AT_ONCE = 20


@dataclass
class Wish:
    """One placement that a client wants, under its idempotency key, and the first answer that it got."""

    number: int
    cell: str
    key: str
    answer: httpx.Response | None = None

    async def ask(self, client: httpx.AsyncClient) -> httpx.Response:
        """Ask for the cell; a retry asks for the very same."""
        card = {"title": f"Card {self.number}", "cell": self.cell}
        client.cookies.clear()
        return await client.post("/cards", json=card, headers={"Idempotency-Key": self.key})


def test_a_killed_server_loses_nothing_that_it_acknowledged(home: Installation) -> None:
    wishes = two_for_each_cell()
    with serving(home) as (server,):
        asyncio.run(asked_until_killed(server.address, wishes, server.kill))
    acknowledged = [wish for wish in wishes if wish.answer]
    assert KILL_AFTER <= len(acknowledged) < PLACEMENTS
    assert_every_acknowledged_card_is_there(home, acknowledged)
    with serving(home) as (server,):
        retried = asyncio.run(asked_again(server.address, wishes))
    assert changed_their_mind(wishes, retried) == []
    assert Counter(again.status_code for again in retried) == {201: PLACEMENTS // 2, 409: PLACEMENTS // 2}
    assert_none_is_there_twice(home, retried)


def test_without_remembered_keys_a_retry_is_answered_otherwise(home: Installation) -> None:
    wishes = two_for_each_cell()
    with serving(home, without=("keys",)) as (server,):
        asyncio.run(asked_until_killed(server.address, wishes, server.kill))
    with serving(home, without=("keys",)) as (server,):
        retried = asyncio.run(asked_again(server.address, wishes))
    assert changed_their_mind(wishes, retried) != []


def two_for_each_cell() -> list[Wish]:
    """Placements of which every second one must be refused."""
    cells = [f"{room}@{slot}" for slots in slots_of() for slot in slots for room in ROOMS][: PLACEMENTS // 2]
    return [Wish(number, cells[number // 2], str(uuid.uuid4())) for number in range(PLACEMENTS)]


async def asked_until_killed(address: str, wishes: list[Wish], kill: Callable[[], None]) -> None:
    """Ask for all the wishes, some at once; after some answers the server is killed and the rest get none."""
    left = iter(wishes)
    answered = 0
    limits = httpx.Limits(max_connections=AT_ONCE)

    async def worker(client: httpx.AsyncClient) -> None:
        nonlocal answered
        for wish in left:
            try:
                wish.answer = await wish.ask(client)
            except httpx.TransportError:
                continue
            answered += 1
            if answered == KILL_AFTER:
                kill()

    async with httpx.AsyncClient(base_url=f"{address}/api/{EVENT}", timeout=10, limits=limits) as client:
        await asyncio.gather(*(worker(client) for _ in range(AT_ONCE)))


async def asked_again(address: str, wishes: list[Wish]) -> list[httpx.Response]:
    """Ask for everything once more, in the same order."""
    async with httpx.AsyncClient(base_url=f"{address}/api/{EVENT}", timeout=10) as client:
        return [await wish.ask(client) for wish in wishes]


def changed_their_mind(wishes: list[Wish], retried: list[httpx.Response]) -> list[int]:
    """The wishes whose retry was answered otherwise than they were at first."""
    told = ((wish, wish.answer, again) for wish, again in zip(wishes, retried, strict=True))
    return [
        wish.number
        for wish, first, again in told
        if first and (again.status_code, again.content) != (first.status_code, first.content)
    ]


def assert_every_acknowledged_card_is_there(home: Installation, acknowledged: list[Wish]) -> None:
    board = home.ask("board", EVENT)
    told = [wish.answer.json() for wish in acknowledged if wish.answer and wish.answer.status_code == 201]
    assert (board["log_is_tables"], board["log_has_no_gaps"]) == (True, True)
    assert {said["code"]: said["placement"]["cells"] for said in told} == {
        said["code"]: board["cards"].get(said["code"]) for said in told
    }


def assert_none_is_there_twice(home: Installation, retried: list[httpx.Response]) -> None:
    board = home.ask("board", EVENT)
    told = {again.json()["code"]: again.json()["placement"]["cells"] for again in retried if again.is_success}
    assert home.check() == 0
    assert board["cards"] == told
    assert max(Counter(board["titles"]).values()) == 1
