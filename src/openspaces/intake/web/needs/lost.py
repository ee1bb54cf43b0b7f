"""A cell that was lost or not given, and where the card may go instead."""

from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card, Notice
from openspaces.board.vocabulary import Cause
from openspaces.intake.web.asking_for import do_for
from openspaces.intake.web.needs.need import Need, contest_link, nearest, where_says
from openspaces.look.cells import quoted
from openspaces.people.who import Who
from openspaces.wording import apart, outcome_says


def lost(board: Board, card: Card, by: Who, at: datetime) -> Need | None:
    """What the notice says, until the card has a cell. A host who asks for another one meanwhile has answered it."""
    notice = card.notice
    if notice is None or card.claim:
        return None
    contest = _lost_contest(board, card) if notice.cause in ("contest", "taken") else None
    offers = () if card.placement else nearest(board, card, notice.lost, at)
    return Need(
        kind="lost",
        says=_says(board, notice, contest),
        urgent=card.placement is None,
        facts=tuple(filter(None, _facts(board, card, notice, bool(offers)))),
        links=(contest_link(board, contest.id, _("How it was decided")),) if contest else (),
        offers=offers,
        do=do_for(board, by, card),
        slots=len(notice.lost.cells),
    )


def _says(board: Board, notice: Notice, contest: Contest | None) -> str:
    facts = {"where": where_says(board, notice.lost), "reason": apart(notice.reason)}
    if contest and contest.winner:
        winner = {"title": quoted(board.cards[contest.winner]), "how": outcome_says(contest, board)}
        return _("%(title)s has %(where)s: %(how)s.") % {**facts, **winner}
    return {
        "closed": _("You lost %(where)s: %(reason)s."),
        "contest": _("You lost %(where)s in a contest."),
        "offer": _("The facilitator offers you another place than %(where)s."),
        "refused": _("You do not get %(where)s: %(reason)s."),
        "restored": _("You lost %(where)s when the board was put back to an earlier time."),
        "taken": _("You do not get %(where)s: another card has it."),
    }[notice.cause] % facts


def _facts(board: Board, card: Card, notice: Notice, offers: bool) -> tuple[str, ...]:
    """The reason where the sentence leaves it out; where the card stays; that there is nothing to offer."""
    reason = "" if notice.cause in (Cause.CLOSED, Cause.REFUSED, Cause.CONTEST) else apart(notice.reason)
    if card.placement:
        return reason, _("Your card keeps its place: %(where)s.") % {"where": where_says(board, card.placement)}
    return reason, "" if offers else _("No hour near by is free any more.")


def _lost_contest(board: Board, card: Card) -> Contest | None:
    """The contest that the card lost last."""
    over = [each for each in board.contests.values() if each.settled and card.code in each.cards]
    return max(over, key=lambda each: (each.settled or each.opened, each.id), default=None)
