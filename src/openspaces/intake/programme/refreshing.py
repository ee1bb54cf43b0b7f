"""A thread that looks every quarter of an hour whether the programmes that events follow have changed."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import override

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.intake.programme.following import follow
from openspaces.intake.programme.programme import Damaged
from openspaces.intake.programme.source import NotFetched, Source
from openspaces.wording import says

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
TICK = 1.0
"""Seconds."""
AFTER = timedelta(days=1)
"""How long after its last slot an event's programme is still looked at."""


_TROUBLES: dict[str, str] = {}


def trouble_of(event: str) -> str:
    """Why this process could not bring the event's programme up to date when it looked last; empty if it could."""
    return _TROUBLES.get(event, "")


@dataclass
class _Followed:
    """A source that is looked at, and when it is to be looked at again."""

    source: Source
    again: datetime
    trouble: str = ""


class Refresher:
    """Each server process has one. The process that asks last finds nothing new, for a programme that is so already is
    no change."""

    def __init__(self) -> None:
        self._followed: dict[str, _Followed] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="programmes", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more. What is being fetched is left alone: it ends with the process."""
        self._stopping.set()
        self._thread.join(TICK)

    def tick(self, at: datetime) -> None:
        """Look at what is due at `at`. What cannot be read is logged once, and looked at again in its time."""
        for board in MEMORY.boards():
            named = "" if _is_over(board, at) else board.follows
            known = self._followed.get(board.event)
            if not named:
                self._followed.pop(board.event, None)
                _TROUBLES.pop(board.event, None)
            elif known is None or known.source.named != named:
                self._followed[board.event] = known = _Followed(Source(named), at)
            if named and known and known.again <= at and not self._stopping.is_set():
                known.again = at + EVERY
                self._look(board, known)

    def _run(self) -> None:
        while not self._stopping.wait(TICK):
            try:
                self.tick(datetime.now(UTC))
            except Exception:  # whatever it was: the other events' programmes go on
                logger.exception("the programmes stumbled and go on")

    def _look(self, board: Board, known: _Followed) -> None:
        trouble = self._tried(board, known.source)
        if trouble and trouble != known.trouble:
            logger.warning("the programme of %s stays as it is: %s", board.event, trouble)
        known.trouble = _TROUBLES[board.event] = trouble

    def _tried(self, board: Board, source: Source) -> str:
        """Look and follow; what is wrong, if something is."""
        try:
            with override(board.language):
                programme = source.programme(board.zone, board.language, [day.date for day in board.days])
            outcome = follow(board.event, programme.talks)
            return says(outcome.refusal) if outcome.refusal else ""
        except (Damaged, NotFetched, OSError) as wrong:
            return str(wrong)


def _is_over(board: Board, at: datetime) -> bool:
    ends = [day.slots[-1].ends for day in board.days if day.slots]
    return not ends or max(ends) + AFTER < at
