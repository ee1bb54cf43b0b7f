"""What words mean around days, times and rooms: names.toml (CLDR) and words.toml (ours), as one table of phrases."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from openspaces.intake.wishes.folding import Token, tokens

LONGEST = 6
"""Tokens of the longest phrase that is looked for."""


class Sense(StrEnum):
    """What a phrase may mean; `words.toml` has a table for each but the names."""

    WEEKDAY = "weekday"
    SHORT_WEEKDAY = "short weekday"
    MONTH = "month"
    AT = "at"
    TO = "to"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    AM = "am"
    PM = "pm"
    CLOCK = "clock"
    HOURS = "hours"
    MINUTES = "minutes"
    LATER = "later"
    PART = "part"
    POINT = "point"
    PAST = "past"
    NUMBER = "number"
    ORDINAL = "ordinal"
    OF = "of"
    DAY = "day"
    NTH = "nth"
    ROOM = "room"
    SAID = "said"
    """Stands in place of what was read already; its value says of which part."""


Meanings = dict[Sense, frozenset[int]]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase, a number or a sign of the text, with all that it may mean."""

    text: str
    start: int
    end: int
    glued: bool
    number: int | None
    meanings: Meanings

    def means(self, *senses: Sense) -> bool:
        """Whether it may have one of these senses."""
        return any(sense in self.meanings for sense in senses)

    def values(self, sense: Sense) -> frozenset[int]:
        """The numbers that go with that sense."""
        return self.meanings.get(sense, frozenset())


def items(found: list[Token]) -> list[Item]:
    """Tokens read as the longest phrases that mean something."""
    known, read, place = phrases(), [], 0
    while place < len(found):
        length = next((n for n in range(LONGEST, 0, -1) if _key(found[place : place + n]) in known), 1)
        first, last = found[place], found[min(place + length, len(found)) - 1]
        meanings = known.get(_key(found[place : place + length]), {})
        number = first.number if length == 1 else None
        read.append(Item(first.text, first.start, last.end, first.glued, number, meanings))
        place += length
    return read


@cache
def phrases() -> dict[Phrase, Meanings]:
    """Every phrase that means something."""
    found: dict[Phrase, dict[Sense, set[int]]] = {}
    for words, sense, value in (*_names(), *_words()):
        found.setdefault(_key(tokens(words)), {}).setdefault(sense, set()).add(value)
    return {key: {sense: frozenset(values) for sense, values in senses.items()} for key, senses in found.items()}


def _names() -> Iterator[tuple[str, Sense, int]]:
    for names in _read("names.toml").values():
        for table, sense, first in (
            ("weekdays", Sense.WEEKDAY, 0),
            ("short_weekdays", Sense.SHORT_WEEKDAY, 0),
            ("months", Sense.MONTH, 1),
            ("short_months", Sense.MONTH, 1),
        ):
            for value, forms in enumerate(names[table], first):
                yield from ((form, sense, value) for form in forms)


def _words() -> Iterator[tuple[str, Sense, int]]:
    for sense, table in _read("words.toml").items():
        for word, value in table.items():
            if word == "words":
                yield from ((each, Sense(sense), 0) for each in value)
            else:
                yield word, Sense(sense), value


def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _key(found: list[Token]) -> Phrase:
    return tuple(token.text for token in found)
