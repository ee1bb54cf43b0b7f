"""The shapes of what comes before the board: ideas, planned sessions, stars, hosts."""

from typing import Annotated

from pydantic import BaseModel, Field

from openspaces.board.vocabulary import NAME_LENGTH
from openspaces.intake.api.shapes.base import (
    Card,
    CellText,
    Confirm,
    Numbered,
    Placed,
    Presence,
    Slots,
    Taken,
    Where,
    up_to,
)
from openspaces.intake.api.shapes.cards import CardShown, Handle, Link, Text, Title, Wish

Name = Annotated[str, up_to(NAME_LENGTH, "Who brings it")]
EMAIL_LENGTH = 254


class NewIdea(Taken):
    """An idea: somebody should…"""

    title: Title
    text: Text = None


class NewPlanned(Taken):
    """A session that is announced ahead and holds no room."""

    title: Title
    host: Name
    text: Text = None
    wish: Wish = None
    email: Annotated[
        str | None, Field(max_length=EMAIL_LENGTH, description="Where the host wants to hear of it; never shown.")
    ] = None


class Hosting(Taken):
    """Who takes an idea up, and where it goes, if that is clear already."""

    host: Name
    handle: Handle = None
    text: Text = None
    link: Link = None
    cell: CellText | None = None
    claim: Annotated[bool | None, Field(description="Ask for `cell`, as with a claim, instead of taking it.")] = None
    where: Where = None
    slots: Slots = None
    confirm: Confirm = None
    presence: Presence = None


class Cohosting(Taken):
    """Who would host a card too."""

    name: Name
    handle: Handle = None


class Understood(BaseModel):
    """What was read in a wish: of the event's own days, slots and rooms. It books nothing."""

    day: str | None
    slots: list[str]
    room: str | None
    cells: list[str]
    says: str


class Planned(Numbered):
    """A planned card. Its `key` edits it, from any device; keep it."""

    code: str
    key: str
    understood: Understood | None


class Hosted(CardShown):
    """The card with its host. Its `key` edits it, from any device; keep it."""

    number: int
    key: str
    placement: Placed | None


class About(BaseModel):
    """Which card it is about."""

    code: str


class Starred(About):
    """How many would come."""

    stars: int


class CohostOffer(BaseModel):
    """Somebody would host the card too; `hand` names their device at this event."""

    hand: str
    name: str
    handle: str


class CohostOffers(BaseModel):
    """Everyone who would, the first first."""

    offers: list[CohostOffer]


class Cohosted(Card):
    """Who hosts the card now."""

    host: str
