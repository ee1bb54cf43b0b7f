"""The public address, as phones see it: whether it leads here, and whether what stands in front holds streams back."""

from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from openspaces.board.read import events
from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.doctor.machine import compared
from openspaces.lib import installation
from openspaces.lib.connecting import connected
from openspaces.lib.fetching import CannotFetch
from openspaces.lib.sending import Answer, request
from openspaces.starting import base_url

PATIENCE = 5.0
"""Seconds. A stream says something as soon as it is open."""


def look_at_address() -> Iterator[Finding]:
    """Ask for it as anybody would."""
    url = base_url()
    try:
        answer = request("GET", f"{url}/healthz", allowed=lambda address: True, timeout=PATIENCE)
    except CannotFetch as trouble:
        says = (
            f"Nothing answers at {url} ({trouble.detail or trouble.why}): start openspaces run, and see that the name"
        )
        found = f"{says} leads to this machine and the firewall and the proxy let people in."
        return (yield wrong("address", found) if settings.BASE_URL else look("address", found))
    yield from _answered(url, answer)


def _answered(url: str, answer: Answer) -> Iterator[Finding]:
    facts = answer.json()
    if not isinstance(facts, dict) or "database" not in facts:
        says = f"{url} is answered by something else (status {answer.status})"
        return (yield wrong("address", f"{says}: see that the proxy hands every path on to the program."))
    if facts.get("installation") not in (installation.name(), None):
        says = f"{url} is another installation, with another secret"
        return (yield wrong("address", f"{says}: see OPENSPACES_URL, --data, and that all servers share one secret."))
    yield fine("address", f"{url} leads here.")
    for trouble in facts.get("troubles", ()):
        yield look("server", str(trouble))
    if "date" in answer.headers:
        yield compared(parsedate_to_datetime(answer.headers["date"]).replace(tzinfo=UTC), url)
    yield from _metrics(url)
    yield from _stream(url)


def _metrics(url: str) -> Iterator[Finding]:
    """From here they are seen perhaps; what counts is whether they are seen by way of a proxy."""
    if urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"):
        return
    shown = request("HEAD", f"{url}/metrics", allowed=lambda address: True, timeout=PATIENCE)
    if shown.ok and not any(network.prefixlen == 0 for network in settings.METRICS_FROM):
        says = "is shown by way of the proxy, which does not say for whom it asks"
        yield look("metrics", f"{url}/metrics {says}: let it send X-Forwarded-For, or keep that path to yourself.")


def _stream(url: str) -> Iterator[Finding]:
    """Whether the first words of a stream come at once."""
    if not (event := next(iter(events()), "")):
        return
    began = monotonic()
    try:
        first = _first_words(f"{url}/{event}/live")
    except (OSError, HTTPException):
        first = b""
    if first.startswith((b"retry", b":", b"id", b"event", b"data")):
        yield fine("stream", f"News come at once, the first after {monotonic() - began:.1f} s.")
    elif first:
        yield wrong("stream", "The proxy changes streams on the way: let it compress none of text/event-stream.")
    else:
        says = "is held back on the way, so pages poll and the board is late: switch buffering off in the proxy"
        yield wrong("stream", f"{url}/{event}/live {says} (nginx: proxy_buffering off).")


def _first_words(url: str) -> bytes:
    parts = urlsplit(url)
    with connected(parts, lambda address: True, PATIENCE, PATIENCE) as line:
        line.request("GET", parts.path, headers={"Accept": "text/event-stream", "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        if answer.status == 503:
            return b": too many streams, which is no fault of the proxy"
        return answer.read1(64)
