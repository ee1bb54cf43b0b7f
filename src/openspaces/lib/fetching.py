"""Fetching a document from the web: public addresses only, checked as we connect; bounded in time, size and detours."""

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from openspaces.lib.addresses import is_public

LARGEST = 20_000_000
"""Bytes."""
SILENCE = 10.0
"""Seconds that a server may say nothing."""
WHOLE = 60.0
"""Seconds for one answer from first to last."""
REDIRECTS = 3
_ELSEWHERE = (301, 302, 303, 307, 308)
_SECRET = ("authorization", "cookie")
_PRINTED = "!#$%&'()*+,/:;=?@[]~"

Allowed = Callable[[str], bool]


class Why(StrEnum):
    """Why something could not be fetched."""

    ADDRESS = "address"
    INWARD = "inward"
    SILENT = "silent"
    BROKEN = "broken"
    REDIRECTS = "redirects"
    LARGE = "large"
    STATUS = "status"


class CannotFetch(Exception):
    """Nothing was fetched from `url`; `detail` is a status, or what the network said. `again` are the seconds after
    which the server, which is asked too often, wants to be asked once more; -1 if it does not say so."""

    def __init__(self, why: Why, url: str, detail: str = "", again: int = -1) -> None:
        super().__init__(f"{url}: {why} {detail}".strip())
        self.why, self.url, self.detail, self.again = why, url, detail, again


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its bytes, where it came from in the end, and what to ask with whether it is still so."""

    url: str
    body: bytes
    content_type: str = ""
    etag: str = ""
    modified: str = ""


def fetch(
    url: str, known: Fetched | None = None, headers: Mapping[str, str] | None = None, allowed: Allowed = is_public
) -> Fetched:
    """The document at `url`; `known` itself if the server says that it is still so. Raises CannotFetch.

    Secrets among `headers` go to the origin of `url` and to no other.
    """
    here, said = url, dict(headers or {})
    for _each in range(REDIRECTS + 1):
        parts = _checked(here)
        answer = _asked(parts, {**_conditions(known), **said}, allowed)
        if isinstance(answer, Fetched):
            return answer
        if answer is None:
            assert known is not None
            return known
        there = urljoin(here, answer)
        if not same_origin(here, there):
            said = {name: value for name, value in said.items() if name.lower() not in _SECRET}
        if parts.scheme == "https" and urlsplit(there).scheme != "https":
            raise CannotFetch(Why.ADDRESS, there)
        here = there
    raise CannotFetch(Why.REDIRECTS, url)


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses lead to the same server."""
    return _origin(urlsplit(one)) == _origin(urlsplit(other))


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _checked(url: str) -> SplitResult:
    """The parts of an http or https address that names a host and carries no password."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise CannotFetch(Why.ADDRESS, url)
    return parts


def _conditions(known: Fetched | None) -> dict[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in asked.items() if value}


def _asked(parts: SplitResult, headers: Mapping[str, str], allowed: Allowed) -> Fetched | str | None:
    """What one server answers: the document, where it is instead, or None for what is known already."""
    url = parts.geturl()
    line = _opened(parts, allowed)
    late = Timer(WHOLE, _hang_up, [line.sock])
    late.start()
    try:
        line.request("GET", _target(parts), headers={"Accept-Encoding": "identity", **headers})
        return _read(url, line.getresponse())
    except (OSError, HTTPException, ValueError) as trouble:
        raise _trouble(url, trouble) from None
    finally:
        late.cancel()
        line.close()


def _opened(parts: SplitResult, allowed: Allowed) -> HTTPConnection:
    try:
        line = connection_for(parts, allowed)
        line.connect()
    except (OSError, HTTPException, ValueError) as trouble:
        raise _trouble(parts.geturl(), trouble) from None
    return line


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PRINTED)
    return f"{path}?{quote(parts.query, safe=_PRINTED)}" if parts.query else path


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()


def _read(url: str, answer: HTTPResponse) -> Fetched | str | None:
    if answer.status == 304:
        return None
    if answer.status in _ELSEWHERE and (there := answer.headers.get("Location")):
        return there
    if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise CannotFetch(Why.STATUS, url, str(answer.status), _again(answer))
    body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise CannotFetch(Why.LARGE, url)
    if answer.length:
        raise CannotFetch(Why.BROKEN, url, "incomplete")
    said = answer.headers
    kind = said.get_content_type() if "Content-Type" in said else ""
    return Fetched(url, body, kind, said.get("ETag", ""), said.get("Last-Modified", ""))


def _again(answer: HTTPResponse) -> int:
    """`Retry-After` in seconds; a date is not read."""
    wait = answer.headers.get("Retry-After", "").strip() if answer.status in (429, 503) else ""
    return int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 10 else -1


def _trouble(url: str, trouble: Exception) -> CannotFetch:
    if isinstance(trouble, CannotFetch):
        return trouble
    if isinstance(trouble, _Inward):
        return CannotFetch(Why.INWARD, url)
    if isinstance(trouble, TimeoutError):
        return CannotFetch(Why.SILENT, url)
    return CannotFetch(Why.BROKEN, url, getattr(trouble, "strerror", None) or str(trouble) or type(trouble).__name__)


# Connections: the address that was looked at is the one that is connected to, whatever its name says a moment later.


class _Inward(OSError):
    """The name leads to no public address."""


def connection_for(parts: SplitResult, allowed: Allowed) -> HTTPConnection:
    """A connection, not open yet, that opens to addresses that are allowed and to no others."""
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        return _OverTLS(host, port, allowed)
    return _Plain(host, port, allowed)


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int | None, allowed: Allowed) -> None:
        super().__init__(host, port, timeout=SILENCE)
        self._allowed = allowed

    def connect(self) -> None:
        self.sock = _open(self.host, self.port, self._allowed)


class _OverTLS(HTTPSConnection):
    def __init__(self, host: str, port: int | None, allowed: Allowed) -> None:
        self._verifying = ssl.create_default_context()
        super().__init__(host, port, timeout=SILENCE, context=self._verifying)
        self._allowed = allowed

    def connect(self) -> None:
        self.sock = self._verifying.wrap_socket(_open(self.host, self.port, self._allowed), server_hostname=self.host)


def _open(host: str, port: int, allowed: Allowed) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    reachable = [each for each in found if allowed(str(each[4][0]))]
    if not reachable:
        raise _Inward(host)
    trouble: OSError | None = None
    for family, kind, proto, _name, place in reachable:
        line = socket.socket(family, kind, proto)
        line.settimeout(SILENCE)
        try:
            line.connect(place)
        except OSError as refused:
            line.close()
            trouble = refused
        else:
            return line
    assert trouble is not None
    raise trouble
