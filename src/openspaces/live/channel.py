"""One event's stream in this process: a ring of what happened lately, and everyone who listens."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from openspaces.board.memory import MEMORY
from openspaces.board.read import changes_after
from openspaces.board.state import Board
from openspaces.live.frames import PROGRAMS, News, change_frame, draw, resync_frame
from openspaces.live.reader import Reader
from openspaces.live.stream import Stream, chunked
from openspaces.live.touched import ERASING, HIDING

logger = logging.getLogger(__name__)

RING = 500
"""How many pieces of news a reader may have missed and still gets them."""
SLICE = 50
"""After so many streams others get their turn: with 5,000 streams this keeps an ordinary answer at 2 ms."""


class Channel:
    """What one event's readers hear. `number` is how far the ring has come."""

    def __init__(self, event: str, reader: Reader, left: Callable[[str], None]) -> None:
        self.event = event
        self.streams: set[Stream] = set()
        self.visitors = 0
        """Everyone who listens or is just coming in."""
        self._reader, self._left = reader, left
        self._catching_up, self._drawing = asyncio.Lock(), asyncio.Lock()
        self._start()

    def _board(self) -> Board:
        board = MEMORY.board(self.event)
        assert board is not None
        return board

    def _start(self, number: int | None = None) -> None:
        board = self._board()
        self.epoch, self.ring = board.epoch, deque[News](maxlen=RING)
        # The log itself fills the ring the first time, so a restart of the server loses nobody's place.
        self.number = max(0, board.number - RING) if number is None else number

    def is_current(self) -> bool:
        """Whether the ring has come as far as the board."""
        board = self._board()
        return (board.epoch, board.number) == (self.epoch, self.number)

    async def catch_up(self) -> None:
        """Put what is new in the ring, and tell everyone."""
        async with self._catching_up:
            board = self._board()
            if board.epoch != self.epoch:
                await self._start_over(board)
            if board.number == self.number:
                return
            found = await self._reader.ask(self._news, board.number)
            if not found:
                logger.error("the log of %s does not lead from %s to %s", self.event, self.number, board.number)
                await self._start_over(board, board.number)
            for news in found:
                self._forget_what_was_drawn(news)
                self.ring.append(news)
                self.number = news.number
                await self._announce(news)

    async def _start_over(self, board: Board, number: int | None = None) -> None:
        """The board was restored: nothing that was told before can be relied on."""
        self._start(number)
        for stream in self.streams:
            stream.after = board.number
        await self.say(resync_frame(board.epoch, board.number))

    def _news(self, until: int) -> list[News]:
        """The news up to number `until`: all of it in one piece, but one by one where the ring is filled; nothing if
        the log does not lead there."""
        changes = tuple(change for change in changes_after(self.event, self.number) if change.number <= until)
        if not changes or [change.number for change in changes] != list(range(self.number + 1, until + 1)):
            return []
        if self.ring:
            return [News(self.number, until, changes)]
        return [News(change.number - 1, change.number, (change,)) for change in changes]

    def _forget_what_was_drawn(self, news: News) -> None:
        """Once a card is hidden, nobody hears any more what it said: earlier frames are drawn anew when they are next
        missed, on the board of then. (A frame that is being drawn just now goes into the piece that is let go.)"""
        if any(change.kind is ERASING for change in news.changes):
            self.ring.clear()
        if any(change.kind in HIDING for change in news.changes):
            self.ring = deque((replace(earlier, frames={}) for earlier in self.ring), maxlen=RING)

    def leave(self, stream: Stream) -> None:
        """The stream is over."""
        self.streams.discard(stream)
        self.visitors -= 1
        self._left(stream.holder)

    async def _announce(self, news: News) -> None:
        behind: dict[str, list[Stream]] = {}
        for stream in self.streams:
            if stream.after < news.number:
                stream.after = news.number
                behind.setdefault(stream.voice, []).append(stream)
        for voice, streams in behind.items():
            await self._write(streams, await self.frame(news, voice))

    async def say(self, frame: bytes) -> None:
        """Write a frame to everyone."""
        await self._write(list(self.streams), frame)

    async def _write(self, streams: list[Stream], frame: bytes) -> None:
        chunk = chunked(frame)
        for turn, stream in enumerate(streams, start=1):
            stream.write(frame if stream.plain else chunk)
            if turn % SLICE == 0:
                await asyncio.sleep(0)

    async def frame(self, news: News, voice: str) -> bytes:
        """The frame of `news`, drawn when it is first needed."""
        async with self._drawing:
            if voice not in news.frames:
                news.frames[voice] = await self._reader.ask(draw, news, self._board(), voice)
        return news.frames[voice]

    def missed_and_drawn(self, epoch: str, number: int, voice: str) -> list[bytes] | None:
        """The same as `missed`, at once; None if something must be drawn first."""
        if (epoch or self.epoch) != self.epoch or not self._reaches(number):
            return [resync_frame(self.epoch, self.number)]
        frames = []
        for news in reversed(self.ring):
            if news.number <= number:
                break
            if voice not in news.frames or (voice == PROGRAMS and news.before < number):
                return None
            frames.append(news.frames[voice])
        return frames[::-1]

    async def missed(self, epoch: str, number: int, voice: str) -> list[bytes]:
        """The frames after `number`; a single `resync` where they are not all here."""
        if (epoch or self.epoch) != self.epoch or not self._reaches(number):
            return [resync_frame(self.epoch, self.number)]
        frames = []
        for news in [news for news in self.ring if news.number > number]:
            split = voice == PROGRAMS and news.before < number
            frames.append(self._rest(news, number) if split else await self.frame(news, voice))
        return frames

    def _reaches(self, number: int) -> bool:
        if number >= self.number:
            return number == self.number
        return bool(self.ring) and self.ring[0].before <= number

    def _rest(self, news: News, number: int) -> bytes:
        """The changes of one piece of news that a program has not had yet."""
        board = self._board()
        return b"".join(change_frame(change, board) for change in news.changes if change.number > number)
