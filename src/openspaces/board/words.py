"""What a card says: its words, the limits on them, and how typed text becomes them."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from openspaces.board.vocabulary import (
    HIDDEN,
    LINK_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
)
from openspaces.lib.plaintext import hash_words, one_line, paragraphs


class Unfit(ValueError):
    """What was typed into `field` cannot stand there; `code` and `limit` say why. The door answers with 422."""

    def __init__(self, field: str, code: str, limit: int = 0) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code, self.limit = field, code, limit


@dataclass(frozen=True, slots=True)
class Words:
    """One version of what a card says; `version` counts from 1 and each version is kept as it was. `wish` is when and
    where its host would like to have it, as they wrote it."""

    title: str
    text: str = ""
    host: str = ""
    handle: str = ""
    link: str = ""
    wish: str = ""
    version: int = 1

    FIELDS: ClassVar[tuple[str, ...]] = ("title", "text", "host", "handle", "link", "wish")

    @property
    def tags(self) -> tuple[str, ...]:
        """The words that its host marked with a `#` in title or text, without it."""
        return hash_words(self.title, self.text)

    def as_said(self) -> dict[str, Any]:
        """The words without their version, as a form or the API shows them."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def hidden(self) -> "Words":
        """What stands in their place while they are kept from the public."""
        return Words(HIDDEN, version=self.version)


@dataclass(frozen=True, kw_only=True)
class Said:
    """The part of a move that carries typed words. It cleans them as it is made, so no door can forget to.

    None means: say nothing about this field. Raises Unfit.
    """

    title: str | None = None
    text: str | None = None
    host: str | None = None
    handle: str | None = None
    link: str | None = None
    wish: str | None = None

    def __post_init__(self) -> None:
        for name, value in self.said().items():
            object.__setattr__(self, name, clean(name, value))

    def said(self) -> dict[str, Any]:
        """The fields that say something."""
        values = {name: getattr(self, name) for name in Words.FIELDS}
        return {name: value for name, value in values.items() if value is not None}


def names_in(host: str) -> list[str]:
    """The names of a card's hosts, one by one."""
    return [name for name in host.split(", ") if name]


def clean(field: str, typed: str) -> str:
    """`typed` as it will stand in `field`; raises Unfit where it is empty, too long or no https link."""
    text = paragraphs(typed) if field == "text" else one_line(typed)
    if field == "link":
        text = _https(text)
    if field == "title" and not text:
        raise Unfit(field, "empty")
    if len(text) > LIMITS[field]:
        raise Unfit(field, "too-long", LIMITS[field])
    return text


def sentence(field: str, typed: str, limit: int = REASON_LENGTH, needed: bool = True) -> str:
    """One line that staff wrote for everyone, cleaned; raises Unfit where it is too long, or empty though `needed`."""
    text = one_line(typed)
    if needed and not text:
        raise Unfit(field, "empty")
    if len(text) > limit:
        raise Unfit(field, "too-long", limit)
    return text


LIMITS = {
    "title": TITLE_LENGTH,
    "text": TEXT_LENGTH,
    "host": NAME_LENGTH,
    "where": NAME_LENGTH,
    "handle": NAME_LENGTH,
    "link": LINK_LENGTH,
    "wish": WISH_LENGTH,
}


def _https(link: str) -> str:
    """An https link with a host name; a bare `example.org/x` gets its scheme, anything else is refused."""
    if not link:
        return ""
    whole = link if "://" in link or link.lower().startswith(("javascript:", "data:", "mailto:")) else f"https://{link}"
    if not _has_host(whole) or any(char in whole for char in " <>\"'`\\{}|^"):
        raise Unfit("link", "not-https")
    return whole


def _has_host(link: str) -> bool:
    try:
        parts = urlsplit(link)
        port_is_one = parts.port != 0  # raises where it is no number
    except ValueError:
        return False
    named = "." in (parts.hostname or "").strip(".") and "@" not in parts.netloc
    return parts.scheme == "https" and named and port_is_one
