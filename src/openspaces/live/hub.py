"""All streams of this process: who may come in, what they have missed, the news, the beat, and the goodbye."""

import asyncio
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from django.conf import settings

from openspaces.board.memory import MEMORY
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.live.asgi import OPEN_TO_ALL, Headers, Receive, Scope, Send, answer_text, guarded
from openspaces.live.channel import SLICE, Channel
from openspaces.live.doors import Doors
from openspaces.live.frames import BYE, beat_frame, opening
from openspaces.live.reader import Reader
from openspaces.live.stream import LAG_BYTES, Stream, are_fast

logger = logging.getLogger(__name__)

BEAT_SECONDS = 15.0
STALL_SECONDS = 10.0
"""How long something may wait here for a reader, and how long it may take to accept what it missed."""
LOOK_SECONDS = 1.0
AGAIN_SECONDS = 1.0
NOWHERE = "unknown", 0
"""Where a reader stands that says something else than a position; it fetches the whole, like one of another epoch."""
REFUSED = Counter({"full": 0, "holder": 0, "stops": 0})
"""How many streams were refused, and why: the process is full, or the device or address is, or the process stops."""
_EPOCH = re.compile(r"[0-9A-Za-z]{0,16}")
"""It is said back to the reader, so nothing may break out of its line."""
_NUMBER = re.compile(r"[0-9]{1,15}")
_HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    *OPEN_TO_ALL,
]


@cache
def _headers() -> Headers:
    return guarded(200, _HEADERS)


class Hub:
    """The channels of this process and their one broadcaster: no task per stream, no connection per stream."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._doors = Doors()
        self._channels: dict[str, Channel] = {}
        self._pumps: dict[str, asyncio.Task[None]] = {}
        self._minding: list[asyncio.Task[None]] = []
        self._closing = False

    def follow(self) -> Callable[[], None]:
        """Begin to tell news as they come; the answer stops it."""
        loop = asyncio.get_running_loop()
        self._minding = [loop.create_task(self._beat()), loop.create_task(self._let_go_who_stalls())]

        def on_news(board: Board) -> None:
            with suppress(RuntimeError):  # the loop may have closed by now
                loop.call_soon_threadsafe(self._news, board.event)

        return MEMORY.listen(on_news)

    @property
    def count(self) -> int:
        """How many streams are open or coming in."""
        return sum(channel.visitors for channel in self._channels.values())

    async def serve(self, board: Board, voice: str, last: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a stream, and stay with it until it ends."""
        holder = self._doors.holder(scope)
        stream = Stream(send, voice, holder, plain=scope["http_version"] != "1.1")
        if why := self._why_not(stream):
            REFUSED[why] += 1
            await _refuse(send)
            return
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": _headers()})
            await send({"type": "http.response.body", "body": b""})
            return
        stream.let_little_wait()
        if stream.plain:
            stream.let_it_be_plain(send)
        channel = self._enter(board.event, holder)
        if are_fast() and self._welcome_at_once(channel, stream, last, send):
            return
        await self._stay(channel, stream, last, receive, send)

    async def _stay(self, channel: Channel, stream: Stream, last: str, receive: Receive, send: Send) -> None:
        stays = False
        try:
            if are_fast():
                await channel.missed(*await self._found(channel, last), stream.voice)
                if stays := not self._closing and self._welcome_at_once(channel, stream, last, send):
                    return
            await send({"type": "http.response.start", "status": 200, "headers": _headers()})
            if await self._welcome(channel, stream, last, send):
                if self._closing:
                    stream.end(BYE)
                elif stays := are_fast():
                    stream.take_over(send, channel.leave, [])
                else:
                    await _gone(stream, receive)
        finally:
            if not stays:
                channel.leave(stream)

    async def goodbye(self) -> None:
        """Tell every stream that this server goes, and close it; who does not take it in a second is cut off."""
        self._closing = True
        streams = [stream for channel in self._channels.values() for stream in channel.streams]
        for turn, stream in enumerate(streams, start=1):
            stream.end(BYE)
            if turn % SLICE == 0:
                await asyncio.sleep(0)
        if streams:
            await asyncio.sleep(AGAIN_SECONDS)
        for channel in list(self._channels.values()):
            for stream in list(channel.streams):
                stream.transport.abort()
        for task in (*self._pumps.values(), *self._minding):
            task.cancel()

    def close(self) -> None:
        """Let the thread and its connection go, once all is said."""
        self._reader.close()

    # One reader

    def _why_not(self, stream: Stream) -> str:
        """Why a reader is not let in; "" if it is."""
        if self._closing or stream.transport is None:
            return "stops"
        if self.count >= settings.STREAMS:
            return "full"
        return "holder" if self._doors.are_full(stream.holder) else ""

    def _enter(self, event: str, holder: str) -> Channel:
        if event not in self._channels:
            self._channels[event] = Channel(event, self._reader, self._doors.leave)
        channel = self._channels[event]
        channel.visitors += 1
        self._doors.enter(holder)
        return channel

    def _welcome_at_once(self, channel: Channel, stream: Stream, last: str, send: Send) -> bool:
        """Let a reader in with all that it missed in one piece, if that needs no waiting."""
        if not channel.is_current():
            return False
        epoch, number = _position(last, channel)
        missed = channel.missed_and_drawn(epoch, number, stream.voice)
        if missed is None or (epoch == channel.epoch and number > channel.number):
            return False
        if sum(map(len, missed)) > LAG_BYTES:
            return False  # it gets that at its own pace
        stream.after = channel.number
        channel.streams.add(stream)
        head = stream.take_over(send, channel.leave, _headers())
        stream.write(head + stream.framed(_opening(epoch, number), *missed))
        return True

    async def _welcome(self, channel: Channel, stream: Stream, last: str, send: Send) -> bool:
        """Send what the reader missed, and let it in; False if it takes too long."""
        epoch, number = await self._found(channel, last)
        try:
            async with asyncio.timeout(STALL_SECONDS):
                await _send(send, _opening(epoch, number))
                await self._replay(channel, stream, epoch, number, send)
        except TimeoutError:
            stream.drop("stalls")
            return False
        return True

    async def _found(self, channel: Channel, last: str) -> tuple[str, int]:
        """Where a reader stands, on a channel that has all news that there are."""
        await channel.catch_up()
        epoch, number = _position(last, channel)
        if epoch == channel.epoch and number > channel.number:
            await self._reader.ask(board_now, channel.event)  # it has seen more at another process of ours
            await channel.catch_up()
        return epoch, number

    async def _replay(self, channel: Channel, stream: Stream, epoch: str, number: int, send: Send) -> None:
        """Send frames until the reader has them all; it joins in the same breath, so none falls between."""
        while (epoch, number) != (channel.epoch, channel.number):
            reached = channel.epoch, channel.number
            for frame in await channel.missed(epoch, number, stream.voice):
                await _send(send, frame)
            epoch, number = reached
        stream.after = number
        channel.streams.add(stream)

    # All readers

    def _news(self, event: str) -> None:
        channel = self._channels.get(event)
        if channel is None or event in self._pumps or channel.is_current():
            return
        if channel.visitors:
            self._pumps[event] = asyncio.create_task(self._pump(channel))
        else:
            del self._channels[event]

    async def _pump(self, channel: Channel) -> None:
        """Tell one event's news until there is none left; after trouble, try again in a second."""
        try:
            while not channel.is_current():
                try:
                    await channel.catch_up()
                except Exception:
                    logger.exception("the stream of %s waits a second", channel.event)
                    await asyncio.sleep(AGAIN_SECONDS)
        finally:
            del self._pumps[channel.event]

    async def _let_go_who_stalls(self) -> None:
        """Drop whoever has not taken for a while what waits here for it."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            streams = [stream for channel in self._channels.values() for stream in channel.streams]
            for turn, stream in enumerate(streams, start=1):
                if stream.stalls_since(now) <= now - STALL_SECONDS:
                    stream.drop("stalls")
                if turn % (10 * SLICE) == 0:
                    await asyncio.sleep(0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            for channel in list(self._channels.values()):
                await channel.say(beat_frame(channel.number))
                self._news(channel.event)  # if a nudge was lost, this is the net


async def _refuse(send: Send) -> None:
    """A page that gets this polls, and asks for a stream again later."""
    wait = str(random.randint(20, 60)).encode()  # noqa: S311 - spreads the readers, keeps no secret
    await answer_text(send, 503, "Too many streams are open here. Ask again later.", (b"retry-after", wait))


async def _send(send: Send, frame: bytes) -> None:
    await send({"type": "http.response.body", "body": frame, "more_body": True})


async def _gone(stream: Stream, receive: Receive) -> None:
    """Wait until the reader has gone. uvicorn tells nobody of it where a second request waits behind the stream, so
    the transport is looked at after each beat too."""
    while not stream.transport.is_closing():
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT_SECONDS):
                if (await receive())["type"] == "http.disconnect":
                    return


def _opening(epoch: str, number: int) -> bytes:
    retry = random.randint(1_000, 10_000)  # noqa: S311 - spreads the readers, keeps no secret
    return opening(retry, f"{epoch}:{number}")


def _position(last: str, channel: Channel) -> tuple[str, int]:
    """Where a reader stands, from `epoch:number` or a number alone; where the channel stands if it says nothing."""
    if not last:
        return channel.epoch, channel.number
    epoch, _, number = last.rpartition(":")
    if not _NUMBER.fullmatch(number) or not _EPOCH.fullmatch(epoch):
        return NOWHERE
    return epoch or channel.epoch, int(number)
