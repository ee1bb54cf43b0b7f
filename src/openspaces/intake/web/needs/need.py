"""What a need is: a sentence with its answers, and the cells that it offers."""

from collections.abc import Iterable
from dataclasses import dataclass

from openspaces.board.state import Board, Placement
from openspaces.board.words import Words
from openspaces.intake.web.offering import Offer, cell_url
from openspaces.look.hosting import Row, row_says


@dataclass(frozen=True)
class Answer:
    """A button: what it does to the card, what it says, and what is sent along."""

    do: str
    says: str
    sends: tuple[tuple[str, str], ...] = ()
    main: bool = False


@dataclass(frozen=True)
class Link:
    """Where there is more."""

    url: str
    says: str


@dataclass(frozen=True)
class Need:
    """One thing that a host has to know; `urgent` where it waits for an answer. `offers` are cells to get with `do`,
    `slots` of them in a row, and `instead` is said before them. `becomes` is what the one card would say that is to be
    made of two."""

    kind: str
    says: str
    urgent: bool = False
    facts: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    links: tuple[Link, ...] = ()
    offers: tuple[Offer, ...] = ()
    instead: str = ""
    main: bool = False
    """Whether the first of `offers` is the one that its host wants."""
    do: str = "place"
    slots: int = 1
    becomes: Words | None = None


def offers_of(board: Board, rows: Iterable[Row], wanted: Placement) -> tuple[Offer, ...]:
    """Free cells as buttons."""
    return tuple(Offer(row[0], row_says(board, row, wanted), cell_url(board, row[0])) for row in rows)


def contest_link(board: Board, number: int, says: str) -> Link:
    """The way to a contest's page."""
    return Link(f"/{board.event}/contests/{number}/", says)
