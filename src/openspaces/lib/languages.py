"""Which of the languages that we speak a reader gets."""

from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings

LONGEST = 256
"""Headers of more letters are read each time: what strangers send is not kept for them."""


def language(asked: str | None, header: str, default: str) -> str:
    """The language to answer in: the one in the address, else the header's first that we speak, else `default`.

    All who read one language read the variant of `default` where that is one of it: at an event of "en-us" every reader
    of English gets its clock.
    """
    usual = len(asked or "") + len(header) <= LONGEST
    return (_language if usual else _language.__wrapped__)(asked, header, default)


@lru_cache(1024)
def _language(asked: str | None, header: str, default: str) -> str:
    spoken = dict(settings.LANGUAGES)
    for wanted in (asked or "", *by_preference(header), default, "en"):
        for code in (wanted.lower(), _base(wanted)):
            if code in spoken:
                return default.lower() if _base(code) == _base(default) else code
    raise LookupError("English is always spoken")


def by_preference(header: str) -> Iterator[str]:
    """What a header like Accept-Language or Accept-Encoding names, best first, without what it refuses."""
    named = [(name, weight) for name, weight in weighed(header) if weight > 0]
    return (name for name, _ in sorted(named, key=lambda each: -each[1]))


def weighed(header: str) -> Iterator[tuple[str, float]]:
    """What such a header names, each with its weight from 0 to 1."""
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            yield name, _weight(parameters)


def _base(language: str) -> str:
    return language.lower().partition("-")[0]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.lower().startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
