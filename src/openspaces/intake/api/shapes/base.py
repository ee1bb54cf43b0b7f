"""The shapes that all calls share: cells, codes and numbers, bodies, and refusals."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from openspaces.board.vocabulary import LONGEST_RUN, NAME_LENGTH, REASON_LENGTH, Code

CELL_PATTERN = "^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?@[0-9]{4}-[0-9]{4}$"
CODE_PATTERN = "^[0-9A-Za-z]{6}$"
BIGGEST_NUMBER = 2**53 - 1
"""Numbers are exact up to here in every language that reads JSON."""
MANY = 500
"""How many cells or cards a body names at most."""
YEARS = range(2000, 2200)


def _moment(written: str) -> str:
    """ValueError unless it is a time in ISO 8601, of a year in which an event may be."""
    if datetime.fromisoformat(written).year not in YEARS:
        raise ValueError(written)
    return written


def up_to(limit: int, about: str) -> Any:
    """What OpenAPI tells of a text; how long it is counts once it is cleaned, so the move looks at that."""
    return Field(description=f"{about}; up to {limit} characters once cleaned.")


CellText = Annotated[str, Field(pattern=CELL_PATTERN, examples=["308@0516-0900"])]
CardCode = Annotated[str, Field(pattern=CODE_PATTERN, examples=["7KQ2MX"])]
Number = Annotated[int, Field(ge=0, le=BIGGEST_NUMBER)]
Minutes = Annotated[int, Field(ge=1, le=BIGGEST_NUMBER)]
Slots = Annotated[int | None, Field(ge=1, le=LONGEST_RUN, description="How many cells in a row, from `cell` on.")]
Where = Annotated[str | None, Field(description=f"Where it is, for Elsewhere only; up to {NAME_LENGTH} characters.")]
Presence = Annotated[str | None, Field(max_length=40, description="The symbols on the screen, if they are asked for.")]
Confirm = Annotated[bool | None, Field(description="Do it although a refusal said `confirmable`.")]
Reason = Annotated[str, up_to(REASON_LENGTH, "Why, as everyone will read it")]
Moment = Annotated[
    str,
    AfterValidator(_moment),
    Field(
        description="A time in ISO 8601, by the event's clocks unless it says its offset.",
        examples=["2027-05-08T14:05", "2027-05-08T14:05:00+02:00"],
    ),
]


class Taken(BaseModel):
    """A body: what it says must be of the right type; keys that it does not know are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Because(Taken):
    """Why it is done."""

    reason: Reason


class Here(Taken):
    """The presence code."""

    code: Annotated[str, Field(max_length=40, description="The six symbols on the board's screen.")]


class Placed(BaseModel):
    """Cells in a row; `where` is the card's place, Elsewhere only."""

    cells: list[str]
    where: str | None = None


class Numbered(BaseModel):
    """The number of the board after the move."""

    number: Number


class Card(Numbered):
    """Which card it was."""

    code: str


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
