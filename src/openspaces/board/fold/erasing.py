"""What is erased of hosts: their cards stay, and say no more who they were."""

from dataclasses import replace

from openspaces.board.fold.base import Branches
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind


def _hosts_erased(board: Board, change: Change) -> Board:
    cards = board.cards.mutate()
    for code, words in change.after["hosts"].items():
        card = cards[code]
        cards[code] = replace(card, words=words.hidden() if card.hidden else words)
    return board.but(cards=cards.finish(), erased=change.number)


BRANCHES: Branches = {Kind.HOSTS_ERASED: _hosts_erased}
