"""The Board: the whole public state of an event at one number, a frozen value, and the questions one can ask it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from immutables import Map

from openspaces.board.card import Card
from openspaces.board.contest import Contest
from openspaces.board.parts import (
    Announcement,
    Caution,
    Claim,
    Closure,
    Day,
    Freeze,
    Notice,
    Pitch,
    Placement,
    Policy,
    Room,
    Slot,
    Wish,
)
from openspaces.board.vocabulary import Cell, Facts, Kind

__all__ = [
    "BEGINNING",
    "Announcement",
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
    "Room",
    "Slot",
    "Wish",
]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a board on which nothing has happened."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened: a numbered line of an event's log.

    `before` and `after` hold plain values, and Words under `words`. `by` is the hand that asked, never a name. `step`
    is the number of the first change of the same move: what was done together.
    """

    kind: Kind
    card: str = ""
    cells: tuple[Cell, ...] = ()
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    number: int = 0
    at: datetime = BEGINNING
    by: str = ""
    step: int = 0


@dataclass(frozen=True)
class Board:
    """Everything public about one event at one number. Equal numbers of one epoch mean equal boards.

    `number` 0 is the board before its event is made. `at` is the time of the last change.
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
    policy: Policy = field(default_factory=Policy)
    rooms: tuple[Room, ...] = ()
    days: tuple[Day, ...] = ()
    cards: Map[str, Card] = field(default_factory=Map)
    holders: Map[Cell, tuple[str, ...]] = field(default_factory=Map)
    closures: Map[Cell, Closure] = field(default_factory=Map)
    contests: Map[int, Contest] = field(default_factory=Map)
    freeze: Freeze | None = None
    announcements: tuple[Announcement, ...] = ()
    caution: Caution = field(default_factory=Caution)
    pitch: Pitch | None = None
    last_serial: int = 0

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
    def slots(self) -> dict[str, Slot]:
        """Every slot by its key, in order of time."""
        return {slot.key: slot for day in self.days for slot in day.slots}

    @cached_property
    def _rooms(self) -> dict[str, Room]:
        return {room.key: room for room in self.rooms}

    def room(self, key: str) -> Room | None:
        """The room of that key, if the event has it."""
        return self._rooms.get(key)

    @cached_property
    def _rooms_of_slot(self) -> dict[str, tuple[str, ...]]:
        return {slot.key: day.rooms for day in self.days for slot in day.slots}

    def has_cell(self, cell: Cell) -> bool:
        """Whether this board has that cell at all."""
        return cell.room in self._rooms_of_slot.get(cell.slot, ())

    def slot_of(self, cell: Cell) -> Slot:
        """The slot of a cell that the board has; KeyError otherwise."""
        return self.slots[cell.slot]

    def day_of(self, cell: Cell) -> Day:
        """The day a cell of this board belongs to."""
        day = self.day(self.slot_of(cell).day)
        assert day is not None
        return day

    def cells_of(self, day: Day) -> Iterator[Cell]:
        """The day's cells, slot by slot, each from the first room to the last."""
        return (Cell(room, slot.key) for slot in day.slots for room in day.rooms)

    def run(self, cell: Cell, length: int) -> tuple[Cell, ...]:
        """`length` cells in a row from `cell` on, in one room of one day; fewer where the day or a gap ends them."""
        slots = [slot for slot in self.day_of(cell).slots if slot.starts >= self.slot_of(cell).starts]
        row = slots[:1]
        for slot in slots[1:length]:
            if slot.starts != row[-1].ends:
                break
            row.append(slot)
        return tuple(Cell(cell.room, slot.key) for slot in row)

    def cards_at(self, cell: Cell) -> tuple[Card, ...]:
        """The cards that hold a cell: at most one, except Elsewhere."""
        return tuple(self.cards[code] for code in self.holders.get(cell, ()))

    def is_elsewhere(self, cell: Cell) -> bool:
        """Whether the cell is in the room that holds any number of cards."""
        return self._rooms[cell.room].elsewhere

    def is_free(self, cell: Cell) -> bool:
        """Whether the cell holds no card (Elsewhere never fills up) and is not closed."""
        return cell not in self.closures and (self.is_elsewhere(cell) or not self.holders.get(cell))

    # Claims and contests

    @cached_property
    def _open_contests(self) -> dict[Cell, Contest]:
        return {cell: contest for contest in self.contests.values() if contest.open for cell in contest.cells}

    def contest_at(self, cell: Cell) -> Contest | None:
        """The contest that is open for a cell."""
        return self._open_contests.get(cell)

    def contest_of(self, code: str) -> Contest | None:
        """The open contest in which a card stands."""
        return next((contest for contest in self._open_contests.values() if code in contest.cards), None)

    @cached_property
    def claiming(self) -> list[Card]:
        """The cards that ask for cells, the first to ask first."""
        claims = [(card.claim.number, card.serial, card) for card in self.cards.values() if card.claim]
        return [card for *_, card in sorted(claims, key=lambda claim: claim[:2])]

    @cached_property
    def _claims(self) -> dict[Cell, tuple[str, ...]]:
        claims: dict[Cell, tuple[str, ...]] = {}
        for card in self.claiming:
            for cell in card.claim.placement.cells if card.claim else ():
                claims[cell] = (*claims.get(cell, ()), card.code)
        return claims

    def claimed_by(self, cell: Cell) -> tuple[Card, ...]:
        """The cards that ask for a cell, the first to ask first."""
        return tuple(self.cards[code] for code in self._claims.get(cell, ()))

    def rivals(self, cells: tuple[Cell, ...]) -> list[Card]:
        """The cards that ask for any of `cells`, the first to ask first."""
        codes = {code: None for cell in cells for code in self._claims.get(cell, ())}
        return [card for card in self.claiming if card.code in codes] if codes else []

    # Cards

    def time_of(self, placement: Placement) -> tuple[datetime, datetime]:
        """When a placement starts and ends."""
        return self.slots[placement.cells[0].slot].starts, self.slots[placement.cells[-1].slot].ends

    def cards_of(self, hand: str) -> list[Card]:
        """The cards that one hand wrote, oldest first."""
        return sorted((card for card in self.cards.values() if card.hand == hand), key=lambda card: card.serial)

    def in_order(self) -> list[Card]:
        """Every card, oldest first."""
        return sorted(self.cards.values(), key=lambda card: card.serial)

    def with_card(self, card: Card) -> "Board":
        """This board with `card` in place of its earlier self; its cells follow."""
        old = self.cards.get(card.code)
        holders = _handed_over(self.holders, card.code, old.cells if old else (), card.cells)
        return replace(self, cards=self.cards.set(card.code, card), holders=holders)


def _handed_over(
    holders: Map[Cell, tuple[str, ...]], code: str, left: tuple[Cell, ...], taken: tuple[Cell, ...]
) -> Map[Cell, tuple[str, ...]]:
    if left == taken:
        return holders
    now = holders.mutate()
    for cell in left:
        now[cell] = tuple(held for held in now[cell] if held != code)
        if not now[cell]:
            del now[cell]
    for cell in taken:
        now[cell] = tuple(sorted((*now.get(cell, ()), code)))
    return now.finish()
