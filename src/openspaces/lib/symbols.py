"""Codes that people read and type: symbols that are hard to confuse, and forgiven where somebody does."""

import hmac
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without those that look alike: no 0, 1, I, L, O."""
_TAKEN_FOR = str.maketrans("ZSBVODQ", "25" + "8U" + "000")
"""What eyes and small screens confuse all the same stands for one thing: 2 and Z, 5 and S, 8 and B, U and V, 0 to Q."""
_LONGEST = 64


def spelled(number: int, length: int) -> str:
    """A number as so many symbols; equal numbers are equal codes, and a large random one is a random code."""
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(length))


def same(typed: str, shown: str) -> bool:
    """Whether what was typed means the code that was shown: case, spaces, hyphens and look-alikes are forgiven."""
    return hmac.compare_digest(_plain(typed), _plain(shown))


def grouped(code: str) -> str:
    """A code in groups of three, as it is easier to read: `K7Q 2MX`."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def _plain(typed: str) -> bytes:
    upper = unicodedata.normalize("NFKC", typed[:_LONGEST]).upper()
    kept = "".join(symbol for symbol in upper if symbol.isalnum())
    return kept.translate(_TAKEN_FOR).encode(errors="replace")
