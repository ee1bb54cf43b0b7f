"""Clients that each have cards of their own, know what they were told of them, and see whether a board keeps it.

A client asks for one thing at a time, under an idempotency key. If no answer comes, it knows that either happened: it
looks, asks for the same again, and from then on believes the answer.
"""

import asyncio
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
from tests.inside import ROOMS, slots_of
from tests.servers import EVENT

PLACES = 40
"""Cells that are asked for: few, so that many are refused."""
PATIENCE = 300.0
"""Seconds in which no answer means that somebody is dead; less, and a busy machine looks like one."""
CARDS = 12
"""Cards of one client: then it moves those that it has."""


@dataclass(frozen=True)
class Stands:
    """What a card says and where it is."""

    title: str
    cells: tuple[str, ...] = ()


@dataclass
class Wish:
    """One thing that is asked for, until it is answered."""

    method: str
    path: str
    body: dict[str, Any] | None
    card: str = ""
    then: Stands | None = None
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class Hand:
    """One client."""

    chance: Random
    number: int
    cards: dict[str, Stands] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    waiting: Wish | None = None
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)

    async def go_on(self, client: httpx.AsyncClient, moves: int) -> None:
        """Ask for so many things, one after the other, or until nobody answers."""
        for _ in range(moves):
            self.waiting = self.waiting or self._wish()
            try:
                answer = await self._ask(client, self.waiting)
            except httpx.TransportError:
                return
            if answer.status_code == 503:
                return
            self._believe(self.waiting, answer)
            self.waiting = None

    def look(self, board: dict[str, Stands]) -> None:
        """Note what is otherwise on the board than it was acknowledged, save for what still waits for its answer."""
        for code, known in self.cards.items():
            waits = self.waiting if self.waiting and self.waiting.card == code else None
            if board.get(code) not in {known, waits.then if waits else known}:
                self.wrong.append(f"{code} is {board.get(code)}, not {known}")

    def _wish(self) -> Wish:
        if len(self.cards) < CARDS and (not self.cards or self.chance.random() < 0.3):
            title = f"{self.number}-{uuid.uuid4().hex[:8]}"
            cell = self.chance.choice(_cells())
            return Wish("POST", "/cards", {"title": title, "cell": cell}, then=Stands(title, (cell,)))
        code = self.chance.choice(list(self.cards))
        card = self.cards[code]
        if card.cells and self.chance.random() < 0.5:
            return Wish("DELETE", f"/cards/{code}/placement", None, code, Stands(card.title))
        cell = self.chance.choice(_cells())
        return Wish("PUT", f"/cards/{code}/placement", {"cell": cell}, code, Stands(card.title, (cell,)))

    async def _ask(self, client: httpx.AsyncClient, wish: Wish) -> httpx.Response:
        headers = {"Idempotency-Key": wish.key}
        if wish.card:
            headers["Authorization"] = f"Card {self.keys[wish.card]}"
        client.cookies.clear()
        return await client.request(wish.method, wish.path, json=wish.body, headers=headers)

    def _believe(self, wish: Wish, answer: httpx.Response) -> None:
        self.acknowledged += 1
        if answer.is_success and wish.then:
            code = wish.card or answer.json()["code"]
            self.cards[code] = wish.then
            self.keys.setdefault(code, answer.json().get("key", ""))
        elif answer.status_code != 409:
            self.wrong.append(f"{answer.status_code} to {wish.method} {wish.path}: {answer.text[:200]}")


def _cells() -> list[str]:
    return [f"{room}@{slot}" for slot in slots_of()[0] for room in ROOMS][:PLACES]


def hands(chance: Random, number: int) -> list[Hand]:
    """So many clients."""
    return [Hand(Random(chance.random()), place) for place in range(number)]


def work(address: str, all_hands: Sequence[Hand], moves: int) -> None:
    """Let all of them go on at once, each on a connection of its own, until they have done it or nobody answers."""

    async def all_of_them() -> None:
        async with httpx.AsyncClient(base_url=f"{address}/api/{EVENT}", timeout=PATIENCE) as client:
            await asyncio.gather(*(hand.go_on(client, moves) for hand in all_hands))

    asyncio.run(all_of_them())


def looked(address: str, all_hands: Sequence[Hand]) -> list[str]:
    """Everything that is otherwise than somebody was told, is there though nobody asked for it, or is missing from the
    numbers; then the clients that wait for an answer ask again."""
    with httpx.Client(base_url=f"{address}/api/{EVENT}", timeout=30) as client:
        answer = client.get("/board").json()
        numbers = list(_numbers(client, answer["number"]))
    board = {card["code"]: _stands(card) for card in answer["cards"]}
    for hand in all_hands:
        hand.look(board)
    gaps = [] if numbers == list(range(1, answer["number"] + 1)) else [f"numbers with gaps, up to {answer['number']}"]
    return [*(said for hand in all_hands for said in hand.wrong), *gaps, *_nobodys(board, all_hands)]


def _numbers(client: httpx.Client, last: int) -> Iterator[int]:
    """All numbers of the log, which is told in pieces."""
    after = 0
    while after < last:
        piece = client.get("/changes", params={"after": after}).json()["changes"]
        if not piece:
            return
        yield from (change["number"] for change in piece)
        after = piece[-1]["number"]


def _stands(card: dict[str, Any]) -> Stands:
    return Stands(card["title"], tuple(card["placement"]["cells"]) if card["placement"] else ())


def _nobodys(board: dict[str, Stands], all_hands: Sequence[Hand]) -> Iterator[str]:
    """Cards that are there twice, or that nobody asked for; one that is waited for may be there or not."""
    known = {code for hand in all_hands for code in hand.cards}
    awaited = {hand.waiting.then for hand in all_hands if hand.waiting and not hand.waiting.card}
    new = [stands for code, stands in board.items() if code not in known]
    titles = [stands.title for stands in board.values()]
    yield from (f"nobody asked for {stands}" for stands in new if stands not in awaited)
    yield from {f"{title} is there twice" for title in titles if titles.count(title) > 1}
