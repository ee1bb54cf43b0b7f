"""The shapes of what is and what was: the board and its log."""

from typing import Any

from pydantic import BaseModel

from openspaces.board.vocabulary import Kind
from openspaces.intake.api.shapes.cards import BoardCard
from openspaces.intake.api.shapes.contests import ContestShown


class RoomShown(BaseModel):
    """A room of the board."""

    key: str
    name: str
    capacity: int | None
    elsewhere: bool


class SlotShown(BaseModel):
    """A slot of the board; times in ISO 8601 with the event's offset."""

    key: str
    day: str
    starts: str
    ends: str


class ClosureShown(BaseModel):
    """A closed cell; with `until` it is held, and open again from then on."""

    cell: str
    reason: str
    until: str | None = None


class FreezeShown(BaseModel):
    """Why nobody but staff may write."""

    reason: str
    at: str


class AnnouncementShown(BaseModel):
    """A sentence that every screen shows."""

    number: int
    text: str
    at: str
    until: str


class BoardShown(BaseModel):
    """The whole public board at one number."""

    event: str
    name: str
    epoch: str
    number: int
    timezone: str
    rooms: list[RoomShown]
    slots: list[SlotShown]
    cards: list[BoardCard]
    closures: list[ClosureShown]
    contests: list[ContestShown]
    frozen: FreezeShown | None
    announcements: list[AnnouncementShown]


class ChangeShown(BaseModel):
    """One line of the log."""

    number: int
    at: str
    kind: Kind
    card: str | None = None
    cells: list[str] | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class ChangesShown(BaseModel):
    """The log after a number."""

    epoch: str
    number: int
    changes: list[ChangeShown]
