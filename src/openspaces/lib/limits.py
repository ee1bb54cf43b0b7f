"""Token buckets: how often something may happen under one name, in this process."""

from threading import Lock
from time import monotonic

MOST_NAMES = 20_000
"""How many names are remembered before those that have filled up again are forgotten."""


class Buckets:
    """A bucket for each name. It starts full with `burst` tokens and regains `rate` tokens a second."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._filled: dict[str, tuple[float, float]] = {}
        self._counting = Lock()

    def wait(self, name: str, now: float | None = None) -> float:
        """Seconds until the name has a token; 0 if it has one. Takes nothing."""
        missing = 1 - self._tokens(name, monotonic() if now is None else now)
        return max(0.0, missing / self.rate)

    def take(self, name: str, now: float | None = None) -> None:
        """Take one token; the bucket never goes below empty."""
        at = monotonic() if now is None else now
        with self._counting:
            if len(self._filled) >= MOST_NAMES:
                self._forget_full(at)
            self._filled[name] = max(0.0, self._tokens(name, at) - 1), at

    def give_back(self, name: str) -> None:
        """Put back a token that was taken."""
        with self._counting:
            tokens, since = self._filled.get(name, (self.burst, 0.0))
            self._filled[name] = min(self.burst, tokens + 1), since

    def _tokens(self, name: str, now: float) -> float:
        tokens, since = self._filled.get(name, (self.burst, now))
        return min(self.burst, tokens + (now - since) * self.rate)

    def _forget_full(self, now: float) -> None:
        self._filled = {name: kept for name, kept in self._filled.items() if self._tokens(name, now) < self.burst}
