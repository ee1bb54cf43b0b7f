"""Fetching a document from the web: public addresses only, checked as we connect; bounded in time, size and detours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from openspaces.lib.addresses import is_public
from openspaces.lib.connecting import Allowed, Inward, connected

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
        parts = checked(here)
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


def checked(url: str) -> SplitResult:
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
    try:
        with connected(parts, allowed, SILENCE, WHOLE) as line:
            line.request("GET", target(parts), headers={"Accept-Encoding": "identity", **headers})
            return _read(url, line.getresponse())
    except (OSError, HTTPException, ValueError) as trouble:
        raise trouble_with(url, trouble) from None


def target(parts: SplitResult) -> str:
    """What a request asks for: path and query."""
    path = quote(parts.path or "/", safe=_PRINTED)
    return f"{path}?{quote(parts.query, safe=_PRINTED)}" if parts.query else path


def _read(url: str, answer: HTTPResponse) -> Fetched | str | None:
    if answer.status == 304:
        return None
    if answer.status in _ELSEWHERE and (there := answer.headers.get("Location")):
        return there
    if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise CannotFetch(Why.STATUS, url, str(answer.status), again(answer))
    body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise CannotFetch(Why.LARGE, url)
    if answer.length:
        raise CannotFetch(Why.BROKEN, url, "incomplete")
    said = answer.headers
    kind = said.get_content_type() if "Content-Type" in said else ""
    return Fetched(url, body, kind, said.get("ETag", ""), said.get("Last-Modified", ""))


def again(answer: HTTPResponse) -> int:
    """`Retry-After` in seconds; a date is not read."""
    wait = answer.headers.get("Retry-After", "").strip() if answer.status in (429, 503) else ""
    return int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 10 else -1


def trouble_with(url: str, trouble: Exception) -> CannotFetch:
    """What went wrong on a connection, by its kind."""
    if isinstance(trouble, CannotFetch):
        return trouble
    if isinstance(trouble, Inward):
        return CannotFetch(Why.INWARD, url)
    if isinstance(trouble, TimeoutError):
        return CannotFetch(Why.SILENT, url)
    return CannotFetch(Why.BROKEN, url, getattr(trouble, "strerror", None) or str(trouble) or type(trouble).__name__)
