"""Sending to the web: one request, one answer, to public addresses alone; no detours, little time, small reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from openspaces.lib.addresses import is_public
from openspaces.lib.connecting import Allowed, connected
from openspaces.lib.fetching import CannotFetch, Why, again, checked, target, trouble_with

WHOLE = 5.0
"""Seconds from looking up the name to the last byte of the answer."""
LARGEST = 65_536
"""Bytes of an answer that are read; the rest is left."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whatever its status; `headers` are found by any case. `wait` are the seconds after which
    a server that is asked too often (429, 503) wants to be asked once more; -1 if it does not say so."""

    status: int
    headers: Message = field(repr=False)
    body: bytes = field(repr=False)
    wait: int = -1

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body, if it is JSON; otherwise None."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    allowed: Allowed = is_public,
    timeout: float = WHOLE,
    largest: int = LARGEST,
) -> Answer:
    """Send `body` to `url` and read what is answered. A redirect is an answer like others: nothing follows it.

    Raises CannotFetch, which names the server and not the path: many services have secrets in it.
    """
    server = shown(url)
    try:
        parts = checked(url)
        with connected(parts, allowed, timeout, timeout) as line:
            said = {"Accept-Encoding": "identity", "User-Agent": "openspaces", **(headers or {})}
            line.request(method, target(parts), body=body, headers=said)
            return _read(line.getresponse(), largest)
    except CannotFetch as trouble:
        raise CannotFetch(trouble.why, server) from None
    except (OSError, HTTPException) as trouble:
        raise trouble_with(server, trouble) from None
    except ValueError as trouble:  # its text may quote a header, and that is no secret then
        raise CannotFetch(Why.BROKEN, server, type(trouble).__name__) from None


def shown(url: str) -> str:
    """The server of an address, which is all of it that may be told; "" if it is none."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}" if parts.scheme and parts.hostname else ""
    except ValueError:
        return ""


def _read(answer: HTTPResponse, largest: int) -> Answer:
    return Answer(answer.status, answer.headers, answer.read(largest), again(answer))
