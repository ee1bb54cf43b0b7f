"""The Boards that this process saw last, and whom to tell when there is a newer one."""

import logging
import threading
from collections.abc import Callable, Iterable

from openspaces.board.state import Board

logger = logging.getLogger(__name__)

Listener = Callable[[Board], None]


class Memory:
    """Keeps the newest Board of each event. Threads read it without a lock, for a Board never changes."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}
        self._listeners: list[Listener] = []
        self._uncounted: set[str] = set()
        self._keeping = threading.Lock()

    def board(self, event: str) -> Board | None:
        """The newest Board seen of `event`; None if none was."""
        return self._boards.get(event)

    def boards(self) -> list[Board]:
        """Every Board in memory."""
        return list(self._boards.values())

    def keep(self, board: Board) -> None:
        """Keep `board` if it is news, and tell the listeners, in this thread. They must return at once."""
        with self._keeping:
            kept = self._boards.get(board.event)
            if kept and kept.epoch == board.epoch and kept.number >= board.number:
                return
            self._boards[board.event] = board
            for listener in tuple(self._listeners):
                _tell(listener, board)

    def correct(self, board: Board) -> None:
        """Put `board` in place of whatever was kept, silently. Readers find one or the other, never none."""
        with self._keeping:
            self._boards[board.event] = board

    def forget(self, event: str) -> None:
        """Drop an event's Board; the next one who needs it loads it afresh."""
        with self._keeping:
            self._boards.pop(event, None)

    def starred(self, events: Iterable[str]) -> None:
        """Stars of these events came or went, and are not counted yet."""
        self._uncounted.update(events)

    def uncounted(self) -> list[str]:
        """The events with stars that are not counted yet; whoever asks counts them."""
        events, self._uncounted = self._uncounted, set()
        return sorted(events)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every newer Board; the answer takes it off again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


def _tell(listener: Listener, board: Board) -> None:
    """What was written is written: a listener that fails must not make it look undone."""
    try:
        listener(board)
    except Exception:
        logger.exception("a listener failed on the news of %s", board.event)


MEMORY = Memory()
