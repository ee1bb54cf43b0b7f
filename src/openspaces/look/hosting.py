"""What a card's host has to know, as pages and letters say it: a lost cell, and what is free near by."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.moves.relocating import alternatives
from openspaces.board.state import Board, Card, Notice, Placement
from openspaces.board.vocabulary import Cause, Cell
from openspaces.look.cells import quoted
from openspaces.look.wished import wished_place
from openspaces.wording import apart, day_says, outcome_says, placement_says, span

MOST_OFFERS = 6
ASKED_BEFORE = timedelta(minutes=15)
"""How long before its slot a host is asked whether it is still on."""

Row = tuple[Cell, ...]
"""Cells in a row that are free."""


def where_says(board: Board, placement: Placement) -> str:
    """Cells in words; those that the board has no more are named by their room."""
    if all(map(board.has_cell, placement.cells)):
        return placement_says(board, placement)
    return room_name(board, placement.cells[0].room)


def room_name(board: Board, key: str) -> str:
    """A room's name."""
    room = board.room(key)
    return room.name if room else key


def last_contest(board: Board, card: Card) -> Contest | None:
    """The contest that was settled last of those in which the card stood."""
    over = [each for each in board.contests.values() if each.settled and card.code in each.cards]
    return max(over, key=lambda each: (each.settled or each.opened, each.id), default=None)


# A lost cell


def notice_says(board: Board, card: Card, notice: Notice) -> str:
    """What happened to the cell that the card had or asked for."""
    contest = contest_lost(board, card, notice)
    facts = {"where": where_says(board, notice.lost), "reason": apart(notice.reason)}
    if contest and contest.winner:
        winner = {"title": quoted(board.cards[contest.winner]), "how": outcome_says(contest, board)}
        return _("%(title)s has %(where)s: %(how)s.") % {**facts, **winner}
    if notice.lost.cells[0] in notice.offered:
        return _("The facilitator offers you a place.")
    return {
        Cause.CLOSED: _("You lost %(where)s: %(reason)s."),
        Cause.CONTEST: _("You lost %(where)s in a contest."),
        Cause.OFFER: _("The facilitator offers you another place than %(where)s."),
        Cause.REFUSED: _("You do not get %(where)s: %(reason)s."),
        Cause.RESTORED: _("You lost %(where)s when the board was put back to an earlier time."),
        Cause.TAKEN: _("You do not get %(where)s: another card has it."),
    }[notice.cause] % facts


def contest_lost(board: Board, card: Card, notice: Notice) -> Contest | None:
    """The contest that a notice is about."""
    return last_contest(board, card) if notice.cause in (Cause.CONTEST, Cause.TAKEN) else None


def near_lost(board: Board, card: Card, notice: Notice, at: datetime) -> list[Row]:
    """What the desk named, while it is free; else the nearest, but nothing for a card that keeps its place."""
    near = nearest(board, card, notice.lost, at)
    named = [row for row in near if row[0] in notice.offered]
    return named if named or card.placement else near


# What is free near by


def nearest(board: Board, card: Card, wanted: Placement, at: datetime) -> list[Row]:
    """The free cells for a card that had or wants `wanted`: what the desk offered first, then the nearest."""
    notice = replace(card.notice, lost=wanted) if card.notice else Notice(Cause.OFFER, wanted, "", at)
    cells = alternatives(board, replace(card, notice=notice), at, MOST_OFFERS)
    return [board.run(cell, len(wanted.cells)) for cell in cells]


def near_wished(board: Board, card: Card, at: datetime) -> list[Row]:
    """The cells that a card wishes for first, if they are free; then the nearest ones."""
    wanted = wished_place(board, card, at)
    if wanted is None:
        return []
    asking = Notice(Cause.OFFER, wanted, "", at, wanted.cells[:1])
    return nearest(board, replace(card, notice=asking), wanted, at)


def has_wished(card: Card, near: list[Row]) -> bool:
    """Whether the cells that it wishes for are the first of those that are free."""
    first = card.wished.cells[:1] if card.wished else ()
    return bool(near) and near[0][:1] == first


def row_says(board: Board, row: Row, wanted: Placement) -> str:
    """Room and time, with the day where that is another one than wanted."""
    facts = {"room": apart(room_name(board, row[0].room)), "time": span(board, Placement(row))}
    day, lost = board.slot_of(row[0]).day, board.slots.get(wanted.cells[0].slot)
    if lost and lost.day == day:
        return _("%(room)s %(time)s") % facts
    return _("%(room)s %(day)s %(time)s") % {**facts, "day": day_says(day, short=True)}
