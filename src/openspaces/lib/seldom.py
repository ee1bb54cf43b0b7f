"""What may happen a thousand times a second is told once a second, with how often it was."""

from collections.abc import Callable
from time import monotonic

SECONDS = 1.0
"""Between two times that the same is told."""


class Seldom:
    """Counts what is passed over. For one thread."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._next, self._passed_over = now, 0.0, 0

    def times(self) -> int:
        """How often it was since it was told last, this time too; 0 if it was told just now, so that nothing is to be
        told."""
        self._passed_over += 1
        now = self._now()
        if now < self._next:
            return 0
        self._next = now + SECONDS
        times, self._passed_over = self._passed_over, 0
        return times
