"""The codes of blank cards on paper: each sheet its own, and none that a card written on the web gets.

A code is `P` and five symbols: the card's serial on paper, shuffled under the installation's secret (a Feistel network
over as many numbers as there are codes). So one serial has one code, two serials never the same, no code tells the next
one, and whether a code is one of ours is seen without a table: of a million made up, some 350 are.
"""

from openspaces.board.vocabulary import ALPHABET, PAPER
from openspaces.lib.symbols import spelled
from openspaces.people.keys import number_for

SERIALS = 9999
"""How many cards an event may print; the first one is number 1."""
_SYMBOLS = 5
_LEFT, _RIGHT = len(ALPHABET) ** 2, len(ALPHABET) ** 3
_ROUNDS = range(8)


def paper_code(event: str, serial: int) -> str:
    """The code of a blank card by its serial on paper, from 1 to SERIALS."""
    left, right = divmod(serial, _RIGHT)
    for turn in _ROUNDS:
        if turn % 2:
            left = (left + _stirred(event, turn, right)) % _LEFT
        else:
            right = (right + _stirred(event, turn, left)) % _RIGHT
    return PAPER + spelled(left * _RIGHT + right, _SYMBOLS)


def paper_serial(event: str, code: str) -> int | None:
    """The serial of a blank card by its code; None if that is the code of none."""
    if len(code) != 1 + _SYMBOLS or code[0] != PAPER or not set(code) <= set(ALPHABET):
        return None
    number = sum(ALPHABET.index(symbol) * len(ALPHABET) ** place for place, symbol in enumerate(code[1:]))
    left, right = divmod(number, _RIGHT)
    for turn in reversed(_ROUNDS):
        if turn % 2:
            left = (left - _stirred(event, turn, right)) % _LEFT
        else:
            right = (right - _stirred(event, turn, left)) % _RIGHT
    serial = left * _RIGHT + right
    return serial if 1 <= serial <= SERIALS else None


def _stirred(event: str, turn: int, half: int) -> int:
    return number_for("paper", event, str(turn), str(half))
