"""A cell that was lost or not given, or offered by the desk, and where the card may go instead."""

from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card, Notice
from openspaces.board.vocabulary import Cause
from openspaces.intake.web.asking_for import do_for
from openspaces.intake.web.needs.need import Need, contest_link, last_contest, nearest, where_says
from openspaces.intake.web.offering import Offer
from openspaces.look.cells import quoted
from openspaces.people.who import Who
from openspaces.wording import apart, outcome_says

TOLD = (Cause.CLOSED, Cause.REFUSED, Cause.CONTEST)
"""The causes whose sentence tells the reason."""


def lost(board: Board, card: Card, by: Who, at: datetime) -> Need | None:
    """What the notice says, until the card has a cell. A host who asks for another one meanwhile has answered it."""
    notice = card.notice
    if notice is None or card.claim:
        return None
    contest = last_contest(board, card) if notice.cause in (Cause.CONTEST, Cause.TAKEN) else None
    offers = _offers(board, card, notice, at)
    return Need(
        kind="lost",
        says=_says(board, notice, contest),
        urgent=card.placement is None or bool(offers),
        facts=tuple(filter(None, _facts(board, card, notice, bool(offers)))),
        links=(contest_link(board, contest.id, _("How it was decided")),) if contest else (),
        offers=offers,
        instead=_instead(board, by, card, notice, offers),
        do=do_for(board, by, card),
        slots=len(notice.lost.cells),
    )


def _offers(board: Board, card: Card, notice: Notice, at: datetime) -> tuple[Offer, ...]:
    """What the desk named, while it is free; else the nearest, but nothing for a card that keeps its place."""
    near = nearest(board, card, notice.lost, at)
    named = tuple(offer for offer in near if offer.cell in notice.offered)
    return named if named or card.placement else near


def _instead(board: Board, by: Who, card: Card, notice: Notice, offers: tuple[Offer, ...]) -> str:
    if offers and offers[0].cell in notice.offered:
        return _("Take it with one tap:")
    if do_for(board, by, card) == "claim":
        return _("Ask for another one with one tap:")
    return _("Take another one with one tap:")


def _says(board: Board, notice: Notice, contest: Contest | None) -> str:
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


def _facts(board: Board, card: Card, notice: Notice, offers: bool) -> tuple[str, ...]:
    """The reason where the sentence leaves it out; where the card stays; that there is nothing to offer."""
    reason = "" if notice.cause in TOLD else apart(notice.reason)
    if card.placement:
        return reason, _("Your card keeps its place: %(where)s.") % {"where": where_says(board, card.placement)}
    return reason, "" if offers else _("No hour near by is free any more.")
