"""Which cards have a title like the one being typed: the same three letters in a row, in any script."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt

from openspaces.board.state import Card

ENOUGH = 0.5
"""Titles count as similar from here on; 1 is the same title."""
MOST = 5


def similar(title: str, cards: Iterable[Card]) -> list[Card]:
    """The cards whose title is most like `title`, the nearest first; withdrawn ones are left out."""
    typed = trigrams(title)
    rated = [(likeness(typed, trigrams(card.words.title)), card) for card in cards if not card.withdrawn]
    near = sorted((pair for pair in rated if pair[0] >= ENOUGH), key=lambda pair: (-pair[0], pair[1].serial))
    return [card for _, card in near[:MOST]]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two sets of trigrams are, from 0 to 1 (cosine, so that a short title is found in a long one)."""
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


@lru_cache(maxsize=4096)
def trigrams(title: str) -> frozenset[str]:
    """The trigrams of a title's words, casefolded, each word with a space before and after it."""
    words = "".join(_letter(char) for char in unicodedata.normalize("NFKC", title).casefold()).split()
    return frozenset(f" {word} "[start : start + 3] for word in words for start in range(len(word)))


def _letter(char: str) -> str:
    """The character if words are made of it: letters, digits, and the marks that Indic vowels are; else a space."""
    return char if unicodedata.category(char)[0] in "LMN" else " "
