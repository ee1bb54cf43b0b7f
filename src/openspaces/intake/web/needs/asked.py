"""What the hosts of other cards ask of this one's: to change places, or to make one card of two."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openspaces.board.moves.deals import merged
from openspaces.board.state import AskedDeal, Board, Card, Placement
from openspaces.board.vocabulary import Deal, Stage
from openspaces.intake.web.needs.need import Answer, Need
from openspaces.look.cards import told
from openspaces.look.cells import quoted
from openspaces.look.hosting import where_says
from openspaces.wording import apart


def asked(board: Board, card: Card) -> Iterator[Need]:
    """What is asked, the oldest card's deal first."""
    asking = [other for other in board.cards.values() if other.deal and other.deal.other == card.code]
    for other in sorted(asking, key=lambda other: other.serial):
        if other.deal and other.stage is not Stage.WITHDRAWN:
            asks = _swap if other.deal.kind is Deal.SWAP else _merge
            yield asks(board, card, other, other.deal)


def one_place(board: Board, card: Card, other: Card) -> str:
    """Where the one card will stand that `other` becomes part of."""
    if placement := other.placement or card.placement:
        return _("The one card stands at %(where)s.") % {"where": where_says(board, placement)}
    claim = other.claim or card.claim
    if claim is None:
        return _("Neither has a place yet: the one card will need one.")
    contest = board.contest_of(other.code)
    alone = contest is not None and set(contest.cards) == {card.code, other.code}
    says = _("The one card has %(where)s: nobody else asks for it.") if alone else _("The one card asks for %(where)s.")
    return says % {"where": where_says(board, claim.placement)}


def places(board: Board, card: Card, other: Card) -> tuple[str, ...]:
    """What a swap comes to for the host of `card`, and for the other one."""
    if not (card.placement and other.placement):
        return (_("One of the two cards is not on the board any more, so this cannot be done now."),)
    yours = _("You would be at %(where)s.") % {"where": _where(board, other, other.placement)}
    theirs = _("They would be at %(where)s.") % {"where": _where(board, card, card.placement)}
    return yours, theirs


def host_says(card: Card) -> str:
    """The host of a card, by name or by the card."""
    return apart(card.words.host) if card.words.host else _("The host of %(title)s") % {"title": quoted(card)}


def _swap(board: Board, card: Card, other: Card, deal: AskedDeal) -> Need:
    says = _("%(host)s asks to change places: their card is %(title)s.")
    return Need(
        "deal", says % _named(other), urgent=True, facts=places(board, card, other), answers=_answers(other, deal)
    )


def _merge(board: Board, card: Card, other: Card, deal: AskedDeal) -> Need:
    says = _("%(host)s asks to make one card of yours and theirs, %(title)s. It would say:")
    words = merged(other, card, deal.title, deal.text).after["words"]
    facts = (one_place(board, other, card),)
    return Need("deal", says % _named(other), urgent=True, facts=facts, answers=_answers(other, deal), becomes=words)


def _named(other: Card) -> dict[str, str]:
    return {"host": host_says(other), "title": quoted(other)}


def _answers(other: Card, deal: AskedDeal) -> tuple[Answer, ...]:
    """`seen` is when it was asked: what was asked anew meanwhile is not agreed to unread."""
    sends = (("asking", other.code), ("seen", deal.at.isoformat()))
    return Answer("accept", _("Yes, do it"), sends, main=True), Answer("decline", _("No, thanks"), sends)


def _where(board: Board, card: Card, placement: Placement) -> str:
    return where_says(board, told(card, placement))
