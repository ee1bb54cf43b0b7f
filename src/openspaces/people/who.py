"""Who asks for a move: a device, the cards it holds keys for, and its role at one event."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do at one event, the most first; an attendee has no role."""

    ORGANISER = "organiser"
    FACILITATOR = "facilitator"
    HELPER = "helper"


def highest(*roles: Role | None) -> Role | None:
    """The role that may most; None if none of them is one."""
    return next((role for role in Role if role in roles), None) if any(roles) else None


@dataclass(frozen=True, slots=True)
class Who:
    """One asker at one event.

    `hand` is an opaque name for the device at this event: it tells one host from another and nothing else, so the
    log may keep it for ever. `cards` are the codes whose edit key this device has shown; `present` says that it showed
    the presence code within the last hours, `signed_in` that somebody with an account sits at it. `program` is the name
    by which the log knows whoever shows a staff token, whatever device it is.
    """

    hand: str
    role: Role | None = None
    cards: frozenset[str] = frozenset()
    present: bool = False
    signed_in: bool = False
    program: str = ""

    @property
    def logged(self) -> str:
        """The name that stands in the log."""
        return self.program or self.hand

    @property
    def is_staff(self) -> bool:
        """Everyone with a role: they keep the board for others, so a host's limits do not bind them."""
        return self.role is not None


PROGRAM = Who(hand="program", role=Role.ORGANISER)
"""The program itself, acting for the organiser: event files, the demo, the command line."""
