"""What the staff are told of while nobody looks at the desk: what waits to be read, and who is soon without a place."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Kind, Stage, Standing
from openspaces.delivery.contract import Job, News, Thing
from openspaces.delivery.rows import told_since
from openspaces.outlets.email.letter import Letter
from openspaces.outlets.email.links import desk_link
from openspaces.outlets.email.pacing import NAME
from openspaces.people.members import members_to_write

PREFIX = "staff."
"""Before the number of a membership, where a card's code stands for a host."""
SUBJECT = "desk"
HAPPENS = timedelta(minutes=10)
"""How long somebody at the desk has to see to it before it is mailed."""
BETWEEN = SOON = timedelta(minutes=30)
"""The time between two letters to one person; how long before its hour a card without a place is mailed about."""
UNREAD = (Standing.HELD, Standing.SHIELDED)


def wanted(news: News) -> Iterator[Thing]:
    """One thing for each of the staff where a card waits to be read."""
    board = news.board
    to_read = [change for change in news.changes if change.kind in (Kind.CARD_SHIELDED, Kind.CARD_WRITTEN)]
    waits = [change for change in to_read if board.cards[change.card].standing in UNREAD]
    for member in members_to_write(board.event) if waits else ():
        had = told_since(board.event, NAME, f"{PREFIX}{member}", waits[-1].at + HAPPENS - BETWEEN)
        due = waits[-1].at + (BETWEEN if had else HAPPENS)
        yield Thing(SUBJECT, due, waits[-1].number, f"{PREFIX}{member}")


def coming(board: Board, at: datetime) -> Iterator[Thing]:
    """One thing for each of the staff in half an hour where the hour of a card comes that has no place."""
    for member in members_to_write(board.event) if any(_soon(board, at)) else ():
        to = f"{PREFIX}{member}"
        if not told_since(board.event, NAME, to, at - BETWEEN):
            yield Thing(f"near {at.timestamp() // BETWEEN.total_seconds():.0f}", at, to=to, until=at + BETWEEN)


def letter(job: Job, board: Board) -> Letter | None:
    """What needs somebody, in numbers: no word that anybody typed."""
    says = (*_unread_says(board), *_soon_says(board, max(job.due, board.at)))
    if not says:
        return None
    return Letter(about="", subject=_("somebody is needed at the desk"), says=says, link=desk_link(board))


def _unread_says(board: Board) -> Iterator[str]:
    count = sum(card.standing in UNREAD and not card.withdrawn for card in board.cards.values())
    if count:
        says = ngettext(
            "%(count)d card waits until somebody has read it.",
            "%(count)d cards wait until somebody has read them.",
            count,
        )
        yield says % {"count": count}


def _soon_says(board: Board, at: datetime) -> Iterator[str]:
    count = sum(1 for _card in _soon(board, at))
    if count:
        says = ngettext(
            "%(count)d card has no place yet, and its hour is near.",
            "%(count)d cards have no place yet, and their hour is near.",
            count,
        )
        yield says % {"count": count}


def _soon(board: Board, at: datetime) -> Iterator[Card]:
    """Cards that lost their place or wait for an answer, whose hour is near and not over."""
    for card in board.cards.values():
        if card.stage is Stage.WITHDRAWN or not (card.owed or card.claim):
            continue
        placement = card.claim.placement if card.claim else card.notice and card.notice.lost
        if placement and all(map(board.has_cell, placement.cells)):
            starts, ends = board.time_of(placement)
            if starts - SOON <= at < ends:
                yield card
