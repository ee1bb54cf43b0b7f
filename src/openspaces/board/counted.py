"""How moves went in this process: what they came to, how long they took, and a word where that was long."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from openspaces.board.outcome import Asked, KeyReused, Outcome
from openspaces.lib.counting import Histogram
from openspaces.lib.seldom import Seldom

logger = logging.getLogger(__name__)

SLOW_SECONDS = 1.0
"""From being asked for to being answered; what takes longer is told, once a second: in a race it is every move."""
_SELDOM = Seldom()

MOVES = Counter[tuple[str, str]]()
"""How many there were: the kind of move, and the code of the refusal, "error" where it broke, or nothing."""
MOVE_SECONDS = Histogram()
COMMIT_SECONDS = Histogram()
COMMITS = Histogram((1, 2, 5, 10, 20, 50, 100, 200))
"""How many moves were committed together."""


@dataclass
class Writing:
    """What the writer is at: since when it has been busy with one commit, 0 while it has nothing to do; and how many
    moves wait behind that."""

    since: float = 0.0
    waiting: Callable[[], int] = lambda: 0

    def seconds(self) -> float:
        """How long it has been at this commit."""
        since = self.since
        return perf_counter() - since if since else 0.0


WRITING = Writing()


def begin(waiting: Callable[[], int]) -> None:
    """The writer has moves to answer. It alone says so."""
    WRITING.since, WRITING.waiting = perf_counter(), waiting


def count(batch: Iterable[tuple[Asked, float, Outcome | Exception]]) -> None:
    """The writer has answered these moves together, each with when it was asked for."""
    now, number = perf_counter(), 0
    for asked, since, answer in batch:
        number += 1
        MOVES[type(asked.move).__name__, _came_to(answer)] += 1
        MOVE_SECONDS.add(now - since)
        if now - since > SLOW_SECONDS and (times := _SELDOM.times()):
            _tell(asked, answer, now - since, times)
    if number:
        COMMITS.add(number)
        COMMIT_SECONDS.add(now - WRITING.since)
    WRITING.since = 0.0


def _came_to(answer: Outcome | Exception) -> str:
    if isinstance(answer, Exception):
        return "key-reused" if isinstance(answer, KeyReused) else "error"
    return answer.refusal.code.value if answer.refusal else ""


def _tell(asked: Asked, answer: Outcome | Exception, seconds: float, times: int) -> None:
    """Which kind of move it was; never what was in it."""
    number = answer.number if isinstance(answer, Outcome) else 0
    facts = {"event": asked.event, "number": number, "seconds": seconds, "times": times}
    logger.warning("a move took long: %s", type(asked.move).__name__, extra=facts)
