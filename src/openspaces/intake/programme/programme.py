"""What is read of a conference's main programme, whatever the format: its rooms, its days and its talks."""

from dataclasses import dataclass
from datetime import date, datetime

from openspaces.board.state import Talk


@dataclass(frozen=True, slots=True)
class Place:
    """A room of the programme. Its name is its own: of two with one name, the later is called `Hall (2)`."""

    name: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day of the programme, in UTC. A talk after midnight belongs to the day that it continues."""

    date: date
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that was read. `left` says of what was not taken, what it is and why."""

    rooms: tuple[Place, ...]
    days: tuple[Stretch, ...]
    talks: tuple[Talk, ...]
    title: str = ""
    timezone: str = ""
    left: tuple[str, ...] = ()

    def talks_on(self, day: Stretch) -> tuple[Talk, ...]:
        """The talks of a day, in order."""
        return tuple(talk for talk in self.talks if day.starts <= talk.starts < day.ends)


class Damaged(Exception):
    """A document cannot be read, and nothing of it was: where it is wrong, and what is wrong there."""

    def __init__(self, where: str, says: str) -> None:
        super().__init__(f"{where}: {says}" if where else says)
        self.where, self.says = where, says
