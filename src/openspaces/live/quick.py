"""The quick way past ASGI: what was asked a moment ago, byte for byte, is answered from the same kept answers.

It reads no HTTP of its own. uvicorn's parser reads each head of a request once; what it found is remembered under the
bytes of the head. The same bytes again, where a request may begin, mean the same; if `Answers` still holds what `Front`
would hand out, it is written. Everything else goes to uvicorn with every byte. `OPENSPACES_QUICK=off` takes it away.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from openspaces.live.asgi import Headers
from openspaces.live.heads import Bounded
from openspaces.live.printed import Answer, Answers, Had, Key, key_of

HEADS, LONGEST = 2048, 2048
"""How many heads are remembered, twice, and of how many bytes: some 16 MiB at most."""
SEARCHED = 4 * LONGEST
"""The longest head that is looked up; with its cookies it may be longer than what is remembered of it."""
JOINED = 64 * 1024
"""Up to so many bytes an answer is kept with its head, and written at once."""
END = b"\r\n\r\n"
_WHOLE = re.compile(rb"(?:GET|HEAD) /[^\r\n]*\r\n(?:[^\r\n \t][^\r\n]*\r\n)*\r\n")
"""A head whose lines end as they should, with no line folded, and nothing before or after it."""
_COOKIE = re.compile(rb"\r\n[Cc]ookie: [\t\x20-\x7e\x80-\xff]*(?=\r\n[^ \t])")
"""Each device has a cookie of its own, and what is printed is the same for all: heads are known without it."""


def protocol(answers: Answers) -> Callable[..., "Quick"]:
    """What uvicorn takes for its option `http`."""
    return partial(Quick, Heads(answers))


class Quick(Bounded):
    """uvicorn's protocol, with a quick way for heads that are known, wherever a request may begin."""

    def __init__(self, heads: "Heads", **given: Any) -> None:
        super().__init__(**given)
        self._heads = heads
        self._inside = False
        self._answered = 0.0

    def data_received(self, data: bytes) -> None:
        """Answer heads that are known; data with anything else in it is uvicorn's, with every byte."""
        found = self._found(data) if self._is_between() else []
        if not found:
            return self._read(data)
        for known, answer, end in found:
            self._write(known, answer)
            if self.flow.write_paused and end < len(data):
                return self._read(data[end:])
        return None

    def on_message_begin(self) -> None:
        """A request has begun: what comes now is its own, whatever it looks like."""
        self._inside = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """A request has been read. After one that wants another protocol, nobody knows how the parser goes on."""
        self._inside = self.parser.should_upgrade()
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close, unless there was an answer since uvicorn began to count."""
        left = self._answered + self.timeout_keep_alive - time.monotonic()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _is_between(self) -> bool:
        """Whether nothing is under way: no request half read, none unanswered, no reader who does not read."""
        done = self.cycle is None or self.cycle.response_complete
        return done and not self._inside and not self.flow.write_paused

    def _found(self, data: bytes) -> "list[tuple[Known, Answer, int]]":
        """What each head in it asks for, the answer, and where the head ends; nothing, unless all of them are known."""
        if whole := self._heads.ask(data):
            return [(*whole, len(data))]
        found, start = [], 0
        while start < len(data):
            end = data.find(END, start) + len(END)
            asked = self._heads.ask(data[start:end]) if end >= len(END) else None
            if asked is None or (asked[0].closes and end < len(data)):
                return []
            found.append((*asked, end))
            start = end
        return found

    def _write(self, known: "Known", answer: Answer) -> None:
        head, body = known.said(answer, self.server_state.default_headers)
        self.transport.writelines((head, body))  # at once: a head that comes before wakes its reader for nothing
        self.server_state.total_requests += 1
        self._heads.answers.handed_out += 1
        self._answered = time.monotonic()
        if known.closes:
            self.transport.close()
        elif self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_handler()

    def _read(self, data: bytes) -> None:
        """Let uvicorn read; of one whole request, remember what it asks for."""
        may_learn = self._is_between()
        super().data_received(data)
        if may_learn and not self._inside and _WHOLE.fullmatch(data):
            self._heads.learn(data, self.scope, self.cycle.keep_alive)


@dataclass(slots=True)
class Known:
    """What a head asks for, and how. `judged` is what it was last held against, and whether the reader had that."""

    key: Key
    had: Had
    bare: bool
    closes: bool
    judged: tuple[str, bytes, bool] = ("", b"", False)

    def said(self, answer: Answer, default: Headers) -> tuple[bytes, bytes]:
        """An answer as uvicorn would write it: the first piece, and the second, if it is large. They are kept with the
        answer, for as long as the server's own headers (the date) are the same."""
        kind = self._has(answer), self.bare, self.closes
        kept = answer.written.get(kind)
        if kept is None or kept[0] is not default:
            kept = answer.written[kind] = default, *_pieces(answer, default, *kind)
        return kept[1], kept[2]

    def _has(self, answer: Answer) -> bool:
        etag, date, has = self.judged
        if etag is not answer.etag or date is not answer.date:
            has = answer.is_had(self.had)
            self.judged = answer.etag, answer.date, has
        return has


class Heads:
    """The heads that were read lately. What is asked for again and again stays, however much else comes by."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._young: dict[bytes, Known] = {}
        self._old: dict[bytes, Known] = {}

    def ask(self, head: bytes) -> tuple[Known, Answer] | None:
        """What a head asks for, and what `Front` would send now; None unless both are kept."""
        known = self.find(head) if len(head) <= SEARCHED else None
        answer = self.answers.given(known.key) if known else None
        return (known, answer) if known and answer else None

    def find(self, head: bytes) -> Known | None:
        """What a head asks for, if that is known."""
        return self._young.get(head) or self._promoted(head) or self._without_cookie(head)

    def learn(self, head: bytes, scope: Any, keep_alive: bool) -> None:
        """Remember what the parser found in a head, if there is an answer to it: nothing else can fill the memory."""
        key, had = key_of(scope)
        head = _COOKIE.sub(b"", head)
        if len(head) <= LONGEST and self.answers.given(key):
            self._keep(head, Known(key, had, scope["method"] == "HEAD", not keep_alive))

    def _promoted(self, head: bytes) -> Known | None:
        known = self._old.pop(head, None)
        if known:
            self._keep(head, known)
        return known

    def _without_cookie(self, head: bytes) -> Known | None:
        bare = _COOKIE.sub(b"", head)
        return None if len(bare) == len(head) else self._young.get(bare) or self._promoted(bare)

    def _keep(self, head: bytes, known: Known) -> None:
        if len(self._young) >= HEADS:
            self._old, self._young = self._young, {}
        self._young[head] = known


def _pieces(answer: Answer, default: Headers, unchanged: bool, bare: bool, closes: bool) -> tuple[bytes, bytes]:
    start = answer.unchanged if unchanged else answer.full
    lines = [name + b": " + value + b"\r\n" for name, value in [*default, *start["headers"]]]
    head = STATUS_LINE[start["status"]] + b"".join(lines) + (b"connection: close\r\n" if closes else b"") + b"\r\n"
    body: bytes = b"" if unchanged or bare else answer.body["body"]
    return (head + body, b"") if len(body) <= JOINED else (head, body)
