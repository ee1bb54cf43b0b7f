"""T8: a whole hall behind one address: nobody honest is refused, one who hammers is, and no header makes a difference.

An abuser may keep its cookie, or drop it and look like a newcomer each time; then it uses up what newcomers of its
address have, and nobody who has written once notices.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.promises import Promise
from tests.servers import EVENT, Installation, installation, start

AT_ONCE = 20
BOTH = pytest.mark.parametrize("home", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)], indirect=True)
NONE = CookieJar(DefaultCookiePolicy(allowed_domains=()))
"""No cookie is kept: each device shows its own, or none."""
BURST, A_SECOND = 40, 0.5
"""What one device may write."""
NUMBERS = count(1)


@dataclass
class Hall:
    """The devices behind the address, and one card that they star."""

    client: httpx.AsyncClient
    card: str
    cookies: list[str] = field(default_factory=list)

    async def come(self, devices: int) -> Counter[int]:
        """So many devices write for the first time, and get their cookies."""
        return Counter(await at_once(self._first() for _ in range(devices)))

    async def go_on(self) -> Counter[int]:
        """Each of them writes again."""
        return Counter(await at_once(self.star(cookie, "DELETE") for cookie in self.cookies))

    async def hammer(self, cookie: str, times: int, forged: str = "") -> Counter[int]:
        """One device writes as fast as it can, each time with another forged header."""
        return Counter(await at_once(self.star(cookie, forged=forged) for _ in range(times)))

    async def star(self, cookie: str = "", method: str = "PUT", forged: str = "") -> int:
        """One star, or its end; the status."""
        return (await self._starred(cookie, method, forged)).status_code

    async def _first(self) -> int:
        answer = await self._starred()
        self.cookies.append(answer.headers.get("set-cookie", "").partition(";")[0])
        return answer.status_code

    async def _starred(self, cookie: str = "", method: str = "PUT", forged: str = "") -> httpx.Response:
        headers = {"Cookie": cookie} if cookie else {}
        if forged:
            number = next(NUMBERS)
            headers["X-Forwarded-For"] = forged.format(f"198.51.{number // 250 % 250}.{number % 250}")
        return await self.client.request(method, f"/api/{EVENT}/cards/{self.card}/star", headers=headers)


async def at_once(asked: Iterator[Coroutine[Any, Any, int]]) -> list[int]:
    """A few at a time, in turn."""

    async def worker() -> list[int]:
        return [await each for each in asked]

    return [status for found in await asyncio.gather(*(worker() for _ in range(AT_ONCE))) for status in found]


@contextmanager
def serving(
    home: Installation, *, limits: str = "on", proxies: str = "", without: tuple[str, ...] = ()
) -> Iterator[str]:
    """A server with limits as an organiser has them."""
    server = start(replace(home, limits=limits, settings={"OPENSPACES_PROXIES": proxies}), without=without)
    try:
        yield server.address
    finally:
        server.stop()


@asynccontextmanager
async def hall(address: str, home: Installation) -> AsyncIterator[Hall]:
    """A card that nobody has starred yet."""
    async with httpx.AsyncClient(base_url=address, timeout=60, cookies=NONE) as client:
        staff = {"Authorization": f"Bearer {home.token}"}
        made = await client.post(f"/api/{EVENT}/ideas", json={"title": "Knitting"}, headers=staff)
        yield Hall(client, made.json()["code"])


@BOTH
@pytest.mark.parametrize(("devices", "hammered"), [(60, 500), pytest.param(3000, 2000, marks=pytest.mark.faults)])
def test_in_a_hall_behind_one_address_only_who_hammers_is_refused(
    home: Installation, devices: int, hammered: int, promise: Promise
) -> None:
    kept = promise("T8", "behind one address nobody honest is refused; an abuser 95 %, with forged headers too")
    with serving(home) as address:
        began = time.monotonic()
        honest, abuser = asyncio.run(hall_with_an_abuser(address, home, devices, hammered))
        most = BURST + 1 + A_SECOND * (time.monotonic() - began)
    assert honest.keys() == {200}
    assert abuser[200] <= most
    kept.found(
        f"{honest.total():,} writes of {devices:,} devices, none refused; "
        f"{refused(abuser):.1%} of {abuser.total():,} abusive ones refused"
    )


async def hall_with_an_abuser(
    address: str, home: Installation, devices: int, hammered: int
) -> tuple[Counter[int], Counter[int]]:
    """What the honest devices were answered, and the abuser, half of whose headers are forged."""
    async with hall(address, home) as here:
        await here.come(1)
        abusing = here.cookies.pop()
        plain, forging = here.hammer(abusing, hammered), here.hammer(abusing, hammered, "{}")
        honest, *abuser = await asyncio.gather(here.come(devices), plain, forging)
        return honest + await here.go_on(), abuser[0] + abuser[1]


@pytest.mark.faults
@pytest.mark.parametrize("behind", ["", "127.0.0.1"])
def test_whoever_drops_the_cookie_is_refused_and_no_forged_header_helps(
    tmp_path: Path, behind: str, promise: Promise
) -> None:
    where = "behind a proxy" if behind else "directly"
    kept = promise(
        "T8", f"{where}, who drops the cookie and forges headers is refused, others are not", database="SQLite"
    )
    forged = "{}, 203.0.113.7" if behind else "{}"
    with (
        installation(tmp_path, "", days=1) as home,
        serving(home, proxies=behind, without=("many newcomers",)) as address,
    ):
        honest, abuser = asyncio.run(hall_with_a_newcomer_each_time(address, home, forged))
    assert honest.keys() == {200}
    assert refused(abuser) > 0.8
    kept.found(
        f"{honest.total()} honest writes, none refused; of {abuser.total():,} abusive ones {abuser[429]:,} refused"
    )


async def hall_with_a_newcomer_each_time(
    address: str, home: Installation, forged: str
) -> tuple[Counter[int], Counter[int]]:
    async with hall(address, home) as here:
        honest = await here.come(50)
        abuser = await here.hammer("", 600, forged)
        return honest + await here.go_on(), abuser


def test_control_limits_by_address_refuse_the_honest(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T8", "limits by address instead of device refuse the honest", database="SQLite")
    with installation(tmp_path, "", days=1) as home, serving(home, without=("own limits",)) as address:
        honest = asyncio.run(newcomers(address, home, 60))
    assert honest[429] > 0
    kept.found(f"{honest[429]} of {honest.total()} refused")


def test_control_without_limits_nobody_is_refused(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T8", "without limits an abuser is not refused", database="SQLite")
    with installation(tmp_path, "", days=1) as home, serving(home, limits="off") as address:
        abuser = asyncio.run(newcomers(address, home, 60))
    assert abuser == {200: 60}
    kept.found("0 of 60 refused")


async def newcomers(address: str, home: Installation, number: int) -> Counter[int]:
    async with hall(address, home) as here:
        return await here.come(number)


def refused(answers: Counter[int]) -> float:
    return answers[429] / answers.total()
