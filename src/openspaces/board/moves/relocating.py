"""Cards that lost their cells: where each may go, ranked; a proposal for all of them; and the move that does it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from openspaces.board.moves.base import Changes, OfStaff, following
from openspaces.board.moves.cards import PlaceCard
from openspaces.board.moves.free import OFFERS, free_run
from openspaces.board.moves.hosts import clash
from openspaces.board.state import Board, Card, Placement, Slot
from openspaces.board.vocabulary import Cell, Refusal
from openspaces.people.who import Who


@dataclass(frozen=True, kw_only=True)
class PlaceCards(OfStaff):
    """Staff put several cards on the board in one step, all or none: cards that lost their room find new ones at once,
    as the desk proposes it or as staff changed the proposal."""

    places: tuple[PlaceCard, ...]

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        done: list[Changes] = []
        for place in self.places:
            changes = replace(place, confirmed=True).decide(board, by, at)
            if isinstance(changes, Refusal):
                return changes
            board = following(board, changes, by, at)
            done.append(changes)
        return tuple(change for changes in done for change in changes)


def alternatives(board: Board, card: Card, at: datetime, most: int = OFFERS) -> list[Cell]:
    """Where a card that lost its cell, or did not get it, may go: first what the desk offered, then the nearest free
    cells: at the same time in rooms as large, then smaller, then in its own room, then at other times of the day, then
    on other days. An hour that has begun comes last, unless it is the one that was lost."""
    notice = card.notice
    if notice is None:
        return []
    length = len(notice.lost.cells)
    offered = (cell for cell in notice.offered if board.has_cell(cell))
    ranked = dict.fromkeys((*offered, *_begun_last(board, notice.lost.cells[0], at)))
    fitting = (cell for cell in ranked if _fits(board, card, cell, length, at))
    return list(islice(fitting, most))


def proposal(board: Board, cards: Iterable[Card], at: datetime) -> list[tuple[Card, tuple[Cell, ...]]]:
    """A place for each of `cards`, the oldest first, none twice; no cells where nothing is free for one."""
    found: list[tuple[Card, tuple[Cell, ...]]] = []
    for card in sorted(cards, key=lambda card: card.serial):
        best = alternatives(board, card, at, most=1)
        length = len(card.notice.lost.cells) if card.notice else 1
        cells = board.run(best[0], length) if best else ()
        found.append((card, cells))
        if cells:
            board = board.with_card(replace(card, placement=Placement(cells)))
    return found


def _begun_last(board: Board, lost: Cell, at: datetime) -> list[Cell]:
    """Every cell, the nearest first, and nobody is sent first to an hour of which only minutes are left."""
    begun = {slot.key for slot in board.slots.values() if slot.starts <= at} - {lost.slot}
    return sorted(_ranked(board, lost, at), key=lambda cell: cell.slot in begun)


def _ranked(board: Board, lost: Cell, at: datetime) -> Iterator[Cell]:
    """Every cell, the nearest first. Where the lost one is no more, what comes next is near."""
    slot = board.slots.get(lost.slot)
    starts = slot.starts if slot else at
    today = (board.day(slot.day) if slot else None) or board.day_at(starts)
    days = sorted(board.days, key=lambda day: (day != today, day.date))
    for day in days:
        slots = sorted(day.slots, key=lambda other: (abs(other.starts - starts), other.starts))
        for other in slots:
            if other == slot:
                yield from _rooms_for(board, lost, other, day.rooms)
        yield from (Cell(lost.room, other.key) for other in slots if lost.room in day.rooms)
        for other in slots:
            yield from _rooms_for(board, lost, other, day.rooms)


def _rooms_for(board: Board, lost: Cell, slot: Slot, rooms: tuple[str, ...]) -> list[Cell]:
    """The day's rooms at a time: those as large as the lost one before smaller ones, the nearest first. A place of the
    host's own choice is nothing that can be offered."""
    known = [room for key in rooms if (room := board.room(key)) and not room.elsewhere]
    old = board.room(lost.room)
    seats = (old.capacity if old else None) or 0
    place = {key: index for index, key in enumerate(rooms)}
    here = place.get(lost.room, 0)
    known.sort(key=lambda room: (_too_small(room.capacity, seats), abs(place[room.key] - here)))
    return [Cell(room.key, slot.key) for room in known]


def _too_small(capacity: int | None, seats: int) -> bool:
    return capacity is not None and capacity < seats


def _fits(board: Board, card: Card, cell: Cell, length: int, at: datetime) -> bool:
    """Whether the card could have the cell, for as long as it needs, and its host be there."""
    if board.is_elsewhere(cell) or not free_run(board, cell, length, at):
        return False
    return clash(board, card.hand, Placement(board.run(cell, length)), card) is None
