"""The fields that people name in a letter themselves, "Title: …", "When: …", and the lines that remain."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from openspaces.intake.wishes.folding import tokens

_LABELLED = re.compile(r"^[\W_]{0,4}([^:：]{1,30}?)\s*[:：](?!//)\s*(.*)$", re.DOTALL)
_LONG = ("text",)


@dataclass(frozen=True, slots=True)
class Fields:
    """What was named, by field, and the other lines as they stood. A field that was named and left empty is there."""

    named: dict[str, str] = field(default_factory=dict)
    rest: tuple[str, ...] = ()


def fields_of(text: str) -> Fields:
    """The fields in a letter's text. What is said about the text itself runs on until the next one."""
    named: dict[str, list[str]] = {}
    rest: list[str] = []
    running = ""
    for line in text.split("\n"):
        name, value = labelled(line)
        if name:
            named.setdefault(name, []).append(value)
            running = name if name in _LONG else ""
        elif running:
            named[running].append(line)
        else:
            rest.append(line)
    joined = {name: ("\n" if name in _LONG else ", ").join(filter(None, values)) for name, values in named.items()}
    return Fields(joined, tuple(rest))


def labelled(line: str) -> tuple[str, str]:
    """The field that a line names before its colon, and what follows; "" and the line if it names none."""
    found = _LABELLED.match(line[:1000])
    name = _labels().get(_folded(found[1]), "") if found else ""
    return (name, found[2].strip()) if found and name else ("", line)


def is_generic(line: str, names: str = "") -> bool:
    """Whether a line says only what kind of letter it is; `names` are words that say no more, such as the event's."""
    words = _words(line)
    known = _generic() | set(_words(names))
    return all(word in known or word.isdigit() for word in words)


def is_greeting(line: str) -> bool:
    """Whether a line greets, and does no more."""
    words = _words(line)
    return bool(words) and len(line) <= 60 and words[0] in _greetings() and len(words) <= 8 and ":" not in line


def starts_telling(word: str) -> bool:
    """Whether a word after a name begins to tell about it: "will", "is"."""
    return word.lower() in _read()["verbs"]


def _folded(text: str) -> str:
    return " ".join(token.text for token in tokens(text))


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(text) if token.text.isalnum() or token.is_word]


@cache
def _labels() -> dict[str, str]:
    names = ("title", "name", "host", "text", "wish", "handle", "link", "idea", "planned")
    return {_folded(label): name for name in names for label in _read()[name]}


@cache
def _generic() -> frozenset[str]:
    return frozenset(_words(_read()["generic"]))


@cache
def _greetings() -> frozenset[str]:
    return frozenset(_folded(word) for word in _read()["greetings"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
