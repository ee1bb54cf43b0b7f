"""What the doctor finds: how bad it is, what it is about, and words that say what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"
    LOOK = "look"
    """It works, and somebody ought to look at it."""
    WRONG = "wrong"


MARKS = {Level.FINE: "✓", Level.LOOK: "!", Level.WRONG: "✗"}


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    level: Level
    about: str
    says: str


def fine(about: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.FINE, about, says)


def look(about: str, says: str) -> Finding:
    """Somebody ought to look at it."""
    return Finding(Level.LOOK, about, says)


def wrong(about: str, says: str) -> Finding:
    """It does not work."""
    return Finding(Level.WRONG, about, says)
