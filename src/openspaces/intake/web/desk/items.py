"""What stands on the list: an item is a sentence with its answers, and each answer is a button."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.words import Words
from openspaces.wording import apart


@dataclass(frozen=True)
class Answer:
    """A button. `do` is sent with it, such as `place oak@0517-0900`; `about` is what it is about, for those who hear
    the button alone."""

    do: str
    says: str
    about: str = ""


@dataclass(frozen=True)
class Reasoned:
    """An answer that needs a sentence which people will read: behind a summary, a field and its button."""

    do: str
    says: str
    label: str
    value: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Link:
    """Where there is more."""

    url: str
    says: str


@dataclass(frozen=True)
class Item:
    """One thing that somebody has to answer. The first of `answers` is the usual one, `others` stand behind a summary.
    `whose` names the card that is to be read, where `says` need not. `counts` are fields for hands that went up, `rows`
    are things of one kind that are answered one by one. What has to be `weighed`, or runs by itself, has no usual
    answer: none stands out, and a key alone gives none."""

    id: str
    says: str
    whose: str = ""
    card: str = ""
    contest: int = 0
    facts: tuple[str, ...] = ()
    words: Words | None = None
    quotes: tuple[str, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answer, ...] = ()
    others: tuple[Answer, ...] = ()
    reasoned: tuple[Reasoned, ...] = ()
    link: Link | None = None
    rows: tuple["Item", ...] = field(default=())
    weighed: bool = False


Draft = Callable[[], Item]
"""An item that is drawn when it is shown: of a hundred claims only the first ones are."""


def quoted(card: Card) -> str:
    """A card's title in a sentence."""
    return _("“%s”") % apart(card.words.title)


def named(card: Card) -> str:
    """The same with its host, where it has one."""
    if not card.words.host:
        return quoted(card)
    return _("%(title)s by %(host)s") % {"title": quoted(card), "host": apart(card.words.host)}


def in_quotes(board: Board, codes: tuple[str, ...]) -> list[str]:
    """The titles of some cards, each in quotes."""
    return [quoted(board.cards[code]) for code in codes]


@dataclass(frozen=True)
class Voices:
    """What people told of a card: how many, how many of them were present, and their reasons."""

    card: str
    count: int
    present: int
    reasons: tuple[str, ...]
