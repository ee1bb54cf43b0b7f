"""The shapes of a card's calls: write, edit, place, claim, swap, deal."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from openspaces.board.vocabulary import (
    LINK_LENGTH,
    NAME_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
    Cause,
    Deal,
    Stage,
)
from openspaces.intake.api.shapes.base import (
    MANY,
    Card,
    CardCode,
    CellText,
    Confirm,
    Number,
    Numbered,
    Placed,
    Presence,
    Reason,
    Slots,
    Taken,
    Where,
    up_to,
)

Title = Annotated[str, up_to(TITLE_LENGTH, "What it is about, in a few words")]
Text = Annotated[str | None, up_to(TEXT_LENGTH, "What happens there")]
Host = Annotated[str | None, up_to(NAME_LENGTH, "Who brings it")]
Handle = Annotated[str | None, up_to(NAME_LENGTH, "How to reach the host, on any network")]
Link = Annotated[str | None, up_to(LINK_LENGTH, "One https address")]
Wish = Annotated[str | None, up_to(WISH_LENGTH, "When and where its host would like to have it, in people's words")]
Contest = Annotated[int | None, Field(description="The contest in which the card stands now, if there is one.")]


class NewCard(Taken):
    """A card to write; with `cell` it goes on the board in the same move. Null is the same as absent."""

    title: Title
    text: Text = None
    host: Host = None
    handle: Handle = None
    link: Link = None
    wish: Wish = None
    cell: CellText | None = None
    claim: Annotated[bool | None, Field(description="Ask for `cell`, as with a claim, instead of taking it.")] = None
    where: Where = None
    slots: Slots = None
    confirm: Confirm = None
    presence: Presence = None


class Edit(Taken):
    """What to say from now on. Absent: leave it as it is; null or "": say nothing there any more."""

    seen: Annotated[Number, Field(description="The number of the board on which you read the card.")]
    title: Title | None = None
    text: Text = None
    host: Host = None
    handle: Handle = None
    link: Link = None
    wish: Wish = None


class Wanted(Taken):
    """The cells that a card shall hold, or asks for."""

    cell: CellText
    slots: Slots = None
    where: Where = None
    confirm: Confirm = None
    presence: Presence = None


class Pair(Taken):
    """Two placed cards that change places."""

    card: CardCode
    other: CardCode


class Offer(Taken):
    """Cells that a card may have instead of the one that it asks for or lost."""

    cells: Annotated[list[CellText], Field(min_length=1, max_length=MANY)]
    reason: Reason | None = None


class NewDeal(Taken):
    """What one host asks of another: to change places, or to make one card of two; `title` and `text` are the one
    card's, where they are to be new."""

    other: Annotated[CardCode, Field(alias="with", description="The card of the host who is asked.")]
    deal: Literal["swap", "merge"]
    title: Title | None = None
    text: Text = None


class Merger(Taken):
    """The card that the other one becomes part of; `title` and `text` where they are to be new."""

    into: CardCode
    title: Title | None = None
    text: Text = None


class Written(Numbered):
    """A new card. Its `key` edits it, from any device; keep it."""

    code: str
    key: str
    placement: Placed | None
    claim: Placed | None = None
    contest: Contest = None


class Seated(Card):
    """Where a card is now; null: on no cell."""

    placement: Placed | None


class Claimed(Seated):
    """What came of asking: `claim` waits for the facilitator or for the outcome of `contest`; with `placement` the card
    had the cell at once, for nobody else wants it."""

    claim: Placed | None
    contest: Contest


class Offered(Card):
    """What a card was offered."""

    cells: list[str]


class Swapped(Numbered):
    """Which cards have changed places."""

    card: str
    other: str


class Dealt(Card):
    """A deal between the hosts of two cards."""

    other: Annotated[str, Field(alias="with")]
    deal: Deal


class Merged(Card):
    """The card that goes on for both."""

    into: str


class Lost(BaseModel):
    """What the host of a card has to know: the cell that it lost or did not get, why, what the desk offers instead, and
    what is free now."""

    cause: Cause
    reason: str
    lost: list[str]
    offered: list[str]
    free: list[str]


class Asked(BaseModel):
    """What a card's host asks of another host."""

    deal: Deal
    other: Annotated[str, Field(alias="with")]


class Wished(BaseModel):
    """What was understood of a wish; it books nothing."""

    day: str | None
    slots: list[str]
    room: str | None
    cells: list[str] = []


class BoardCard(BaseModel):
    """A card on the board; what is so of few cards is left out of the others."""

    code: str
    title: str
    text: str
    host: str
    handle: str
    link: str
    wish: str
    stage: Stage
    placement: Placed | None
    claim: Placed | None = None
    hidden: bool = False
    wished: Wished | None = None
    stars: int = 0
    full: bool = False
    confirmed: bool = False
    merged: list[str] = []
    merged_into: str = ""


class CardShown(BoardCard):
    """A card read alone; `edited` is the number of the last change of its words."""

    edited: int
    contest: Contest = None
    notice: Lost | None = None
    deal: Asked | None = None
