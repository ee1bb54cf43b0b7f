"""The shapes of a cell's calls, and of the cards that lose their cells."""

from typing import Annotated

from pydantic import BaseModel, Field

from openspaces.intake.api.shapes.base import (
    MANY,
    CardCode,
    CellText,
    Moment,
    Numbered,
    Reason,
    Slots,
    Taken,
    Where,
)

Until = Annotated[Moment | None, Field(description="Reopened by itself then: a hold.")]


class Closing(Taken):
    """Why nobody may take a cell, and until when, if it is only held."""

    reason: Reason
    until: Until = None


class ClosingMany(Closing):
    """The same for several cells in one step."""

    cells: Annotated[list[CellText], Field(min_length=1, max_length=MANY)]


class Place(Taken):
    """A card and the cells that it shall have."""

    card: CardCode
    cell: CellText
    slots: Slots = None
    where: Where = None


class Places(Taken):
    """Cards and their new cells: all of them in one step, or none."""

    placements: Annotated[list[Place], Field(min_length=1, max_length=MANY)]


class Displaced(BaseModel):
    """A card that lost its cell, and where it may go, the best first."""

    code: str
    title: str
    alternatives: list[str]


class Closed(Numbered):
    """Which cell was closed, why, until when, and whom that displaced."""

    cell: str
    reason: str
    until: str | None = None
    displaced: list[Displaced]


class ClosedMany(Numbered):
    """The same for several cells."""

    cells: list[str]
    reason: str
    until: str | None = None
    displaced: list[Displaced]


class Reopened(Numbered):
    """Which cell is open again."""

    cell: str


class ReopenedMany(Numbered):
    """Which cells are open again."""

    cells: list[str]


class Owed(Displaced):
    """A card to which the board owes a cell: what it `lost`, why, what the desk offered, and what is `proposed` so that
    no two cards go to one cell."""

    lost: list[str]
    reason: str
    offered: list[str]
    proposed: list[str]


class Seat(BaseModel):
    """A card and the cells that it has now."""

    card: str
    cells: list[str]


class SeatedMany(Numbered):
    """Where the cards are now."""

    placements: list[Seat]
