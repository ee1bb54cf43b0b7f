"""A day of the board as a grid of boxes to tick: cells, whole rooms, whole slots; and what was ticked."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Closure, Day, Placement, Slot
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.desk.moments import until_says
from openspaces.intake.web.offering import room_name
from openspaces.wording import day_says, in_a_row, span, span_says


@dataclass(frozen=True)
class Box:
    """One cell to tick: what holds it, in words; `what` is taken, closed or free."""

    cell: Cell
    room: str
    what: str
    says: str
    ticked: bool


@dataclass(frozen=True)
class GridRow:
    """One slot; its boxes from the first room to the last."""

    slot: str
    says: str
    boxes: list[Box]


@dataclass(frozen=True)
class Grid:
    """The slots of a day that are not over, and its rooms by key and name."""

    day: date
    rooms: list[tuple[str, str]]
    rows: list[GridRow]


def grid_of(board: Board, day: Day, ticked: Iterable[Cell], at: datetime) -> Grid:
    """The grid of a day."""
    wanted = set(ticked)
    slots = [slot for slot in day.slots if slot.ends > at]
    rooms = [(key, room_name(board, key)) for key in day.rooms]
    return Grid(day.date, rooms, [_row(board, day, slot, wanted) for slot in slots])


def ticked_in(board: Board, sent: QueryDict, at: datetime) -> tuple[Cell, ...]:
    """The cells that a form names and that are not over: one by one, or with the whole room, slot or `day`."""
    rows, columns, whole = set(sent.getlist("row")), set(sent.getlist("column")), "whole" in sent
    day = day_named(board, str(sent.get("day", "")))
    there = tuple(board.cells_of(day)) if day else ()
    within = [cell for cell in there if whole or cell.slot in rows or cell.room in columns]
    named = cells_named(board, " ".join(map(str, sent.getlist("cell"))))
    return tuple(cell for cell in dict.fromkeys((*within, *named)) if board.slot_of(cell).ends > at)


def cells_named(board: Board, written: str) -> tuple[Cell, ...]:
    """Cells of the board, written with spaces between them; whatever else is written names none."""
    found = []
    for each in written.split():
        with suppress(ValueError):
            found.append(Cell.parse(each))
    return tuple(cell for cell in found if board.has_cell(cell))


def day_named(board: Board, written: str) -> Day | None:
    """The day of that date, as an address writes it."""
    try:
        return board.day(date.fromisoformat(written))
    except ValueError:
        return None


def runs(board: Board, cells: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """Cells as rows in one room each, by day and room."""
    wanted = set(cells)
    return [run for day in board.days for key in day.rooms for run in _runs_in(board, day, key, wanted)]


def spans_say(board: Board, cells: Iterable[Cell]) -> list[str]:
    """Cells in as few words as will do, rooms with the same times together: "Friday 12:00–14:00: Oak, Elm"."""
    rooms: dict[str, list[str]] = {}
    for run in runs(board, cells):
        rooms.setdefault(_time_says(board, run), []).append(room_name(board, run[0].room))
    return [_("%(time)s: %(rooms)s") % {"time": time, "rooms": in_a_row(names)} for time, names in rooms.items()]


def closure_says(board: Board, closure: Closure, at: datetime) -> str:
    """Why a cell is closed, and until when if that is known."""
    return f"{closure.reason} ({until_says(board, closure.until, at)})" if closure.until else closure.reason


def _row(board: Board, day: Day, slot: Slot, ticked: set[Cell]) -> GridRow:
    boxes = [_box(board, Cell(key, slot.key), ticked) for key in day.rooms]
    return GridRow(slot.key, span_says(board.local(slot.starts), board.local(slot.ends)), boxes)


def _box(board: Board, cell: Cell, ticked: set[Cell]) -> Box:
    titles = [card.words.title for card in board.cards_at(cell)]
    closure = board.closures.get(cell)
    what = "taken" if titles else "closed" if closure else "free"
    said = in_a_row(titles) if titles else closure_says(board, closure, board.at) if closure else ""
    return Box(cell, room_name(board, cell.room), what, said, cell in ticked)


def _runs_in(board: Board, day: Day, room: str, wanted: set[Cell]) -> Iterator[tuple[Cell, ...]]:
    run: list[Cell] = []
    for slot in day.slots:
        cell = Cell(room, slot.key)
        if run and (cell not in wanted or board.slot_of(run[-1]).ends != slot.starts):
            yield tuple(run)
            run = []
        if cell in wanted:
            run.append(cell)
    if run:
        yield tuple(run)


def _time_says(board: Board, run: tuple[Cell, ...]) -> str:
    return f"{day_says(board.slot_of(run[0]).day, short=True)} {span(board, Placement(run))}"
