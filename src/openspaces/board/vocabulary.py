"""The words of a board as plain values: cells, stages, policies, refusals."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Self

from openspaces.board.codes import Code as Code
from openspaces.board.codes import Kind as Kind

Facts = Mapping[str, Any]

ROOM_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
SLOT_KEY = re.compile(r"[0-9]{4}-[0-9]{4}")
EVENT_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
CARD_CODE = re.compile(r"[0-9A-Z]{6}")

TITLE_LENGTH = 80
TEXT_LENGTH = 400
NAME_LENGTH = 80
LINK_LENGTH = 300
REASON_LENGTH = 200
WISH_LENGTH = 200
ANNOUNCEMENT_LENGTH = 280
HIDDEN = "[…]"
"""What stands in place of a title that is shielded, held or removed."""
LONGEST_RUN = 12
"""How many cells in a row one card may hold."""


class Cell(NamedTuple):
    """One room for one slot, written `250a@0429-0900`."""

    room: str
    slot: str

    def __str__(self) -> str:
        return f"{self.room}@{self.slot}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a written cell; ValueError if it is not one."""
        room, at, slot = text.partition("@")
        if not (at and ROOM_KEY.fullmatch(room) and SLOT_KEY.fullmatch(slot)):
            raise ValueError(f"{text!r} is not a cell like 250a@0429-0900")
        return cls(room, slot)


class Stage(StrEnum):
    """How far a card has come on its way from idea to archive."""

    IDEA = "idea"
    PLANNED = "planned"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"


class Placing(StrEnum):
    """Who may put a card on the board."""

    ANYONE = "anyone"
    PRESENCE = "presence"
    SIGNED_IN = "signed-in"
    FACILITATORS = "facilitators"


class Competing(StrEnum):
    """What happens when two cards want one cell."""

    REFUSE = "refuse"
    CONTEST = "contest"


class Method(StrEnum):
    """How a contest is settled. `YIELD` is nobody's choice: all but one gave way."""

    VOTE = "vote"
    HANDS = "hands"
    LOT = "lot"
    AGREEMENT = "agreement"
    DECISION = "decision"
    YIELD = "yield"


class Tie(StrEnum):
    """Who wins where as many voted for one as for another; told before anybody votes."""

    LOT = "lot"
    FIRST = "first"


class Standing(StrEnum):
    """What people may read of a card. Shielded and held cards keep their cells; a removed one is off the board."""

    LIVE = "live"
    HELD = "held"
    SHIELDED = "shielded"
    APPROVED = "approved"
    REMOVED = "removed"


class Cause(StrEnum):
    """Why a card's host has to be told something about its cell. All but `REFUSED` owe the card another one."""

    CLOSED = "closed"
    RESTORED = "restored"
    CONTEST = "contest"
    TAKEN = "taken"
    OFFER = "offer"
    REFUSED = "refused"


class Deal(StrEnum):
    """What one host may ask of another."""

    SWAP = "swap"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a move is not done: a code, the facts that its sentence needs, and what is free instead.

    The facts are complete in themselves (names and times, not only keys), so that a refusal that is told again
    later says the same. `confirmable` means: ask again with `confirmed`, and it is done.
    """

    code: Code
    facts: Facts = field(default_factory=dict)
    held_by: str = ""
    free: tuple[Cell, ...] = ()
    confirmable: bool = False


ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without the ones that look alike when read from paper (0 O, 1 I L)."""


PAPER = "P"
"""What the codes of blank cards on paper begin with, and no other card's: a printed sheet keeps its code free."""
_FIRST = ALPHABET.replace(PAPER, "")


def new_code() -> str:
    """A card's code: six symbols, easy to read out, fit for `code` in schedule.xml."""
    # One draw: each asks the system, and lets go of the interpreter.
    drawn, first = divmod(secrets.randbelow(len(_FIRST) * len(ALPHABET) ** 5), len(_FIRST))
    return _FIRST[first] + "".join(ALPHABET[drawn // len(ALPHABET) ** place % len(ALPHABET)] for place in range(5))


def fresh_code() -> Any:
    """A dataclass field for a code that the intake mints; it is no part of what the caller asked for."""
    return field(default_factory=new_code, compare=False)


def fresh_seal() -> Any:
    """A dataclass field for what a lot may be drawn from, minted where the move is; nobody can guess it."""
    return field(default_factory=lambda: secrets.token_hex(16), compare=False, repr=False)
