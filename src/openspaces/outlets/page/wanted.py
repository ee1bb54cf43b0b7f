"""Draws what waits for a decision: cells that cards ask for, contests, and cells that are held for a while."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card, Closure
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import hue
from openspaces.look.cells import closes_says, decided_says, quoted, until_says


def draw_contest(board: Board, contest: Contest, room: str) -> str:
    """The inside of a cell that a contest is about: how it is decided, and all the titles."""
    cards = [board.cards[code] for code in contest.cards]
    return _wanted(f"/{board.event}/contests/{contest.id}/", room, decided_by(board, contest), cards)


def draw_claims(board: Board, cell: Cell, cards: Iterable[Card], room: str) -> str:
    """The inside of a cell that cards ask for; the link leads to its form."""
    return _wanted(f"/{board.event}/cells/{cell}/", room, _("Asked for:"), cards)


def draw_closure(board: Board, cell: Cell, closure: Closure, room: str) -> str:
    """The inside of a closed cell: why, and until when if it is only held."""
    says = escape(closure.reason)
    if closure.until:
        time = _moment(board, closure.until, until_says(board, closure, cell))
        says = _("Held until %(time)s: %(reason)s") % {"time": time, "reason": says}
    return f'{room}<p><a href="/{board.event}/cells/{cell}/">{says}</a></p>'


def decided_by(board: Board, contest: Contest) -> str:
    """How a contest is decided, with its deadline for the script to count down to: a page knows no clock."""
    closes = contest.closes
    return decided_says(contest, _moment(board, closes, closes_says(board, contest), " data-left") if closes else "")


def _moment(board: Board, moment: datetime, says: str, more: str = "") -> str:
    return f'<time datetime="{board.local(moment).isoformat()}"{more}>{says}</time>'


def _wanted(address: str, room: str, kind: str, cards: Iterable[Card]) -> str:
    titles = " ".join(
        f'<span class="{"veiled" if card.hidden else f"h{hue(card)}"}" data-claim="{card.code}">'
        f"{escape(quoted(card))}</span>"
        for card in cards
    )
    return f'<a class="wanted" href="{address}">{room} <b class="kind">{kind}</b> {titles}</a>'
