"""The hold: what a card says leaves for good only once everybody has been able to read it for a while."""

from dataclasses import replace
from datetime import datetime, timedelta

from openspaces.board.read import changes_of
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind
from openspaces.board.words import Words

HOLD = timedelta(minutes=3)
"""Time enough to report a bad card before it is anywhere where we cannot hide it."""
_UNTOLD = Words("…", version=0)
"""What a card says meanwhile."""


def settled(board: Board, before: datetime) -> Board:
    """The board without what cards say only since `before`: their words, and the places written in, are left out."""
    fresh = [card for card in board.cards.values() if card.at > before and not card.hidden]
    for card in fresh:
        if any(speaks(change) and change.at > before for change in changes_of(board.event, card.code)):
            board = board.with_card(_untold(card))
    return board


def is_told(card: Card) -> bool:
    """Whether a card of a settled board says anything yet."""
    return card.words != _UNTOLD


def speaks(change: Change) -> bool:
    """Whether a change lets people read something that its host wrote: words, or a place."""
    said = "words" in change.after or bool(change.after.get("where"))
    return said or change.kind is Kind.CARD_RESTORED


def _untold(card: Card) -> Card:
    place = card.placement
    where = replace(place, where=_UNTOLD.title) if place and place.where else place
    return replace(card, words=_UNTOLD, placement=where, stars=0)
