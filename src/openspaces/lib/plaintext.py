"""Makes what people type into plain text: NFC, one kind of space, nothing invisible, nothing that turns lines round.

The rules are those of Unicode TR36 (security) in short: control, bidi-override and zero-width characters go; the
joiners stay where a script or an emoji needs them, and the tags of the three flags that are spelled with them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\uabff"
_EMOJI = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_IDLE_JOINER = re.compile(
    f"(?<![{_JOINING}])[{_ZWNJ}]"
    f"|[{_ZWNJ}](?![{_JOINING}])"
    f"|(?<![{_JOINING}{_EMOJI}]){_ZWJ}"
    f"|{_ZWJ}(?![{_JOINING}{_EMOJI}])"
)
_FLAGS = "|".join(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
_STRAY_TAG = re.compile(f"({_FLAGS})|[\U000e0000-\U000e007f]")
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"
"""Letters, marks and signs by name that show nothing, or a box."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"(?:[^\S\n]|\u2800)+")
_BLANK_LINES = re.compile(r"\n\n+")
_MARKS_IN_A_ROW = 4
_HASH = re.compile(r"(?<![\w&/#])#(?=\w)")
"""Where a word with a hash may begin: not inside another word, nor in an address or an HTML entity."""
_SIMPLE = re.compile("[\n -~]*")
"""What every step below leaves as it is, and most of what is typed."""


def one_line(text: str) -> str:
    """`text` as one clean line; empty if it shows nothing."""
    return _SPACES.sub(" ", _visible(text).replace("\n", " ")).strip()


def paragraphs(text: str) -> str:
    """`text` as clean lines, with at most one blank line between two; empty if it shows nothing."""
    lines = (_SPACES.sub(" ", line).strip() for line in _visible(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def hash_words(*texts: str) -> tuple[str, ...]:
    """The words that are written with a `#` in cleaned texts, without it: each once, as it is spelled first, however
    often and in what case it comes again. A number is no word."""
    found: dict[str, str] = {}
    for word in (word for text in texts for word in _hashed(text)):
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _hashed(text: str) -> Iterator[str]:
    for start in _HASH.finditer(text):
        word = "".join(takewhile(_is_of_word, text[start.end() :]))
        if any(map(str.isalpha, word)):
            yield word


def _is_of_word(char: str) -> bool:
    """Letters, marks (many scripts cannot be written without them), digits, underscores and joiners."""
    return char in ("_", _ZWNJ, _ZWJ) or unicodedata.category(char)[0] in "LMN"


def _visible(text: str) -> str:
    if _SIMPLE.fullmatch(text):
        return text if text.strip() else ""
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    kept = _STRAY_TAG.sub(lambda found: found[1] or "", "".join(filter(_stays, composed)))
    joined = _IDLE_JOINER.sub("", _few_marks(kept))
    return unicodedata.normalize("NFC", joined) if any(map(_shows, joined)) else ""


@lru_cache(maxsize=4096)
def _stays(char: str) -> bool:
    """Everything but control, format, surrogate, private and unassigned characters; joiners and tags are looked at
    later. Emoji stay even if they are newer than this Python."""
    if char in ("\n", "\t", _ZWNJ, _ZWJ) or "\U000e0000" <= char <= "\U000e007f" or _is_emoji(char):
        return True
    return char not in _FILLERS and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _shows(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" or _is_emoji(char)


def _is_emoji(char: str) -> bool:
    return "\U0001f000" <= char <= "\U0001faff"


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _few_marks(text: str) -> str:
    """At most four marks on one letter, so that no title climbs out of its card. A joiner begins no new letter."""
    kept: list[str] = []
    marks = 0
    for char in text:
        if _is_mark(char):
            marks += 1
        elif char not in (_ZWNJ, _ZWJ):
            marks = 0
        if marks <= _MARKS_IN_A_ROW or char in (_ZWNJ, _ZWJ):
            kept.append(char)
    return "".join(kept)
