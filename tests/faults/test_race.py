"""T1: one cell, sixteen clients, two server processes on one database: exactly one winner, over real HTTP.

Letters are not among the racers: mail writes cards that are planned, and takes no cell (`intake.mail.taking`).
The last two tests take the guards away, one after the other, to show that the first would see a double booking.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx
import pytest
from tests.inside import ROOMS, slots_of
from tests.promises import Promise
from tests.servers import EVENT, Installation, Server, serving

CLIENTS = 16
MANY = 1_000
"""Rounds after which a percentile says something."""
LOSERS_WAIT_MS = 500
STRIPE = 3
"""Each round races for cells of its own: three hours in a row in one room."""

Stripe = tuple[str, ...]


@dataclass
class Tally:
    """What came of many rounds."""

    winners: list[int] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    """How long those who lost waited for their answer."""
    without_offers: int = 0

    def count(self, answers: list[httpx.Response]) -> None:
        """Count the answers of one round."""
        self.winners.append(sum(answer.is_success for answer in answers))
        for answer in answers:
            self.statuses[answer.status_code] += 1
            if answer.status_code == 409:
                self.refusals[answer.json()["refusal"]] += 1
                self.seconds.append(answer.elapsed.total_seconds())
                self.without_offers += not answer.json()["free"]

    @property
    def slowest(self) -> float:
        """The milliseconds in which 99 of 100 who lost had their answer."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)] * 1000


@pytest.mark.parametrize("rounds", [8, pytest.param(2_000, marks=pytest.mark.faults)])
def test_one_of_sixteen_wins_each_cell(home: Installation, promise: Promise, rounds: int) -> None:
    kept = promise("T1", "16 clients, one cell, claimed, moved to, spanned: one winner, the others hear what is free")
    with serving(home, processes=2) as servers:
        tally = asyncio.run(raced(servers, home.token, rounds))
    assert tally.winners == [1] * 3 * rounds
    assert tally.statuses.keys() == {200, 201, 409}
    assert tally.refusals.keys() == {"cell-taken"}
    assert tally.without_offers == 0
    assert rounds < MANY or tally.slowest <= LOSERS_WAIT_MS
    assert_sound(home)
    kept.found(f"3 x {rounds:,} rounds, one winner each, losers answered in {tally.slowest:,.0f} ms p99")


def test_without_the_rule_the_unique_key_still_lets_one_win(home: Installation) -> None:
    with serving(home, processes=2, without=("rule",)) as servers:
        tally = asyncio.run(raced(servers, home.token, 3))
    assert tally.winners == [1] * 9
    assert tally.refusals.keys() == {"try-again"}
    assert_sound(home)


def test_without_rule_and_unique_key_the_race_finds_a_double_booking(home: Installation, promise: Promise) -> None:
    control = promise.control("T1", "the rule and the unique key")
    home.ask("drop-the-unique-key")
    with serving(home, processes=2, without=("rule",)) as servers:
        tally = asyncio.run(raced(servers, home.token, 1))
    assert max(tally.winners) > 1
    control.found(f"up to {max(tally.winners)} winners of one cell")


# The race


async def raced(servers: list[Server], token: str, rounds: int) -> Tally:
    """Race so often for each: to write a card there, to move one there, to hold two in a row."""
    tally, places = Tally(), cycle(stripes())
    async with racers(servers) as clients:
        cards = await asyncio.gather(*(written(client, number) for number, client in enumerate(clients)))
        for kind in (writing, moving(cards), writing_two):
            for _ in range(rounds):
                stripe = next(places)
                answers = await asyncio.gather(*(kind(client, place, stripe) for place, client in enumerate(clients)))
                tally.count(answers)
                await cleared(clients[0], token, [answer.json()["code"] for answer in answers if answer.is_success])
    return tally


async def cleared(client: httpx.AsyncClient, token: str, winners: list[str]) -> None:
    """Staff take the winners down, so that the cell can be raced for again."""
    bearer = {"Authorization": f"Bearer {token}"}
    for code in winners:
        (await client.delete(f"/cards/{code}/placement", headers=bearer)).raise_for_status()


class racers:
    """Clients that keep no cookies, so that each request comes from another device, half of them at each server."""

    def __init__(self, servers: list[Server]) -> None:
        addresses = [servers[number % len(servers)].address for number in range(CLIENTS)]
        self._clients = [httpx.AsyncClient(base_url=f"{address}/api/{EVENT}", timeout=30) for address in addresses]

    async def __aenter__(self) -> list[httpx.AsyncClient]:
        return self._clients

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(client.aclose() for client in self._clients))


def stripes() -> list[Stripe]:
    """Stripes of cells, no two of which touch."""
    whole = [hours[start : start + STRIPE] for hours in slots_of() for start in range(0, len(hours), STRIPE)]
    return [tuple(f"{room}@{slot}" for slot in slots) for slots in whole for room in ROOMS]


Racing = Callable[[httpx.AsyncClient, int, Stripe], Any]


async def writing(client: httpx.AsyncClient, place: int, stripe: Stripe) -> httpx.Response:
    """A new card wants the first cell."""
    return await post(client, {"title": f"Racer {place}", "cell": stripe[0]})


async def writing_two(client: httpx.AsyncClient, place: int, stripe: Stripe) -> httpx.Response:
    """A new card wants two cells in a row; whichever it is, the one in the middle is among them."""
    return await post(client, {"title": f"Racer {place}", "cell": stripe[place % 2], "slots": 2})


def moving(cards: list[dict[str, Any]]) -> Racing:
    """Each client's own card wants the first cell."""

    async def move(client: httpx.AsyncClient, place: int, stripe: Stripe) -> httpx.Response:
        card = cards[place]
        headers = {"Authorization": f"Card {card['key']}"}
        return await client.put(f"/cards/{card['code']}/placement", json={"cell": stripe[0]}, headers=headers)

    return move


async def written(client: httpx.AsyncClient, number: int) -> dict[str, Any]:
    answer = await post(client, {"title": f"Mover {number}"})
    card: dict[str, Any] = answer.json()
    return card


async def post(client: httpx.AsyncClient, card: dict[str, Any]) -> httpx.Response:
    client.cookies.clear()
    return await client.post("/cards", json=card)


def assert_sound(home: Installation) -> None:
    """The log tells the tables, without gaps, and no cell is held twice."""
    board = home.ask("board", EVENT)
    held = [cell for cells in board["cards"].values() for cell in cells]
    assert (board["log_is_tables"], board["log_has_no_gaps"]) == (True, True)
    assert len(held) == len(set(held))
