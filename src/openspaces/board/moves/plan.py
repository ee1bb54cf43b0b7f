"""Following an event file: the moves by which a board comes to be as the organiser wrote it down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from openspaces.board.moves.base import Changes, Move, following, staff_only
from openspaces.board.moves.cards import WriteCard
from openspaces.board.moves.cells import CloseCell, ReopenCell
from openspaces.board.moves.event import (
    AddDay,
    AddRoom,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    MakeEvent,
    Profile,
    RemoveDay,
    RemoveRoom,
    cards_on,
    lost_cells,
)
from openspaces.board.state import Board, Card, Closure, Day, Room, Slot
from openspaces.board.vocabulary import Cell, Refusal
from openspaces.people.who import PROGRAM, Role, Who


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an event file says, read and checked: a profile, rooms, days, closed cells, and cards to start with."""

    event: str
    profile: Profile
    rooms: tuple[Room, ...]
    days: tuple[Day, ...]
    closures: tuple[CloseCell, ...] = ()
    cards: tuple[WriteCard, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Something that the file no longer has but the board keeps, because cards stand there."""

    what: str
    cells: tuple[Cell, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class FollowPlan:
    """An organiser makes the event as the file says, or changes what differs, all or nothing. What is placed stays: a
    room, slot or day that the file dropped under a card is kept until somebody decides, and listed."""

    makes_event: ClassVar[bool] = True

    plan: Plan

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by, Role.ORGANISER)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        changes: list[Changes] = []
        now = board
        for move in differences(board, self.plan, at):
            decided = move.decide(now, by, at)
            if isinstance(decided, Refusal):
                return decided
            changes.append(decided)
            now = following(now, decided, by, at)
        return tuple(change for decided in changes for change in decided)


def differences(board: Board, plan: Plan, at: datetime) -> Iterator[Move]:
    """The moves from `board` to `plan` at that time, in an order in which each can be played."""
    yield ChangeEvent(profile=plan.profile) if board.number else MakeEvent(profile=plan.profile)
    for room in plan.rooms:
        yield ChangeRoom(room=room) if board.room(room.key) else AddRoom(room=room)
    days, _ = fitted_days(board, plan)
    for day in days:
        yield ChangeDay(day=day) if board.day(day.date) else AddDay(day=day)
    for old in board.days:
        if old.date not in {day.date for day in days}:
            yield RemoveDay(day=old)
    used = {key for day in days for key in day.rooms} | {room.key for room in plan.rooms}
    for gone in board.rooms:
        if gone.key not in used:
            yield RemoveRoom(key=gone.key)
    yield from _closing(board, plan, days, at)
    yield from (card for card in plan.cards if card.code not in board.cards)


def fitted_days(board: Board, plan: Plan) -> tuple[list[Day], list[Kept]]:
    """The plan's days with whatever must stay because cards stand there, and a list of what that is."""
    days, kept = [], []
    planned = {day.date: day for day in plan.days}
    for old in board.days:
        new = planned.get(old.date) or Day(old.date, (), ())
        stranded = [cell for cell in lost_cells(board, old, new) if board.cards_at(cell)]
        if stranded:
            planned[old.date] = _with_cells(old, new, stranded)
            kept.append(Kept(old.date.isoformat(), tuple(stranded), tuple(cards_on(board, stranded))))
    days = [planned[date] for date in sorted(planned)]
    return days, kept


def _with_cells(old: Day, new: Day, cells: list[Cell]) -> Day:
    """`new` with the rooms and slots of `cells` as `old` has them; a new slot that would overlap an old one waits, and
    so does one of the same key at another time (which a new time zone makes)."""
    held = [slot for slot in old.slots if slot.key in {cell.slot for cell in cells}]
    fitting = [slot for slot in new.slots if not any(_collide(slot, kept) for kept in held)]
    slots = sorted({*held, *fitting}, key=lambda slot: slot.starts)
    rooms = (*new.rooms, *(room for room in old.rooms if room in {cell.room for cell in cells} - set(new.rooms)))
    window = new if new.slots else old
    return replace(new, slots=tuple(slots), rooms=rooms, opens=window.opens, closes=window.closes)


def _collide(one: Slot, other: Slot) -> bool:
    return one.key == other.key or (one.starts < other.ends and other.starts < one.ends)


def _closing(board: Board, plan: Plan, days: list[Day], at: datetime) -> Iterator[CloseCell | ReopenCell]:
    """The file's closures, but for cells that hold a card: those are reported and left to people. What an earlier
    file closed and this one does not is reopened; what staff closed stays. A hold that is over is no closure any more.
    `days` say which cells there will be."""
    there = {Cell(room, slot.key) for day in days for slot in day.slots for room in day.rooms}
    closures = [closure for closure in plan.closures if closure.until is None or closure.until > at]
    planned = {cell: closure for closure in closures for cell in closure.cells}
    by_file = {cell: old for cell, old in board.closures.items() if old.by == PROGRAM.hand and cell in there}
    if reopened := [cell for cell, old in by_file.items() if _is_shorter(planned.get(cell), old)]:
        yield ReopenCell(cells=tuple(sorted(reopened)))
    for closure in closures:
        empty = tuple(cell for cell in closure.cells if cell in there and not board.holders.get(cell))
        if empty:
            yield replace(closure, cells=empty)


def _is_shorter(new: CloseCell | None, old: Closure) -> bool:
    """Whether the file closes the cell no longer, or only for a while."""
    return new is None or (new.until is not None and old.until is None)


def kept_back(board: Board, plan: Plan) -> list[Kept]:
    """What following `plan` leaves as it is on `board`: cells that the file dropped or closed for good under cards."""
    _, kept = fitted_days(board, plan)
    for closure in plan.closures:
        held = [cell for cell in closure.cells if board.holders.get(cell)]
        if held and closure.until is None:
            kept.append(Kept(closure.reason, tuple(held), tuple(cards_on(board, held))))
    return kept
