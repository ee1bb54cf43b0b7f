"""The shapes of a contest's calls: open, change, vote, settle."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from openspaces.board.vocabulary import Method, Tie
from openspaces.intake.api.shapes.base import (
    MANY,
    CardCode,
    CellText,
    Minutes,
    Number,
    Numbered,
    Presence,
    Reason,
    Taken,
)

Means = Literal["vote", "hands", "lot", "agreement", "decision"]
"""The methods that somebody may choose; `yield` is what it was when all but one gave way."""
AskPresence = Annotated[bool | None, Field(description="Whether voters must show the presence code.")]
MinutesLeft = Annotated[Minutes | None, Field(description="Minutes from now until it closes.")]


class NewContest(Taken):
    """The cell, and two or more cards that contend for it; what is not said is as the event's policy has it."""

    cell: CellText
    cards: Annotated[list[CardCode], Field(max_length=MANY)]
    method: Means | None = None
    minutes: MinutesLeft = None
    presence: AskPresence = None


class ContestEdit(Taken):
    """What is to be otherwise."""

    method: Means | None = None
    minutes: MinutesLeft = None
    presence: AskPresence = None


class Ballot(Taken):
    """Every card that you approve of; none takes your voice back."""

    cards: Annotated[list[CardCode], Field(max_length=MANY)]
    presence: Presence = None


class Settling(Taken):
    """How it is settled: without `method` as it was opened, by hands where there are `counts`, by decision where there
    is a `winner`."""

    method: Means | None = None
    winner: Annotated[CardCode | None, Field(description="Who has it, by agreement or decision.")] = None
    counts: Annotated[dict[CardCode, Number] | None, Field(description="How many hands went up, by card code.")] = None
    reason: Reason


class ContestShown(BaseModel):
    """A contest. `outcome` is the card that has the cell, null while it is open and where it was called off. Before
    anybody votes, `commitment` tells the SHA-256 of the `seal` that a lot is drawn from; tally and seal are told
    afterwards, and the lot is drawn in the order of the SHA-256 of `<seal>:<card>`."""

    id: int
    cell: str
    cells: list[str]
    cards: list[str]
    method: Method
    tie: Tie
    presence: bool
    opened: str
    closes: str | None
    settled: str | None
    outcome: str | None
    reason: str
    ballots: int
    commitment: str
    tally: dict[str, int] | None = None
    seal: str | None = None
    drawn: list[str] | None = None


class ContestSet(Numbered):
    """A contest as it was opened or changed; how many have voted is told where it is read."""

    id: int
    cell: str
    cells: list[str]
    cards: list[str]
    method: Method
    tie: Tie
    presence: bool
    closes: str | None
    commitment: str


class Voted(BaseModel):
    """What this device votes for; never how others do. Null: it has not voted."""

    contest: int
    cards: list[str] | None


class Settled(ContestShown, Numbered):
    """The outcome, the tally by card code, and what each of the others is offered."""

    winner: str | None
    tally: dict[str, int]
    seal: str
    drawn: list[str]
    offers: dict[str, list[str]]
