"""Confining what others' code does: within it no connection leads anywhere but to allowed addresses, whoever makes it.

Python tells of each connection just before it is made (https://docs.python.org/3/library/audit_events.html), with the
address that it goes to and not the name, so a name that leads elsewhere from one moment to the next helps nobody. What
goes round Python's own sockets is not seen, nor what is done in a thread that was begun without a copy of the context:
this is for libraries whose code means no harm.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from openspaces.lib.connecting import Allowed, Inward

_GOING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where one may go, and where somebody wanted to go who may not."""

    allowed: Allowed
    refused: list[str] = field(default_factory=list)


_BOUNDS = ContextVar[Bounds | None]("bounds", default=None)


@contextmanager
def confined(allowed: Allowed) -> Iterator[Bounds]:
    """Refuse, with Inward, each connection and each datagram to an address that is not allowed, to a name that was not
    looked up, and to a socket that is a file."""
    _watch()
    bounds = Bounds(allowed)
    before = _BOUNDS.set(bounds)
    try:
        yield bounds
    finally:
        _BOUNDS.reset(before)


@cache
def _watch() -> None:
    """Once for the life of the program: Python takes no hook away again."""
    sys.addaudithook(_look)


def _look(event: str, args: tuple[Any, ...]) -> None:
    """Called for all that Python tells of, so it is quick where nothing is confined."""
    if event in _GOING:
        bounds, place = _BOUNDS.get(), args[1]
        if bounds and place is not None and not _may_go(bounds, place):  # without a place it is connected already
            bounds.refused.append(str(place[0] if isinstance(place, tuple) else place))
            raise Inward(bounds.refused[-1])


def _may_go(bounds: Bounds, place: object) -> bool:
    try:
        return isinstance(place, tuple) and bounds.allowed(str(place[0]))
    except ValueError:
        return False  # a name
