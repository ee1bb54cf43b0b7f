"""What a move costs inside the process: `python -m bench.moves QUESTION …` prints JSON; `bench.writing` asks."""

import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.db import connection, transaction  # noqa: E402

from openspaces.board import store  # noqa: E402
from openspaces.board.fold import fold  # noqa: E402
from openspaces.board.memory import MEMORY  # noqa: E402
from openspaces.board.moves import Move, PlaceCard, TakeDown, WriteCard  # noqa: E402
from openspaces.board.moves.event import AddDay, AddRoom, MakeEvent, Profile  # noqa: E402
from openspaces.board.moves.seating import seated, taken_down  # noqa: E402
from openspaces.board.play import WRITER, Asked, play  # noqa: E402
from openspaces.board.read import board_at, board_now  # noqa: E402
from openspaces.board.state import Board, Change, Day, Placement, Room, Slot  # noqa: E402
from openspaces.board.vocabulary import Cell  # noqa: E402
from openspaces.people.who import PROGRAM, Who  # noqa: E402

ROOMS = 10
TO_A_COMMIT = 50
MOVES = 500
ROUNDS = 5
TABLES = ("card", "words", "placement", "change", "outcome")


def rates(cells: str) -> dict[str, float]:
    """Moves a second: cards written onto free cells under keys, the same cells left and taken again; and what the bare
    driver does that writes the very same rows."""
    _furnish("rates", int(cells))
    places = [(f"{number:06}", cell) for number, cell in enumerate(_cells("rates"))]
    write: list[Move] = [WriteCard(title=f"Card {code}", host="Ada", code=code, cells=(cell,)) for code, cell in places]
    leave: list[Move] = [TakeDown(card=code) for code, _ in places]
    take: list[Move] = [PlaceCard(card=code, cells=(cell,), confirmed=True) for code, cell in places]
    found = {"written": _rate("rates", _by_many(write), keys=True), "driver": _driver_rate()}
    found["left"] = _rate("rates", _by_many(leave), keys=False)
    return {**found, "taken": _rate("rates", _by_many(take), keys=False)}


def _by_many(moves: list[Move]) -> list[tuple[Move, Who]]:
    """Each from a device of its own, which asks again for the card that it wrote."""
    return [(move, Who(f"hand{number}")) for number, move in enumerate(moves)]


def cost(cells: str) -> dict[str, float]:
    """Microseconds of a move at an event of so many cells, half of them taken."""
    _furnish("cost", int(cells))
    free = _cells("cost")
    for number, cell in enumerate(free[: len(free) // 2]):
        WRITER.ask(_asked("cost", WriteCard(title=f"Card {number}", cells=(cell,), confirmed=True), Who(f"h{number}")))
    return {"us": _to_and_fro("cost", free[-2:])}


def long(changes: str) -> dict[str, float]:
    """The same where the log has so many changes; and how long that board takes to be opened, and the one before."""
    _furnish("long", 300)
    _lengthen("long", int(changes))
    cost = _to_and_fro("long", _cells("long")[-2:])
    return {"us": cost, "at": _timed(lambda: board_at("long", int(changes) - 1))}


def opened() -> dict[str, float]:
    """Seconds until a process that has just begun has that board."""
    connection.ensure_connection()
    return {"seconds": _timed(lambda: board_now("long"))}


def crowd(events: str) -> dict[str, float]:
    """Microseconds of a move where there are so many events."""
    _migrate()
    for number in range(int(events) - 1):
        WRITER.ask(
            _asked(f"other{number}", MakeEvent(profile=Profile(name=f"Other {number}", timezone="UTC")), PROGRAM)
        )
    _furnish("crowd", 300)
    return {"us": _to_and_fro("crowd", _cells("crowd")[-2:])}


# Playing


def _furnish(event: str, cells: int) -> None:
    """An event of so many cells, from tomorrow on."""
    _migrate()
    play(event, MakeEvent(profile=Profile(name=event, timezone="UTC")), by=PROGRAM)
    for number in range(ROOMS):
        play(event, AddRoom(room=Room(f"r{number}", f"Room {number}")), by=PROGRAM)
    hours = cells // ROOMS
    for start in range(0, hours, 10):
        play(event, AddDay(day=_day(1 + start // 10, min(10, hours - start))), by=PROGRAM)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _day(number: int, hours: int) -> Day:
    date = (datetime.now(UTC) + timedelta(days=number)).date()
    starts = [datetime(date.year, date.month, date.day, 9 + hour, tzinfo=UTC) for hour in range(hours)]
    slots = tuple(Slot(f"{date:%m%d}-{at:%H%M}", date, at, at + timedelta(hours=1)) for at in starts)
    return Day(date, slots, tuple(f"r{room}" for room in range(ROOMS)))


def _cells(event: str) -> list[Cell]:
    board = _board(event)
    return [cell for day in board.days for cell in board.cells_of(day)]


def _board(event: str) -> Board:
    board = MEMORY.board(event)
    assert board
    return board


def _asked(event: str, move: Move, by: Who, key: str = "") -> Asked:
    return Asked(event, move, by, datetime.now(UTC), key)


def _rate(event: str, moves: list[tuple[Move, Who]], *, keys: bool) -> float:
    """Moves a second; every one must do something."""
    asked = [_asked(event, move, by, uuid4().hex if keys else "") for move, by in moves]
    begun = time.perf_counter()
    outcomes = [answer.result() for answer in [WRITER.ask(each) for each in asked]]
    lasted = time.perf_counter() - begun
    assert all(outcome.changes for outcome in outcomes)
    return len(outcomes) / lasted


def _to_and_fro(event: str, cells: list[Cell]) -> float:
    """Microseconds of a move: a card goes to and fro between two cells. The median of some rounds."""
    card = play(event, WriteCard(title="To and fro"), by=PROGRAM).changes[0].card
    moves: list[tuple[Move, Who]] = [
        (PlaceCard(card=card, cells=(cells[turn % 2],), confirmed=True), PROGRAM) for turn in range(MOVES)
    ]
    return statistics.median(1e6 / _rate(event, moves, keys=False) for _ in range(ROUNDS))


def _lengthen(event: str, changes: int) -> None:
    """Let a card come and go until the log has so many changes: decided by nobody, written as ever."""
    play(event, WriteCard(title="Restless", code="LONG00"), by=PROGRAM)
    place = Placement(tuple(_cells(event)[:1]))
    while (start := _board(event)).number < changes:
        board, made = start, list[Change]()
        while board.number < changes and len(made) < 5000:
            card = board.cards["LONG00"]
            fresh = taken_down(card) if card.placement else seated(card, place)
            number = board.number + 1
            made.append(
                Change(fresh.kind, fresh.card, fresh.cells, fresh.before, fresh.after, number, start.at, "h", number)
            )
            board = fold(board, made[-1])
        with transaction.atomic():
            store.write(start, board, made)
        MEMORY.keep(board)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    assert work()
    return time.perf_counter() - begun


# The bare driver


def _driver_rate() -> float:
    """The rows of those cards, written into an empty copy of the database, as many to a commit."""
    file = settings.DATA / "openspaces.sqlite3"
    with sqlite3.connect(file) as ours, sqlite3.connect(file.with_name("bare.sqlite3"), isolation_level=None) as bare:
        _same_tables(ours, bare)
        rows = {table: _rows(ours, table) for table in TABLES}
        begun = time.perf_counter()
        for start in range(0, len(rows["card"]), TO_A_COMMIT):
            bare.execute("BEGIN IMMEDIATE")
            for table, all_rows in rows.items():
                each = len(all_rows) // len(rows["card"])
                part = all_rows[start * each : (start + TO_A_COMMIT) * each]
                bare.executemany(f"INSERT INTO board_{table} VALUES ({', '.join('?' * len(part[0]))})", part)
            bare.execute("COMMIT")
        return len(rows["card"]) / (time.perf_counter() - begun)


def _rows(ours: sqlite3.Connection, table: str) -> list[Any]:
    """What the cards left there; the log has also how the event was made."""
    only = "WHERE kind IN ('card.written', 'card.placed')" if table == "change" else ""
    return ours.execute(f"SELECT * FROM board_{table} {only} ORDER BY rowid").fetchall()


def _same_tables(ours: sqlite3.Connection, bare: sqlite3.Connection) -> None:
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    for (made,) in _made(ours):
        bare.execute(made)


def _made(ours: sqlite3.Connection) -> Iterator[tuple[str]]:
    names = ", ".join(f"'board_{table}'" for table in TABLES)
    yield from ours.execute(f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql NOT NULL")


QUESTIONS: dict[str, Callable[..., dict[str, float]]] = {
    "rates": rates,
    "cost": cost,
    "long": long,
    "opened": opened,
    "crowd": crowd,
}

if __name__ == "__main__":
    print(json.dumps(QUESTIONS[sys.argv[1]](*sys.argv[2:])))
    sys.stdout.flush()
    os._exit(0)
