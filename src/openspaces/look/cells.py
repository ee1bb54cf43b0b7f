"""What is so about a cell, in one word, and what every way out says of claims, contests and holds."""

from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card, Closure
from openspaces.board.vocabulary import Cell, Method
from openspaces.look.cards import title_says, told
from openspaces.wording import apart, clock, day_says, placement_says


class Status(StrEnum):
    """What a passer-by must know of a cell. Elsewhere never fills up: it is free unless it is closed."""

    FREE = "free"
    TAKEN = "taken"
    FULL = "full"
    CLOSED = "closed"
    HELD = "held"
    CONTESTED = "contested"
    CLAIMED = "claimed"


def status_of(board: Board, cell: Cell) -> Status:
    """What is so about a cell. A contest outweighs the card that still holds the cell."""
    if closure := board.closures.get(cell):
        return Status.HELD if closure.until else Status.CLOSED
    if board.is_elsewhere(cell):
        return Status.FREE
    if board.contest_at(cell):
        return Status.CONTESTED
    if cards := board.cards_at(cell):
        return Status.FULL if cards[0].full else Status.TAKEN
    return Status.CLAIMED if board.claimed_by(cell) else Status.FREE


def time_says(board: Board, moment: datetime, day: date) -> str:
    """A time of day, with its day where that is not `day`: "14:30", "Friday 14:30"."""
    there = board.local(moment)
    if there.date() == day:
        return clock(there)
    return _("%(day)s %(time)s") % {"day": day_says(there.date(), short=True), "time": clock(there)}


def closes_says(board: Board, contest: Contest) -> str:
    """When a contest closes, beside the day of its cell; nothing where a person settles it."""
    known = board.has_cell(contest.cell)
    day = board.slot_of(contest.cell).day if known else board.local(contest.opened).date()
    return time_says(board, contest.closes, day) if contest.closes else ""


def decided_says(contest: Contest, time: str) -> str:
    """How an open contest is decided, and by when: "Vote until 14:30". `time` may be HTML; it is empty for no
    deadline."""
    by_when, without = _DECIDED[contest.method]
    return _(by_when) % {"time": time} if time else _(without)


def until_says(board: Board, closure: Closure, cell: Cell) -> str:
    """Until when a cell is held, beside the day that it is on."""
    assert closure.until
    return time_says(board, closure.until, board.slot_of(cell).day)


def quoted(card: Card) -> str:
    """The card's title inside a sentence of ours."""
    return title_says(card) if card.hidden else _("“%s”") % apart(card.words.title)


def wants_says(board: Board, card: Card) -> str:
    """What a card without a cell waits for: the cell it asks for, or another one than it had; nothing if neither."""
    if card.claim and board.has_cell(card.claim.placement.cells[0]):
        return _("asks for %(where)s") % {"where": placement_says(board, told(card, card.claim.placement))}
    return _("looks for a new room") if card.owed else ""


_DECIDED: dict[Method, tuple[str, str]] = {
    Method.VOTE: (gettext_noop("Vote until %(time)s"), gettext_noop("Vote")),
    Method.HANDS: (gettext_noop("Show of hands by %(time)s"), gettext_noop("Show of hands")),
    Method.LOT: (gettext_noop("Lot at %(time)s"), gettext_noop("Lot")),
    Method.AGREEMENT: (gettext_noop("The hosts agree by %(time)s"), gettext_noop("The hosts agree")),
    Method.DECISION: (gettext_noop("The facilitator decides by %(time)s"), gettext_noop("The facilitator decides")),
    Method.YIELD: (gettext_noop("The hosts agree by %(time)s"), gettext_noop("The hosts agree")),
}
