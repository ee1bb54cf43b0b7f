"""What the letters say that the clock makes due: see `coming`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.read import offers_to_host
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Placing
from openspaces.delivery.contract import Job
from openspaces.delivery.rows import told_since
from openspaces.look.cells import closes_says, decided_says, quoted
from openspaces.look.hosting import Row, has_wished, near_wished, row_says, where_says
from openspaces.look.wished import wished_day, wished_place
from openspaces.outlets.email.coming import is_open, may_go_up, stamp, window
from openspaces.outlets.email.letter import Letter
from openspaces.outlets.email.links import calendar_link, contest_link, edit_link
from openspaces.outlets.email.pacing import DAY, NAME
from openspaces.outlets.email.words import plain
from openspaces.people.contacts import cards_at, contact_of, reached
from openspaces.wording import apart

MOST_LINKS, MOST_ADDRESSES = 10, 5
"""How many cards may name one address before no more edit links go there, and how many letters a card may have had in a
day before it gets no more of them."""


def letter(job: Job, board: Board) -> Letter | None:
    """What a card's host is told; nothing once it is not so any more."""
    card, (kind, _space, rest) = board.cards.get(job.to), job.subject.partition(" ")
    if card is None or card.withdrawn or card.merged_into or kind not in _LETTERS:
        return None
    return _LETTERS[kind](board, card, rest, job.due)


def _link(board: Board, card: Card, left: str, at: datetime) -> Letter | None:
    there = {stamp(each) for each in reached(board.event) if each.card == card.code}
    if left not in there or _is_misused(board, card, at):
        return None
    link_says = _("With this link you see it, correct it and withdraw it. Whoever has it can do so:")
    return Letter(
        about=card.code,
        subject=_("your edit link"),
        says=(_standing(board, card), link_says),
        link=edit_link(board, card, _("Open your card")),
        then=(_("If you did not write to us, somebody used your address: withdraw the card, or do nothing."),),
        more=calendar_link(board, card),
    )


def _is_misused(board: Board, card: Card, at: datetime) -> bool:
    """Whether many cards name this address, or one card many addresses: nobody's mailbox is filled by our forms."""
    cards = cards_at(board.event, contact_of(board.event, card.code))
    return cards > MOST_LINKS or told_since(board.event, NAME, card.code, at - DAY) >= MOST_ADDRESSES


def _standing(board: Board, card: Card) -> str:
    """Where the card is, or that it has no room yet."""
    title = {"title": quoted(card)}
    if card.hidden:
        return _("Your card is up; its text appears once somebody has read it.")
    if card.placement:
        return _("%(title)s is on the board: %(where)s.") % {**title, "where": where_says(board, card.placement)}
    if card.claim:
        return _("%(title)s asks for %(where)s.") % {**title, "where": where_says(board, card.claim.placement)}
    return _("%(title)s is listed. Nothing is booked: put it on the board on its day.") % title


def _day(board: Board, card: Card, day: str, at: datetime) -> Letter | None:
    """One button: the wished cell if it is free, else the nearest."""
    wished, wanted = wished_day(board, card), wished_place(board, card, at)
    if wished is None or wanted is None or wished.date.isoformat() != day or not may_go_up(card):
        return None
    rows = near_wished(board, card, at)
    asks = board.policy.placing is Placing.FACILITATORS
    button = (_("Ask for %(where)s") if asks else _("Take %(where)s")) if rows else _("Open your card")
    return Letter(
        about=card.code,
        says=(_("Today is the day: put your card on the board."), _mine(card), _free(card, rows)),
        link=edit_link(board, card, button % {"where": row_says(board, rows[0], wanted)} if rows else button),
    )


def _free(card: Card, rows: Sequence[Row]) -> str:
    if has_wished(card, list(rows)):
        return _("The place that you wished for is free.")
    if not rows:
        return _("No hour near by is free any more.")
    wished = card.wished is not None and bool(card.wished.cells)
    return _("The place that you wished for is not free any more. This one is:") if wished else _("This place is free:")


def _still_on(board: Board, card: Card, cell: str, at: datetime) -> Letter | None:
    if card.placement is None or card.confirmed or str(card.cells[0]) != cell:
        return None
    says = _("Is it still on? %(where)s.") % {"where": where_says(board, card.placement)}
    return Letter(
        about=card.code,
        says=(says, *([] if card.hidden else [_mine(card)])),
        link=edit_link(board, card, _("Say yes, or take it down")),
    )


def _closing(board: Board, card: Card, number: str, at: datetime) -> Letter | None:
    contest = board.contest_of(card.code)
    if contest is None or str(contest.id) != number:
        return None
    return Letter(
        about=card.code,
        subject=_("the contest for your place closes soon"),
        says=(
            _("%(title)s stands in a contest for %(where)s.") % {"title": quoted(card), "where": _asked(board, card)},
            _("%(how)s.") % {"how": decided_says(contest, closes_says(board, contest))},
        ),
        link=contest_link(board, contest.id),
        more=(edit_link(board, card, _("Open your card")),),
    )


def _asked(board: Board, card: Card) -> str:
    placement = card.claim.placement if card.claim else card.placement
    return where_says(board, placement) if placement else ""


def _offers(board: Board, card: Card, together: str, at: datetime) -> Letter | None:
    """Who would host a card too, and has not been answered."""
    parts = {part.code for part in board.parts(board.whole(card))}
    offers = [each for each in offers_to_host(board.event) if each.card in parts and is_open(board, each)]
    facts = [{"name": apart(plain(each.name)), "title": quoted(card)} for each in offers if window(each) == together]
    if not facts:
        return None
    return Letter(
        about=card.code,
        says=tuple(_("%(name)s would host %(title)s with you.") % each for each in facts),
        link=edit_link(board, card, _("Take them in, or say no")),
    )


def _mine(card: Card) -> str:
    return _("Your card: %(title)s.") % {"title": quoted(card)}


_LETTERS: Mapping[str, Callable[[Board, Card, str, datetime], Letter | None]] = {
    "link": _link,
    "day": _day,
    "on": _still_on,
    "closes": _closing,
    "offers": _offers,
}
"""By the first word of the subject."""
