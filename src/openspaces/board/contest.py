"""A contest: two or more cards that want one cell, and how its outcome is found. Anyone can find it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from openspaces.board.vocabulary import Cell, Facts, Method, Tie

VOTERS_KEPT = timedelta(hours=24)
"""How long after the close a ballot is linked to the device that cast it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Cards that want the same cells, the first to ask first; `id` is the number of the change that opened it.

    Until `closes` (UTC) ballots are taken; None means that a person settles it. `seal` is what a lot will be drawn
    from. It is secret while the contest is open, when only its `commitment` is told, and public afterwards.
    `settled` is when, `winner` the card ("" for none: it was called off), `tally` the voices by card.
    """

    id: int
    cells: tuple[Cell, ...]
    cards: tuple[str, ...]
    method: Method
    tie: Tie
    presence: bool
    closes: datetime | None
    opened: datetime
    seal: str = field(repr=False)
    settled: datetime | None = None
    winner: str = ""
    reason: str = ""
    tally: Facts = field(default_factory=dict)
    ballots: int = 0
    drawn: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it waits for its outcome."""
        return self.settled is None

    @property
    def by_itself(self) -> bool:
        """Whether its method needs nobody: hands are counted and decisions made by people, however late it is."""
        return self.method in (Method.VOTE, Method.LOT)

    @property
    def cell(self) -> Cell:
        """The cell that it is about, the first one of several in a row."""
        return self.cells[0]

    @property
    def commitment(self) -> str:
        """The SHA-256 of the seal, told before anybody can know the seal."""
        return sha256(self.seal.encode()).hexdigest()


def seal_for(contest: int, secret: str) -> str:
    """The seal of one of the contests that are open again in one step: when it is told, it tells nothing of others."""
    return sha256(f"{secret}:{contest}".encode()).hexdigest()[:32]


def tallied(cards: Iterable[str], ballots: Iterable[Iterable[str]]) -> dict[str, int]:
    """How many ballots approve of each card."""
    counted = dict.fromkeys(cards, 0)
    for ballot in ballots:
        for card in set(ballot) & counted.keys():
            counted[card] += 1
    return counted


def most_voices(cards: Iterable[str], tally: Mapping[str, int]) -> list[str]:
    """The cards with the most voices, in the order of `cards`; several where there is a tie."""
    named = list(cards)
    most = max(tally.get(card, 0) for card in named)
    return [card for card in named if tally.get(card, 0) == most]


def drawn_from(seal: str, cards: Iterable[str]) -> list[str]:
    """The order in which a lot draws `cards`: by the SHA-256 of `<seal>:<card>` in hex, the smallest first."""
    return sorted(cards, key=lambda card: sha256(f"{seal}:{card}".encode()).hexdigest())
