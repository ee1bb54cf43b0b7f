"""The board as staff read it: cards that are hidden from the public say what they say."""

from dataclasses import replace

from openspaces.board.read import words_of, words_of_all
from openspaces.board.state import Board, Card


def unmasked(board: Board) -> Board:
    """`board` with the true words of its hidden cards: to be read, never to be decided on. One query at most."""
    hidden = [card.code for card in board.cards.values() if card.hidden]
    for code, words in (words_of_all(board.event, hidden) if hidden else {}).items():
        board = board.with_card(replace(board.cards[code], words=words))
    return board


def unmasked_card(event: str, card: Card) -> Card:
    """The same for one card."""
    words = words_of(event, card.code) if card.hidden else None
    return replace(card, words=words) if words else card
