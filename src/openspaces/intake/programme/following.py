"""What was read of a programme becomes the board's shadow: one move, which does nothing if it is so already."""

from collections.abc import Iterable

from openspaces.board.moves import FollowProgramme
from openspaces.board.play import Outcome, play
from openspaces.board.state import Talk
from openspaces.people.who import PROGRAM


def follow(event: str, talks: Iterable[Talk]) -> Outcome:
    """Put these talks beside the board of an event, in place of those that stood there."""
    return play(event, FollowProgramme(talks=tuple(talks)), by=PROGRAM)
