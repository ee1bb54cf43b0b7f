"""The demo: three events to play with, moved so that their first day is today. Equal days give equal boards."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from openspaces.board.moves import CloseCell, FollowPlan, Move, Plan, WriteCard
from openspaces.board.play import WRITER, Asked
from openspaces.board.read import events
from openspaces.board.state import Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.intake.file import read_file
from openspaces.intake.file.cards import card_code
from openspaces.people.who import PROGRAM, Role, Who

EXAMPLES = Path(__file__).parent / "examples"
Played = list[tuple[Move, Who]]

BUSY = 0.55
"""How full an hour is that is not among the quiet ones."""
QUIET = {"0800": 0.15, "0900": 0.35, "1200": 0.4, "1800": 0.4, "1900": 0.35, "2000": 0.2}
DAYS = (0.95, 1.0, 0.6)
"""How full the first, second and third day are beside that."""
TWO_HOURS = 0.12
"""How many cards hold two cells."""
PAUSE = timedelta(minutes=4)
"""From one card to the next, on the day before the first."""
LUNCH = ("320@1200", "320@1300", "321@1200", "321@1300")
ELSEWHERE = (
    ("0900", "Point State Park, at the fountain"),
    ("1200", "Hotel lobby, second sofa"),
    ("1200", "Coffee cart by Hall A"),
    ("1700", "Roof terrace"),
)
PLANNED = (
    ("Open Teams Incubator", "Starting your own Python company, investing in a start-up, and more.", "Open Teams"),
    ("CPython core developers: ask us anything", "Wish: the second day after lunch, a large room", "さくら, Kwame"),
    ("Python im Unterricht", "Wish: the third day, in the morning", "Freya Lindqvist"),
)
IDEAS = (
    "Somebody should host a sing-along",
    "Maker projects: robots, home automation, drones",
    "Natural language processing for small languages",
    "Django Girls reunion",
    "How do we get Python into our library?",
    "قهوة وبايثون",
)
IN_THE_HALL = (
    (0, 1, "How we run a meet-up in four languages", "Priya Raman"),
    (0, 3, "पायथन में मशीन लर्निंग: शुरुआत कैसे करें", "अनन्या शर्मा"),
    (0, 4, "தமிழ் பைதான் சந்திப்பு", "தமிழினி"),
    (0, 6, "Hardware hackers: bring your boards", "Yusuf"),
    (1, 2, "Careers: from support to engineering", "Aroha"),
)
FACILITATOR = Who("demo-facilitator", Role.FACILITATOR)


def fill() -> list[str]:
    """Make those of the three events that are not there yet, and tell their slugs. What people did to them stays."""
    there = events()
    for slug, played in _EVENTS.items():
        if slug not in there:
            plan = _today(slug)
            _play(*played(plan))
    return list(_EVENTS)


def _today(slug: str) -> Plan:
    file = EXAMPLES / f"{slug}.toml"
    zone = ZoneInfo(read_file(file).profile.timezone)
    return read_file(file, first_day=datetime.now(zone).date())


def _play(plan: Plan, moves: Played) -> None:
    """Play everything at once, so that the writer commits many moves together; then wait for all of it."""
    eve = plan.days[0].slots[0].starts - timedelta(days=1)
    everything: Played = [(FollowPlan(plan=plan), PROGRAM), *moves]
    asked = [Asked(plan.event, move, by, eve + place * PAUSE, "") for place, (move, by) in enumerate(everything)]
    for answer in [WRITER.ask(each) for each in asked]:
        answer.result()


def _hall(plan: Plan) -> tuple[Plan, Played]:
    """One room, kept by a facilitator, who has put up what people told."""
    room = plan.rooms[0].key
    told = [(Cell(room, plan.days[day].slots[slot].key), title, host) for day, slot, title, host in IN_THE_HALL]
    return plan, [(_card(plan, title, cells=(cell,), host=host), FACILITATOR) for cell, title, host in told]


def _full(plan: Plan) -> tuple[Plan, Played]:
    """A large self-service board on which much is taken."""
    second = plan.days[1]
    lunch = CloseCell(cells=tuple(_cell(second, short) for short in LUNCH), reason="Needed for lunch")
    planned = [_card(plan, title, text=text, host=host, idea=True) for title, text, host in PLANNED]
    ideas = [_card(plan, title, idea=True) for title in IDEAS]
    dressed = replace(plan, closures=(lunch,), cards=(*planned, *ideas))
    taken = [*_taken(plan, set(lunch.cells)), *_elsewhere(plan)]
    words, hosts = cycle(_shuffled("cards.txt", "demo.txt")), cycle(enumerate(_lines("hosts.txt")))
    return dressed, [_hosted(plan, cells, where, next(words), next(hosts)) for cells, where in taken]


def _taken(plan: Plan, closed: set[Cell]) -> Iterator[tuple[tuple[Cell, ...], str]]:
    """The cells of each card in a room: the same ones each time, and more of them at the better hours."""
    chance = random.Random(plan.event)  # noqa: S311 - nothing secret
    held = set(closed)
    for day, full in zip(plan.days, DAYS, strict=True):
        for slot, later in zip(day.slots, (*day.slots[1:], None), strict=True):
            for room in day.rooms[:-1]:
                wanted = chance.random() < full * QUIET.get(slot.key[-4:], BUSY)
                cells = _run(room, slot, later if chance.random() < TWO_HOURS else None)
                if wanted and not held & set(cells):
                    held |= set(cells)
                    yield cells, ""


def _run(room: str, slot: Slot, later: Slot | None) -> tuple[Cell, ...]:
    return tuple(Cell(room, each.key) for each in (slot, later) if each)


def _elsewhere(plan: Plan) -> Iterator[tuple[tuple[Cell, ...], str]]:
    for day in plan.days:
        for hour, place in ELSEWHERE:
            yield (_cell(day, f"elsewhere@{hour}"),), place


def _cell(day: Day, short: str) -> Cell:
    """A cell of a day, written without its date: `320@1200`."""
    room, _at, hour = short.partition("@")
    return Cell(room, next(slot.key for slot in day.slots if slot.key.endswith(hour)))


def _hosted(
    plan: Plan, cells: tuple[Cell, ...], where: str, words: tuple[str, str], host: tuple[int, tuple[str, str]]
) -> tuple[Move, Who]:
    """A card that its host, on a device of their own, put up before sign-up opened: so they count as helpers."""
    device, (name, handle) = host
    title, text = words
    card = _card(plan, title, text=text, host=name, handle=handle, cells=cells, where=where)
    return card, Who(f"demo-host-{device}", Role.HELPER)


def _card(plan: Plan, title: str, *, cells: tuple[Cell, ...] = (), where: str = "", **more: str | bool) -> WriteCard:
    code = card_code(plan.event, f"demo {title}", " ".join(map(str, cells)) + where)
    return WriteCard(title=title, cells=cells, where=where, code=code, **more)  # type: ignore[arg-type]


def _shuffled(*files: str) -> list[tuple[str, str]]:
    lines = [line for file in files for line in _lines(file)]
    random.Random(len(lines)).shuffle(lines)  # noqa: S311 - nothing secret
    return lines


def _lines(file: str) -> list[tuple[str, str]]:
    """The lines of a list among the examples: what stands before a bar, and what stands after it."""
    rows = (EXAMPLES / file).read_text(encoding="utf-8").splitlines()
    return [(first.strip(), rest.strip()) for first, _bar, rest in (row.partition(" |") for row in rows) if first]


_EVENTS: dict[str, Callable[[Plan], tuple[Plan, Played]]] = {
    "pyconus2025": _full,
    "pyconindia2018": _hall,
    "camp": lambda plan: (plan, []),
}
