"""The Board: the whole public state of an event at one number, a frozen value, and the questions one can ask it."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from immutables import Map

from openspaces.board.card import Card
from openspaces.board.change import BEGINNING, Change
from openspaces.board.contest import Contest
from openspaces.board.parts import (
    Announcement,
    AskedDeal,
    Caution,
    Claim,
    Closure,
    Day,
    Freeze,
    Notice,
    Pitch,
    Placement,
    Policy,
    Programme,
    Room,
    Slot,
    Talk,
    Wished,
)
from openspaces.board.vocabulary import Cell

__all__ = [
    "BEGINNING",
    "Announcement",
    "AskedDeal",
    "Board",
    "Card",
    "Caution",
    "Change",
    "Claim",
    "Closure",
    "Day",
    "Freeze",
    "Notice",
    "Pitch",
    "Placement",
    "Policy",
    "Programme",
    "Room",
    "Slot",
    "Talk",
    "Wished",
]

Key = TypeVar("Key")
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """Everything public about one event at one number. Equal numbers of one epoch mean equal boards.

    `number` 0 is the board before its event is made. `at` is the time of the last change. `holders`, `claimants`,
    `hands` and `contested` say again what cards and contests say, by cell and by hand, so that no question costs more
    on a large board than on a small one.
    """

    event: str
    epoch: str = ""
    number: int = 0
    at: datetime = BEGINNING
    name: str = ""
    timezone: str = "UTC"
    venue: str = ""
    language: str = "en"
    hashtags: tuple[str, ...] = ()
    contact: str = ""
    about: str = ""
    follows: str = ""
    policy: Policy = field(default_factory=Policy)
    rooms: tuple[Room, ...] = ()
    days: tuple[Day, ...] = ()
    cards: Map[str, Card] = field(default_factory=Map)
    holders: Map[Cell, Codes] = field(default_factory=Map)
    claimants: Map[Cell, Codes] = field(default_factory=Map)
    hands: Map[str, Codes] = field(default_factory=Map)
    closures: Map[Cell, Closure] = field(default_factory=Map)
    contests: Map[int, Contest] = field(default_factory=Map)
    contested: Map[Cell, int] = field(default_factory=Map)
    freeze: Freeze | None = None
    announcements: tuple[Announcement, ...] = ()
    caution: Caution = field(default_factory=Caution)
    pitch: Pitch | None = None
    programme: Programme = field(default_factory=Programme)
    last_serial: int = 0
    erased: int = 0
    """The number of the last change that erased names of hosts: what was made of an earlier board may tell them."""

    def but(self, **changes: Any) -> "Board":
        """This board with other values in these fields: `dataclasses.replace`, only that what was worked out of its
        rooms and days goes along while they stay, so that a change costs the same on a large board."""
        new = object.__new__(Board)
        fields = vars(new)
        if not {"rooms", "days", "timezone"}.isdisjoint(changes):
            fields.update((name, value) for name, value in vars(self).items() if name in Board.__dataclass_fields__)
        elif self._timetable:  # always so: to ask is to work it out, once for this board and all that follow
            fields.update(vars(self))
        fields.update(changes)
        return new

    # Time

    @cached_property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """`moment` as the event's clocks show it."""
        return moment.astimezone(self.zone)

    def day(self, wanted: date) -> Day | None:
        """The day of that date, if the event has it."""
        return next((day for day in self.days if day.date == wanted), None)

    def day_at(self, moment: datetime) -> Day | None:
        """The day to show at `moment`: the running one, else the next, after the last day the last one."""
        running = [day for day in self.days if day.slots and day.slots[-1].ends > moment]
        today = self.local(moment).date()
        upcoming = [day for day in running if day.slots[0].starts <= moment or day.date >= today]
        return next(iter(upcoming or running), self.days[-1] if self.days else None)

    # Cells

    @cached_property
    def _timetable(self) -> "_Timetable":
        return _Timetable(self.rooms, self.days)

    @property
    def slots(self) -> dict[str, Slot]:
        """Every slot by its key, in order of time."""
        return self._timetable.slots

    def room(self, key: str) -> Room | None:
        """The room of that key, if the event has it."""
        return self._timetable.rooms.get(key)

    def has_cell(self, cell: Cell) -> bool:
        """Whether this board has that cell at all."""
        day = self._timetable.days.get(cell.slot)
        return day is not None and cell.room in day.rooms

    def slot_of(self, cell: Cell) -> Slot:
        """The slot of a cell that the board has; KeyError otherwise."""
        return self.slots[cell.slot]

    def day_of(self, cell: Cell) -> Day:
        """The day a cell of this board belongs to."""
        return self._timetable.days[cell.slot]

    def cells_of(self, day: Day) -> Iterator[Cell]:
        """The day's cells, slot by slot, each from the first room to the last."""
        return (Cell(room, slot.key) for slot in day.slots for room in day.rooms)

    def run(self, cell: Cell, length: int) -> tuple[Cell, ...]:
        """`length` cells in a row from `cell` on, in one room of one day; fewer where the day or a gap ends them."""
        day = self.day_of(cell)
        first = day.slots.index(self.slot_of(cell))
        slots = day.slots[first : first + max(1, length)]
        row = list(slots[:1])
        for slot in slots[1:]:
            if slot.starts != row[-1].ends:
                break
            row.append(slot)
        return tuple(Cell(cell.room, slot.key) for slot in row)

    def cards_at(self, cell: Cell) -> tuple[Card, ...]:
        """The cards that hold a cell: at most one, except Elsewhere."""
        return tuple(self.cards[code] for code in self.holders.get(cell, ()))

    def is_elsewhere(self, cell: Cell) -> bool:
        """Whether the cell is in the room that holds any number of cards."""
        return self._timetable.rooms[cell.room].elsewhere

    def is_free(self, cell: Cell) -> bool:
        """Whether the cell holds no card (Elsewhere never fills up) and is not closed."""
        return cell not in self.closures and (self.is_elsewhere(cell) or not self.holders.get(cell))

    # Claims and contests

    @property
    def open_contests(self) -> list[Contest]:
        """The contests that wait for their outcome, the first to be opened first."""
        return [self.contests[number] for number in sorted(set(self.contested.values()))]

    def contest_at(self, cell: Cell) -> Contest | None:
        """The contest that is open for a cell."""
        number = self.contested.get(cell)
        return None if number is None else self.contests[number]

    def contest_of(self, code: str) -> Contest | None:
        """The open contest in which a card stands."""
        return next((contest for contest in self.open_contests if code in contest.cards), None)

    @property
    def claiming(self) -> list[Card]:
        """The cards that ask for cells, the first to ask first."""
        return self.rivals(self.claimants)

    def claimed_by(self, cell: Cell) -> tuple[Card, ...]:
        """The cards that ask for a cell, the first to ask first."""
        return tuple(self.rivals((cell,)))

    def rivals(self, cells: Iterable[Cell]) -> list[Card]:
        """The cards that ask for any of `cells`, the first to ask first."""
        codes = {code for cell in cells for code in self.claimants.get(cell, ())}
        return sorted((self.cards[code] for code in codes), key=_since)

    def with_contest(self, contest: Contest) -> "Board":
        """This board with `contest` in place of its earlier self."""
        contested = {cell: number for cell, number in self.contested.items() if number != contest.id}
        contested |= dict.fromkeys(contest.cells if contest.open else (), contest.id)
        return self.but(contests=self.contests.set(contest.id, contest), contested=Map(contested))

    # Cards

    def time_of(self, placement: Placement) -> tuple[datetime, datetime]:
        """When a placement starts and ends."""
        return self.slots[placement.cells[0].slot].starts, self.slots[placement.cells[-1].slot].ends

    def cards_of(self, hand: str) -> list[Card]:
        """The cards that one hand wrote or took up, oldest first."""
        return [card for card in self._in_hand(hand) if card.hand == hand]

    def hosted_by(self, hand: str) -> list[Card]:
        """The cards that one hand hosts, alone or with others: also those of which one of its own is a part."""
        return list({card.code: card for card in map(self.whole, self._in_hand(hand))}.values())

    def _in_hand(self, hand: str) -> list[Card]:
        return sorted((self.cards[code] for code in self.hands.get(hand, ())), key=lambda card: card.serial)

    def whole(self, card: Card) -> Card:
        """The card of which it is a part by now, or itself."""
        return self.whole(self.cards[card.merged_into]) if card.merged_into else card

    def parts(self, card: Card) -> Iterator[Card]:
        """The card, and every one that became part of it."""
        yield card
        for code in card.merged:
            yield from self.parts(self.cards[code])

    def in_order(self) -> list[Card]:
        """Every card, oldest first."""
        return sorted(self.cards.values(), key=lambda card: card.serial)

    @property
    def pitching(self) -> list[Card]:
        """The cards that wait to be pitched and can be: one that was withdrawn, merged or hidden since is left out."""
        cards = [self.cards[code] for code in self.pitch.queue] if self.pitch else []
        return [card for card in cards if not (card.withdrawn or card.merged_into or card.hidden)]

    def with_card(self, card: Card) -> "Board":
        """This board with `card` in place of its earlier self; who holds and asks for which cells follows."""
        old, code = self.cards.get(card.code), card.code
        held, asked, hands = (old.cells, old.asks, old.hands) if old else ((), (), ())
        return self.but(
            cards=self.cards.set(code, card),
            holders=_handed_over(self.holders, code, held, card.cells),
            claimants=_handed_over(self.claimants, code, asked, card.asks),
            hands=_handed_over(self.hands, code, hands, card.hands),
        )

    def filled(self, cards: Iterable[Card], contests: Iterable[Contest]) -> "Board":
        """This board, which has none yet, with all these cards and contests at once."""
        all_cards, all_contests = list(cards), list(contests)
        return self.but(
            cards=Map({card.code: card for card in all_cards}),
            holders=_by_key((cell, card.code) for card in all_cards for cell in card.cells),
            claimants=_by_key((cell, card.code) for card in all_cards for cell in card.asks),
            hands=_by_key((hand, card.code) for card in all_cards for hand in card.hands),
            contests=Map({contest.id: contest for contest in all_contests}),
            contested=Map({cell: each.id for each in all_contests if each.open for cell in each.cells}),
            last_serial=max((card.serial for card in all_cards), default=0),
        )


class _Timetable:
    """What follows from a board's rooms and days, worked out when it is asked for."""

    def __init__(self, rooms: tuple[Room, ...], days: tuple[Day, ...]) -> None:
        self._rooms, self._days = rooms, days

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Every room by its key."""
        return {room.key: room for room in self._rooms}

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every slot by its key, in order of time."""
        return {slot.key: slot for day in self._days for slot in day.slots}

    @cached_property
    def days(self) -> dict[str, Day]:
        """The day of each slot, by the slot's key."""
        return {slot.key: day for day in self._days for slot in day.slots}


def _since(card: Card) -> tuple[int, int]:
    return (card.claim.number if card.claim else 0, card.serial)


def _handed_over(codes: Map[Key, Codes], code: str, left: tuple[Key, ...], taken: tuple[Key, ...]) -> Map[Key, Codes]:
    if left == taken:
        return codes
    now = codes.mutate()
    for key in left:
        now[key] = tuple(there for there in now[key] if there != code)
        if not now[key]:
            del now[key]
    for key in taken:
        held = now.get(key, ())
        place = bisect(held, code)
        now[key] = (*held[:place], code, *held[place:])
    return now.finish()


def _by_key(pairs: Iterable[tuple[Key, str]]) -> Map[Key, Codes]:
    found: dict[Key, list[str]] = {}
    for key, code in pairs:
        found.setdefault(key, []).append(code)
    return Map({key: tuple(sorted(codes)) for key, codes in found.items()})
