"""The rules of what may be read while nobody has looked at it."""

from dataclasses import replace

from openspaces.board.facts import waiting_facts
from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Facts, Kind, Standing
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
    return hiding_again(card, Standing.SHIELDED, reason)


def hiding_again(card: Card, standing: Standing, reason: str) -> Change:
    """What a card says is hidden, and with it what its host asks of another."""
    change = hiding(card.code, card.words, card.standing, standing, reason)
    return replace(change, before={**change.before, **waiting_facts(card, "deal")})


def approval(card: Card) -> Facts:
    """What a change of the card's words takes away, as the log keeps it for an undo: that somebody had read them."""
    return {"standing": card.standing.value} if card.standing is Standing.APPROVED else {}


def hiding(code: str, words: Words, was: Standing, standing: Standing, reason: str) -> Change:
    """The words of a card are kept from the public from now on."""
    before = {"standing": was.value, "words": words}
    return Change(Kind.CARD_SHIELDED, code, (), before, {"standing": standing.value, "reason": reason})
