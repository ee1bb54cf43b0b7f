"""What a move costs inside the process: `python -m bench.moves QUESTION …` prints JSON; `bench.writing` asks."""

import json
import os
import sqlite3
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
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
ROUNDS = 7
NEWEST = {
    "card": "SELECT * FROM board_card ORDER BY serial DESC LIMIT {}",
    "words": "SELECT * FROM board_words ORDER BY rowid DESC LIMIT {}",
    "placement": "SELECT * FROM board_placement ORDER BY id DESC LIMIT {}",
    "change": "SELECT * FROM board_change ORDER BY id DESC LIMIT 2 * {}",
    "outcome": "SELECT * FROM board_outcome ORDER BY id DESC LIMIT {}",
}
"""What a card that is written onto a cell leaves in each table."""


def rates(many: str) -> dict[str, float]:
    """Moves a second: cards written onto free cells under keys, the same cells left and taken again; and what the bare
    driver does that writes the very same rows. The medians of some rounds."""
    _furnish("rates", int(many))
    free, found = _cells("rates"), defaultdict[str, list[float]](list)
    for turn in range(ROUNDS):
        places = [(f"{turn}{number:05}", cell) for number, cell in enumerate(free)]
        write: list[Move] = [WriteCard(title=f"Card {code}", host="Ada", code=code, cells=(at,)) for code, at in places]
        leave: list[Move] = [TakeDown(card=code) for code, _ in places]
        take: list[Move] = [PlaceCard(card=code, cells=(at,), confirmed=True) for code, at in places]
        found["written"].append(_rate("rates", _by_many(write), keys=True))
        found["driver"].append(_driver_rate(turn))
        found["left"].append(_rate("rates", _by_many(leave), keys=False))
        found["taken"].append(_rate("rates", _by_many(take), keys=False))
        _rate("rates", _by_many(leave), keys=False)
    return {name: statistics.median(rates) for name, rates in found.items()}


def _by_many(moves: list[Move]) -> list[tuple[Move, Who]]:
    """Each from a device of its own, which asks again for the card that it wrote."""
    return [(move, Who(f"hand{number}")) for number, move in enumerate(moves)]


def cells(*sizes: str) -> dict[str, float]:
    """Microseconds of a move at events of so many cells, half of them taken."""
    for size in sizes:
        _furnish(size, int(size))
        free = _cells(size)
        for number, cell in enumerate(free[: len(free) // 2]):
            WRITER.ask(
                _asked(size, WriteCard(title=f"Card {number}", cells=(cell,), confirmed=True), Who(f"h{number}"))
            )
    return _in_turns(sizes)


def logs(*lengths: str) -> dict[str, float]:
    """Microseconds of a move where the log has so many changes."""
    for length in lengths:
        _furnish(length, 300)
        _lengthen(length, int(length))
    return _in_turns(lengths)


def opened(event: str) -> dict[str, float]:
    """Seconds until a process that has just begun has that board."""
    connection.ensure_connection()
    return {"seconds": _timed(lambda: board_now(event))}


def past(event: str, number: str) -> dict[str, float]:
    """Seconds until that board is there as it was."""
    return {"seconds": _timed(lambda: board_at(event, int(number)))}


def crowd(*events: str) -> dict[str, float]:
    """Microseconds of a move where there are so many events; in the order in which they grow."""
    _furnish("crowd", 300)
    found, there, moves = dict[str, float](), 1, _to_and_fro("crowd")
    for many in events:
        for number in range(there, int(many)):
            WRITER.ask(_asked(f"other{number}", MakeEvent(profile=Profile(name="Other", timezone="UTC")), PROGRAM))
        there = int(many)
        found |= {many: statistics.median(1e6 / _rate("crowd", moves, keys=False) for _ in range(ROUNDS))}
    return found


# Playing


def _furnish(event: str, many: int) -> None:
    """An event of so many cells, from tomorrow on."""
    _migrate()
    play(event, MakeEvent(profile=Profile(name=event, timezone="UTC")), by=PROGRAM)
    for number in range(ROOMS):
        play(event, AddRoom(room=Room(f"r{number}", f"Room {number}")), by=PROGRAM)
    hours = many // ROOMS
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


def _in_turns(events: Sequence[str]) -> dict[str, float]:
    """Microseconds of a move at each event, where a card goes to and fro between two cells: the median of some rounds,
    in turns, so that what else the machine does hits all alike."""
    played = {event: _to_and_fro(event) for event in events}
    found: dict[str, list[float]] = {event: [] for event in events}
    for _ in range(ROUNDS):
        for event, moves in played.items():
            found[event].append(1e6 / _rate(event, moves, keys=False))
    return {event: statistics.median(each) for event, each in found.items()}


def _to_and_fro(event: str) -> list[tuple[Move, Who]]:
    card, ends = play(event, WriteCard(title="To and fro"), by=PROGRAM).changes[0].card, _cells(event)[-2:]
    return [(PlaceCard(card=card, cells=(ends[turn % 2],), confirmed=True), PROGRAM) for turn in range(MOVES)]


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


def _driver_rate(turn: int) -> float:
    """The rows of the cards of this turn, written into an empty copy of the database, so many to a commit."""
    file = settings.DATA / "openspaces.sqlite3"
    copy = file.with_name(f"bare{turn}.sqlite3")
    with sqlite3.connect(file) as ours, sqlite3.connect(copy, isolation_level=None) as bare:
        _same_tables(ours, bare)
        cards = ours.execute("SELECT count(*) FROM board_placement").fetchone()[0]
        rows = {table: ours.execute(said.format(cards)).fetchall() for table, said in NEWEST.items()}
        begun = time.perf_counter()
        for start in range(0, cards, TO_A_COMMIT):
            bare.execute("BEGIN IMMEDIATE")
            for table, all_rows in rows.items():
                each = len(all_rows) // cards
                part = all_rows[start * each : (start + TO_A_COMMIT) * each]
                bare.executemany(f"INSERT INTO board_{table} VALUES ({', '.join('?' * len(part[0]))})", part)
            bare.execute("COMMIT")
        return float(cards / (time.perf_counter() - begun))


def _same_tables(ours: sqlite3.Connection, bare: sqlite3.Connection) -> None:
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    for (made,) in _made(ours):
        bare.execute(made)


def _made(ours: sqlite3.Connection) -> Iterator[tuple[str]]:
    names = ", ".join(f"'board_{table}'" for table in NEWEST)
    yield from ours.execute(f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql NOT NULL")


QUESTIONS: dict[str, Callable[..., dict[str, float]]] = {
    each.__name__: each for each in (rates, cells, logs, opened, past, crowd)
}

if __name__ == "__main__":
    print(json.dumps(QUESTIONS[sys.argv[1]](*sys.argv[2:])))
    sys.stdout.flush()
    os._exit(0)
