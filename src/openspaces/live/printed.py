"""Answers made of prints. What was answered a moment ago for the same address is answered again by one look-up."""

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils.translation import override

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.lib.guards import guards
from openspaces.lib.languages import language
from openspaces.live import wanted
from openspaces.live.asgi import OPEN_TO_ALL, Headers, Message, Scope, Send
from openspaces.live.routes import Route
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull
from openspaces.outlets.press import Press, Print, compressible

SECONDS = 1.0
"""How long an answer stands without asking the outlet again: its address may mean another day by then."""
ANSWERS, BYTES = 4096, 64 * 2**20
"""How many answers are kept, and of how many bytes: who asks for a picture in every width fills no memory."""
SETTLED = timedelta(seconds=5)
"""After this time no change of the same second comes any more: a date in whole seconds then tells it from the next."""
SAME_IN_ALL_LANGUAGES = (
    "application/json",
    "text/calendar",
    "application/xml",
    "text/csv",
    "text/tab-separated-values",
    "application/atom+xml",
    "application/feed+json",
)

Key = tuple[str, bytes, bytes, bytes]


class Had(NamedTuple):
    """What the reader says to have already: If-None-Match, and If-Modified-Since."""

    tags: bytes
    date: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """ASGI messages, ready to be sent, for as long as `board` is the newest and the clock has not passed `until`.
    `date` is the Last-Modified of nothing but this; b"" where a date does not say enough."""

    board: Board
    until: float
    etag: str
    date: bytes
    full: Message
    body: Message
    unchanged: Message
    written: dict[tuple[bool, bool, bool], tuple[Headers, bytes, bytes]] = field(default_factory=dict, repr=False)
    """The same as bytes, where `live.quick` wrote it already."""

    def holds(self) -> bool:
        """Whether it may still be sent."""
        return MEMORY.board(self.board.event) is self.board and time.monotonic() < self.until

    async def send(self, had: Had, send: Send) -> None:
        """Send it, or say that it has not changed."""
        if self.is_had(had):
            await send(self.unchanged)
            await send(_NOTHING)
        else:
            await send(self.full)
            await send(self.body)

    def is_had(self, had: Had) -> bool:
        """A tag says more than a date, which has to be the very one: after a restore an older board is the newest."""
        if had.tags:
            return wanted.is_known(had.tags.decode("latin-1"), self.etag)
        return bool(had.date) and had.date == self.date


_NOTHING: Message = {"type": "http.response.body", "body": b""}


class Answers:
    """The answers given lately, by what was asked: path, query, Accept-Language and Accept-Encoding as they came."""

    def __init__(self, press: Press) -> None:
        self.handed_out = 0
        """How often an answer was given again."""
        self._press = press
        self._given: dict[Key, Answer] = {}
        self._bytes = 0

    def given(self, key: Key) -> Answer | None:
        """The answer to the same question, if it still holds."""
        answer = self._given.get(key)
        return answer if answer is not None and answer.holds() else None

    def knows(self, route: Route, board: Board) -> bool:
        """Whether the board has what the path of a route names."""
        with suppress(BadVariant):
            try:
                route.pull.variant(Asked(route.path, {}, board.language, datetime.now(UTC)), board)
            except NotHere:
                return False
        return True

    async def make(self, key: Key, route: Route, board: Board) -> Answer:
        """A new answer. Raises BadVariant, NotHere and NotPrinted."""
        query = dict(parse_qsl(key[1].decode("latin-1")))
        speaks = language(query.get("lang"), key[2].decode("latin-1"), board.language)
        with override(speaks):
            variant = route.pull.variant(Asked(route.path, query, speaks, datetime.now(UTC)), board)
        variant = replace(variant, base_url=variant.base_url or settings.BASE_URL)
        encoding = wanted.encoding(key[3].decode("latin-1")) if compressible(route.pull.content_type) else ""
        made = await self._press.get(route.pull, board, variant, encoding)
        answer = _answer(made, board, encoding, time.monotonic() + SECONDS, route.pull)
        self._keep(key, answer, len(made.bodies[encoding]) + sum(map(len, key)))
        return answer

    def _keep(self, key: Key, answer: Answer, size: int) -> None:
        """Counts an answer that takes the place of another too: emptied too soon, it is full again in no time."""
        self._bytes += size
        if len(self._given) >= ANSWERS or self._bytes > BYTES:
            self._given.clear()
            self._bytes = size
        self._given[key] = answer


def key_of(scope: Scope) -> tuple[Key, Had]:
    """What a request asks for, and what the reader has of it."""
    language = encoding = tags = date = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            encoding = value
        elif name == b"accept-language":
            language = value
        elif name == b"if-none-match":
            tags = tags + b"," + value if tags else value
        elif name == b"if-modified-since":
            date = value
    return (scope["path"], scope["query_string"], language, encoding), Had(tags, date)


def _answer(made: Print, board: Board, encoding: str, until: float, pull: Pull) -> Answer:
    body = made.bodies[encoding]
    etag = made.etag(encoding)
    date, is_telling = _last_modified(made.at, datetime.now(UTC))
    always: Headers = [(b"etag", etag.encode()), (b"cache-control", b"public, no-cache"), (b"vary", _vary(made))]
    full = [
        (b"content-type", made.content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        *always,
        (b"last-modified", date),
        *([(b"content-encoding", encoding.encode())] if encoding else []),
        *_guards(made, pull.framed),
    ]
    return Answer(
        board,
        until,
        etag,
        date if is_telling and pull.timeless else b"",
        {"type": "http.response.start", "status": 200, "headers": full},
        {"type": "http.response.body", "body": body},
        {"type": "http.response.start", "status": 304, "headers": always + _cors(made)},
    )


def _last_modified(at: datetime, now: datetime) -> tuple[bytes, bool]:
    """The date of a change in whole seconds, and whether it is that of no other change. It is rounded down while its
    second may bring another one, and up from then on: so the two of one second never get the same."""
    settled = now - at >= SETTLED
    second = at.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=settled)
    return format_datetime(second, usegmt=True).encode(), settled


def _vary(made: Print) -> bytes:
    same = made.content_type.startswith(SAME_IN_ALL_LANGUAGES)
    return b"Accept-Encoding" if same else b"Accept-Encoding, Accept-Language"


def _guards(made: Print, framed: bool) -> Headers:
    cors = _cors(made)
    said = guards(made.content_type, framed=framed, is_open=bool(cors))
    return [*((name.encode(), value.encode()) for name, value in said), *cors]


def _cors(made: Print) -> Headers:
    return [] if made.content_type.startswith("text/html") else OPEN_TO_ALL
