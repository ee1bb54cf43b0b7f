"""Folds text for reading: small letters, plain digits, no accents, cut into words and numbers that know their places.

Vowel signs of Indic scripts are letters here, as they are to their readers; points that many leave out are dropped.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 2000
"""Letters that are read at most; a wish is a line."""
_DROPPED = frozenset("\u0640\u093c\u200c\u200d\u2019'`\u02bc\u00ad\u200e\u200f\u2066\u2067\u2068\u2069")
_SAME = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ँ": "ं", "‐": "-", "‑": "-", "−": "-", "،": ","}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, and where it stood. `glued` means that nothing is between it and the one before."""

    text: str
    start: int
    end: int
    glued: bool = False

    @property
    def number(self) -> int | None:
        """Its value, if it is a number that can be a part of a date or a time."""
        return int(self.text) if self.text.isdigit() and len(self.text) <= 4 else None

    @property
    def is_word(self) -> bool:
        """Whether it is letters."""
        return _kind(self.text[0]) == "letter"


def tokens(text: str) -> list[Token]:
    """The words, numbers and signs of `text`."""
    found: list[Token] = []
    kind, letters, start, end = "", "", 0, 0
    glued = False
    for place, char, now in _characters(text):
        if letters and now == kind != "sign":
            letters, end = letters + char, place + 1
            continue
        if letters:
            found.append(Token(letters, start, end, glued))
        glued = bool(letters)
        kind, letters, start, end = (now, char, place, place + 1) if now else ("", "", 0, 0)
    if letters:
        found.append(Token(letters, start, end, glued))
    return found


def _characters(text: str) -> Iterator[tuple[int, str, str]]:
    """Each folded character with its place in `text` and its kind; a space has none."""
    for place, char in enumerate(text[:MOST]):
        for folded in unicodedata.normalize("NFKD", char).casefold():
            plain = _SAME.get(folded, folded)
            if plain in _DROPPED or (unicodedata.category(plain) == "Mn" and not _is_indic(plain)):
                continue
            kind = _kind(plain)
            yield place, str(unicodedata.digit(plain)) if kind == "digit" else plain, kind


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if unicodedata.digit(char, None) is not None and category == "Nd":
        return "digit"
    if category[0] in "LM":
        return "letter"
    return "" if char.isspace() or category[0] in "CZ" else "sign"


def _is_indic(char: str) -> bool:
    return "\u0900" <= char <= "\u0dff"
