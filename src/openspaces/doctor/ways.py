"""What leaves by itself: the worker, and each destination that was set up at the desk."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from openspaces.delivery.calling import may_go
from openspaces.delivery.contract import Destination
from openspaces.delivery.destinations import every_row, opened
from openspaces.delivery.figures import figures, sign
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.sealing import Unreadable
from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.lib.connecting import Inward, connected

LONG, SILENT = 600.0, 60.0
"""Seconds that a telling waits, and that a worker says nothing, before somebody ought to look."""
PATIENCE = 5.0


def look_at_worker() -> Iterator[Finding]:
    """Whether anybody tells what is to be told, and how much of it waits."""
    at = datetime.now(UTC)
    known = sign(at)
    if known is None or known.ended:
        yield look("worker", "Nobody tells people outside: start openspaces run, or openspaces work beside it.")
    elif known.seconds > SILENT:
        yield wrong(
            "worker", f"It has said nothing for {known.seconds:,.0f} s: start openspaces run, or openspaces work."
        )
    else:
        yield fine("worker", f"It said {known.seconds:.0f} s ago that it works.")
    for name, one in sorted(figures(at).items()):
        if one.oldest > LONG:
            yield look(name, f"Something has waited for {one.oldest / 60:,.0f} min: the desk says why, under Ways out.")
        if failed := one.states["failed"]:
            yield look(
                name, f"{failed} tellings of the last 30 days did not arrive: the desk says why, under Ways out."
            )


def look_at_ways() -> Iterator[Finding]:
    """Each destination."""
    rows = every_row()
    for row in rows:
        yield _way(row, f"{row.outlet} {row.name} of {row.event}".replace("  ", " "))
    if not rows:
        yield fine("ways out", "None were set up.")


def _way(row: Row, named: str) -> Finding:
    if row.stopped and row.trouble:
        return wrong("ways out", f"{named} was switched off: {row.trouble} Mend it, and start it again at the desk.")
    if row.stopped:
        return fine("ways out", f"{named} was stopped by hand.")
    try:
        destination = opened(row)
    except Unreadable:
        return wrong("ways out", f"{named} is sealed with another secret: type its secrets anew at the desk.")
    for server in _servers(destination):
        if why := _unreachable(server):
            says = f"{urlsplit(server).hostname} cannot be reached ({why})"
            return wrong("ways out", f"{named}: {says}. See the network, or OPENSPACES_SEND_TO if it is one of yours.")
    return fine("ways out", f"{named} can be reached.")


def _servers(destination: Destination) -> list[str]:
    """The servers that its settings name; the paths, which are secret for some, are left out."""
    parts = [urlsplit(value) for value in destination.settings.values() if value.startswith(("http://", "https://"))]
    return sorted({f"{each.scheme}://{each.netloc.rpartition('@')[2]}" for each in parts if each.hostname})


def _unreachable(server: str) -> str:
    """Why nobody answers there; "" if somebody does. Nothing is sent."""
    try:
        with connected(urlsplit(server), may_go, PATIENCE, PATIENCE):
            return ""
    except Inward:
        return "it is not of the public internet"
    except (OSError, ValueError) as trouble:
        return getattr(trouble, "strerror", None) or type(trouble).__name__
