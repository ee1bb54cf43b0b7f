"""The shapes of the API: what a call takes and what it answers, as its OpenAPI document tells them."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from openspaces.board.vocabulary import (
    LINK_LENGTH,
    LONGEST_RUN,
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Code,
    Kind,
    Stage,
)

CELL_PATTERN = "^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?@[0-9]{4}-[0-9]{4}$"
CODE_PATTERN = "^[0-9A-Za-z]{6}$"
BIGGEST_NUMBER = 2**53 - 1
"""Numbers are exact up to here in every language that reads JSON."""

CellText = Annotated[str, Field(pattern=CELL_PATTERN, examples=["308@0516-0900"])]
CardCode = Annotated[str, Field(pattern=CODE_PATTERN, examples=["7KQ2MX"])]
Number = Annotated[int, Field(ge=0, le=BIGGEST_NUMBER)]
Slots = Annotated[int | None, Field(ge=1, le=LONGEST_RUN, description="How many cells in a row, from `cell` on.")]
Where = Annotated[str | None, Field(description=f"Where it is, for Elsewhere only; up to {NAME_LENGTH} characters.")]
Presence = Annotated[str | None, Field(max_length=40, description="The symbols on the screen, if they are asked for.")]
Confirm = Annotated[bool | None, Field(description="Do it although a refusal said `confirmable`.")]


def _up_to(limit: int, about: str) -> Any:
    return Field(description=f"{about}; up to {limit} characters once cleaned.")


Title = Annotated[str, _up_to(TITLE_LENGTH, "What it is about, in a few words")]
Text = Annotated[str | None, _up_to(TEXT_LENGTH, "What happens there")]
Host = Annotated[str | None, _up_to(NAME_LENGTH, "Who brings it")]
Handle = Annotated[str | None, _up_to(NAME_LENGTH, "How to reach the host, on any network")]
Link = Annotated[str | None, _up_to(LINK_LENGTH, "One https address")]


class Taken(BaseModel):
    """A body: what it says must be of the right type; keys that it does not know are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")


class NewCard(Taken):
    """A card to write; with `cell` it goes on the board in the same move. Null is the same as absent."""

    title: Title
    text: Text = None
    host: Host = None
    handle: Handle = None
    link: Link = None
    cell: CellText | None = None
    where: Where = None
    slots: Slots = None
    confirm: Confirm = None
    presence: Presence = None


class NewIdea(Taken):
    """An idea: somebody should…"""

    title: Title
    text: Text = None


class Edit(Taken):
    """What to say from now on. Absent: leave it as it is; null or "": say nothing there any more."""

    seen: Annotated[Number, Field(description="The number of the board on which you read the card.")]
    title: Title | None = None
    text: Text = None
    host: Host = None
    handle: Handle = None
    link: Link = None


class Wanted(Taken):
    """The cells that a card shall hold."""

    cell: CellText
    slots: Slots = None
    where: Where = None
    confirm: Confirm = None
    presence: Presence = None


class Here(Taken):
    """The presence code."""

    code: Annotated[str, Field(max_length=40, description="The six symbols on the board's screen.")]


class Closing(Taken):
    """Why nobody may take a cell."""

    reason: Annotated[str, _up_to(REASON_LENGTH, "Why, as the board will show it")]


class Pair(Taken):
    """Two placed cards that change places."""

    card: CardCode
    other: CardCode


class Placed(BaseModel):
    """The cells that a card holds, in a row; `where` is its place, Elsewhere only."""

    cells: list[str]
    where: str | None = None


class Numbered(BaseModel):
    """The number of the board after the move."""

    number: Number


class Written(Numbered):
    """A new card. Its `key` edits it, from any device; keep it."""

    code: str
    key: str
    placement: Placed | None


class Card(Numbered):
    """Which card it was."""

    code: str


class Seated(Card):
    """Where a card is now; null: on no cell."""

    placement: Placed | None


class Closed(Numbered):
    """Which cell was closed, and why."""

    cell: str
    reason: str


class Reopened(Numbered):
    """Which cell is open again."""

    cell: str


class Swapped(Numbered):
    """Which cards have changed places."""

    card: str
    other: str


class Says(BaseModel):
    """One or two sentences for people."""

    says: str


class Refused(Says):
    """Why not, and what is free instead."""

    refusal: Code
    free: list[str]
    facts: dict[str, Any]
    held_by: str | None = None
    confirmable: bool | None = None
    theirs: dict[str, str] | None = None
    yours: dict[str, str] | None = None
    opens: str | None = None


class Misfit(Says):
    """What is wrong with one field."""

    field: str


class Misshapen(Says):
    """What is wrong with the request, field by field."""

    errors: list[Misfit]


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
    """A closed cell."""

    cell: str
    reason: str


class BoardCard(BaseModel):
    """A card on the board."""

    code: str
    title: str
    text: str
    host: str
    handle: str
    link: str
    stage: Stage
    placement: Placed | None


class CardShown(BoardCard):
    """A card read alone; `edited` is the number of the last change of its words."""

    edited: int


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
