"""Counts and cuts text by what people see as one letter, as services that limit posts do (Unicode UAX 29, in short)."""

import unicodedata

_JOINER = "\u200d"
_ELLIPSIS = "…"


def graphemes(text: str) -> list[str]:
    """The letters of `text` with their marks, emoji whole. Conjuncts count as their parts, so it is never too few."""
    found: list[str] = []
    for char in text:
        if found and _joins(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def cut(text: str, most: int) -> str:
    """`text` in at most so many graphemes; where some are left out, it ends with an ellipsis."""
    seen = graphemes(text)
    if len(seen) <= most:
        return text
    return "".join(seen[: most - 1]).rstrip() + _ELLIPSIS if most > 0 else ""


def _joins(cluster: str, char: str) -> bool:
    if unicodedata.category(char)[0] == "M" or char in ("\u200c", _JOINER) or _is_modifier(char):
        return True
    if cluster[-1] == _JOINER:
        return unicodedata.category(char) in ("So", "Sm")  # emoji that are one picture; letters stay their own
    return _is_region(char) and all(map(_is_region, cluster)) and len(cluster) == 1


def _is_modifier(char: str) -> bool:
    """Skin tones, the tags that spell some flags, and the vowels and finals of Hangul that was taken apart."""
    return "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f" or "\u1160" <= char <= "\u11ff"


def _is_region(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
