"""A vote over real HTTP with limits on: a hall behind one address is counted in full, and a stuffer's device once.

As many vote for one card as for the other only if the stuffer counts once, so the tie rule has to decide. The control
takes away what makes a ballot a device's, and the stuffer wins.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.inside import ROOMS, slots_of
from tests.servers import EVENT, Installation, Server, installation, serving

AT_ONCE = 20
NONE = CookieJar(DefaultCookiePolicy(allowed_domains=()))
"""No cookie is kept, so that each request comes from another device."""
STUFFED = 60
"""Ballots of one device: more than its limit lets through at once."""
SETTLED_SECONDS = 30.0


@dataclass
class Vote:
    """What came of a vote: the contest as everyone could read it before, the answers, and what was read afterwards."""

    before: dict[str, Any]
    honest: Counter[int] = field(default_factory=Counter)
    stuffer: Counter[int] = field(default_factory=Counter)
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def cards(self) -> list[str]:
        """The card that the stuffer is for, and the other."""
        cards: list[str] = self.before["cards"]
        return cards


@pytest.mark.parametrize("devices", [41, pytest.param(1001, marks=pytest.mark.faults)])
def test_every_device_in_the_hall_counts_once(home: Installation, devices: int) -> None:
    with serving(replace(home, limits="on")) as (server,):
        vote = asyncio.run(voted(home, server, devices))
    assert vote.honest == {200: devices}
    assert vote.stuffer.keys() <= {200, 429}
    assert vote.refusals == {"no code": (403, "presence-needed"), "late": (409, "contest-over")}
    assert vote.after["ballots"] == devices + 1
    assert vote.after["tally"] == dict.fromkeys(vote.cards, devices // 2 + 1)
    assert vote.after["tally"] == recount(home, vote.before["id"])
    assert_drawn_as_told(vote)


def test_control_where_a_ballot_is_no_devices_the_stuffer_wins(tmp_path: Path) -> None:
    devices = 5
    with installation(tmp_path) as home, serving(replace(home, limits="on"), without=("devices",)) as (server,):
        vote = asyncio.run(voted(home, server, devices))
    assert vote.honest == {200: devices}
    assert vote.after["outcome"] == vote.cards[0]
    assert vote.after["ballots"] == devices + vote.stuffer[200] > devices + 1


def assert_drawn_as_told(vote: Vote) -> None:
    """The rule for a tie and what the lot is drawn from stood there before anybody voted."""
    seal = vote.after["seal"]
    drawn = sorted(vote.cards, key=lambda card: sha256(f"{seal}:{card}".encode()).hexdigest())
    assert (vote.before["tie"], vote.before["commitment"]) == ("lot", sha256(seal.encode()).hexdigest())
    assert (vote.after["drawn"], vote.after["outcome"]) == (drawn, drawn[0])


def recount(home: Installation, contest: int) -> dict[str, int]:
    """The voices by card, counted once more from the rows of the ballots."""
    return dict(Counter(card for ballot in home.ask("ballots", EVENT, str(contest)) for card in ballot))


# The vote


async def voted(home: Installation, server: Server, devices: int) -> Vote:
    """So many honest devices vote, an odd number, the first card one short; one that is for it stuffs; time is over."""
    base = f"{server.address}/api/{EVENT}"
    async with httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {home.token}"}, timeout=60) as staff:
        vote = Vote(await opened(staff))
        ballot = f"{base}/contests/{vote.before['id']}/ballot"
        code = (await staff.get(f"{server.address}/{EVENT}/screen/code")).json()["code"]
        async with httpx.AsyncClient(cookies=NONE, timeout=60) as hall:
            choices = [vote.cards[number % 2 == 0] for number in range(devices)]
            vote.honest.update(await honest(hall, ballot, code, choices))
            vote.stuffer.update(await stuffed(ballot, code, vote.cards))
            vote.refusals["no code"] = refusal(await cast(hall, ballot, vote.cards[0]))
            home.ask("hasten", EVENT, str(vote.before["id"]))
            vote.refusals["late"] = refusal(await cast(hall, ballot, vote.cards[0], code))
        vote.after = await settled(staff, vote.before["id"])
    return vote


async def opened(staff: httpx.AsyncClient) -> dict[str, Any]:
    """A contest of two cards by a vote of those who are present."""
    cards = [(await staff.post("/cards", json={"title": title})).json()["code"] for title in ("Chess", "Knitting")]
    asked = {"cell": f"{ROOMS[0]}@{slots_of()[0][0]}", "cards": cards, "method": "vote", "minutes": 30}
    number = (await staff.post("/contests", json={**asked, "presence": True})).json()["id"]
    shown: dict[str, Any] = (await staff.get(f"/contests/{number}")).json()
    return shown


async def honest(hall: httpx.AsyncClient, ballot: str, code: str, choices: list[str]) -> list[int]:
    """Everybody in the hall votes, some at a time."""
    few = asyncio.Semaphore(AT_ONCE)

    async def one(choice: str) -> int:
        async with few:
            return (await cast(hall, ballot, choice, code)).status_code

    return await asyncio.gather(*map(one, choices))


async def stuffed(ballot: str, code: str, cards: list[str]) -> list[int]:
    """One device votes again and again, and says at first that it is for the other card."""
    async with httpx.AsyncClient(timeout=60) as device:
        first = await device.put(ballot, json={"cards": cards[1:], "presence": code})
        again = [await device.put(ballot, json={"cards": cards[:1], "presence": code}) for _ in range(STUFFED)]
    return [answer.status_code for answer in (first, *again)]


async def cast(hall: httpx.AsyncClient, ballot: str, card: str, code: str = "") -> httpx.Response:
    """A ballot of a device that was never here."""
    return await hall.put(ballot, json={"cards": [card]} | ({"presence": code} if code else {}))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Why a ballot was not taken."""
    return answer.status_code, answer.json()["refusal"]


async def settled(staff: httpx.AsyncClient, contest: int) -> dict[str, Any]:
    """The contest once the clock has settled it."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while not (shown := (await staff.get(f"/contests/{contest}")).json())["settled"]:
        assert time.monotonic() < deadline, shown
        await asyncio.sleep(0.1)
    told: dict[str, Any] = shown
    return told
