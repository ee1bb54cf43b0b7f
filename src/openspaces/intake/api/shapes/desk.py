"""The shapes of the desk's calls: freeze, announce, undo, restore, pitch, moderate."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from openspaces.board.moves.desk import LONGEST_PITCH
from openspaces.board.vocabulary import ANNOUNCEMENT_LENGTH
from openspaces.board.voices import What
from openspaces.intake.api.shapes.base import (
    BIGGEST_NUMBER,
    MANY,
    Card,
    CardCode,
    Minutes,
    Moment,
    Number,
    Numbered,
    Presence,
    Reason,
    Taken,
    up_to,
)


class NewAnnouncement(Taken):
    """A sentence for every screen."""

    text: Annotated[str, up_to(ANNOUNCEMENT_LENGTH, "What everyone shall know")]
    minutes: Annotated[Minutes | None, Field(description="How long it stands there; 30 unless said.")] = None


class Restoring(Taken):
    """Back to how it was at a number, or at a time; the whole board, or one card."""

    number: Annotated[int | None, Field(ge=1, le=BIGGEST_NUMBER, description="A number of the log.")] = None
    at: Moment | None = None
    card: CardCode | None = None


class Queue(Taken):
    """The cards that are pitched, in order; none ends the pitch."""

    queue: Annotated[list[CardCode], Field(max_length=MANY)]
    seconds: Annotated[
        int | None, Field(ge=5, le=LONGEST_PITCH, description="How long each may speak; 60 unless said.")
    ] = None
    started: Annotated[bool | None, Field(description="The countdown of the first one runs from now.")] = None


class Cautious(Taken):
    """How careful to be with hosts. What is not said is off."""

    slow: Annotated[Number | None, Field(description="Minutes that a host waits between two moves.")] = None
    hold: Annotated[bool | None, Field(description="Hide cards of new hosts until somebody has read them.")] = None


class NewReport(Taken):
    """What somebody tells of a card: that it breaks the rules, and why; or that nobody is there."""

    what: Literal["abuse", "nobody-here"]
    reason: Reason | None = None
    presence: Presence = None


class Removing(Taken):
    """Why a card is removed, and whether everything else of its device is too."""

    reason: Reason
    all_of_device: bool | None = None


class Frozen(Numbered):
    """Why nobody but staff may write."""

    reason: str


class Announced(Numbered):
    """What every screen shows until then; its `number` names it."""

    text: str
    until: str


class Undone(Numbered):
    """The numbers of the changes that were undone: the one that was named and what was done with it in one step."""

    undone: list[int]


class Restored(Numbered):
    """The number to which things are back."""

    to: int


class Pitched(Numbered):
    """Who is pitched, and until when the first one speaks, if the countdown runs."""

    queue: list[str]
    seconds: int
    ends: str | None


class Careful(Numbered):
    """How careful the board is now."""

    slow: int
    hold: bool


class Reported(BaseModel):
    """It was heard; what others told is not said."""

    code: str
    what: What


class Judged(Card):
    """Which card, and why."""

    reason: str


class Removed(Numbered):
    """Which cards are gone."""

    removed: list[str]


class Full(Card):
    """Whether anybody else fits into the room."""

    full: bool
