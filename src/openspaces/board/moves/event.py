"""The moves of an event: make it, change it, and add, change and remove its rooms and days."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from openspaces.board.facts import day_facts, policy_facts, room_facts
from openspaces.board.moves.base import NOTHING, Changes, staff_only
from openspaces.board.moves.cells import contests_over, losses, reopening
from openspaces.board.state import BEGINNING, Board, Card, Change, Day, Policy, Room
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal
from openspaces.people.who import Role, Who


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What an event says of itself, apart from its rooms and days."""

    name: str
    timezone: str
    venue: str = ""
    language: str = "en"
    hashtags: tuple[str, ...] = ()
    contact: str = ""
    about: str = ""
    follows: str = ""
    """The address of the main programme that stands beside the board, and is looked at again by itself."""
    policy: Policy = field(default_factory=Policy)

    def facts(self) -> dict[str, Any]:
        """The profile as plain facts."""
        plain = {name: getattr(self, name) for name in Profile.__dataclass_fields__}
        return {**plain, "hashtags": list(self.hashtags), "policy": policy_facts(self.policy)}


def profile_of(board: Board) -> Profile:
    """The profile that a board's event has now."""
    return Profile(**{name: getattr(board, name) for name in Profile.__dataclass_fields__})


class _Organising:
    """Only organisers change the event itself."""

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by, Role.ORGANISER)


@dataclass(frozen=True, kw_only=True)
class MakeEvent(_Organising):
    """An organiser makes an event; its rooms and days follow as moves of their own."""

    makes_event: ClassVar[bool] = True

    profile: Profile

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if board.number:
            return Refusal(Code.EVENT_EXISTS, {"event": board.event})
        return (Change(Kind.EVENT_MADE, after=self.profile.facts()),)


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(_Organising):
    """An organiser changes what the event says of itself, or its policy; cards stay as they are."""

    profile: Profile

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old, new = profile_of(board).facts(), self.profile.facts()
        changed = [name for name in new if new[name] != old[name]]
        before, after = ({name: facts[name] for name in changed} for facts in (old, new))
        return (Change(Kind.EVENT_CHANGED, before=before, after=after),) if changed else NOTHING


@dataclass(frozen=True, kw_only=True)
class AddRoom(_Organising):
    """An organiser adds a room; it stands on the days that name it."""

    room: Room

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if board.room(self.room.key):
            return Refusal(Code.ROOM_EXISTS, {"room": self.room.name})
        return (Change(Kind.ROOM_ADDED, after=room_facts(self.room)),)


@dataclass(frozen=True, kw_only=True)
class ChangeRoom(_Organising):
    """An organiser changes a room's name, capacity or kit; its key stays, so links and cells stay. Where it becomes
    Elsewhere, nobody has to contend for it any more."""

    room: Room

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old = board.room(self.room.key)
        if old is None:
            return Refusal(Code.UNKNOWN_ROOM, {"room": self.room.key})
        if old.elsewhere and not self.room.elsewhere and _crowded(board, old.key):
            return Refusal(Code.ROOM_IN_USE, {"room": old.name, "cards": _titles(_crowded(board, old.key))})
        if old == self.room:
            return NOTHING
        turned = [cell for cell in board.contested if cell.room == old.key and self.room.elsewhere]
        changed = Change(Kind.ROOM_CHANGED, before=room_facts(old), after=room_facts(self.room))
        return (*contests_over(board, turned, "", at), changed)


@dataclass(frozen=True, kw_only=True)
class RemoveRoom(_Organising):
    """An organiser removes a room that no day uses and no card stands in."""

    key: str

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        room = board.room(self.key)
        if room is None:
            return NOTHING
        if any(room.key in day.rooms for day in board.days):
            cells = [cell for day in board.days for cell in board.cells_of(day) if cell.room == room.key]
            return Refusal(Code.ROOM_IN_USE, {"room": room.name, "cards": _titles(cards_on(board, cells))})
        return (Change(Kind.ROOM_REMOVED, before={**room_facts(room), "place": board.rooms.index(room)}),)


@dataclass(frozen=True, kw_only=True)
class AddDay(_Organising):
    """An organiser adds a day with its slots and rooms."""

    day: Day

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if board.day(self.day.date):
            return Refusal(Code.DAY_EXISTS, {"day": self.day.date.isoformat()})
        if refusal := _not_fitting(board, self.day):
            return refusal
        return (Change(Kind.DAY_ADDED, after=day_facts(self.day)),)


@dataclass(frozen=True, kw_only=True)
class ChangeDay(_Organising):
    """An organiser changes a day's slots, rooms or sign-up window. A cell that would vanish under a card, or a slot
    whose time would change under one, is refused: somebody has to move the card first. A closure goes with its cell,
    and who asked for the cell is owed another."""

    day: Day

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old = board.day(self.day.date)
        if old is None:
            return Refusal(Code.UNKNOWN_DAY, {"day": self.day.date.isoformat()})
        if old == self.day:
            return NOTHING
        if refusal := _not_fitting(board, self.day):
            return refusal
        if stranded := cards_on(board, lost_cells(board, old, self.day)):
            return _slot_in_use(old, stranded)
        changed = Change(Kind.DAY_CHANGED, before=day_facts(old), after=day_facts(self.day))
        return (*_given_up(board, lost_cells(board, old, self.day), at), changed)


@dataclass(frozen=True, kw_only=True)
class RemoveDay(_Organising):
    """An organiser removes a day on which no card stands."""

    day: Day

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old = board.day(self.day.date)
        if old is None:
            return NOTHING
        cells = list(board.cells_of(old))
        if stranded := cards_on(board, cells):
            return _slot_in_use(old, stranded)
        return (*_given_up(board, cells, at), Change(Kind.DAY_REMOVED, before=day_facts(old)))


def lost_cells(board: Board, old: Day, new: Day) -> list[Cell]:
    """The cells of `old` that `new` has not, or has at another time."""
    kept = {Cell(room, slot.key) for room in new.rooms for slot in new.slots if slot in old.slots}
    return [cell for cell in board.cells_of(old) if cell not in kept]


def cards_on(board: Board, cells: list[Cell]) -> list[Card]:
    """The cards that hold any of `cells`, each once, in the board's order."""
    return list({card.code: card for cell in cells for card in board.cards_at(cell)}.values())


def _not_fitting(board: Board, day: Day) -> Refusal | None:
    """A day needs rooms that the event has and slots that no other day has: a cell is named without its year."""
    for key in day.rooms:
        if board.room(key) is None:
            return Refusal(Code.UNKNOWN_ROOM, {"room": key})
    for slot in day.slots:
        there = board.slots.get(slot.key)
        if there and there.day != day.date:
            return Refusal(Code.SLOT_EXISTS, {"slot": slot.key, "day": there.day.isoformat()})
    return _overlapping(board, day)


def _overlapping(board: Board, day: Day) -> Refusal | None:
    """One room is in one slot at a time: the day's slots follow each other, also those of other days past midnight."""
    ends = BEGINNING
    for slot in day.slots:
        if not ends <= slot.starts < slot.ends:
            return Refusal(Code.SLOTS_OVERLAP, {"slot": slot.key, "day": day.date.isoformat()})
        ends = slot.ends
    others = [slot for other in board.days if _share_rooms(other, day) for slot in other.slots]
    for slot in day.slots:
        if any(slot.starts < other.ends and other.starts < slot.ends for other in others):
            return Refusal(Code.SLOTS_OVERLAP, {"slot": slot.key, "day": day.date.isoformat()})
    return None


def _share_rooms(other: Day, day: Day) -> bool:
    return other.date != day.date and not set(other.rooms).isdisjoint(day.rooms)


def _crowded(board: Board, room: str) -> list[Card]:
    cells = [cell for cell, codes in board.holders.items() if cell.room == room and len(codes) > 1]
    return cards_on(board, cells)


def _given_up(board: Board, cells: list[Cell], at: datetime) -> Changes:
    """Closures go with their cells, and so do the claims and contests about them."""
    gone = tuple(cells)
    return (*reopening(board, gone), *losses(board, gone, "", at))


def _slot_in_use(day: Day, stranded: list[Card]) -> Refusal:
    return Refusal(Code.SLOT_IN_USE, {"day": day.date.isoformat(), "cards": _titles(stranded)})


def _titles(cards: list[Card]) -> list[str]:
    return [card.words.title for card in cards]
