"""The rules of what may be read while nobody has looked at it."""

from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind, Standing
from openspaces.board.words import Words
from openspaces.people.who import Who

REPORTS_TO_SHIELD = 3
"""How many present devices must report a card before its text is hidden by itself."""


def held_back(board: Board, by: Who, code: str, words: Words) -> Changes:
    """Where new hosts are held: the card of a host without one that people have seen is hidden until it is approved."""
    known = by.is_staff or any(not card.hidden and not card.withdrawn for card in board.cards_of(by.hand))
    if known or not board.caution.hold:
        return NOTHING
    return (hiding(code, words, Standing.LIVE, Standing.HELD, ""),)


def shielding(card: Card, reason: str) -> Change:
    """The card's text is hidden; its cells are kept."""
    return hiding(card.code, card.words, card.standing, Standing.SHIELDED, reason)


def hiding(code: str, words: Words, was: Standing, standing: Standing, reason: str) -> Change:
    """The words of a card are kept from the public from now on."""
    before = {"standing": was.value, "words": words}
    return Change(Kind.CARD_SHIELDED, code, (), before, {"standing": standing.value, "reason": reason})
