"""A card, one value from idea to archive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openspaces.board.parts import AskedDeal, Claim, Notice, Placement, Wished
from openspaces.board.vocabulary import Cause, Cell, Stage, Standing
from openspaces.board.words import Words


@dataclass(frozen=True, slots=True)
class Card:
    """One card, from idea to archive.

    `serial` counts the event's cards from 1. `hand` is the device that wrote it ("" for nobody's). `edited` is the
    number of the last change of its words, `sequence` counts the changes of its time, room or status (iCalendar's
    SEQUENCE), `at` is the time of its last change. While its standing hides it, `words` say nothing.

    `confirmed` is the number of the change with which its host said that it is still on. `merged` are the cards that
    became part of this one, `merged_into` the card that this one became part of. `wished` is what was understood of its
    wish, `cohosts` the devices of those who host it too, and `stars` how many would come, as they were counted last.
    `was` are the cells that it held last while it holds none: calendars go on saying when it would have been.
    """

    code: str
    serial: int
    words: Words
    hand: str
    edited: int
    at: datetime
    sequence: int = 0
    placement: Placement | None = None
    was: Placement | None = None
    withdrawn: bool = False
    claim: Claim | None = None
    notice: Notice | None = None
    deal: AskedDeal | None = None
    standing: Standing = Standing.LIVE
    full: bool = False
    confirmed: int = 0
    merged: tuple[str, ...] = ()
    merged_into: str = ""
    wished: Wished | None = None
    cohosts: tuple[str, ...] = ()
    stars: int = 0

    @property
    def hidden(self) -> bool:
        """Whether its words are kept from the public."""
        return self.standing in (Standing.HELD, Standing.SHIELDED, Standing.REMOVED)

    @property
    def owed(self) -> bool:
        """Whether the board took its cell, or did not give it, and owes it another."""
        return self.notice is not None and self.notice.owes and not self.placement

    @property
    def stage(self) -> Stage:
        """How far the card has come; it follows from what is so, and is never stored."""
        if self.withdrawn or self.merged_into:
            return Stage.WITHDRAWN
        if self.placement:
            return Stage.PLACED
        return Stage.PLANNED if self.hand or self.words.host else Stage.IDEA

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells it holds; none unless it is placed."""
        return self.placement.cells if self.placement else ()

    @property
    def asks(self) -> tuple[Cell, ...]:
        """The cells it asks for; none unless it has a claim."""
        return self.claim.placement.cells if self.claim else ()

    @property
    def hands(self) -> tuple[str, ...]:
        """The devices of its hosts."""
        return tuple(dict.fromkeys((self.hand, *self.cohosts)))

    def takes(self, cells: tuple[Cell, ...]) -> bool:
        """Whether its host may take these cells whatever the policy: any where the board owes it one, and those that
        the desk offered; no more of them than it lost or asked for."""
        if self.notice is None or len(cells) > len(self.notice.lost.cells):
            return False
        offered = self.notice.cause is Cause.OFFER
        return bool(set(cells[:1]) & set(self.notice.offered)) if offered else self.owed

    def wants(self, cells: Iterable[Cell]) -> bool:
        """Whether it holds or asks for any of `cells`."""
        return not {*self.cells, *self.asks}.isdisjoint(cells)
