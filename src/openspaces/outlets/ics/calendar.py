"""Writes entries as iCalendar (RFC 5545, 7986), so that programs which follow it see every move and nothing twice."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from openspaces import __version__
from openspaces.board.state import Board, Card
from openspaces.lib.guids import card_guid
from openspaces.look.cells import quoted
from openspaces.outlets.ics.entries import Entry, Status
from openspaces.wording import apart, wished_says

FRESH = timedelta(minutes=15)
"""How long a program may keep it before it asks again. Most ask far less often."""
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(board: Board, entries: Iterable[Entry], title: str, base_url: str) -> bytes:
    """A calendar of that title, in the language that is active."""
    found = list(entries)
    whole = _head(board, title, base_url)
    if found:
        whole.add("LAST-MODIFIED", max(entry.card.at for entry in found))
    head: bytes = whole.to_ical().removesuffix(_END)
    return head + b"".join(_written(_said(board, entry, base_url)) for entry in found) + _END


_END = b"END:VCALENDAR\r\n"


def _head(board: Board, title: str, base_url: str) -> Calendar:
    """What stands before the events. There is always a time zone: a calendar without any part in it is none."""
    whole = Calendar()
    whole.add("PRODID", f"-//openspaces//openspaces {__version__}//EN")
    whole.add("VERSION", "2.0")
    whole.add("METHOD", "PUBLISH")
    for name in ("NAME", "X-WR-CALNAME"):
        whole.add(name, vText(_line(title)))  # said to be text, for what begins with X- is not escaped otherwise
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        whole.add(name, vText(_plain(_about(board))))
    whole.add("X-WR-TIMEZONE", board.timezone)
    whole.add("REFRESH-INTERVAL", FRESH, parameters={"VALUE": "DURATION"})
    whole.add("X-PUBLISHED-TTL", "PT15M")
    if base_url:
        whole.add("URL", f"{base_url}/{board.event}/")
    whole.add_component(_timezone(board))
    return whole


def _about(board: Board) -> str:
    says = _("The board is always newer than a calendar: look there before you walk.")
    return "\n".join(filter(None, (board.venue, says)))


def _timezone(board: Board) -> Timezone:
    days = [board.local(moment).date() for slot in board.slots.values() for moment in (slot.starts, slot.ends)]
    known = days or [board.local(board.at).date()]
    return _timezone_between(board.timezone, min(known), max(known))


@lru_cache(maxsize=64)
def _timezone_between(name: str, first: date, last: date) -> Timezone:
    """The zone's rules for these days alone: those of all years would be longer than most calendars."""
    zone = Timezone.from_tzinfo(ZoneInfo(name), name, first, last + timedelta(days=1))
    zone.pop("COMMENT", None)
    return zone


@dataclass(frozen=True)
class _Said:
    """All that the lines of one event depend on; times are in UTC, to be told by the clocks of `zone` unless empty."""

    uid: str
    sequence: int
    at: datetime
    starts: datetime
    ends: datetime
    zone: str
    status: str
    title: str
    place: str
    says: str
    tags: tuple[str, ...]
    address: str


def _said(board: Board, entry: Entry, base_url: str) -> _Said:
    card = entry.card
    address = f"{base_url}/{board.event}/cards/{card.code}/" if base_url else ""
    return _Said(
        uid=f"{card_guid(board.event, card.code)}@{settings.UID_DOMAIN}",
        sequence=card.sequence,
        at=card.at,
        starts=entry.starts,
        ends=entry.ends,
        zone=_clocks(board, entry),
        status=entry.status.value,
        title=_title(entry),
        place=entry.place,
        says="\n".join(filter(None, (*_says(board, entry), address))),
        tags=card.words.tags,
        address=address,
    )


def _clocks(board: Board, entry: Entry) -> str:
    """The event's zone. Of an hour that its clocks show twice iCalendar means the first: the second is told in UTC."""
    return "" if any(board.local(moment).fold for moment in (entry.starts, entry.ends)) else board.timezone


@lru_cache(maxsize=8192)
def _written(said: _Said) -> bytes:
    """One event. Most stay as they are from change to change, and stand in many calendars: each is written once."""
    event = Event()
    event.add("UID", said.uid)
    event.add("SEQUENCE", said.sequence)
    event.add("DTSTAMP", said.at)
    event.add("LAST-MODIFIED", said.at)
    for name, moment in (("DTSTART", said.starts), ("DTEND", said.ends)):
        event.add(name, moment.astimezone(ZoneInfo(said.zone)) if said.zone else moment)
    event.add("STATUS", said.status)
    event.add("SUMMARY", _line(said.title))
    event.add("LOCATION", _line(said.place))
    event.add("DESCRIPTION", _plain(said.says))
    event.add("TRANSP", "TRANSPARENT")
    if said.tags:
        event.add("CATEGORIES", [_plain(tag) for tag in said.tags])
    if said.address:
        event.add("URL", said.address)
    return bytes(event.to_ical())


def _title(entry: Entry) -> str:
    title = entry.card.words.title
    return _("Cancelled: %(title)s") % {"title": apart(title)} if entry.status is Status.CANCELLED else title


def _says(board: Board, entry: Entry) -> Iterator[str]:
    """What stands beneath the title, line by line: how it stands, who, and what the host wrote."""
    card = entry.card
    yield _stands(board, entry)
    yield _("Room full") if card.full else ""
    yield " ".join(filter(None, (card.words.host, card.words.handle)))
    yield card.words.text
    yield card.words.link


def _stands(board: Board, entry: Entry) -> str:
    card = entry.card
    if card.merged_into:
        return _("It is part of %(title)s now.") % {"title": quoted(board.whole(card))}
    if entry.status is not Status.TENTATIVE:
        return ""
    return _looks(card) if card.owed else _announced(board, card)


def _looks(card: Card) -> str:
    reason = card.notice.reason if card.notice else ""
    return _("Looks for a new room: %(reason)s") % {"reason": apart(reason)} if reason else ""


def _announced(board: Board, card: Card) -> str:
    wish = wished_says(board, card.wished) if card.wished else ""
    return _("Announced for %(wish)s. It has no room yet.") % {"wish": wish}


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    """Lines of text without what the format cannot carry: control characters, and what is no character at all."""
    return "".join(filter(_stays, text.replace("\u2028", "\n").replace("\u2029", "\n")))


@lru_cache(maxsize=4096)
def _stays(char: str) -> bool:
    return char == "\n" or (unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE)
