"""Somebody has set up a social network, and the worker is about to post there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from tests.delivery.trial import MINUTE, Working, telling
from tests.drawing import EVENT, FACILITATOR, at
from tests.outlets.networks import Network

from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.delivery.contract import Push
from openspaces.delivery.destinations import set_up
from openspaces.outlets import social
from openspaces.people.who import Who

DRAWN = """
          oak     elm     fir     elsewhere
  09:00   Knit    Talk    .       Run at Gate
  10:00   Chess   .       .       .
  11:00   .       .       .       .
"""
SECOND = timedelta(seconds=1)
TOLD = at("08:50")
"""When the first slot is told."""
ADDRESS = "https://board.example/camp/"
FIRST = f"Next, 09:00:\nOak: Knit\nElm: Talk\nGate: Run\n{ADDRESS}\n#PyCamp #OpenSpaces"
ALL = (social.MASTODON, social.BLUESKY, social.X, social.ANYWHERE)
KEYS = {"knows": "on", "key": "key", "key_secret": "s", "token": "token", "token_secret": "t"}
"""Of X."""
COMMON = {"minutes": "10", "news": "on"}


def do(move: Move, moment: datetime | None = None, by: Who = FACILITATOR) -> None:
    """A move that is done, at a moment of the event's first day."""
    outcome = play(EVENT, move, by=by, at=moment)
    assert outcome.refusal is None, outcome.refusal


@contextmanager
def posting(push: Push, typed: dict[str, str], *, asks: bool = False) -> Iterator[Working]:
    """Somebody has set an outlet up, and it is a while before the first slot is told."""
    set_up(EVENT, push, "There", COMMON | typed, asks=asks, by="hand")
    with telling(push) as working:
        working.at = TOLD - 20 * MINUTE
        working.on()
        yield working


def at_mastodon(mastodon: Network) -> dict[str, str]:
    """What one types for Mastodon."""
    return {"server": mastodon.address, "token": "swordfish", "visibility": "unlisted"}


def account(bluesky: Network) -> dict[str, str]:
    """What one types for Bluesky."""
    return {"server": bluesky.address, "handle": "board.example", "password": "swordfish"}


def to(working: Working, clock: str) -> None:
    """Time goes on, with a look each half minute near the end, as the worker has it."""
    for before in (90, 60, 30, 0):
        working.at = max(working.at, at(clock) - timedelta(seconds=before))
        working.on()
