"""The worker: a thread that reads the logs of all events for every push outlet, and tells what is due.

Everything about the tables but single tellings happens in its one thread; those have a pool, so that a reader who does
not answer holds up nobody else.
"""

import logging
import queue
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

from django.db import connection

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.delivery import rows
from openspaces.delivery.carrying import Told, finish, tell
from openspaces.delivery.contract import Destination, Push
from openspaces.delivery.destinations import stop, working
from openspaces.delivery.gathering import gather_coming, gather_news
from openspaces.delivery.known import push_named, pushes
from openspaces.delivery.lease import Lease
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import Lane, lane
from openspaces.lib.points import passing

logger = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks where there is no news."""
PAUSE = timedelta(seconds=0.5)
"""Between two readings of the logs: each writes, and in a storm of changes the board's own writer goes first."""
LOOK_AHEAD = timedelta(seconds=10)
"""How often outlets are asked what the clock makes due."""
SWEEP = timedelta(hours=1)
AT_ONCE = 16
"""Tellings under way."""
AT_ONCE_EACH = 7
"""Of one outlet at one event: a mail server that is silent has a thousand readers and must not hold up all else."""
GOODBYE = 3.0
"""Seconds that tellings under way may take once the program is asked to end."""


class Worker:
    """Each server process may have one; the one that holds the lease works."""

    def __init__(self) -> None:
        self._lease = Lease()
        self._works = False
        self._read: dict[tuple[str, str, int], tuple[str, int]] = {}
        self._read_at = self._look_at = self._sweep_at = datetime.min.replace(tzinfo=UTC)
        self._busy: dict[Lane, Future[Told]] = {}
        self._under_way: Counter[tuple[str, str]] = Counter()
        self._rests: dict[Lane, int] = {}
        self._done: queue.SimpleQueue[tuple[Delivery, Told]] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(AT_ONCE, "delivery")
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._deaf = MEMORY.listen(lambda board: self._wake.set())

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; what is under way has a few seconds, and is told again otherwise."""
        self._deaf()
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(GOODBYE + TICK)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def turn(self, at: datetime, *, reads: bool = True) -> None:
        """Read, plan, and begin to tell what is due at `at`, if this worker holds the lease."""
        self._write_down(at)
        if not self._holds(at):
            return
        there = {each.id: each for each in working()}
        if reads:
            self._read_at = at + PAUSE
            self._gather(list(there.values()), at)
            rows.drop_late(at)
        self._begin(there, at)

    def settle(self, at: datetime) -> None:
        """Wait until all that is under way is over, and write it down as of `at`."""
        wait(self._busy.values())
        while self._busy:  # each tells that it is over a moment after it is
            self._wake.wait(TICK / 100)
            self._write_down(at)

    # The thread

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(TICK)
            self._wake.clear()
            try:
                at = datetime.now(UTC)
                self.turn(at, reads=at >= self._read_at)
            except Exception:  # whatever it was: the next look may find it mended
                logger.exception("the worker stumbled and goes on")
                connection.close()
                self._stopping.wait(TICK)
        self._leave()

    def _leave(self) -> None:
        try:
            wait(self._busy.values(), GOODBYE)
            self._write_down(datetime.now(UTC))
            self._lease.let_go()
        except Exception:
            logger.warning("something that was under way may be told twice")
        finally:
            connection.close()

    def _holds(self, at: datetime) -> bool:
        """Whether to work now. Whoever begins takes over what another has left under way."""
        held, self._works = self._works, self._lease.hold(at)
        if self._works and not held:
            self._read.clear()
            rows.take_over({push.name: push.promise for push in pushes()})
        return self._works

    # Reading

    def _gather(self, there: list[Destination], at: datetime) -> None:
        look = at >= self._look_at
        for push, board, destination in _readers(there):
            try:
                self._gather_one(push, board, destination, at, look)
            except Exception:
                logger.exception("%s cannot read what happened at %s", push.name, board.event)
        if look:
            self._look_at = at + LOOK_AHEAD
        if at >= self._sweep_at:
            self._sweep_at = at + SWEEP
            rows.sweep(at)

    def _gather_one(self, push: Push, board: Board, destination: Destination | None, at: datetime, look: bool) -> None:
        key = push.name, board.event, destination.id if destination else 0
        seen = board.epoch, board.number
        if self._read.get(key) != seen:
            if gather_news(push, board, destination, at):
                self._read[key] = seen
            else:
                self._read_at = at
                self._wake.set()
        if look:
            gather_coming(push, board, destination, at)

    # Telling

    def _begin(self, there: dict[int, Destination], at: datetime) -> None:
        while len(self._busy) < AT_ONCE and (row := rows.next_due(at, self._busy, self._full())):
            push, destination = push_named(row.outlet), there.get(row.destination)
            if push is None or (row.destination and destination is None):
                rows.drop(row.event, row.destination, row.pk)  # it was taken out, or stopped just now
            elif not self._is_put_off(row, at) and rows.claim(row, at):
                passing("claimed")
                self._send(push, row, destination)

    def _full(self) -> list[tuple[str, str]]:
        return [whose for whose, count in self._under_way.items() if count >= AT_ONCE_EACH]

    def _is_put_off(self, row: Delivery, at: datetime) -> bool:
        """Whether the reader could not be reached: what happens meanwhile waits for the next try, too."""
        failed = self._rests.get(lane(row))
        if failed is None:
            return False
        if until := rows.next_try(failed, at):
            rows.rest(row, until)
            return True
        del self._rests[lane(row)]
        return False

    def _send(self, push: Push, row: Delivery, destination: Destination | None) -> None:
        def over(under_way: Future[Told]) -> None:
            if not under_way.cancelled():
                self._done.put((row, under_way.result()))
                self._wake.set()

        self._busy[lane(row)] = under_way = self._pool.submit(tell, push, row, destination)
        self._under_way[row.outlet, row.event] += 1
        under_way.add_done_callback(over)

    def _write_down(self, at: datetime) -> None:
        while not self._done.empty():
            row, told = over = self._done.get()
            try:
                finish(row, told, at)
            except Exception:
                self._done.put(over)
                raise
            self._busy.pop(lane(row), None)
            self._under_way[row.outlet, row.event] -= 1
            self._after(row, told, at)

    def _after(self, row: Delivery, told: Told, at: datetime) -> None:
        push = push_named(row.outlet)
        if told.gone and row.destination:
            stop(row.destination, at, trouble=told.trouble)
        elif told.again and not told.alone:
            self._rests[lane(row)] = row.pk
            rows.rest(row, at + told.again)
        elif push and push.pace:
            rows.rest(row, at + push.pace)


def _readers(there: list[Destination]) -> Iterator[tuple[Push, Board, Destination | None]]:
    """Who reads which log: outlets that are for every event, and each destination."""
    boards = {board.event: board for board in MEMORY.boards() if board.number}
    for push in pushes():
        if not push.fields and push.ready():
            yield from ((push, board, None) for board in boards.values())
    for destination in there:
        named, board = push_named(destination.outlet), boards.get(destination.event)
        if named and board and named.ready():
            yield named, board, destination
