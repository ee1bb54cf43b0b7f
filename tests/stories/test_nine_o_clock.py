"""Story 2. Sign-up opens: 400 reload, 120 tap the same 30 cells; thirty are happy, ninety read who was faster.

Two real server processes share one database, limits are on, and everybody comes through one address, as in a hall.
"""

import asyncio
import re
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path

import httpx
import pytest
from tests.camp import HOURS, ROOMS, SLUG, cell, event_file, founded, written
from tests.servers import Server, running

READERS = 400
DEVICES = 120
GOOD = [cell(room, hour) for hour in (10, 11, 14) for room in ROOMS]
TAPS = 5
"""How often somebody who was too slow takes an offer before they give up."""
UNTIL_IT_OPENS = timedelta(seconds=4)


@dataclass
class Answer:
    """What a device was told: the status, and after a refusal who was faster and what is free."""

    status: int
    says: str = ""
    free: tuple[str, ...] = ()

    @property
    def is_up(self) -> bool:
        return self.status in (201, 303)


class Device(ABC):
    """Somebody with a phone of their own, which keeps its cookie, and words that they have typed."""

    def __init__(self, number: int, address: str) -> None:
        self.number, self.title = number, f"Idea {number} with long thoughts"
        self.client = httpx.AsyncClient(base_url=address, timeout=60, verify=False)
        self.first = Answer(0)
        self.taps = count(1)
        self.card = ""

    async def reload(self) -> int:
        """Look at the board."""
        return (await self.client.get(f"/{SLUG}/")).status_code

    @abstractmethod
    async def open(self, wanted: str) -> None:
        """Open a cell to write in it."""

    @abstractmethod
    async def tap(self, wanted: str) -> Answer:
        """Take a cell with the words that are typed."""


class ByForm(Device):
    """By the form of the page, which stays open: its key, and later the buttons of the refusal."""

    key = ""

    async def open(self, wanted: str) -> None:
        self.key = _key((await self.client.get(f"/{SLUG}/cells/{wanted}/")).text)

    async def tap(self, wanted: str) -> Answer:
        answer = await self.client.post(f"/{SLUG}/cells/{wanted}/", data={"title": self.title, "key": self.key})
        if answer.status_code == 303:
            self.card = answer.headers["location"].split("/")[3]
            return Answer(303)
        assert _value("title", answer.text) == self.title, "the words are lost"
        self.key = _key(answer.text)
        offers = re.findall(rf'formaction="/{SLUG}/cells/([^/"]+)/"', answer.text)
        return Answer(answer.status_code, unescape(re.findall(r"<strong>(.*?)</strong>", answer.text)[0]), (*offers,))


class ByApi(Device):
    """By a program of their own."""

    async def open(self, wanted: str) -> None:
        """Programs look at the board."""
        await self.reload()

    async def tap(self, wanted: str) -> Answer:
        key = {"Idempotency-Key": f"{self.title} {next(self.taps)}"}
        wish = {"title": self.title, "cell": wanted}
        answer = await self.client.post(f"/api/{SLUG}/cards", json=wish, headers=key)
        told = answer.json()
        if answer.status_code == 201:
            self.card = told["code"]
            return Answer(201)
        assert told["held_by"], "nobody is named"
        return Answer(answer.status_code, told["says"], (*told["free"],))


def test_thirty_are_happy_and_ninety_read_who_was_faster(tmp_path: Path) -> None:
    home = founded(tmp_path, event_file(opens=datetime.now(UTC) + timedelta(hours=1)))
    with running(home, processes=2) as servers:
        before = asyncio.run(too_early(servers[0]))
        opening = datetime.now(UTC) + UNTIL_IT_OPENS
        home.plan(written(tmp_path, event_file(opens=opening.replace(microsecond=0))))
        told = asyncio.run(nine_o_clock(servers))
        board = httpx.get(f"{servers[0].address}/{SLUG}/board.json").json()
    devices = told.devices
    assert before == (409, "not-open-yet")
    assert told.reloads == {200: READERS}
    assert Counter(device.first.status in (201, 303) for device in devices) == {True: len(GOOD), False: 90}
    assert {device.first.status for device in devices} - {201, 303} == {409}
    assert [
        device.first.says for device in devices if device.first.status == 409 and not names_the_faster(device)
    ] == []
    assert_most_have_a_card(devices)
    assert_nobody_holds_two(board, devices)
    assert home.check() == 0


@dataclass
class Told:
    """What everyone was told that morning."""

    reloads: Counter[int]
    devices: list[Device]


async def nine_o_clock(servers: list[Server]) -> Told:
    """As it opens, and the minute after."""
    kinds = (ByForm, ByApi)
    devices: list[Device] = [kinds[each % 4 // 2](each, servers[each % 2].address) for each in range(DEVICES)]
    await asyncio.gather(*(opened(server) for server in servers))
    await asyncio.gather(*(device.open(GOOD[device.number % len(GOOD)]) for device in devices))
    readers = asyncio.gather(*(devices[number % DEVICES].reload() for number in range(READERS)))
    firsts = await asyncio.gather(*(device.tap(GOOD[device.number % len(GOOD)]) for device in devices))
    for device, first in zip(devices, firsts, strict=True):
        device.first = first
    await asyncio.gather(*(instead(device) for device in devices if not device.first.is_up))
    reloads = Counter(await readers)
    await asyncio.gather(*(device.client.aclose() for device in devices))
    return Told(reloads, devices)


async def too_early(server: Server) -> tuple[int, str]:
    async with httpx.AsyncClient(base_url=server.address, timeout=60) as eager:
        answer = await eager.post(f"/api/{SLUG}/cards", json={"title": "Too early", "cell": GOOD[0]})
        return answer.status_code, answer.json()["refusal"]


async def opened(server: Server) -> None:
    """Wait until sign-up is open: a cell's page then has the form that takes it."""
    async with httpx.AsyncClient(base_url=server.address, timeout=60) as patient:
        for _ in range(300):
            if 'name="title"' in (await patient.get(f"/{SLUG}/cells/{cell('Oak', HOURS[-1])}/")).text:
                return
            await asyncio.sleep(0.1)
    raise TimeoutError("sign-up does not open")


async def instead(device: Device) -> None:
    """Take an offer of the refusal, as long as there are some and patience lasts."""
    answer = device.first
    for _ in range(TAPS):
        rooms = [each for each in answer.free if not each.startswith("elsewhere@")]
        if answer.is_up or not rooms:
            return
        answer = await device.tap(rooms[device.number % len(rooms)])
        assert answer.status in (201, 303, 409), answer


def names_the_faster(device: Device) -> bool:
    """Whether the first refusal says whose card has the cell, and where else this one could go."""
    return re.match(r"“Idea \d+ with long thoughts” ", device.first.says) is not None and device.first.free != ()


def assert_most_have_a_card(devices: list[Device]) -> None:
    late = [bool(device.card) for device in devices if not device.first.is_up]
    assert sum(late) >= len(late) * 3 / 4, f"only {sum(late)} of {len(late)}"


def assert_nobody_holds_two(board: dict[str, list[dict[str, object]]], devices: list[Device]) -> None:
    """Each card is the one that its device was told of, with the words that it typed."""
    told = {device.card: device.title for device in devices if device.card}
    assert {card["code"]: card["title"] for card in board["cards"]} == told
    held = Counter(cell for card in board["cards"] for cell in card["placement"]["cells"])  # type: ignore[index]
    assert set(held.values()) == {1}


def _key(page: str) -> str:
    return _value("key", page)


def _value(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        pytest.fail(f"the page has no field {name}: {page[:2000]}")
    return unescape(found[1])
