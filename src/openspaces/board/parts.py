"""What a Board is made of, as frozen values: the policy, rooms, slots and days, and what is so of cards and cells."""

from dataclasses import dataclass
from datetime import date, datetime

from openspaces.board.vocabulary import Cause, Cell, Competing, Deal, Method, Placing, Tie


@dataclass(frozen=True, slots=True)
class Policy:
    """The event's choices: who places, how competing cards are settled, and the limits (0 means none; a contest of 0
    minutes has no deadline). Where mail is not trusted, what comes by it waits for a facilitator."""

    placing: Placing = Placing.ANYONE
    competing: Competing = Competing.REFUSE
    cards_per_host: int = 0
    stop_taking: int = 0
    contest_method: Method = Method.VOTE
    contest_minutes: int = 30
    contest_tie: Tie = Tie.LOT
    contest_presence: bool = False
    trusts_mail: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A place. `elsewhere` is the one that holds any number of cards, each with its own place written in."""

    key: str
    name: str
    capacity: int | None = None
    kit: tuple[str, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time, in UTC. It belongs to the `day` it began or continued, even after midnight."""

    key: str
    day: date
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the board: its slots in order, its rooms in order, and its sign-up window (None: always open)."""

    date: date
    slots: tuple[Slot, ...]
    rooms: tuple[str, ...]
    opens: datetime | None = None
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The cells a card holds, in a row; `where` is the place written in, for Elsewhere only."""

    cells: tuple[Cell, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """A cell that nobody may take, with who, when and why. With `until` it is a hold: the clock reopens it then."""

    reason: str
    by: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a card asks for where somebody else decides: cells in a row, and since when. Earlier claims have smaller
    numbers."""

    placement: Placement
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What a card's host has to know: it lost `lost`, or did not get it, and why. `offered` are cells that the desk
    named instead. Unless it was refused, the card is owed a cell, and its host may take any free one."""

    cause: Cause
    lost: Placement
    reason: str
    at: datetime
    offered: tuple[Cell, ...] = ()

    @property
    def owes(self) -> bool:
        """Whether the board owes the card a cell."""
        return self.cause is not Cause.REFUSED


@dataclass(frozen=True, slots=True)
class AskedDeal:
    """What a card's host asks of the host of `other`: to change places, or to make one card of two. `words` are those
    of the one card, where they are to be new."""

    kind: Deal
    other: str
    at: datetime
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wished:
    """What was understood of a planned card's wish: a day, slots in a row, a room; whatever was not is empty. It holds
    nothing."""

    day: date | None = None
    slots: tuple[str, ...] = ()
    room: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that are wished for; none where room or time is open."""
        return tuple(Cell(self.room, slot) for slot in self.slots) if self.room else ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk of the main programme, beside which the Open Spaces are held; `key` is its name where it came from."""

    key: str
    title: str
    starts: datetime
    ends: datetime
    room: str = ""
    speakers: tuple[str, ...] = ()
    keynote: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """The main programme as it was read last, its talks in order of time; `version` counts from 1, 0 is none."""

    talks: tuple[Talk, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Freeze:
    """All writes but those of staff are paused: who, when, why."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence for every screen, until it ends by itself."""

    number: int
    text: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Caution:
    """In a storm of abuse: minutes that a host waits between two moves (0: none), and whether the card of a host who
    has none on the board yet is held until a person has read it."""

    slow: int = 0
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Pitch:
    """Cards waiting to be pitched in front of everyone, the first of them on the big screen until `ends`."""

    queue: tuple[str, ...]
    seconds: int = 60
    ends: datetime | None = None
