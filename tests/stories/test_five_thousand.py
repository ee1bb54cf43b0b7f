"""Story 12. A congress: 40 rooms, four days, two servers, PostgreSQL, nginx as deploy/ has it. In the long run five
thousand phones, a quarter of a second for a card, and a second for the board on a cheap phone."""

import asyncio
import csv
import re
import resource
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.audience import Audience, writing
from tests.browser.board import at
from tests.browser.chromium import phone
from tests.camp import DAY, HOURS, SLUG, cell, event_file, written
from tests.databases import postgresql_url
from tests.deployed import nginx
from tests.promises import Promise
from tests.servers import Installation, Server, running

ROOMS = tuple(f"Hall{number:02}" for number in range(1, 41))
DAYS = [DAY + timedelta(days=number) for number in range(4)]
TAKEN = 0.7
"""The share of cells that have a card, as on a good day."""
FREE = len(ROOMS) - int(len(ROOMS) * TAKEN)
FEW, MANY = 40, 5_000
SECONDS, QUARTER, AT_LAST = 1.0, 0.25, 60.0
ROUND_TRIP, BYTES_A_SECOND, PROCESSOR = 0.15, 200_000, 4
"""A cheap phone in a hall: 150 ms, 1.6 Mbit/s, and a fourth of our processor; what Lighthouse calls slow 4G."""
ROUND_TRIPS = 3
"""Until a page and its style are there: the connection, the one, the other."""


@dataclass(frozen=True)
class Congress:
    """Two servers on one database, and nginx before them."""

    home: Installation
    servers: list[Server]
    front: str

    @property
    def board(self) -> str:
        """What everybody opens."""
        return f"{self.front}/{SLUG}/"


@pytest.fixture(scope="module")
def congress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Congress]:
    place = tmp_path_factory.mktemp("congress")
    bare = Installation(place / "data", postgresql_url(), event=SLUG, limits="on")
    bare.data.mkdir()
    token = bare.plan(written(place, event_file(ROOMS, days=len(DAYS))))["token"]
    home = replace(bare, token=token, settings={"OPENSPACES_PROXIES": "127.0.0.1"})
    brought = home.program("import", SLUG, str(sheet(place)), "--yes", "--place")
    assert brought.returncode == 0, brought.stdout
    with ExitStack() as stack:
        servers = stack.enter_context(running(home, 2))
        front = stack.enter_context(nginx(place / "nginx", [each.address for each in servers]))
        yield Congress(home, servers, front)


def sheet(place: Path) -> Path:
    """Who has which cell: all but the last rooms of each hour are taken."""
    file = place / "cards.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(("Title", "Text", "Host", "Room", "Day", "Time"))
        for day in DAYS:
            for hour in HOURS:
                for number, room in enumerate(ROOMS[: int(len(ROOMS) * TAKEN)]):
                    title = f"What we learned from number {number} at {hour}"
                    rows.writerow(
                        (title, "Bring what went wrong.", f"Ada {number}", room, day.isoformat(), f"{hour}:00")
                    )
    return file


def test_the_whole_congress_is_on_both_servers(congress: Congress) -> None:
    boards = [httpx.get(f"{each.address}/api/{SLUG}/board").json() for each in congress.servers]
    placed = [len([card for card in board["cards"] if card["placement"]]) for board in boards]
    assert placed == [len(DAYS) * len(HOURS) * int(len(ROOMS) * TAKEN)] * 2
    assert boards[0] == boards[1]


def test_the_board_weighs_what_a_cheap_phone_can_carry_in_a_second(congress: Congress) -> None:
    """It depends on no speed of this machine: what has to come before anything is seen, at the phone's own speed."""
    page = httpx.get(congress.board, headers={"Accept-Encoding": "br, gzip"})
    awaited = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"', page.text)
    parts = [httpx.get(congress.front + "".join(each), headers={"Accept-Encoding": "br"}) for each in awaited]
    weighs = sum(int(each.headers["content-length"]) for each in (page, *parts))
    assert [each.status_code for each in (page, *parts)] == [200] * (1 + len(awaited))
    assert len(awaited) >= 2
    assert ROUND_TRIPS * ROUND_TRIP + weighs / BYTES_A_SECOND < SECONDS, f"{weighs:,} bytes"


def test_a_card_is_heard_of_everywhere_once(congress: Congress, browser: Browser) -> None:
    with phone(browser) as somebody:
        page = opened(somebody.new_page(), congress)
        with ThreadPoolExecutor(1) as hall:  # Playwright has this thread's loop
            told = hall.submit(asyncio.run, cards_are_heard(congress, FEW, 4, hour=HOURS[0])).result()
        where = cell(ROOMS[-FREE], HOURS[0])
        expect(page.locator(f"{at(where)} h3")).to_have_text("Placed 0", timeout=AT_LAST * 1000)
    assert told.differ == 0
    boards = [httpx.get(f"{each.address}/api/{SLUG}/board").json() for each in congress.servers]
    assert boards[0] == boards[1]


@pytest.mark.faults
def test_a_card_is_everywhere_in_a_quarter_of_a_second(congress: Congress, promise: Promise) -> None:
    kept = promise("T7", f"story 12: a card reaches {MANY:,} phones behind nginx within {QUARTER:g} s (p99)")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    told = asyncio.run(cards_are_heard(congress, MANY, 12, hour=HOURS[1]))
    p99 = told.latencies[int(len(told.latencies) * 0.99)]
    kept.found(f"p99 {p99 * 1000:.0f} ms, the last after {told.latencies[-1] * 1000:.0f} ms")
    assert (told.differ, p99 < QUARTER) == (0, True)


@pytest.mark.faults
def test_the_board_opens_on_a_cheap_phone_in_a_second(congress: Congress, browser: Browser, promise: Promise) -> None:
    kept = promise("T7", f"story 12: the board is seen on a cheap phone within {SECONDS:g} s")
    took = []
    for _ in range(5):
        with phone(browser) as somebody:
            page = cheap(somebody.new_page())
            page.goto(congress.board, wait_until="load")
            took.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
            assert page.locator("#board h3").count() > 0
    kept.found(f"{statistics.median(took):.2f} s until it is seen (worst {max(took):.2f} s)")
    assert statistics.median(took) < SECONDS


@dataclass(frozen=True)
class Told:
    """How many heard otherwise than everything once and in order, and how long each took to hear."""

    differ: int
    latencies: list[float]


async def cards_are_heard(congress: Congress, many: int, cards: int, hour: int) -> Told:
    """Cards are placed by way of nginx while many listen there, and some at each server itself."""
    fronts = [congress.front, *(each.address for each in congress.servers)]
    audiences = [Audience(fronts[0], f"/api/{SLUG}/live", many)]
    audiences += [Audience(each, f"/api/{SLUG}/live", 10) for each in fronts[1:]]
    await asyncio.gather(*(audience.come() for audience in audiences))
    free = iter(cell(room, hour) for room in ROOMS[-FREE:])
    limits, numbers = httpx.Limits(max_keepalive_connections=2), iter(range(cards))
    async with httpx.AsyncClient(base_url=f"{congress.front}/api/{SLUG}", limits=limits, timeout=30) as host:

        async def write() -> int:
            host.cookies.clear()  # each is somebody else
            answer = await host.post("/cards", json={"title": f"Placed {next(numbers)}", "cell": next(free)})
            assert answer.status_code == 201, answer.text
            return int(answer.json()["number"])

        first = (await host.get("/board")).json()["number"]
        sent = await writing(write, cards, 0.25, first)
        last = max(sent)
        heard = [await audience.attend(last, AT_LAST) for audience in audiences]
    for audience in audiences:
        audience.go()
    assert heard == [True] * len(audiences)
    expected = list(range(first + 1, last + 1))
    latencies = sorted(each for audience in audiences for each in audience.latencies(sent))
    return Told(sum(audience.differ(expected) for audience in audiences), latencies)


def opened(page: Page, congress: Congress) -> Page:
    """The board with its stream."""
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(congress.board)
    return page


def cheap(page: Page) -> Page:
    """As slow as a cheap phone in a full hall."""
    devtools = page.context.new_cdp_session(page)
    speed = {"latency": ROUND_TRIP * 1000, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND / 2}
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    return page
