"""Puts days and times that were said onto the event's own slots."""

from dataclasses import dataclass
from datetime import date, timedelta

from openspaces.board.parts import Day, Slot
from openspaces.board.state import Board
from openspaces.board.vocabulary import LONGEST_RUN
from openspaces.intake.wishes.times import DAY, Stretch, TimeSaid

EARLY = 6 * 60
"""Minutes: an hour before that may be the night of the day before."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Slots in a row on one of the event's days."""

    day: date
    slots: Keys


@dataclass(frozen=True, slots=True)
class _Hours:
    """A slot by the day's clock, in minutes after the midnight with which the day began."""

    starts: int
    ends: int
    slot: Slot


def fits(board: Board, dates: tuple[date, ...], said: TimeSaid) -> list[Fit]:
    """Everything that a time may mean on these days (on any, where none are named), the likeliest first and each once.
    Where the event has the likeliest and there is no doubt about it, that alone."""
    days = [day for day in board.days if not dates or day.date in dates]
    found: list[Fit] = []
    for stretch in said.stretches:
        here = [fit for day in days for fit in _on(board, day, stretch, bool(dates))]
        found += [fit for fit in here if fit not in found]
        if found and said.sure and not said.any_of:
            break
    return found


def choices(board: Board, dates: tuple[date, ...], said: TimeSaid) -> Keys:
    """The slots that lie in what was said, each a choice of its own."""
    days = [day for day in board.days if not dates or day.date in dates]
    found = [key for stretch in said.stretches for day in days for key in _within(_hours(board, day), stretch)]
    return tuple(dict.fromkeys(found))


def _on(board: Board, day: Day, stretch: Stretch, named: bool) -> list[Fit]:
    """On that day; in the small hours also in the night that the day before, or this one, runs on into."""
    if direct := _row(_hours(board, day), stretch):
        return [Fit(day.date, direct)]
    if stretch[0] >= EARLY:
        return []
    later = (stretch[0] + DAY, stretch[1] + DAY if stretch[1] else None)
    eve = board.day(day.date - timedelta(days=1)) if named else None
    nights = [each for each in (eve, day) if each]
    return [Fit(each.date, row) for each in nights if (row := _row(_hours(board, each), later))]


def _row(hours: list[_Hours], stretch: Stretch) -> Keys:
    """The slot in which a moment lies, or those that a stretch touches, as far as they follow each other."""
    starts, ends = stretch
    touched = [each for each in hours if each.starts < (ends or starts + 1) and each.ends > starts]
    if not touched or (touched[0].starts > starts and ends is None):
        return ()
    row = touched[:1]
    for each in touched[1:LONGEST_RUN]:
        if each.slot.starts != row[-1].slot.ends:
            break
        row.append(each)
    return tuple(each.slot.key for each in row)


def _within(hours: list[_Hours], stretch: Stretch) -> list[str]:
    return [each.slot.key for each in hours if stretch[0] <= each.starts < (stretch[1] or DAY * 2)]


def _hours(board: Board, day: Day) -> list[_Hours]:
    def minutes(slot: Slot, *, end: bool) -> int:
        local = board.local(slot.ends if end else slot.starts)
        return (local.date() - day.date).days * DAY + local.hour * 60 + local.minute

    return [_Hours(minutes(slot, end=False), minutes(slot, end=True), slot) for slot in day.slots]
