"""The camp that stories and pages are tried at: its event file, and how its cells are written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.leaving import directory
from tests.servers import Installation, copied, with_tables

SLUG = "camp"
DAY = datetime.now(UTC).date() + timedelta(days=2)
"""Still to come wherever one is, so that no hour of it is over while a story runs."""
NEXT_DAY = DAY + timedelta(days=1)
ROOMS = ("Oak", "Elm", "Fir", "Ash", "Yew", "Lime", "Birch", "Hazel", "Rowan", "Alder")
HOURS = range(9, 21)


def event_file(rooms: tuple[str, ...] = ROOMS, days: int = 1, opens: datetime | None = None) -> str:
    """The file of a camp with some rooms and Elsewhere; sign-up opens at `opens`, if that is given."""
    head = f'slug = "{SLUG}"\nname = "The camp"\ntimezone = "Europe/Berlin"\n'
    named = "".join(f'[[rooms]]\nkey = "{room.lower()}"\nname = "{room}"\n' for room in rooms)
    elsewhere = '[[rooms]]\nkey = "elsewhere"\nname = "Elsewhere"\nelsewhere = true\n'
    opening = f"opens = {opens.isoformat()}\n" if opens else ""
    hours = f'slots = "{HOURS[0]:02}:00-{HOURS[-1] + 1}:00/60"\n{opening}'
    return (
        head + named + elsewhere + "".join(f"[[days]]\ndate = {DAY + timedelta(days=n)}\n{hours}" for n in range(days))
    )


def founded(data: Path, file: str, limits: str = "on", event: str = SLUG) -> Installation:
    """A fresh installation with the event of that file; limits are on as in real life, unless a test is too quick."""
    written(data, file)
    return replace(copied(_founded(file), data / "data"), event=event, limits=limits)


@cache
def _founded(file: str) -> Installation:
    """Made once: many tests begin with the same camp."""
    data = directory("camp")
    bare = with_tables(Installation(data / "data"))
    return replace(bare, token=bare.plan(written(data, file))["token"])


def written(directory: Path, file: str) -> Path:
    """The event file where the organiser keeps it."""
    path = directory / f"{SLUG}.toml"
    path.write_text(file, encoding="utf-8")
    return path


def cell(room: str, hour: int, day: date = DAY) -> str:
    """The cell of a room at an hour of the camp's day."""
    return f"{room.lower()}@{day:%m%d}-{hour:02}00"
