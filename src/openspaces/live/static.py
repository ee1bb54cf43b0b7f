"""Styles, scripts and pictures of the program itself, from memory, each under a name that changes with its content."""

import mimetypes
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from openspaces.lib.static import PREFIX, digest, find, plain_name
from openspaces.live import wanted
from openspaces.live.asgi import NOSNIFF, Scope, Send, answer, header
from openspaces.outlets.press import ENCODERS, compressible

FOR_EVER = b"public, max-age=31536000, immutable"
AT_THE_ROOT = {"/favicon.ico": "look/icon.svg", "/robots.txt": "look/robots.txt", "/sw.js": "look/sw.js"}
"""What browsers and crawlers ask for there without being told of it, and the script that shows messages: it serves no
address above its own."""


@dataclass(frozen=True, slots=True)
class _File:
    content_type: str
    digest: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    def body(self, encoding: str) -> bytes:
        if encoding not in self.bodies:
            self.bodies[encoding] = ENCODERS[encoding](self.bodies[""])
        return self.bodies[encoding]


def is_static(path: str) -> bool:
    """Whether the address is one of a file of the program itself."""
    return path.startswith(PREFIX) or path in AT_THE_ROOT


async def serve_static(scope: Scope, send: Send) -> bool:
    """Answer a request under `/static/`, or for one of the few files at the root; False if there is no such file."""
    path = scope["path"]
    name, hashed = plain_name(AT_THE_ROOT.get(path) or path.removeprefix(PREFIX))
    found = find(name)
    if found is None or (hashed and hashed != digest(found)):
        return False
    file = _file(found)
    encoding = wanted.encoding(header(scope, b"accept-encoding")) if compressible(file.content_type) else ""
    etag = f'"{file.digest}{"." if encoding else ""}{encoding}"'
    headers = [
        (b"etag", etag.encode()),
        (b"cache-control", FOR_EVER if hashed else b"public, no-cache"),
        (b"vary", b"Accept-Encoding"),
    ]
    none_match = header(scope, b"if-none-match")
    if none_match and wanted.is_known(none_match, etag):
        await answer(send, 304, b"", headers)
        return True
    headers += [(b"content-type", file.content_type.encode()), NOSNIFF]
    headers += [(b"content-encoding", encoding.encode())] if encoding else []
    await answer(send, 200, file.body(encoding), headers)
    return True


@cache
def _file(path: Path) -> _File:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = "; charset=utf-8" if compressible(kind) else ""
    return _File(kind + text, digest(path), {"": path.read_bytes()})
