"""The hold: what a card says leaves for good only once everybody has been able to read it for a while."""

from dataclasses import replace
from datetime import datetime, timedelta

from openspaces.board.read import changes_of
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind, Standing

HOLD = timedelta(minutes=3)
"""Time enough to report a bad card before it is anywhere where we cannot hide it."""


def settled(board: Board, before: datetime) -> Board:
    """The board without what cards say only since `before`: they are hidden as if they were held."""
    fresh = [card for card in board.cards.values() if card.at > before and not card.hidden]
    for card in fresh:
        if any(speaks(change) and change.at > before for change in changes_of(board.event, card.code)):
            board = board.with_card(_held(card))
    return board


def speaks(change: Change) -> bool:
    """Whether a change lets people read something that its host wrote: words, or a place."""
    said = "words" in change.after or bool(change.after.get("where"))
    return said or change.kind is Kind.CARD_RESTORED


def _held(card: Card) -> Card:
    return replace(card, words=card.words.hidden(), standing=Standing.HELD)
