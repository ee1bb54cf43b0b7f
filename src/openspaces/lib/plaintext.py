"""Makes what people type into plain text: NFC, one kind of space, nothing invisible, nothing that turns lines round.

The rules are those of Unicode TR36 (security) in short: control, bidi-override and zero-width characters go; the
joiners stay where a script or an emoji needs them.
"""

import re
import unicodedata

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\uabff"
_EMOJI = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_IDLE_JOINER = re.compile(
    f"(?<![{_JOINING}])[{_ZWNJ}]"
    f"|[{_ZWNJ}](?![{_JOINING}])"
    f"|(?<![{_JOINING}{_EMOJI}]){_ZWJ}"
    f"|{_ZWJ}(?![{_JOINING}{_EMOJI}])"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
_MARKS_IN_A_ROW = 4


def one_line(text: str) -> str:
    """`text` as one clean line."""
    return _SPACES.sub(" ", _visible(text).replace("\n", " ")).strip()


def paragraphs(text: str) -> str:
    """`text` as clean lines, with at most one blank line between two."""
    lines = _visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    spaced = "\n".join(_SPACES.sub(" ", line).strip() for line in lines.split("\n"))
    return _BLANK_LINES.sub("\n\n", spaced).strip()


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if char == "\t" else char for char in composed if _stays(char))
    return _few_marks(_IDLE_JOINER.sub("", _TAGS.sub("", kept)))


def _stays(char: str) -> bool:
    """Everything but control, format, surrogate, private and unassigned characters; joiners are looked at later."""
    if char in ("\n", "\t", _ZWNJ, _ZWJ):
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _few_marks(text: str) -> str:
    """At most four marks on one letter, so that no title climbs out of its card."""
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)
