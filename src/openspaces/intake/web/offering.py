"""Free cells as people choose among them: what a refusal offers, and everything that is free, by day and slot."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from openspaces.board.moves.hours import open_now
from openspaces.board.state import Board, Card, Day, Placement, Slot
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.visiting import Visit
from openspaces.look.hosting import room_name as room_name
from openspaces.wording import clock, day_says, span, span_says


@dataclass(frozen=True)
class Offer:
    """One free cell: its address, and what its button says."""

    cell: Cell
    label: str
    url: str


@dataclass(frozen=True)
class Offers:
    """Free cells that have something in common, under a sentence that says what."""

    title: str
    cells: tuple[Offer, ...]
    note: str = ""
    """What speaks against it."""


def offered(board: Board, wanted: Cell, free: Iterable[Cell]) -> list[Offers]:
    """The free cells of a refusal, those of the same slot first, then those of the same room by time."""
    cells = list(free)
    beside = [cell for cell in cells if cell.slot == wanted.slot]
    later = sorted((cell for cell in cells if cell.slot != wanted.slot), key=lambda cell: board.slot_of(cell).starts)
    at = _("Free at %(time)s:") % {"time": clock(board.local(board.slot_of(wanted).starts))}
    room = _("Free in %(room)s:") % {"room": room_name(board, wanted.room)}
    groups = [
        Offers(at, tuple(Offer(cell, room_name(board, cell.room), cell_url(board, cell)) for cell in beside)),
        Offers(room, tuple(Offer(cell, _time_from(board, wanted, cell), cell_url(board, cell)) for cell in later)),
    ]
    return [group for group in groups if group.cells]


@dataclass(frozen=True)
class FreeDay:
    """What is free on one day, slot by slot."""

    title: str
    slots: tuple[Offers, ...]

    @property
    def count(self) -> int:
        """How many cells that are."""
        return sum(len(slot.cells) for slot in self.slots)


def free_for(visit: Visit, card: Card) -> list[FreeDay]:
    """Every cell to which `card` could go now and stay as long as it is, by day and slot."""
    board = visit.newest()
    days = []
    for day in board.days:
        slots = [Offers(_slot_says(board, slot), _free_in(visit, card, day, slot)) for slot in day.slots]
        if some := tuple(group for group in slots if group.cells):
            days.append(FreeDay(day_says(day.date), some))
    return days


def run_says(board: Board, cells: tuple[Cell, ...]) -> str:
    """When a run of cells starts and ends: "14:00–16:00"."""
    return span(board, Placement(cells))


def cell_url(board: Board, cell: Cell) -> str:
    """The address of a cell."""
    return f"/{board.event}/cells/{cell}/"


def _time_from(board: Board, wanted: Cell, cell: Cell) -> str:
    time = run_says(board, (cell,))
    day = board.slot_of(cell).day
    return time if day == board.slot_of(wanted).day else f"{day_says(day, short=True)} {time}"


def _slot_says(board: Board, slot: Slot) -> str:
    return span_says(board.local(slot.starts), board.local(slot.ends))


def _free_in(visit: Visit, card: Card, day: Day, slot: Slot) -> tuple[Offer, ...]:
    board = visit.newest()
    free = [cell for room in day.rooms if _fits(visit, card, cell := Cell(room, slot.key))]
    return tuple(Offer(cell, room_name(board, cell.room), cell_url(board, cell)) for cell in free)


def _fits(visit: Visit, card: Card, cell: Cell) -> bool:
    """Whether the card's whole run is free from this cell on, where it does not stand already."""
    board = visit.newest()
    run = board.run(cell, max(1, len(card.cells)))
    if run == card.cells or len(run) < len(card.cells) or not (visit.by.is_staff or open_now(board, cell, visit.at)):
        return False
    own = set(card.cells) - set(board.closures)
    return all(each in own or (board.is_free(each) and not _wanted(board, card, each)) for each in run)


def _wanted(board: Board, card: Card, cell: Cell) -> bool:
    """Whether others ask for the cell; Elsewhere there is room for all."""
    return not board.is_elsewhere(cell) and any(other.code != card.code for other in board.claimed_by(cell))
