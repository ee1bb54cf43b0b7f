"""How long a post is, as each service counts it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from openspaces.lib.graphemes import graphemes

_LINK = re.compile(r"https?://\S+")
_SHORT = "x" * 23
"""As many letters as a link counts on Mastodon and X, however long it is."""
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""The letters that X counts as one; all others, and each emoji, are two."""
BYTES_A_LETTER = 10
"""Bluesky takes 300 letters in 3,000 bytes."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How many letters a post may have, and how they are counted."""

    most: int
    count: Callable[[str], int]

    def fits(self, text: str) -> bool:
        """Whether the service takes it."""
        return self.count(text) <= self.most


def _on_mastodon(text: str) -> int:
    return len(graphemes(_LINK.sub(_SHORT, text)))


def _on_bluesky(text: str) -> int:
    return max(len(graphemes(text)), -(-len(text.encode()) // BYTES_A_LETTER))


def _on_x(text: str) -> int:
    return sum(map(_weight, graphemes(_LINK.sub(_SHORT, text))))


def _weight(letter: str) -> int:
    if any("\U0001f000" <= char <= "\U0001faff" or char == "\ufe0f" for char in letter):
        return 2
    return sum(1 if any(first <= ord(char) <= last for first, last in _LIGHT) else 2 for char in letter)


MASTODON = Measure(500, _on_mastodon)
BLUESKY = Measure(300, _on_bluesky)
X = Measure(280, _on_x)
ANYWHERE = Measure(1000, lambda text: len(graphemes(text)))
"""What nearly every service takes."""
