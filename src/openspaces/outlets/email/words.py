"""What people wrote, as it may stand in a letter that carries our name: nothing hidden, and nothing that leads away."""

from dataclasses import replace

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import HIDDEN
from openspaces.lib.links import leads_away


def harmless(board: Board) -> Board:
    """The Board with words that mail programs make no links of: the address may be forged, and whoever wrote the card
    does not advertise in our name."""
    for card in board.cards.values():
        if (safe := _harmless(card)) != card:
            board = board.with_card(safe)
    return board


def masked(change: Change, board: Board) -> Change:
    """The change without the place that the host of a card wrote in, where its words are kept from the public or lead
    away."""
    card, where = board.cards.get(change.card), str(change.after.get("where", ""))
    if card is None or not where:
        return change
    return replace(change, after={**change.after, "where": HIDDEN if card.hidden else plain(where)})


def plain(text: str) -> str:
    """What somebody wrote, or that it was left out."""
    return _("(kept out of this letter, for it looks like a link)") if leads_away(text) else text


def _harmless(card: Card) -> Card:
    words = replace(card.words, title=plain(card.words.title), host=plain(card.words.host))
    placement = card.placement and _placed(card, card.placement)
    notice = card.notice and replace(card.notice, lost=_placed(card, card.notice.lost))
    claim = card.claim and replace(card.claim, placement=_placed(card, card.claim.placement))
    return replace(card, words=words, placement=placement, notice=notice, claim=claim)


def _placed(card: Card, placement: Placement) -> Placement:
    if not placement.where:
        return placement
    return replace(placement, where=HIDDEN if card.hidden else plain(placement.where))
