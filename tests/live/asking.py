"""Requests as phones send them, and as nobody should: streams of bytes made by chance."""

from collections.abc import Iterator
from random import Random

PAGE = b"/camp/"
PATHS = [
    PAGE,
    PAGE,
    b"/camp/?lang=de",
    b"/camp/board.json",
    b"/camp/board.txt",
    b"/camp",
    b"/nothing/",
    b"/slow",
    b"/%zz",
]
PHONE = b"Host: board.example\r\nUser-Agent: Phone/1.0\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\n"
COOKIES = [
    b"",
    b"Cookie: device=abc123\r\n",
    b"cookie: a=1; b=2\r\n",
    b"Cookie: a=1\r\nCookie: b=2\r\n",
    b"COOKIE: a=1\r\n",
    b"Cookie:a\r\n",
    b"Cookie: folded\r\n further\r\n",
    b"Cookie: \x00\r\n",
    b"Cookie: bare\n",
    b"Cookie: \xff\r\n",
    b"Cookie : a\r\n",
]
LAST = [b"", b"", b"", b"Connection: close\r\n", b"Expect: 100-continue\r\n"]
MORE = [
    b"Accept-Language: de\r\n",
    b"Accept-Encoding: identity\r\n",
    b"If-None-Match: *\r\n",
    b'If-None-Match: "other"\r\n',
    b"Connection: close\r\n",
    b"Connection: keep-alive\r\n",
    b"Connection: Upgrade\r\nUpgrade: websocket\r\n",
    b"Upgrade: h2c\r\n",
    b"Expect: 100-continue\r\n",
    b"Content-Length: 0\r\n",
    b"Content-Length: 4\r\n",
    b"Content-Length: 4\r\nContent-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    b"X: " + b"x" * 3000 + b"\r\n",
    b" folded\r\n",
    b"no colon\r\n",
    b"Last-Modified: now\r\nRange: bytes=0-9\r\n",
]


def phone(cookie: bytes = b"", path: bytes = PAGE, *more: bytes) -> bytes:
    """What a phone asks."""
    return b"GET " + path + b" HTTP/1.1\r\n" + PHONE + cookie + b"".join(more) + b"\r\n"


def pieces(chance: Random, tags: list[bytes]) -> list[bytes]:
    """A connection's worth of data, as it may be cut on its way. `tags` are what readers have."""
    said = b"".join(_request(chance, tags) for _ in range(chance.randint(1, 5)))
    if chance.random() < 0.2:
        return [said]
    return list(_cut(said, chance))


def _request(chance: Random, tags: list[bytes]) -> bytes:
    kind = chance.random()
    known = [b"", b"If-None-Match: " + chance.choice(tags) + b"\r\n"]
    if kind < 0.4:
        return phone(chance.choice(COOKIES[:4]))
    if kind < 0.6:
        return phone(chance.choice(COOKIES[:4]), chance.choice(PATHS[:6]), chance.choice(known), chance.choice(LAST))
    if kind < 0.7:
        inner = phone()
        return b"POST /nothing/ HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner
    if kind < 0.75:
        inner = phone()
        return (
            b"POST /camp/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(inner) + inner + b"\r\n0\r\n\r\n"
        )
    return _strange(chance)


def _strange(chance: Random) -> bytes:
    method = chance.choice([b"GET", b"GET", b"HEAD", b"HEAD", b"POST", b"OPTIONS", b"get", b"CONNECT", b"BREW"])
    version = chance.choice([b"1.1", b"1.1", b"1.1", b"1.0", b"2.0", b"9"])
    more = b"".join(chance.sample(MORE, chance.choice([0, 1, 1, 2, 3])))
    ends = chance.choice(
        [b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r\n\r\n", b"\r\nabcd", b"\r\n4\r\nabcd\r\n0\r\n\r\n", b"\r"]
    )
    before = chance.choice([b"", b"", b"", b"\r\n", b"\r\n\r\n", b"\n", b"x"])
    start = before + method + b" " + chance.choice(PATHS) + b" HTTP/" + version + b"\r\n"
    return start + PHONE + chance.choice(COOKIES) + more + ends


def _cut(said: bytes, chance: Random) -> Iterator[bytes]:
    while said:
        ends = said.find(b"\r\n\r\n") + 4
        end = ends if ends > 3 and chance.random() < 0.9 else chance.randint(1, len(said))
        yield said[:end]
        said = said[end:]
