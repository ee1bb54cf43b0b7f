"""Words that somebody follows, found in what a card says."""

import re
from collections.abc import Iterable
from functools import lru_cache

from openspaces.board.state import Card


def followed_word(card: Card, words: Iterable[str]) -> str:
    """The first of the words that stands in the card's title or text; "" if none does. Upper and lower case are the
    same, and a word may go on: "knit" is found in "Knitting", "art" is not in "party"."""
    said = f"{card.words.title}\n{card.words.text}".casefold()
    return next((word for word in words if _pattern(word).search(said)), "")


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """Scripts without upper and lower case often write words without a space between."""
    begins = r"(?<!\w)" if word.upper() != word.lower() else ""
    return re.compile(begins + re.escape(word.casefold()))
