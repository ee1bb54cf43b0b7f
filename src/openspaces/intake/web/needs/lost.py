"""A cell that was lost or not given, or offered by the desk, and where the card may go instead."""

from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Notice
from openspaces.board.vocabulary import Cause
from openspaces.intake.web.asking_for import do_for
from openspaces.intake.web.needs.need import Need, contest_link, offers_of
from openspaces.intake.web.offering import Offer
from openspaces.look.hosting import contest_lost, near_lost, notice_says, where_says
from openspaces.people.who import Who
from openspaces.wording import apart

TOLD = (Cause.CLOSED, Cause.REFUSED, Cause.CONTEST)
"""The causes whose sentence tells the reason."""


def lost(board: Board, card: Card, by: Who, at: datetime) -> Need | None:
    """What the notice says, until the card has a cell. A host who asks for another one meanwhile has answered it."""
    notice = card.notice
    if notice is None or card.claim:
        return None
    contest = contest_lost(board, card, notice)
    offers = offers_of(board, near_lost(board, card, notice, at), notice.lost)
    return Need(
        kind="lost",
        says=notice_says(board, card, notice),
        urgent=card.placement is None or bool(offers),
        facts=tuple(filter(None, _facts(board, card, notice, bool(offers)))),
        links=(contest_link(board, contest.id, _("How it was decided")),) if contest else (),
        offers=offers,
        instead=_instead(board, by, card, notice, offers),
        do=do_for(board, by, card),
        slots=len(notice.lost.cells),
    )


def _instead(board: Board, by: Who, card: Card, notice: Notice, offers: tuple[Offer, ...]) -> str:
    if offers and offers[0].cell in notice.offered:
        return _("Take it with one tap:")
    if do_for(board, by, card) == "claim":
        return _("Ask for another one with one tap:")
    return _("Take another one with one tap:")


def _facts(board: Board, card: Card, notice: Notice, offers: bool) -> tuple[str, ...]:
    """The reason where the sentence leaves it out; where the card stays; that there is nothing to offer."""
    reason = "" if notice.cause in TOLD else apart(notice.reason)
    if card.placement:
        return reason, _("Your card keeps its place: %(where)s.") % {"where": where_says(board, card.placement)}
    return reason, "" if offers else _("No hour near by is free any more.")
