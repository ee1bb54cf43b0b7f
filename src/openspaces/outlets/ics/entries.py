"""Which cards stand in a calendar, when and where, and how sure it is that they take place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import Cell, Stage
from openspaces.look.cards import told


class Status(StrEnum):
    """What iCalendar calls how sure it is."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """A card with a time. `room` is the key of its room, or empty; `place` is how people find it."""

    card: Card
    status: Status
    day: date
    starts: datetime
    ends: datetime
    room: str
    place: str


def entries(board: Board, cards: Iterable[Card]) -> list[Entry]:
    """Those of the cards that have a time, or had one, in order of time."""
    found = [entry for entry in (entry_of(board, card) for card in cards) if entry]
    return sorted(found, key=lambda entry: (entry.starts, entry.ends, entry.card.serial))


def entry_of(board: Board, card: Card) -> Entry | None:
    """The card's entry; None if it never had a time, or the event has that time no more.

    A card that lost its cell and is owed another stays where it was, tentative: programs throw away what is cancelled,
    and those who would come are to learn that it looks for a room. What its host took down, withdrew or made part of
    another card is cancelled, for as long as there is an event.
    """
    if card.placement:
        return _entry(board, card, Status.CONFIRMED, card.placement)
    if card.stage is Stage.PLANNED and (lost := _lost(card)):
        return _entry(board, card, Status.TENTATIVE, lost, _("Looks for a new room"))
    wished = _wished(card)
    if card.stage is Stage.PLANNED and wished:
        return _entry(board, card, Status.TENTATIVE, wished, _("No room yet"))
    last = card.was or wished
    return _entry(board, card, Status.CANCELLED, last) if last else None


def _entry(board: Board, card: Card, status: Status, placement: Placement, place: str = "") -> Entry | None:
    slots = [board.slots[cell.slot] for cell in placement.cells if cell.slot in board.slots]
    if not slots:
        return None
    room = placement.cells[0].room
    return Entry(
        card, status, slots[0].day, slots[0].starts, slots[-1].ends, room, place or _place(board, card, placement)
    )


def _lost(card: Card) -> Placement | None:
    """The cells that the board took from a card and owes it others for; not those that it only asked for in vain."""
    owed = card.owed and card.was and card.notice and card.notice.lost.cells == card.was.cells
    return card.was if owed else None


def _wished(card: Card) -> Placement | None:
    """What was understood of a hosted card's wish, as cells; its room may be open, its time is not."""
    hosted = bool(card.hand or card.words.host)
    wished = card.wished
    return Placement(tuple(Cell(wished.room, slot) for slot in wished.slots)) if hosted and wished else None


def _place(board: Board, card: Card, placement: Placement) -> str:
    room = board.room(placement.cells[0].room)
    return told(card, placement).where or (room.name if room else "") or placement.cells[0].room or _("No room yet")
