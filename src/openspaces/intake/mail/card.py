"""What card a letter asks for: title, text, host and wish, by the rules that docs/mail.md tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from openspaces.board.state import Board
from openspaces.board.words import LIMITS, Unfit, clean
from openspaces.intake.mail.fields import Fields, fields_of, is_generic, is_greeting, labelled, starts_telling
from openspaces.intake.mail.letter import Letter
from openspaces.intake.wishes import Understood, read_wish
from openspaces.intake.wishes.clusters import cluster_of, without_fillers
from openspaces.lib.plaintext import one_line, paragraphs

MOST_LINES = 60
_TITLES = ("title", "idea", "planned")
_NOBODY = ("", "-", "–", "?", "nobody", "somebody", "someone", "none", "niemand", "jemand", "कोई नहीं", "لا احد")
FEW_WORDS = 6
_SETS_APART = (":", "–", "—", "-", "|", "(", ")", ";", "•")
_ENDS = (": ", " – ", " — ", " - ", ". ", "! ", "? ", "\n")


@dataclass(frozen=True, slots=True)
class Asked:
    """The card that a letter asks for. `cut` says that its text was longer than a card's."""

    title: str
    text: str
    host: str
    handle: str
    link: str
    wish: str
    understood: Understood
    idea: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a letter with a wish in it: what stands before and after."""

    wish: str
    before: str
    after: str
    place: int = -1


def read_card(letter: Letter, board: Board, at: datetime, *, idea: bool = False) -> Asked:
    """The card that `letter`, which came at `at`, asks for. Its title is empty where there is nothing to be one."""
    fields = fields_of(letter.text)
    subject, idea_said = _subject(letter, board)
    found = _wish(fields, subject, board, at)
    title, text = _words(fields, subject, found, board)
    wish = one_line(fields.named.get("wish", "") or (found.wish if found else ""))[: LIMITS["wish"]].strip()
    understood = read_wish(wish, board, at)
    host = _host(fields, letter)
    nobody = "host" in fields.named and not host
    ideal = idea or idea_said or "idea" in fields.named or nobody or not (host or understood.anything)
    text, cut = _fitting(text)
    handle, link = one_line(fields.named.get("handle", ""))[: LIMITS["handle"]], _link(fields)
    return Asked(title, text, "" if ideal else host, handle, link, wish, understood, ideal, cut)


def _subject(letter: Letter, board: Board) -> tuple[str, bool]:
    """The subject, empty where it says only what kind of letter it is; and whether it says that it is an idea."""
    subject = one_line(letter.subject)
    name, value = labelled(subject)
    if name in ("idea", "planned", "title"):
        subject = value
    return ("" if is_generic(subject, f"{board.name} {board.venue}") else subject), name == "idea"


def _host(fields: Fields, letter: Letter) -> str:
    titled = any(fields.named.get(name) for name in _TITLES)
    named = fields.named.get("name", "") if titled else ""
    given = fields.named.get("host", named or letter.name)
    host = one_line(given)[: LIMITS["host"]].strip()
    return "" if host.lower() in _NOBODY or "@" in host else host


def _link(fields: Fields) -> str:
    try:
        return clean("link", fields.named.get("link", ""))
    except Unfit:
        return ""


# The wish


def _wish(fields: Fields, subject: str, board: Board, at: datetime) -> _Line | None:
    """Where the letter wishes for a time or a room: in the line of the body that says most of it, else its subject."""
    lines = [(place, line) for place, line in enumerate(fields.rest[:MOST_LINES]) if line.strip()]
    best, most = None, 0
    for place, line in ((-1, subject), *lines):
        cluster = cluster_of(read_wish(line, board, at))
        if cluster and cluster.tells > most:
            best, most = _Line(cluster.text, line[: cluster.start], line[cluster.end :], place), cluster.tells
    return best


# Title and text


def _words(fields: Fields, subject: str, found: _Line | None, board: Board) -> tuple[str, str]:
    """Title and text: what was named, else the subject, else what stands beside the wish, else the first line."""
    lines = list(fields.rest)
    beside = ""
    if found and found.place >= 0:
        beside, lines[found.place] = _beside(found)
    elif found:
        subject = without_fillers(found.before) or without_fillers(found.after)
        subject = "" if is_generic(subject, board.name) else subject
    body = [line for place, line in enumerate(lines) if not (place < 3 and is_greeting(line))]
    body = [line for line in body if line.strip() or line == ""]
    given = one_line(next(filter(None, (fields.named.get(name) for name in _TITLES)), ""))
    if not (given or subject):
        given = one_line(fields.named.get("name", ""))
    if title := given or subject:
        rest = "\n".join(filter(None, [beside if _without(beside, title) is None else _without(beside, title), *body]))
        title, more = split(title)
        return title, _joined(fields.named.get("text", ""), more, rest)
    if beside:
        title, more = split(beside)
        return title, _joined(fields.named.get("text", ""), more, "\n".join(body))
    first = next((place for place, line in enumerate(body) if line.strip() and not is_generic(line, board.name)), None)
    if first is None:
        return "", paragraphs(_joined(fields.named.get("text", ""), "\n".join(body)))
    title, more = split(one_line(body[first]))
    return title, _joined(fields.named.get("text", ""), more, "\n".join(body[first + 1 :]))


def _beside(found: _Line) -> tuple[str, str]:
    """What a line says beside its wish, and what of the line stays in the text. A wish in the middle of a sentence
    leaves it whole."""
    before, after = without_fillers(found.before), without_fillers(found.after)
    if (before and after) or _is_sentence(found):
        return "", found.before + found.wish + found.after
    beside = one_line(before or after)
    return "" if is_generic(beside) else beside, ""


def _is_sentence(found: _Line) -> bool:
    """Whether the wish belongs to a longer sentence: nothing sets it apart."""
    ended = found.before.rstrip().endswith((*_SETS_APART, ".", "!"))
    apart = ended or found.after.lstrip().startswith(_SETS_APART)
    return not apart and len(f"{found.before} {found.after}".split()) > FEW_WORDS


def _without(text: str, title: str) -> str | None:
    """The text without the title that it begins with; None if it does not."""
    if text.lower().startswith(title.lower()) and not text[len(title) : len(title) + 1].isalnum():
        return text[len(title) :].strip(" :–—-\n")
    return None


def split(line: str) -> tuple[str, str]:
    """A line as title and the text that follows: "Open Teams Incubator will focus on…" has its name for a title."""
    line = one_line(line)
    if (name := _name(line)) and len(name) <= LIMITS["title"]:
        return name, line[len(name) :].strip(" :–—-")
    if len(line) <= LIMITS["title"] and not any(end in line for end in _ENDS[4:]):
        return line, ""
    for end in _ends(line):
        if 3 <= end <= LIMITS["title"]:
            return line[:end].rstrip(" :–—-."), line[end:].lstrip(" :–—-.!?")
    shorter = line[: LIMITS["title"] - 1].rsplit(" ", 1)[0]
    return f"{shorter[: LIMITS['title'] - 1]}…", line


def _name(line: str) -> str:
    """The words with capitals at the beginning of a sentence, if there are several and a verb follows."""
    words = line.split(" ")
    length = next((place for place, word in enumerate(words) if not word[:1].isupper()), len(words))
    telling = length < len(words) and starts_telling(words[length])
    return " ".join(words[:length]) if length > 1 and telling else ""


def _ends(line: str) -> Iterator[int]:
    found = sorted(place + 1 for end in _ENDS if (place := line.find(end)) > 0)
    return iter(found)


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, (text.strip("\n") for text in texts)))


def _fitting(text: str) -> tuple[str, bool]:
    """As much of a text as a card holds, to the end of a word; and whether there was more."""
    whole = paragraphs(text)
    if len(whole) <= LIMITS["text"]:
        return whole, False
    shorter = whole[: LIMITS["text"] - 1]
    cut = max(shorter.rfind(" "), shorter.rfind("\n"))
    return f"{shorter[: cut if cut > LIMITS['text'] // 2 else None].rstrip()}…", True
