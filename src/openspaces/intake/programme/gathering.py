"""Gathers what a reader finds: names become clean and each its own, and what cannot stand on a board is left out."""

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.board.moves.programme import MOST_TALKS
from openspaces.board.state import Talk
from openspaces.intake.programme.programme import Place, Programme, Stretch
from openspaces.intake.programme.times import LONGEST, days_of
from openspaces.lib.plaintext import one_line

TITLE_LENGTH = 300
NAME_LENGTH = 200
_KEYNOTE = re.compile(
    r"\b(?:keynotes?|plenary|plenaries|plenum|plenarvortrag)\b|मुख्य वक्तव्य|मुख्य भाषण"
    "|كلمة رئيسية|الكلمة الرئيسية|الكلمة الافتتاحية",
    re.IGNORECASE,
)


class Gathered:
    """The rooms and talks of one programme while it is read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._rooms: dict[str, Place] = {}
        self._talks: list[Talk] = []
        self._keys: dict[str, int] = {}
        self._left: list[str] = []

    @property
    def talks(self) -> tuple[Talk, ...]:
        """The talks so far."""
        return tuple(self._talks)

    def room(self, identity: str, name: str, capacity: int | None = None) -> str:
        """The name of a room, the first time it is met under this identity; empty if it has none."""
        shown = one_line(name)[:NAME_LENGTH]
        if not shown:
            return ""
        if identity not in self._rooms:
            self._rooms[identity] = Place(self._own_name(shown), capacity if capacity and capacity > 0 else None)
        return self._rooms[identity].name

    def talk(
        self,
        key: str,
        title: str,
        speakers: Iterable[str],
        room: str,
        times: tuple[datetime, datetime],
        kinds: Iterable[str] = (),
    ) -> None:
        """One talk; `kinds` are the words by which the format tells what sort of talk it is."""
        shown = one_line(title)[:TITLE_LENGTH]
        starts, ends = times
        if not shown:
            self.leave(key, _("it has no title"))
        elif not starts < ends:
            self.leave(shown, _("it has no length"))
        elif ends - starts > LONGEST:
            self.leave(shown, _("it is longer than a week"))
        elif len(self._talks) >= MOST_TALKS:
            self.leave(shown, _("more than %(most)d talks are not kept") % {"most": MOST_TALKS})
        else:
            names = tuple(name for each in speakers if (name := one_line(each)[:NAME_LENGTH]))
            keynote = any(_KEYNOTE.search(said) for said in (shown, *kinds))
            self._talks.append(Talk(self._own_key(key or shown), shown, starts, ends, room, names, keynote))

    def leave(self, what: str, why: str) -> None:
        """Say that something is not taken, and why."""
        said = {"what": one_line(what)[:TITLE_LENGTH], "why": why}
        self._left.append(_("“%(what)s” is left out: %(why)s.") % said)

    def programme(self, title: str, timezone: str = "", days: tuple[Stretch, ...] = ()) -> Programme:
        """Everything, in order. Without `days` they follow from the talks."""
        talks = tuple(sorted(self._talks, key=lambda talk: (talk.starts, talk.room, talk.key)))
        rooms = tuple(self._rooms.values())
        found = days or days_of(talks, self.zone)
        return Programme(rooms, found, talks, one_line(title)[:TITLE_LENGTH], timezone, tuple(self._left))

    def _own_name(self, name: str) -> str:
        taken = {place.name for place in self._rooms.values()}
        return next(own for own in _numbered(name, " (%d)") if own not in taken)

    def _own_key(self, key: str) -> str:
        """A talk that is given twice has two keys, the same ones each time."""
        self._keys[key] = self._keys.get(key, 0) + 1
        return key if self._keys[key] == 1 else f"{key}-{self._keys[key]}"


def _numbered(name: str, pattern: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield name + pattern % number
        number += 1
