"""Stretches like `08:00-20:00/60`, and the slots that they make on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.board.state import Slot
from openspaces.intake.file.clock import is_shown, moment_of, wall_at, written
from openspaces.intake.file.table import Table
from openspaces.lib.plaintext import one_line

DAY = 24 * 60
SHORTEST = 5
_STRETCH = re.compile(r"\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*/\s*(\d{1,4})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Slots in a row: from, to and the length of each, in minutes from the start of the day."""

    start: int
    end: int
    length: int

    def __str__(self) -> str:
        return f"{written(self.start)}-{written(self.end)}/{self.length}"


def read_slots(table: Table, day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The slots of a day, in order; what is wrong with them is reported."""
    typed = table.raw("slots")
    if not typed:
        table.wrong(_('A day needs slots, like slots = "08:00-20:00/60".'), "slots")
    texts = typed if isinstance(typed, list) else [typed] if typed else []
    read = [_stretch(table, text) for text in texts]
    stretches = sorted((each for each in read if each), key=lambda each: each.start)
    for one, other in pairwise(stretches):
        if other.start < one.end:
            says = _("“%(one)s” and “%(other)s” overlap. Let one end before the other begins.")
            table.wrong(says % {"one": one, "other": other}, "slots")
            return ()
    return tuple(slots_on(day, zone, stretches))


def slots_on(day: date, zone: ZoneInfo, stretches: Iterable[Stretch]) -> Iterable[Slot]:
    """The slots that stretches make on `day`. One that would begin at a time the clocks skip does not take place; one
    whose hour they repeat is as long as they take."""
    for stretch in stretches:
        for start in range(stretch.start, stretch.end, stretch.length):
            wall, end = wall_at(day, start), wall_at(day, start + stretch.length)
            if is_shown(wall, zone):
                yield Slot(_key(day, start), day, moment_of(wall, zone), moment_of(end, zone))


def _key(day: date, start: int) -> str:
    return f"{day:%m%d}-{written(start).replace(':', '')}"


def _stretch(table: Table, typed: object) -> Stretch | None:
    found = _STRETCH.fullmatch(typed) if isinstance(typed, str) else None
    if found is None:
        says = _(
            "“%(typed)s” is no stretch of slots. Write from, to and the minutes of each slot, like 08:00-20:00/60."
        )
        table.wrong(says % {"typed": one_line(str(typed))[:60]}, "slots")
        return None
    hour, minute, end_hour, end_minute, length = map(int, found.groups())
    stretch = Stretch(hour * 60 + minute, end_hour * 60 + end_minute, length)
    problem = _impossible(stretch)
    if problem:
        table.wrong(problem, "slots")
    return None if problem else stretch


def _impossible(stretch: Stretch) -> str:
    start, end, length = stretch.start, stretch.end, stretch.length
    if end <= start:
        says = _("“%(stretch)s” ends before it starts. Hours past midnight count on: %(meant)s.")
        return says % {"stretch": stretch, "meant": Stretch(start, end + DAY, length)}
    if end > 2 * DAY:
        return _("“%(stretch)s” runs for more than two days. Write each day as a day of its own.") % {
            "stretch": stretch
        }
    if length < SHORTEST:
        return _("“%(stretch)s”: a slot has at least %(least)d minutes.") % {"stretch": stretch, "least": SHORTEST}
    return _uneven(stretch) if (end - start) % length else ""


def _uneven(stretch: Stretch) -> str:
    over = (stretch.end - stretch.start) % stretch.length
    ends = [end for end in (stretch.end - over, stretch.end - over + stretch.length) if end > stretch.start]
    says = _("“%(stretch)s” leaves %(over)d minutes over. An end that fits: %(ends)s.")
    return says % {"stretch": stretch, "over": over, "ends": ", ".join(map(written, ends))}
