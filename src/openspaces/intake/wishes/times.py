"""Times of day in a text: "7pm - 8pm", "14-16 Uhr", "at 7", "2 बजे", "from 2 for an hour", "tomorrow afternoon"."""

from dataclasses import dataclass, replace

from openspaces.intake.wishes.lexicon import Item, Sense
from openspaces.intake.wishes.marks import beside, is_filler, is_greeting, is_mark, marked
from openspaces.intake.wishes.moments import HOUR, Moment, moment_at, whole_number
from openspaces.intake.wishes.understood import Part

DAY = 24 * HOUR
LONGEST = 12 * HOUR
LAST = 28 * HOUR
"""Minutes: how late in the night a board's day may end."""
Stretch = tuple[int, int | None]
"""From and to, in minutes after midnight; a moment alone has no end."""


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A place in the text where a time is named, and what it may mean, the likeliest first. `sure`: the first that the
    event has is meant. `any_of`: not all of that stretch is meant, but something in it."""

    stretches: tuple[Stretch, ...]
    start: int
    end: int
    sure: bool = False
    any_of: bool = False


def times_said(read: list[Item]) -> tuple[list[Item], list[TimeSaid]]:
    """The items with marks in place of times, and those times."""
    said, place = [], 0
    while place < len(read):
        if found := _time_at(read, place):
            time, length = found
            first, last = read[place], read[place + length - 1]
            said.append(replace(time, start=first.start, end=last.end))
            read = marked(read, place, length, Part.TIME)
        place += 1
    return read, said


def _time_at(read: list[Item], place: int) -> tuple[TimeSaid, int] | None:
    at = place
    while at < len(read) and read[at].means(Sense.AT, Sense.BEFORE, Sense.AFTER) and at - place < 3:
        at += 1
    led = at > place
    around = read[place:at]
    if (first := moment_at(read, at)) and (found := _from(read, at, first, led, around)):
        time, ends = found
        return time, ends - place
    return _part_of_day(read, place) if not led else None


def _from(read: list[Item], at: int, first: Moment, led: bool, around: list[Item]) -> tuple[TimeSaid, int] | None:
    """A stretch that begins with `first`, or the moment alone where it can be nothing but a time."""
    ends = at + first.length
    if ends < len(read) and read[ends].means(Sense.TO) and (last := _last(read, ends + 1)):
        moment, length = last
        if first.strong or moment.strong or led or _after_day(read, at):
            return _stretch(first, moment), ends + 1 + length
    if any(item.means(Sense.BEFORE, Sense.AFTER) for item in around) and (first.strong or led):
        return _open(first, around), ends
    if not (first.strong or (led and not first.spelled) or (_after_day(read, at) and _ends(read, ends))):
        return None
    if lasts := _lasting(read, ends):
        minutes, length = lasts
        stretches = tuple((start, start + minutes) for start in first.minutes)
        return TimeSaid(stretches, 0, 0, sure=first.sure), ends + length
    return TimeSaid(tuple((start, None) for start in first.minutes), 0, 0, sure=first.sure), ends


def _after_day(read: list[Item], at: int) -> bool:
    """Whether a day stands right before: "Friday 10-12"."""
    before = at - 2 if at > 1 and read[at - 1].text in (",", ":") else at - 1
    return before >= 0 and (is_mark(read[before], Part.DAY) or read[before].means(Sense.SHORT_WEEKDAY))


def _ends(read: list[Item], at: int) -> bool:
    """Whether nothing follows of which there could be so many: "Friday 11", but not "Friday 11 people"."""
    return at >= len(read) or read[at].text in (",", ";", ".", ")") or is_mark(read[at], *Part)


def _last(read: list[Item], at: int) -> tuple[Moment, int] | None:
    skipped = 0
    while at + skipped < len(read) and read[at + skipped].means(Sense.TO, Sense.AT) and skipped < 2:
        skipped += 1
    moment = moment_at(read, at + skipped)
    return (moment, moment.length + skipped) if moment else None


def _stretch(first: Moment, last: Moment) -> TimeSaid:
    """All that two moments may mean together: of 7 and 8 p.m. the hour from 7 p.m., not the thirteen from 7 a.m."""
    pairs = [(start, end if end > start else end + DAY) for start in first.minutes for end in last.minutes]
    fitting = [pair for pair in pairs if pair[1] - pair[0] <= LONGEST] or pairs
    shortest = min(end - start for start, end in fitting)
    kept = tuple(pair for pair in fitting if pair[1] - pair[0] == shortest)
    return TimeSaid(kept, 0, 0, sure=first.sure or last.sure)


def _open(moment: Moment, around: list[Item]) -> TimeSaid:
    before = any(item.means(Sense.BEFORE) for item in around)
    stretches = tuple((0, minute) if before else (minute, LAST) for minute in moment.minutes)
    return TimeSaid(stretches, 0, 0, sure=True, any_of=True)


def _lasting(read: list[Item], at: int) -> tuple[int, int] | None:
    """For an hour and a half it is: minutes, and how many items say so."""
    place = at
    while place < len(read) and place - at < 2 and (read[place].means(Sense.DURING) or read[place].text in ",("):
        place += 1
    led = any(item.means(Sense.DURING) for item in read[at:place])
    number = whole_number(read[place]) if place < len(read) else None
    if number is None or place + 1 >= len(read):
        return None
    unit = read[place + 1]
    if unit.means(Sense.MINUTES):
        return number, place + 2 - at
    if unit.means(Sense.HOURS) or (led and unit.text == "h"):
        return number * HOUR, place + 2 - at
    return None


def _part_of_day(read: list[Item], place: int) -> tuple[TimeSaid, int] | None:
    """The afternoon, where it is that of a day that was said: "good morning" is no wish."""
    parts = read[place].values(Sense.PART)
    beside_day = any(is_mark(beside(read, place, step), Part.DAY) for step in (-1, 1))
    short_day = place > 0 and read[place - 1].means(Sense.SHORT_WEEKDAY)
    alone = all(each is read[place] or is_filler(each) for each in read)
    if not parts or is_greeting(read, place) or not (beside_day or short_day or alone):
        return None
    return TimeSaid(tuple(_hours(part) for part in sorted(parts)), 0, 0, sure=True, any_of=True), 1


def _hours(part: int) -> Stretch:
    return part // 100 * HOUR, part % 100 * HOUR
