"""Boards drawn as text: each is the fold of the changes that real moves make, without a database.

    board = drawn('''
              oak         elm       elsewhere
      09:00   Knit        .         Chess at Park + Run at Gate
      10:00   #lunch      Talk/ada  .
      11:00   .           "         .
      ---
      09:00   .           .         .
    ''')

Columns stand two spaces apart. `.` is free, `#why` closed, `"` holds on to the card above, `Talk/ada` is the card of
the hand ada (`Talk` alone of the hand talk), and `---` begins the next day. A slot lasts an hour, or until the next.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from openspaces.board.fold import fold_all
from openspaces.board.moves import AddDay, AddRoom, ChangeEvent, Changes, CloseCell, MakeEvent, Move, Profile, WriteCard
from openspaces.board.moves.base import Left
from openspaces.board.moves.deciding import NO_IDEAS, decided
from openspaces.board.state import Board, Card, Day, Policy, Room, Slot
from openspaces.board.vocabulary import Cell, Placing, Refusal
from openspaces.people.who import PROGRAM, Role, Who

EVENT = "camp"
EPOCH = "drawn"
ZONE = ZoneInfo("Asia/Kolkata")
FIRST_DAY = date(2031, 5, 17)
HOUR = timedelta(hours=1)
EVE = datetime(2031, 5, 16, 12, tzinfo=ZONE).astimezone(UTC)
"""When the board is drawn, and when moves are asked for unless a test says otherwise: noon before the first day."""
ORGANISER = Who("boss", Role.ORGANISER)
FACILITATOR = Who("facilitator", Role.FACILITATOR)
HELPER = Who("helper", Role.HELPER)
STRANGER = Who("stranger")
OPEN = Policy()

Row = tuple[str, ...]


def drawn(text: str, policy: Policy = OPEN, planned: Row = (), ideas: Row = ()) -> Board:
    """The Board that `text` draws, with cards beside it that hold no cell."""
    board = Board(EVENT, EPOCH)
    for move, by in moves_of(text, policy, planned, ideas):
        board = after(board, move, by)
    return board


def moves_of(
    text: str,
    policy: Policy = OPEN,
    planned: Row = (),
    ideas: Row = (),
) -> Iterator[tuple[Move, Who]]:
    """The moves that make the drawn board, and who asks for each. Where only facilitators place, they begin to last."""
    rooms, days = _parsed(text)
    last = policy.placing is Placing.FACILITATORS
    profile = Profile(name="Camp", timezone=str(ZONE), policy=policy)
    yield MakeEvent(profile=replace(profile, policy=OPEN) if last else profile), PROGRAM
    for key in rooms:
        yield AddRoom(room=Room(key, key.capitalize(), elsewhere=key == "elsewhere")), PROGRAM
    for number, rows in enumerate(days):
        yield AddDay(day=day_of([row[0] for row in rows], rooms, number)), PROGRAM
    for number, rows in enumerate(days):
        yield from _filling(rooms, rows, number)
    for name in planned:
        title, hand = _title_and_hand(name)
        yield WriteCard(title=title, code=code(title)), Who(hand)
    for title in ideas:
        yield WriteCard(title=title, code=code(title), idea=True), STRANGER
    if last:
        yield ChangeEvent(profile=profile), PROGRAM


def picture(text: str) -> list[Row]:
    """What `text` draws, to compare with `picture_of`."""
    rooms, days = _parsed(text)
    return [("", *rooms), *(row for number, rows in enumerate(days) for row in [("---",)] * (number > 0) + rows)]


def picture_of(board: Board) -> list[Row]:
    """The board's rooms, slots, cards and closures as a drawing would have them, without hands."""
    rooms = [room.key for room in board.rooms]
    rows: list[Row] = [("", *rooms)]
    for number, day in enumerate(board.days):
        rows += [("---",)] * (number > 0)
        rows += [(_clock(slot), *(_entry(board, Cell(room, slot.key)) for room in rooms)) for slot in day.slots]
    return rows


# Names for things on a drawn board


def cell(name: str, day: int = 0) -> Cell:
    """The cell `oak 09:00` of a drawn board, on its first day or `day` days later."""
    room, clock = name.split()
    return Cell(room, _slot_key(clock, day))


def cells(*names: str, day: int = 0) -> tuple[Cell, ...]:
    """The cells of those names."""
    return tuple(cell(name, day) for name in names)


def at(clock: str, day: int = 0) -> datetime:
    """The moment when the event's clocks show `clock` on its first day or `day` days later."""
    return _moment(clock, day)


def code(title: str) -> str:
    """The code of the drawn card of that title: its first letters, so that a failing test can be read."""
    letters = re.sub("[^0-9A-Z]", "", title.upper())[:6]
    return letters.ljust(6, "0") if letters else hashlib.sha256(title.encode()).hexdigest()[:6].upper()


def card(board: Board, title: str) -> Card:
    """The card of that title."""
    return board.cards[code(title)]


def host_of(board: Board, title: str) -> Who:
    """The device that wrote the card of that title."""
    return Who(card(board, title).hand)


def day_of(clocks: Iterable[str], rooms: Row, number: int = 0) -> Day:
    """A day whose slots begin at `clocks` and last an hour, or until the next begins."""
    named = [(_slot_key(clock, number), _moment(clock, number)) for clock in clocks]
    next_starts = [starts for _, starts in named[1:]]
    on = FIRST_DAY + timedelta(days=number)
    slots = (
        Slot(key, on, starts, min([starts + HOUR, *next_starts[place : place + 1]]))
        for place, (key, starts) in enumerate(named)
    )
    return Day(on, tuple(slots), rooms)


# Moves without a database


def asked(board: Board, move: Move, by: Who, at: datetime = EVE, left: Left = NO_IDEAS) -> Changes | Refusal:
    """What the rules say to a move: the numbered changes, or the refusal."""
    answer = decided(move, board, by, at, left)
    if isinstance(answer, Refusal):
        return answer
    return tuple(
        replace(change, number=board.number + place, at=at, by=by.hand, step=board.number + 1)
        for place, change in enumerate(answer, start=1)
    )


def refused(board: Board, move: Move, by: Who, at: datetime = EVE) -> Refusal:
    """The refusal of a move that must be refused."""
    answer = asked(board, move, by, at)
    assert isinstance(answer, Refusal), f"{move} was done: {answer}"
    return answer


def after(board: Board, move: Move, by: Who, at: datetime = EVE) -> Board:
    """The board after a move that must not be refused."""
    answer = asked(board, move, by, at)
    assert not isinstance(answer, Refusal), f"{move} was refused: {answer}"
    return fold_all(board, answer)


# Reading and drawing


def _parsed(text: str) -> tuple[Row, list[list[Row]]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    days: list[list[Row]] = [[]]
    for line in lines[1:]:
        if line == "---":
            days.append([])
        else:
            days[-1].append(_columns(line))
    return _columns(lines[0]), days


def _columns(line: str) -> Row:
    return tuple(re.split(r"\s{2,}", line.strip()))


def _filling(rooms: Row, rows: list[Row], number: int) -> Iterator[tuple[Move, Who]]:
    for place, (clock, *entries) in enumerate(rows):
        for column, entry in enumerate(entries):
            here = Cell(rooms[column], _slot_key(clock, number))
            if entry.startswith("#"):
                yield CloseCell(cells=(here,), reason=entry[1:]), PROGRAM
            elif entry not in (".", '"'):
                run = tuple(Cell(here.room, _slot_key(row[0], number)) for row in _run(rows[place:], column + 1))
                yield from _cards(entry, run)


def _run(rows: list[Row], column: int) -> list[Row]:
    """The first row and those below it that hold on to its card."""
    return [rows[0], *takewhile(lambda row: row[column] == '"', rows[1:])]


def _cards(entry: str, run: tuple[Cell, ...]) -> Iterator[tuple[Move, Who]]:
    for one in entry.split(" + "):
        name, _, where = one.partition(" at ")
        title, hand = _title_and_hand(name)
        yield WriteCard(title=title, cells=run, where=where, code=code(title), confirmed=True), Who(hand)


def _title_and_hand(name: str) -> tuple[str, str]:
    title, _, hand = name.partition("/")
    return title, hand or title.lower()


def _entry(board: Board, here: Cell) -> str:
    if closure := board.closures.get(here):
        return f"#{closure.reason}"
    return " + ".join(_said(held, here) for held in board.cards_at(here)) or "."


def _said(held: Card, here: Cell) -> str:
    if held.cells[0] != here:
        return '"'
    assert held.placement is not None
    return f"{held.words.title} at {held.placement.where}" if held.placement.where else held.words.title


def _slot_key(clock: str, day: int) -> str:
    return f"{FIRST_DAY + timedelta(days=day):%m%d}-{clock.replace(':', '')}"


def _clock(slot: Slot) -> str:
    return f"{slot.key[5:7]}:{slot.key[7:]}"


def _moment(clock: str, day: int) -> datetime:
    hours, minutes = (int(part) for part in clock.split(":"))
    midnight = datetime.combine(FIRST_DAY, time(), ZONE) + timedelta(days=day)
    return (midnight + timedelta(hours=hours, minutes=minutes)).astimezone(UTC)
