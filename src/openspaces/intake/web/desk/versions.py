"""What a card said: each version of its words, beside the one before, with what was struck out and what came in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from openspaces.board.state import Change
from openspaces.board.words import Words
from openspaces.intake.web.forms import field_labels


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `what` is same, in or out."""

    what: str
    text: str


@dataclass(frozen=True)
class Differing:
    """One field that is not as it was."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    """The words that a change brought, and the fields that differ from the version before."""

    change: Change
    words: Words
    fields: list[Differing]


def versions(card: str, changes: Iterable[Change]) -> list[Version]:
    """Every version of a card's words, newest first. Changes that bring words which there were already, as hiding and
    showing them does, bring no version."""
    found: list[Version] = []
    for change in changes:
        words = change.after.get("words")
        if change.card != card or not isinstance(words, Words):
            continue
        before = found[-1].words if found else Words("")
        if words.as_said() != before.as_said():
            found.append(Version(change, words, _fields(before, words) if found else _all_of(words)))
    return found[::-1]


def differences(before: str, after: str) -> list[Piece]:
    """How one text became another, word by word."""
    old, new = _words(before), _words(after)
    pieces = []
    for how, start, end, start_new, end_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("out", "".join(old[start:end])))
        if end_new > start_new:
            pieces.append(Piece("in", "".join(new[start_new:end_new])))
    return pieces


def _fields(before: Words, after: Words) -> list[Differing]:
    texts = [(label, getattr(before, name), getattr(after, name)) for name, label in field_labels()]
    return [Differing(label, differences(old, new)) for label, old, new in texts if old != new]


def _all_of(words: Words) -> list[Differing]:
    """The first version as it is."""
    said = [(label, getattr(words, name)) for name, label in field_labels()]
    return [Differing(label, [Piece("same", text)]) for label, text in said if text]


def _words(text: str) -> list[str]:
    """The words and the spaces between them."""
    return re.findall(r"\s+|\S+", text)
