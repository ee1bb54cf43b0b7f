"""Writing: a thousand clients race for three hundred cells over HTTP; what a move costs; opening a long board.

The server has a core of its own and the load the other one, every change is durable before it is answered, and each
question about the process itself is asked of a fresh one."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import uvloop

from bench import ours, race
from bench.table import Row

ROOMS, HOURS, DAYS = 10, 10, 3
"""Three hundred cells."""
ROUNDS = 3
P99_MS, MOVES_A_SECOND, GROWTH, OPENING_SECONDS = 500, 5000, 1.5, 1.0
LONG_LOG = "100000"


def rows(place: Path) -> Iterator[Row]:
    """Everything that is claimed about writing."""
    yield _raced("SQLite, synchronous=FULL", place / "sqlite")
    if url := _postgresql():
        yield _raced("PostgreSQL", place / "postgresql", OPENSPACES_DATABASE_URL=url)
    yield from _rates(place)
    yield from _growth(place)


def _raced(database: str, data: Path, **settings: str) -> Row:
    """The median of some races, each for an event of its own."""
    with ours.serving(data, **settings) as server:
        found = [_race(server, data, f"race{number}", **settings) for number in range(ROUNDS)]
    best = sorted(found, key=lambda tally: tally.within(0.99))[ROUNDS // 2]
    sound = all(_one_each(tally) for tally in found)
    name = f"{race.CLIENTS:,} clients, {ROOMS * HOURS * DAYS} cells, {database}"
    said = f"p99 {best.within(0.99):,.0f} ms, {best.rate:,.0f} attempts/s, one winner each: {'yes' if sound else 'NO'}"
    return Row(name, said, aim=f"p99 at most {P99_MS} ms", reached=sound and best.within(0.99) <= P99_MS)


def _race(server: ours.Ours, data: Path, event: str, **settings: str) -> race.Tally:
    token = ours.made(data, _event_file(event), **settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(race.raced(ours.Ours(server.address, token, event), _cells()))


def _one_each(tally: race.Tally) -> bool:
    """Every cell has one winner, and nobody heard anything but that they have it or have not."""
    return set(tally.winners.values()) == {1} and tally.statuses.keys() <= {201, 409}


def _rates(place: Path) -> Iterator[Row]:
    found = _asked(place, "rates", "1000")
    names = {"written": "cards written onto cells, with keys", "taken": "cells taken", "left": "cells left"}
    for what, name in names.items():
        driver = f"{found['driver']:,.0f}/s bare driver, the rows of a written card" if what == "written" else ""
        ratio = found[what] / found["driver"] if driver else None
        reached = found[what] >= MOVES_A_SECOND
        aim = f"at least {MOVES_A_SECOND:,}/s"
        yield Row(f"{name}, SQLite, synchronous=FULL", f"{found[what]:,.0f}/s", driver, ratio, aim, reached)


def _growth(place: Path) -> Iterator[Row]:
    """A move on what is large, beside the same move on what is small."""
    by_cells = _asked(place, "cells", "30", "300", "3000")
    yield _grown("a move at 300 cells", by_cells["300"], by_cells["30"], "at 30")
    yield _grown("a move at 3,000 cells", by_cells["3000"], by_cells["30"], "at 30")
    by_log = _asked(place, "logs", "1000", LONG_LOG)
    yield _grown("a move after 100,000 changes", by_log[LONG_LOG], by_log["1000"], "after 1,000")
    opened = _asked(place, "opened", LONG_LOG, at="logs")["seconds"]
    aim = f"at most {OPENING_SECONDS:g} s"
    yield Row("opening 100,000 changes, cold", f"{opened:.2f} s", aim=aim, reached=opened <= OPENING_SECONDS)
    past = _asked(place, "past", LONG_LOG, str(int(LONG_LOG) - 1), at="logs")["seconds"]
    yield Row("the board as it was after 99,999 changes", f"{past:.2f} s")
    by_events = _asked(place, "crowd", "1", "1000")
    yield _grown("a move among 1,000 events", by_events["1000"], by_events["1"], "at the only one")


def _grown(name: str, large: float, small: float, whose: str) -> Row:
    ratio = large / small
    return Row(name, f"{large:,.0f} us", f"{small:,.0f} us {whose}", ratio, f"at most {GROWTH}", ratio <= GROWTH)


def _asked(place: Path, question: str, *more: str, at: str = "") -> dict[str, float]:
    """What a process of its own answers, on a database of its own or on the one that another question left."""
    data = place / (at or question)
    data.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENSPACES_", "DJANGO_"))}
    environment = {**kept, "OPENSPACES_DATA": str(data), "OPENSPACES_LIMITS": "off", "OPENSPACES_LOG": "ERROR"}
    command = ["taskset", "-c", ours.SERVER_CORE, sys.executable, "-m", "bench.moves", question, *more]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    return cast(dict[str, float], json.loads(told))


def _postgresql() -> str:
    """A fresh database; "" where there is no PostgreSQL to be had."""
    try:
        from tests.databases import postgresql_url
    except ImportError:
        return ""
    return postgresql_url()


def _day(number: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=1 + number)


def _cells() -> list[str]:
    hours = [f"{_day(day):%m%d}-{hour:02}00" for day in range(DAYS) for hour in range(9, 9 + HOURS)]
    return [f"r{room}@{slot}" for slot in hours for room in range(ROOMS)]


def _event_file(event: str) -> str:
    rooms = "".join(f'[[rooms]]\nkey = "r{room}"\nname = "Room {room}"\n' for room in range(ROOMS))
    times = f'slots = "09:00-{9 + HOURS}:00/60"'
    days = "".join(f"[[days]]\ndate = {_day(number):%Y-%m-%d}\n{times}\n" for number in range(DAYS))
    return f'slug = "{event}"\nname = "A race"\ntimezone = "UTC"\n{rooms}{days}'
