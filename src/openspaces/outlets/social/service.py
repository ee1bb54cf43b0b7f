"""What the services have in common: a post, where it went, and what each can do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Self

from openspaces.board.state import Board
from openspaces.delivery.contract import Destination, Field, Job, Promise, Text
from openspaces.outlets.social.measures import Measure

CODE = 6
MARK = 3
"""Letters of a card's code, and of the mark that tells whether its line in a post is still the same."""
GONE = "-"
"""What a post is called that somebody deleted there by hand."""
MOST = 45
"""So many cards fit into a receipt."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post. `link` and the `tags`, each with its sign, stand in its text; everything else there is plain text."""

    text: str
    language: str
    link: str = ""
    tags: tuple[str, ...] = ()
    picture: bytes = field(default=b"", repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A post that was sent: its name at the service ("" once it is deleted), and the line of each card in it."""

    id: str
    lines: tuple[str, ...] = ()

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The receipt of a post that is still there."""
        id_, _, lines = written.partition(" ")
        each = CODE + MARK
        return cls(id_, tuple(lines[at : at + each] for at in range(0, len(lines), each))) if id_ else None

    def written(self) -> str:
        """The same as `Job.earlier` has it."""
        return f"{self.id} {''.join(self.lines)}"

    @property
    def cards(self) -> tuple[str, ...]:
        """The codes of the cards in it."""
        return tuple(line[:CODE] for line in self.lines)


def marked(code: str, line: str) -> str:
    """A card's line as a receipt has it."""
    return code + blake2b(line.encode(), digest_size=2).hexdigest()[:MARK]


@dataclass(frozen=True, slots=True)
class Service:
    """A social network or chat. `say` answers what the post is called there. `change` puts another in its place under
    the same name or a new one; where it `edits`, readers keep their answers. Without `unsay` nothing can be taken back.
    """

    name: str
    title: Text
    about: Text
    fields: tuple[Field, ...]
    measure: Measure
    say: Callable[[Post, Job], str]
    change: Callable[[str, Post, Job], str]
    unsay: Callable[[str, Job], None] | None
    try_out: Callable[[Destination, Board], None]
    check: Callable[[Mapping[str, str]], Mapping[str, Text]]
    edits: bool = False
    pictures: int = 0
    """The most bytes of a picture; 0 where none is sent."""
    links: Callable[[Mapping[str, str]], bool] = lambda settings: True
    promise: Promise = Promise.AT_LEAST_ONCE
