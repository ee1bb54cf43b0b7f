"""Every pull outlet on a board of 370 cells with 300 cards: printed after a change, and handed out from the press."""

import os
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from bench import ours, wrk
from bench.ours import Ours
from bench.table import Row

EVENT = "large"
ROOMS = 10
SLOTS = (13, 12, 12)
"""Hours of each day: 37 slots in 10 rooms are 370 cells."""
CARDS = 300
ROUNDS = 3
SECONDS = 1
PATIENCE = 60.0
WHAT = ("#beginners", "#async", "#community", "")


def rows(place: Path) -> Iterator[Row]:
    """Those that are printed ahead come last: once asked for, each change has them printed."""
    with ours.serving(place / "data") as server, httpx.Client(timeout=PATIENCE) as client:
        mover = Mover(client, *large_event(client, server, place / "data"))
        for name, path in _paths(place / "data", mover.code):
            yield _row(client, mover, name, path)


def large_event(client: httpx.Client, server: Ours, data: Path) -> tuple[Ours, str]:
    """Make the board with 300 cards, beside the one that is there; the code of its last card."""
    large = Ours(server.address, ours.made(data, _event_file()), EVENT)
    return large, _fill(client, large)


class Mover:
    """Moves one card to and fro, so that there is something new to print."""

    def __init__(self, client: httpx.Client, server: Ours, code: str) -> None:
        self._client, self._server, self.code = client, server, code
        self._cells = _cells()[CARDS : CARDS + 2]

    def move(self) -> int:
        """Move it; the number that the board has by then."""
        self._cells.reverse()
        address = f"{self._server.address}/api/{EVENT}/cards/{self.code}/placement"
        bearer = {"Authorization": f"Bearer {self._server.token}"}
        answer = self._client.put(address, json={"cell": self._cells[0], "confirmed": True}, headers=bearer)
        answer.raise_for_status()
        number: int = answer.json()["number"]
        return number

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return self._server.address + path


def _row(client: httpx.Client, mover: Mover, name: str, path: str) -> Row:
    size = len(client.get(mover.address(path)).raise_for_status().content)
    cold = statistics.median(_fresh(client, mover, path) for _ in range(ROUNDS))
    rate = wrk.rate(mover.address(path), known=False, seconds=SECONDS)
    return Row(f"{name} {path}, {size / 1000:,.0f} kB", f"{cold:,.0f} ms cold, {rate:,.0f}/s from the press")


def _fresh(client: httpx.Client, mover: Mover, path: str) -> float:
    """Milliseconds from a change until its print is here; while a new one takes long, the one before is handed out."""
    number = mover.move()
    begun = time.perf_counter()
    while _number(client.get(mover.address(path))) < number:
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(f"{path} shows no change")
    return (time.perf_counter() - begun) * 1000


def _number(answer: httpx.Response) -> int:
    """The number of the board that an answer shows, from its tag."""
    return int(answer.raise_for_status().headers["etag"].strip('"').split(".")[1])


def _paths(data: Path, code: str) -> list[tuple[str, str]]:
    """The name and the first address of each outlet."""
    os.environ.setdefault("OPENSPACES_DATA", str(data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
    import django

    django.setup()
    from openspaces.outlets.registry import PULLS

    filled = {"event": EVENT, "code": code, "day": f"{_day(0):%Y-%m-%d}", "room": "r1"}
    return [(pull.name, pull.paths[0].format(**filled)) for pull in sorted(PULLS, key=lambda pull: pull.ahead)]


def _fill(client: httpx.Client, server: Ours) -> str:
    """Put a card on the first cells; the code of the last one."""
    code = ""
    for number, cell in enumerate(_cells()[:CARDS]):
        code = server.place(client, f"{ours.TITLE.format(number)} {WHAT[number % len(WHAT)]}".strip(), cell)
    return code


def _day(number: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=1 + number)


def _cells() -> list[str]:
    return [
        f"r{room}@{_day(day):%m%d}-{hour:02}00"
        for day, hours in enumerate(SLOTS)
        for hour in range(9, 9 + hours)
        for room in range(1, ROOMS + 1)
    ]


def _event_file() -> str:
    rooms = "".join(f'[[rooms]]\nkey = "r{room}"\nname = "Room {room}"\n' for room in range(1, ROOMS + 1))
    days = "".join(
        f'[[days]]\ndate = {_day(number):%Y-%m-%d}\nslots = "09:00-{9 + hours:02}:00/60"\n'
        for number, hours in enumerate(SLOTS)
    )
    return f'slug = "{EVENT}"\nname = "A large event"\ntimezone = "UTC"\n{rooms}{days}'
