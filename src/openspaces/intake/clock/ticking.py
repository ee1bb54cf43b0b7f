"""A thread that looks at the Boards in memory once a second, and plays what is due."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from openspaces.board.memory import MEMORY
from openspaces.board.moves import CountStars, Move
from openspaces.board.play import play
from openspaces.board.state import Board
from openspaces.intake.clock.due import due, soonest
from openspaces.people.who import PROGRAM

logger = logging.getLogger(__name__)

TICK = 1.0
"""Seconds."""
AGAIN = timedelta(seconds=5)
"""After what could not be played."""
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Looked:
    """A Board that was looked at, and when to look again if there is no newer one."""

    epoch: str
    number: int
    again: datetime

    def will_do(self, board: Board, at: datetime) -> bool:
        """Whether nothing can have become due on `board` since."""
        return (self.epoch, self.number) == (board.epoch, board.number) and at < self.again


class Clock:
    """Each server process has one. Where nothing is due a tick costs a comparison for each event."""

    def __init__(self) -> None:
        self._looked: dict[str, Looked] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def stop(self) -> None:
        """Tick no more; returns within a second."""
        self._stopping.set()
        self._thread.join(TICK)

    def tick(self, at: datetime) -> None:
        """Play what is due at `at`; what cannot be played is logged, and tried again a little later."""
        for board in MEMORY.boards():
            looked = self._looked.get(board.event)
            if looked is None:
                MEMORY.starred((board.event,))  # what a process that ended had not counted yet
            if looked is None or not looked.will_do(board, at):
                self._looked[board.event] = Looked(board.epoch, board.number, self._look(board, at))
        for event in MEMORY.uncounted():
            _played(event, CountStars(), at)

    def _run(self) -> None:
        while not self._stopping.wait(TICK):
            try:
                self.tick(datetime.now(UTC))
            except Exception:  # whatever it was: a clock that stands still closes no vote
                logger.exception("the clock stumbled and goes on")

    def _look(self, board: Board, at: datetime) -> datetime:
        """When to look again. What was played makes a newer Board, which is looked at in the next tick."""
        done = [_played(board.event, move, at) for move in due(board, at)]
        return min(soonest(board, at) or NEVER, NEVER if all(done) else at + AGAIN)


def _played(event: str, move: Move, at: datetime) -> bool:
    """Whether it is done. Every process comes upon what is due, and staff may have been faster: the rules refuse what
    is over already, and do nothing about what is not due any more. There is no idempotency key, for a contest that got
    more time is due once more."""
    try:
        outcome = play(event, move, by=PROGRAM, at=at)
    except Exception:
        logger.exception("the clock could not play what is due at %s", event)
        return False
    return outcome.refusal is None
