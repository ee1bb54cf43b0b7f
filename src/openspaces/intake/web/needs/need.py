"""What a need is: a sentence with its answers; and places in words, as every need says them."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.moves.relocating import alternatives
from openspaces.board.state import Board, Card, Notice, Placement
from openspaces.board.vocabulary import Cause, Cell
from openspaces.board.words import Words
from openspaces.intake.web.offering import Offer, cell_url, room_name
from openspaces.wording import apart, day_says, placement_says, span

MOST_OFFERS = 6


@dataclass(frozen=True)
class Answer:
    """A button: what it does to the card, what it says, and what is sent along."""

    do: str
    says: str
    sends: tuple[tuple[str, str], ...] = ()
    main: bool = False


@dataclass(frozen=True)
class Link:
    """Where there is more."""

    url: str
    says: str


@dataclass(frozen=True)
class Need:
    """One thing that a host has to know; `urgent` where it waits for an answer. `offers` are cells to get with `do`,
    `slots` of them in a row, and `instead` is said before them. `becomes` is what the one card would say that is to be
    made of two."""

    kind: str
    says: str
    urgent: bool = False
    facts: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    links: tuple[Link, ...] = ()
    offers: tuple[Offer, ...] = ()
    instead: str = ""
    main: bool = False
    """Whether the first of `offers` is the one that its host wants."""
    do: str = "place"
    slots: int = 1
    becomes: Words | None = None


def nearest(board: Board, card: Card, wanted: Placement, at: datetime) -> tuple[Offer, ...]:
    """The free cells for a card that had or wants `wanted`: what the desk offered first, then the nearest."""
    notice = replace(card.notice, lost=wanted) if card.notice else Notice(Cause.OFFER, wanted, "", at)
    cells = alternatives(board, replace(card, notice=notice), at, MOST_OFFERS)
    rows = ((cell, board.run(cell, len(wanted.cells))) for cell in cells)
    return tuple(Offer(cell, _offer_says(board, row, wanted), cell_url(board, cell)) for cell, row in rows)


def where_says(board: Board, placement: Placement) -> str:
    """Cells in words; those that the board has no more are named by their room."""
    if all(map(board.has_cell, placement.cells)):
        return placement_says(board, placement)
    return room_name(board, placement.cells[0].room)


def last_contest(board: Board, card: Card) -> Contest | None:
    """The contest that was settled last of those in which the card stood."""
    over = [each for each in board.contests.values() if each.settled and card.code in each.cards]
    return max(over, key=lambda each: (each.settled or each.opened, each.id), default=None)


def contest_link(board: Board, number: int, says: str) -> Link:
    """The way to a contest's page."""
    return Link(f"/{board.event}/contests/{number}/", says)


def _offer_says(board: Board, row: tuple[Cell, ...], wanted: Placement) -> str:
    """Room and time, with the day where that is another one than wanted."""
    facts = {"room": apart(room_name(board, row[0].room)), "time": span(board, Placement(row))}
    day, lost = board.slot_of(row[0]).day, board.slots.get(wanted.cells[0].slot)
    if lost and lost.day == day:
        return _("%(room)s %(time)s") % facts
    return _("%(room)s %(day)s %(time)s") % {**facts, "day": day_says(day, short=True)}
