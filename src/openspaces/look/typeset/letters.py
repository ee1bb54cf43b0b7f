"""What people wrote, made ready for the typesetter: its direction, its script, where it may break."""

import re
import unicodedata

from django.utils.translation import get_language_bidi

_BREAK = "\u200b"
_ISOLATE, _POP = "\u2068", "\u2069"
_JOINT = re.compile(r"(?<=\w[-/@._:?&=+])(?=\w)")
"""Where the parts of an address, a handle or a compound word meet."""
_WORD = re.compile(r"\S+")
_VIRAMA = 9
_JOINERS = "\u200c\u200d\u2060"
_OWN_RULES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]")
_TALL = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

Letters = list[str]
"""A text, its direction ("ltr" or "rtl"), and its script: "" for those as tall as Latin, "tall" for taller ones, or
the family of its Chinese characters: "JP", "KR", "SC" or "TC"."""


def letters(text: str, language: str, fits: int = 15) -> Letters:
    """`text` with breaks in words of more letters than a line `fits`, its direction and its script."""
    loose = _WORD.sub(lambda found: _loosened(found[0], fits) if len(found[0]) >= fits else found[0], text)
    return [loose, direction(text), _script(text, language)]


def spoken(language: str) -> dict[str, str]:
    """What every template is told of the language that is active: its code, and which way its lines run."""
    return {"language": language[:2], "direction": "rtl" if get_language_bidi() else "ltr"}


def apart(text: str) -> str:
    """A handle or a code inside other text: its direction stays its own."""
    return f"{_ISOLATE}{text}{_POP}" if text else ""


def direction(text: str) -> str:
    """The direction of the first letter that has one."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return "rtl" if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def _loosened(word: str, fits: int) -> str:
    """A word that may break at its joints, and after each letter of a part that does not fit a line either."""
    return _BREAK.join(part if len(part) < fits else _crumbled(part) for part in _JOINT.split(word))


def _crumbled(word: str) -> str:
    return word[0] + "".join(
        char if _stays_with(word[index], char) else _BREAK + char for index, char in enumerate(word[1:])
    )


def _stays_with(before: str, char: str) -> bool:
    """Whether two characters are one sign (marks, conjuncts, parts of an emoji), or break by rules of their script."""
    if _OWN_RULES.match(before) or _OWN_RULES.match(char):
        return True
    joined = unicodedata.combining(before) == _VIRAMA or before in _JOINERS or char in _JOINERS
    return joined or unicodedata.category(char)[0] in "MS" or unicodedata.category(before) in ("So", "Sk")


def _script(text: str, language: str) -> str:
    if _KANA.search(text):
        return "JP"
    if _HANGUL.search(text):
        return "KR"
    if not _HAN.search(text):
        return "tall" if _TALL.search(text) else ""
    return {"ja": "JP", "ko": "KR"}.get(language[:2], "TC" if language.lower() in _TRADITIONAL else "SC")


_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
