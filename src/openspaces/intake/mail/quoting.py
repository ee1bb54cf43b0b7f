"""What somebody wrote themselves: without what they quote and how they sign; and what they forward."""

import re
from dataclasses import dataclass

from mailparser_reply.parser import EmailMessage

MOST = 4000
"""Letters that are looked at; a card holds 400. The reader of replies takes longer with the square of it."""
LONGEST_LINE = 600
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "sv")

_FORWARDS = re.compile(r"(?i)^\s*(?:fwd?|fw|wg|tr|rv|enc|doorst|vs|vb|i|अग्रे|تحويل)\s*(?:\[\d+\])?\s*:")
_REPLIES = re.compile(r"(?i)^\s*(?:re|aw|sv|antw|odp|res|ref|resp|उत्तर|رد|r)\s*(?:\[\d+\])?\s*[:：]")
_LIST_TAG = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")
_MARKER = re.compile(
    r"(?i)^(?:[-_=*\s]*(?:begin )?(?:forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht"
    r"|message transféré|message réexpédié|mensaje reenviado|mensagem encaminhada|messaggio inoltrato"
    r"|doorgestuurd bericht"
    r"|अग्रेषित संदेश|الرسالة المعاد توجيهها|original message|ursprüngliche nachricht)\s*:?[-_=*\s]*)$"
)
_ORIGINAL = re.compile(r"(?i)original|ursprüng")
_HEADER = re.compile(r"^\s*\*{0,2}([^\s\d:：*][^\d:：]{0,15}?)\*{0,2}\s*[:：]\*{0,2}\s*(.*)$")
_FROM = ("from", "von", "de", "da", "van", "प्रेषक", "من")
_SUBJECT = ("subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "विषय", "الموضوع")
_WROTE = re.compile(
    r"(?i)^.{0,300}(?:ने लिखा|كتب|wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef).{0,120}[:：]$"
)
_SIGNED = re.compile(r"^--\s?$")
_FOOTED = re.compile(r"^_{20,}$")
_GOODBYE = re.compile(
    r"(?i)^(?:(?:many )?thanks|thank you|thx|cheers|(?:kind |best |warm )?regards|best wishes|yours|danke|vielen dank"
    r"|lg|vg|(?:viele|liebe|beste|schöne|freundliche|mit freundlichen|mit besten) grü(?:ß|ss)en?|merci|cordialement"
    r"|bien à vous|gracias|saludos|grazie|obrigad[oa]|groet(?:en|jes)?|धन्यवाद|शुक्रिया|सादर|शुभकामनाएं?"
    r"|شكرا|شكراً|مع التحية|تحياتي)"
    r"(?: (?:so much|a lot|again|in advance|all|everyone|im voraus|und bis bald|d'avance|mille))?[\s,;.!،।]*$"
)
MOST_AFTER_GOODBYE = 3
LONGEST_NAME = 40
_STARTS_NUMBERED = re.compile(r"\d+[.)]")
SHORTEST_BROKEN = 65
"""Letters of a line that a mail program broke, with the word that found no room; RFC 5322 asks for lines of 78."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A letter inside a letter: who wrote it, as the header there says, what about, and its text."""

    author: str
    subject: str
    text: str


def own_words(text: str) -> str:
    """What the author of a letter wrote, at most its first letters."""
    lines = _bounded(text)
    kept = _rejoined([line for line in lines[: _signature(lines)] if not line.lstrip().startswith(">")])
    words = "\n".join(kept)
    replies = EmailMessage(text=words, languages=list(LANGUAGES), keep_hyphen_lists=True).read().replies
    first = replies[0].body if replies else words
    return _without_goodbye(_without_wrote(first).strip())


def forwarded(subject: str, text: str) -> Forwarded | None:
    """What is forwarded in a letter; None if nothing is. Only what says so by its subject, or by a line that mail
    programs write, is."""
    lines = [line.lstrip("> ") for line in _bounded(text)]
    start = next((place for place, line in enumerate(lines) if _MARKER.match(line)), None)
    if start is None and not is_forward(subject):
        return None
    first = (start + 1) if start is not None else _first_header(lines)
    if first is None:
        return Forwarded("", bare_subject(subject), text)
    headers, rest = _headers(lines, first)
    if start is not None and not is_forward(subject) and not (_says_forwarded(lines, start) and headers):
        return None
    author = next((headers[name] for name in _FROM if name in headers), "")
    about = next((headers[name] for name in _SUBJECT if name in headers), subject)
    return Forwarded(author, bare_subject(about), "\n".join(lines[rest:]))


def is_forward(subject: str) -> bool:
    """Whether a subject says that something is forwarded."""
    return bool(_FORWARDS.match(_LIST_TAG.sub("", subject)))


def bare_subject(subject: str) -> str:
    """A subject without what mail programs and lists put before it."""
    for _ in range(6):
        shorter = _LIST_TAG.sub("", _REPLIES.sub("", _FORWARDS.sub("", subject)))
        if shorter == subject:
            break
        subject = shorter
    return subject.strip()


def _bounded(text: str) -> list[str]:
    lines = [line[:LONGEST_LINE].replace("\xa0", " ") for line in text[: MOST * 4].splitlines()]
    return "\n".join(" ".join(line.split()) for line in lines)[:MOST].split("\n")


def _signature(lines: list[str]) -> int:
    """Where a signature begins, or what a list puts under every letter."""
    for place, line in enumerate(lines):
        if _SIGNED.match(line) or (_FOOTED.match(line) and any(each.strip() for each in lines[:place])):
            return place
    return len(lines)


def _rejoined(lines: list[str]) -> list[str]:
    """Lines that a mail program broke, whole again: the next word had found no room, and goes on in small letters."""
    whole: list[str] = []
    last = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        goes_on = line[:1].islower() or (line[:1].isdigit() and not _STARTS_NUMBERED.fullmatch(word))
        if goes_on and 40 <= len(last) <= 80 and len(last) + len(word) >= SHORTEST_BROKEN:
            whole[-1] += f" {line}"
        else:
            whole.append(line)
        last = line
    return whole


def _without_wrote(text: str) -> str:
    """Cut where somebody else's words are led in, in languages that the reader of replies does not know; also where the
    line that does so was broken."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        broken = line.endswith("<") or not _WROTE.match(following)
        if _WROTE.match(line) or (broken and _WROTE.match(f"{line} {following}")):
            return "\n".join(lines[:place])
    return text


def _without_goodbye(text: str) -> str:
    """Without the last lines, where they only thank and say a name; a letter that says no more keeps them."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        after = [each for each in lines[place + 1 :] if each.strip()]
        ends = len(after) <= MOST_AFTER_GOODBYE and all(len(each) <= LONGEST_NAME for each in after)
        if place and ends and _GOODBYE.match(line.strip()):
            return "\n".join(lines[:place]).strip()
    return text


def _says_forwarded(lines: list[str], start: int) -> bool:
    """An "original message" is also what one answers, unless there is nothing above it."""
    return not _ORIGINAL.search(lines[start]) or not any(line.strip() for line in lines[:start])


def _first_header(lines: list[str]) -> int | None:
    return next((place for place in range(len(lines)) if len(_headers(lines, place)[0]) >= 2), None)


def _headers(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """The header lines from `first` on, by their names in small letters, and where the text after them begins."""
    headers: dict[str, str] = {}
    place = first
    while place < len(lines) and not lines[place].strip() and place - first < 3:
        place += 1
    while place < len(lines) and (found := _HEADER.match(lines[place])):
        headers.setdefault(found[1].lower(), found[2].strip())
        place += 1
    return headers, place
