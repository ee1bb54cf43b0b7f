"""Where a card may go, for staff to choose from: the cells that are free for it, by day and slot."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from openspaces.board.moves.taking import why_not
from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.offering import FreeDay, Offer, Offers, cell_url, room_name
from openspaces.people.who import Who
from openspaces.wording import day_says, span, span_says

Choice = tuple[str, str]
"""A cell as it is written, and in words."""
Group = tuple[str, list[Choice]]
"""Choices that begin at one time, under that time."""


def free_days(board: Board, card: Card, by: Who, at: datetime) -> list[FreeDay]:
    """Every cell that is free for `card` as long as it is, but for those that are over; Elsewhere too."""
    days = []
    for day in board.days:
        slots = []
        for slot in day.slots:
            free = [cell for key in day.rooms if goes(board, card, cell := Cell(key, slot.key), by, at)]
            offers = tuple(Offer(cell, room_name(board, cell.room), cell_url(board, cell)) for cell in free)
            slots.append(Offers(span_says(board.local(slot.starts), board.local(slot.ends)), offers))
        if some := tuple(group for group in slots if group.cells):
            days.append(FreeDay(day_says(day.date), some))
    return days


def goes(board: Board, card: Card, cell: Cell, by: Who, at: datetime) -> bool:
    """Whether staff may put `card` there, where nobody waits for it and it is not over."""
    run = board.run(cell, length_of(card))
    if len(run) < length_of(card) or run == card.cells or board.slot_of(cell).ends <= at:
        return False
    waiting = any(other.code != card.code for each in run for other in board.claimed_by(each))
    return not waiting and why_not(board, by, at, Placement(run, "-"), card, confirmed=True) is None


def run_from(board: Board, card: Card, cell: Cell) -> Placement:
    """The cells that `card` would have from `cell` on."""
    return Placement(board.run(cell, length_of(card)))


def length_of(card: Card) -> int:
    """How many cells in a row the card has, asks for, or had before it lost them."""
    if card.placement:
        return len(card.cells)
    if card.claim:
        return len(card.claim.placement.cells)
    return len(card.notice.lost.cells) if card.notice else 1


def nearest(
    board: Board, card: Card, around: datetime, by: Who, at: datetime, most: int, but: Iterable[Cell] = ()
) -> list[Group]:
    """The free cells whose time is nearest to `around`, in order of time. None of them is Elsewhere, which would want
    to know where."""
    known = set(but)
    slots = sorted(board.slots.values(), key=lambda slot: (_far(slot.starts, around), slot.starts))
    found: list[Cell] = []
    for slot in slots:
        day = board.day(slot.day)
        for key in day.rooms if day else ():
            cell = Cell(key, slot.key)
            if cell not in known and not board.is_elsewhere(cell) and goes(board, card, cell, by, at):
                found.append(cell)
        if len(found) >= most:
            break
    return list(_grouped(board, card, sorted(found[:most], key=lambda cell: board.slot_of(cell).starts)))


def _far(starts: datetime, around: datetime) -> timedelta:
    return abs(starts - around)


def _grouped(board: Board, card: Card, cells: list[Cell]) -> Iterator[Group]:
    for key, group in groupby(cells, key=lambda cell: cell.slot):
        here = list(group)
        time = span(board, run_from(board, card, here[0]))
        choices = [(str(cell), room_name(board, cell.room)) for cell in here]
        yield f"{day_says(board.slots[key].day, short=True)} {time}", choices
