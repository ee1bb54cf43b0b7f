"""What was understood of a wish: day, slots, room, where in the text it stood, and what stayed open."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openspaces.board.parts import Wished


class Part(StrEnum):
    """What a piece of a wish is about."""

    DAY = "day"
    TIME = "time"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text that told something."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was said and not understood as one thing: `choices` are what it may mean, as dates (ISO), slot
    keys or room keys, at most a dozen; none if the event has nothing like it."""

    part: Part
    said: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of `text`. Each of `day`, `slots` (in a row) and `room` may be missing. It books nothing."""

    text: str
    day: date | None = None
    slots: tuple[str, ...] = ()
    room: str = ""
    spans: tuple[Span, ...] = ()
    ambiguous: tuple[Doubt, ...] = ()

    @property
    def wished(self) -> Wished | None:
        """What a card keeps of it."""
        return Wished(self.day, self.slots, self.room) if self.anything else None

    @property
    def anything(self) -> bool:
        """Whether a day, a time or a room was understood."""
        return bool(self.day or self.slots or self.room)
