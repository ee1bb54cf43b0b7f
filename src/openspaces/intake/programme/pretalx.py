"""pretalx's API (versions 1 and 2 answer alike here): an event, its rooms, and the slots of its latest schedule."""

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.intake.programme import times
from openspaces.intake.programme.gathering import Gathered
from openspaces.intake.programme.nodes import Node
from openspaces.intake.programme.programme import Programme
from openspaces.lib.fetching import same_origin

HEADERS = {"Pretalx-Version": "v2", "Accept": "application/json"}
EXPANDED = "room,submission,submission.speakers,submission.submission_type,submission.track"
MOST_PAGES = 500

Get = Callable[[str], Node]
"""Fetches an address of the API and answers its JSON."""


def api_event(url: str) -> str:
    """The address of the API's event that `url` is or lies under, ending in a slash; empty if it is none."""
    parts = urlsplit(url)
    before, api, rest = parts.path.partition("/api/events/")
    slug = rest.split("/")[0]
    return f"{parts.scheme}://{parts.netloc}{before}{api}{slug}/" if api and slug else ""


def read_pretalx(base: str, get: Get, zone: ZoneInfo) -> Programme:
    """The programme of the event whose API stands at `base`. Raises Damaged, and what `get` raises."""
    event = get(base).table()
    own = times.zone_of(event.at("timezone").text(), zone)
    gathered = Gathered(own)
    names = {room.at("id").text(): _room(room, gathered) for room in _results(urljoin(base, "rooms/"), get)}
    for slot in _results(urljoin(base, f"slots/?expand={EXPANDED}"), get):
        _slot(slot, gathered, names)
    known = own.key if own.key == event.at("timezone").value else ""
    return gathered.programme(event.at("name").text(), known)


def _results(first: str, get: Get) -> Iterator[Node]:
    """The results of all pages, each a table. A page may not lead to another server."""
    here, seen = first, set[str]()
    while here:
        if len(seen) >= MOST_PAGES:
            raise Node(None, here).wrong(_("there are more than %(most)d pages.") % {"most": MOST_PAGES})
        seen.add(here)
        page = get(here).table()
        if not isinstance(page.at("results").value, list):
            raise page.at("results").wrong(_("here should be a list, [ … ]."))
        for result in page.at("results").rows():
            yield result.table()
        following = page.at("next").text()
        there = urljoin(here, following) if following else ""
        if there and (there in seen or not same_origin(there, first)):
            raise page.at("next").wrong(_("“%(there)s” is no next page.") % {"there": page.at("next").shown()})
        here = there


def _room(room: Node, gathered: Gathered) -> str:
    return gathered.room(room.at("id").text(), room.at("name").text(), room.at("capacity").number())


def _slot(slot: Node, gathered: Gathered, names: dict[str, str]) -> None:
    """A talk, or a break, which has words of its own and no submission. One without a time is not on yet."""
    submission = slot.at("submission")
    talk = submission.value is not None
    if talk:
        submission.table()
    title = submission.at("title").text(needed=True) if talk else slot.at("description").text()
    if slot.at("start").value is None:
        gathered.leave(title, _("it has no time yet"))
        return
    starts = _moment(slot.at("start"), gathered)
    ends = _moment(slot.at("end"), gathered) if slot.at("end").value else starts
    kinds = [submission.at(kind).at("name").text() for kind in ("submission_type", "track")] if talk else []
    place = slot.at("room")
    room = _room(place, gathered) if isinstance(place.value, dict) else names.get(place.text(), "")
    key = submission.at("code").text() if talk else f"break-{starts:%m%d-%H%M}-{room}"
    gathered.talk(key, title, _speakers(submission) if talk else (), room, (starts, ends), kinds)


def _speakers(submission: Node) -> list[str]:
    """Their names; where the site expands none there are only codes, which nobody wants to read."""
    return [person.at("name").text() for person in submission.at("speakers").rows() if isinstance(person.value, dict)]


def _moment(written: Node, gathered: Gathered) -> datetime:
    read = times.moment(written.text(), gathered.zone)
    if read is None:
        raise written.wrong(_("“%(typed)s” is no date and time.") % {"typed": written.shown()})
    return read
