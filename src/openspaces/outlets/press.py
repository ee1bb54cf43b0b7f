"""The press: prints a pull outlet once per number, whoever asks first, and hands everyone the same bytes."""

import asyncio
import logging
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from gzip import compress as gzip
from hashlib import blake2b
from time import perf_counter

import brotli
import zstandard
from django.db import connection
from django.utils.translation import override

from openspaces.board.memory import MEMORY
from openspaces.board.public import masked_change
from openspaces.board.read import last_changes
from openspaces.board.state import Board
from openspaces.lib.counting import Histogram
from openspaces.outlets.base import Pull, Variant

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds until whoever waits for a print gets the previous one."""
FIRST_PATIENCE = 10.0
"""Seconds until whoever waits gets nothing, where there is no previous one: the first picture may load its fonts."""
AHEAD_VARIANTS = 4
"""How many variants of an outlet are printed again after each change."""
AHEAD_SECONDS = 0.05
"""How long printing ahead waits after a change: the streams are told first, and a burst is over."""
LOG = 500
"""How many changes an outlet gets that asks for the last ones: what an event of 100,000 has is not read again and
again."""
WORKERS = 2
"""Threads that print what is quick, and as many for what is slow: many pictures must not make one page stale."""
QUEUE = 16
"""How many slow prints wait for their turn: who asks for a picture in a thousand widths gets no more of everybody's
time than that."""

PRINT_SECONDS = (0.005, 0.025, 0.1, 0.5, 2.0, 10.0)

_Job = tuple[str, str, Variant, str, int]


class NotPrinted(Exception):
    """There is no print and none can be made just now."""


@dataclass(frozen=True, slots=True)
class Print:
    """One print of an outlet. `bodies` holds it in each encoding that was asked for; "" is the plain one. `serial` is
    that of the last card there was, `hidden` are the cards whose words it does not show."""

    epoch: str
    number: int
    at: datetime
    serial: int
    hidden: frozenset[str]
    content_type: str
    digest: str
    bodies: dict[str, bytes] = field(repr=False)
    seconds: float = 0.0
    """How long it took to print."""

    def etag(self, encoding: str) -> str:
        """A strong tag. The digest stands for the variant, the language and the version of the program."""
        return f'"{self.epoch}.{self.number}.{self.digest}{"." if encoding else ""}{encoding}"'

    def is_of(self, board: Board) -> bool:
        """Whether it shows `board` or a newer one of its epoch."""
        return self.epoch == board.epoch and self.number >= board.number

    def tells_too_much(self, board: Board) -> bool:
        """Whether it shows what is hidden on `board`, or names that are erased there: such a print is handed out to
        nobody, however late the next."""
        if board.erased and not (self.epoch == board.epoch and self.number >= board.erased):
            return True
        known = (code for code in hidden_on(board) if board.cards[code].serial <= self.serial)
        return any(code not in self.hidden for code in known)


def hidden_on(board: Board) -> frozenset[str]:
    """The cards whose words nobody may read."""
    return frozenset(card.code for card in board.cards.values() if card.hidden)


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    "gzip": partial(gzip, compresslevel=6, mtime=0),
}
"""How to encode, best first."""


def compressible(content_type: str) -> bool:
    """Whether a type of content gets smaller: text of all kinds, and nothing that is packed already."""
    kind = content_type.partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))


@dataclass(frozen=True, slots=True)
class Counted:
    """How printing went, by the names of outlets: how long prints took, how many failed, and how often an older one was
    handed out because the newest was not there in time."""

    seconds: defaultdict[str, Histogram] = field(default_factory=lambda: defaultdict(lambda: Histogram(PRINT_SECONDS)))
    failed: Counter[str] = field(default_factory=Counter)
    stale: Counter[str] = field(default_factory=Counter)


class Press:
    """Keeps the last good print of the variants that were asked for lately, and prints what is missing.

    Everything but the printing itself happens on one event loop, so nothing here needs a lock.
    """

    def __init__(self, *, patience: float = PATIENCE, first_patience: float = FIRST_PATIENCE) -> None:
        self._patience, self._first_patience = patience, first_patience
        self._workers = {slow: ThreadPoolExecutor(WORKERS, "slow-press" if slow else "press") for slow in (False, True)}
        self._shelves: dict[tuple[str, str], OrderedDict[Variant, Print]] = {}
        self._printing: dict[_Job, asyncio.Future[Print]] = {}
        self._slow = 0  # how many of these are slow
        self._encoding: dict[tuple[str, str], asyncio.Future[bytes]] = {}
        self._changed: dict[str, dict[str, None]] = {}
        self._ahead: dict[str, asyncio.Task[None]] = {}
        self._followed = frozenset[str]()
        self.counted = Counted()

    async def get(self, pull: Pull, board: Board, variant: Variant, encoding: str = "") -> Print:
        """The print of `board`, with its body in `encoding`. If it fails or takes too long, the last good one; raises
        NotPrinted where there is none."""
        kept = self._kept(pull, board, variant)
        if kept is None or not kept.is_of(board):
            kept = await self._fresh_or(kept, pull, board, variant)
        if encoding not in kept.bodies:
            kept.bodies[encoding] = await asyncio.shield(self._encoded(kept, encoding))
        return kept

    def follow(self, pulls: Iterable[Pull]) -> Callable[[], None]:
        """Print ahead what `pulls` want ahead, after each change; the answer stops it."""
        loop = asyncio.get_running_loop()
        ahead = [pull for pull in pulls if pull.ahead]
        self._followed = frozenset(pull.name for pull in ahead)

        def on_news(board: Board) -> None:
            with suppress(RuntimeError):  # the loop may have closed by now
                loop.call_soon_threadsafe(self._print_ahead, ahead, board.event)

        return MEMORY.listen(on_news)

    def behind(self) -> dict[str, int]:
        """By how many numbers the last print of each outlet that is printed ahead is behind its board, at worst."""
        found = Counter[str]()
        for (event, name), shelf in self._shelves.items():
            board = MEMORY.board(event)
            if board and shelf and name in self._followed:
                last = next(reversed(shelf.values()))
                found[name] = max(found[name], board.number - (last.number if last.epoch == board.epoch else 0))
        return found

    def close(self) -> None:
        """Stop printing; what is under way is left to end by itself."""
        for task in self._ahead.values():
            task.cancel()
        for workers in self._workers.values():
            workers.shutdown(wait=False, cancel_futures=True)

    def _kept(self, pull: Pull, board: Board, variant: Variant) -> Print | None:
        shelf = self._shelves.get((board.event, pull.name))
        if shelf is None or variant not in shelf:
            return None
        shelf.move_to_end(variant)
        return shelf[variant]

    async def _fresh_or(self, kept: Print | None, pull: Pull, board: Board, variant: Variant) -> Print:
        good = kept if kept and not kept.tells_too_much(board) else None
        if kept is good and self._is_crowded(pull) and _job(pull, board, variant) not in self._printing:
            return self._last_good(good, pull, board)
        wanted = self._printed(pull, board, variant)
        await asyncio.wait({wanted}, timeout=self._patience if kept else self._first_patience)
        if kept and not good and not wanted.done():
            await asyncio.wait({wanted}, timeout=self._first_patience)
        if wanted.done() and not wanted.cancelled() and not wanted.exception():
            return wanted.result()
        return self._last_good(good, pull, board)

    def _last_good(self, kept: Print | None, pull: Pull, board: Board) -> Print:
        if kept is None:
            raise NotPrinted(f"{pull.name} of {board.event} cannot be printed")
        self.counted.stale[pull.name] += 1
        logger.warning("%s of %s is handed out as of %s, not %s", pull.name, board.event, kept.number, board.number)
        return kept

    def _is_crowded(self, pull: Pull) -> bool:
        return pull.slow and self._slow >= QUEUE

    def _printed(self, pull: Pull, board: Board, variant: Variant) -> asyncio.Future[Print]:
        """The printing of one thing: under way already, or started now."""
        job = _job(pull, board, variant)
        if job not in self._printing:
            self._slow += pull.slow
            shelf = self._shelves.get((board.event, pull.name)) or OrderedDict()
            encodings = tuple(shelf[variant].bodies) if variant in shelf else ()
            loop = asyncio.get_running_loop()
            workers = self._workers[pull.slow]
            self._printing[job] = loop.run_in_executor(workers, _work, pull, board, variant, encodings)
            self._printing[job].add_done_callback(lambda done: self._finish(job, pull, done))
        return self._printing[job]

    def _encoded(self, made: Print, encoding: str) -> asyncio.Future[bytes]:
        job = made.digest, encoding
        if job not in self._encoding:
            loop = asyncio.get_running_loop()
            self._encoding[job] = loop.run_in_executor(self._workers[False], ENCODERS[encoding], made.bodies[""])
            self._encoding[job].add_done_callback(lambda _: self._encoding.pop(job))
        return self._encoding[job]

    def _finish(self, job: _Job, pull: Pull, done: asyncio.Future[Print]) -> None:
        del self._printing[job]
        self._slow -= pull.slow
        event, _, variant, _, number = job
        if done.cancelled():
            return
        if trouble := done.exception():
            self.counted.failed[pull.name] += 1
            logger.error("%s of %s cannot be printed at number %s", pull.name, event, number, exc_info=trouble)
            return
        self.counted.seconds[pull.name].add(done.result().seconds)
        self._shelve(pull, event, variant, done.result())

    def _shelve(self, pull: Pull, event: str, variant: Variant, new: Print) -> None:
        shelf = self._shelves.setdefault((event, pull.name), OrderedDict())
        kept = shelf.get(variant)
        if kept and kept.epoch == new.epoch and kept.number > new.number:
            return
        shelf[variant] = new
        while len(shelf) > pull.keep:
            shelf.popitem(last=False)

    # Ahead

    def _print_ahead(self, pulls: list[Pull], event: str) -> None:
        for pull in pulls:
            if (event, pull.name) not in self._shelves:
                continue
            self._changed.setdefault(pull.name, {})[event] = None
            if pull.name not in self._ahead:
                self._ahead[pull.name] = asyncio.create_task(self._run_ahead(pull))

    async def _run_ahead(self, pull: Pull) -> None:
        """Print what was asked for lately, for as long as boards change; always the newest board, one at a time."""
        loop, changed = asyncio.get_running_loop(), self._changed[pull.name]
        try:
            await asyncio.sleep(AHEAD_SECONDS)
            while changed:
                started = loop.time()
                event = next(iter(changed))
                del changed[event]
                for variant in list(reversed(self._shelves[event, pull.name]))[:AHEAD_VARIANTS]:
                    await self._refresh(pull, event, variant)
                # As long a pause as the work took: a busy board leaves half of a core to others.
                await asyncio.sleep(max(AHEAD_SECONDS, loop.time() - started))
        finally:
            del self._ahead[pull.name]

    async def _refresh(self, pull: Pull, event: str, variant: Variant) -> None:
        board = MEMORY.board(event)
        kept = self._shelves[event, pull.name].get(variant)
        if board and kept and not kept.is_of(board):
            await asyncio.wait({self._printed(pull, board, variant)})


def _job(pull: Pull, board: Board, variant: Variant) -> _Job:
    return board.event, pull.name, variant, board.epoch, board.number


def _work(pull: Pull, board: Board, variant: Variant, encodings: Iterable[str]) -> Print:
    """Print, and encode as the earlier print was wanted. Runs in a thread."""
    began = perf_counter()
    with override(variant.language):
        plain = pull.render(board, _with_log(pull, board, variant))
    digest = blake2b(plain, digest_size=6).hexdigest()
    bodies = {"": plain} | {name: ENCODERS[name](plain) for name in encodings if name}
    shown = board.epoch, board.number, board.at, board.last_serial, hidden_on(board)
    return Print(*shown, pull.content_type, digest, bodies, perf_counter() - began)


def _with_log(pull: Pull, board: Board, variant: Variant) -> Variant:
    """With the changes that the outlet asks for, as everyone may read them on `board`. No connection stays open."""
    if not pull.log:
        return variant
    try:
        changes = last_changes(board.event, board.number, pull.log, LOG)
    finally:
        connection.close()
    return replace(variant, log=tuple(masked_change(change, board) for change in changes))
