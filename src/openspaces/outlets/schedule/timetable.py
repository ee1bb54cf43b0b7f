"""The timetable as conference apps understand one, worked out once for both formats: days, places, entries.

A day is a date on which slots start: a client that reads the day's date and the clock time alone must come to the same
moment as one that reads the whole date, also after midnight. Words are those of the event's language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import blake2b

from django.utils.encoding import iri_to_uri
from django.utils.text import slugify
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.lib.plaintext import one_line, paragraphs
from openspaces.look.cards import title_says
from openspaces.look.typeset.palette import EDGES
from openspaces.outlets.base import Asked, Variant
from openspaces.outlets.schedule.places import Place, places_of

KIND = "discussion"
"""What every card is: the word of the formats' examples that comes nearest to an Open Space."""
LONGEST = timedelta(hours=23, minutes=59)
"""Giggity reads a length as a time of day."""
SHORTEST_ACRONYM = 4


def everything(asked: Asked, board: Board) -> Variant:
    """The whole timetable, in the event's language whoever asks: an app keeps one copy."""
    return Variant(language=board.language)


@dataclass(frozen=True)
class Entry:
    """A card in the timetable; its times are those of the event's clocks."""

    board: Board
    card: Card
    room: str
    starts: datetime
    ends: datetime
    track: str

    @property
    def title(self) -> str:
        """What it is called."""
        return one_line(title_says(self.card))

    @property
    def text(self) -> str:
        """What it is about."""
        return paragraphs(self.card.words.text)

    @property
    def host(self) -> str:
        """Who brings it and how to reach them, as far as that is public; empty if nobody is named."""
        host, handle = one_line(self.card.words.host), one_line(self.card.words.handle)
        return f"{host} ({handle})" if host and handle else host or handle

    @property
    def link(self) -> str:
        """Where there is more, as ASCII; empty if nowhere."""
        return iri_to_uri(one_line(self.card.words.link))

    @property
    def slug(self) -> str:
        """A name for addresses, unique in the timetable."""
        return f"{acronym(self.board)}-{self.card.code.lower()}"

    @property
    def length(self) -> str:
        """How long it takes, `HH:MM`."""
        return clock_of(self.ends.astimezone(UTC) - self.starts.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Track:
    """What some cards have in common. EventFahrplan reads no schedule in which one lacks a colour or a slug."""

    name: str

    @property
    def color(self) -> str:
        """One of the look's hues, always the same for a name."""
        return EDGES[_hashed(self.name)[0] % len(EDGES)]

    @property
    def slug(self) -> str:
        """A name for addresses, no other track's; also where not all of the name, or nothing, can stand in one."""
        spelled = slugify(self.name).replace("_", "-")
        return "-".join(filter(None, ("track", spelled, "" if self.name.isascii() else _hashed(self.name).hex())))


@dataclass(frozen=True)
class TimetableDay:
    """A date with the entries that start on it, by the name of each place, empty ones too."""

    index: int
    date: date
    starts: datetime
    ends: datetime
    rooms: Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True)
class Timetable:
    """Everything that the two formats say."""

    board: Board

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places, in the order of the board's rooms."""
        return places_of(self.board)

    @cached_property
    def days(self) -> tuple[TimetableDay, ...]:
        """The days, at least one, in order of time."""
        stretches = sorted(_stretches(self.board).items())
        return tuple(
            TimetableDay(index, on, starts, ends, self._on(on))
            for index, (on, (starts, ends)) in enumerate(stretches, start=1)
        )

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """All tracks, each once, by name."""
        return tuple(Track(name) for name in sorted({entry.track for entry in self._entries}, key=str.casefold))

    @property
    def step(self) -> str:
        """The length of the shortest slot, `HH:MM`."""
        lengths = [slot.ends - slot.starts for slot in self.board.slots.values()]
        return clock_of(min(lengths, default=timedelta(hours=1)))

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        tracks = tracks_of(self.board)
        return tuple(
            Entry(self.board, card, place.name, *_local(self.board, card), tracks[card.code])
            for place in self.places
            for card in place.cards
        )

    def _on(self, on: date) -> dict[str, tuple[Entry, ...]]:
        there = [entry for entry in self._entries if entry.starts.date() == on]
        return {place.name: tuple(each for each in there if each.room == place.name) for place in self.places}


def acronym(board: Board) -> str:
    """The event's short name as both formats allow it: four symbols or more, no hyphens. A short one gets the year."""
    slug = board.event.replace("-", "_")
    return slug if len(slug) >= SHORTEST_ACRONYM else f"{slug}{min(_stretches(board)).year}"


def tracks_of(board: Board) -> dict[str, str]:
    """The track of each card: its first #word, else what all the others share.

    Not its room: apps show the room beside it, and one track for each room would say nothing more. The event's own
    hashtags are on every card, so they say nothing either.
    """
    spelled = {tag.casefold(): "" for tag in board.hashtags}
    return {card.code: next(_tags(card, spelled), _("Open Spaces")) for card in board.in_order()}


def _tags(card: Card, spelled: dict[str, str]) -> Iterator[str]:
    """The card's #words as the oldest card spells each."""
    for tag in card.words.tags:
        if said := spelled.setdefault(tag.casefold(), tag):
            yield said


def _hashed(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=4).digest()


def clock_of(length: timedelta) -> str:
    """A length as `HH:MM`, always less than a day."""
    minutes = int(min(length, LONGEST).total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _stretches(board: Board) -> dict[date, tuple[datetime, datetime]]:
    """When the slots of each date begin and end; the formats want one day at least, so a board without slots has the
    day of its last change."""
    found: dict[date, tuple[datetime, datetime]] = {}
    for slot in sorted(board.slots.values(), key=lambda slot: (slot.starts, slot.ends)):
        starts, ends = board.local(slot.starts), board.local(slot.ends)
        begins, last = found.get(starts.date(), (starts, ends))
        found[starts.date()] = begins, max(last, ends, key=datetime.timestamp)
    return found or _whole_day(board)


def _whole_day(board: Board) -> dict[date, tuple[datetime, datetime]]:
    on = board.days[0].date if board.days else board.local(board.at).date()
    midnight = datetime.combine(on, time(), board.zone)
    return {on: (midnight, midnight + timedelta(days=1))}


def _local(board: Board, card: Card) -> tuple[datetime, datetime]:
    assert card.placement
    starts, ends = board.time_of(card.placement)
    return board.local(starts), board.local(ends)
