"""One moment of the day as people write it: 7pm, 19:00, 19h30, 14 Uhr, half past two, दोपहर 2 बजे, noon."""

from dataclasses import dataclass, replace

from openspaces.intake.wishes.lexicon import Item, Sense

HOUR = 60
NOON = 12 * HOUR
_GERMAN = ("um", "ab", "von", "bis", "uhr", "halb", "viertel")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a moment may mean, in minutes after midnight, the likeliest first, and how many items it is.

    `strong`: it can be nothing but a time of day. `sure`: its first meaning is the one if there is such a slot.
    `spelled`: its hour is a word, which alone is none.
    """

    minutes: tuple[int, ...]
    length: int
    strong: bool = False
    sure: bool = False
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class _Typed:
    """An hour and its minutes as they were typed."""

    hour: int
    minute: int
    length: int
    colon: bool = False
    counts_to: int = 0
    spelled: bool = False
    nought: bool = False


def moment_at(read: list[Item], at: int) -> Moment | None:
    """The moment that begins with the item `at`; None if none does."""
    if at >= len(read):
        return None
    if points := read[at].values(Sense.POINT):
        return Moment(tuple(sorted(points)), 1, strong=True, sure=True)
    if read[at].means(Sense.PART) and (inner := _typed(read, at + 1)):
        return _in_part(inner, read[at], 1 + inner.length)
    if read[at].means(Sense.PAST):
        return _past(read, at)
    typed = _typed(read, at)
    return _meant(read, at, typed) if typed else None


def whole_number(item: Item) -> int | None:
    """A number in digits or as a word."""
    if item.number is not None:
        return item.number
    return min(item.values(Sense.NUMBER), default=None)


def _meant(read: list[Item], at: int, typed: _Typed) -> Moment | None:
    after = read[at + typed.length] if at + typed.length < len(read) else None
    if after and after.means(Sense.HOURS, Sense.MINUTES) and not typed.colon:
        return None
    if after and _is_half_of_day(read, at, typed, after):
        late = after.means(Sense.PM)
        hour = typed.hour % 12 + (12 if late else 0) if typed.hour <= 12 else typed.hour
        return Moment((hour * HOUR + typed.minute,), typed.length + 1, strong=True, sure=True)
    if after and after.means(Sense.PART) and (found := _in_part(typed, after, typed.length + 1)):
        return found
    strong = typed.colon or bool(typed.counts_to)
    sure = typed.hour > 12 or typed.nought or typed.counts_to == 24 or typed.colon
    return Moment(_readings(typed), typed.length, strong=strong, sure=sure, spelled=typed.spelled)


def _typed(read: list[Item], at: int) -> _Typed | None:
    """7, 7:30, 7.30, 19h30, 14 Uhr, 14 Uhr 30, 1900 hrs, two o'clock."""
    hour = whole_number(read[at]) if at < len(read) else None
    if hour is None:
        return None
    typed = _Typed(hour, 0, 1, spelled=read[at].number is None, nought=read[at].text.startswith("0"))
    typed = _minutes(read, at, typed)
    unit = read[at + typed.length] if at + typed.length < len(read) else None
    if unit and unit.means(Sense.CLOCK):
        typed = replace(typed, length=typed.length + 1, counts_to=max(unit.values(Sense.CLOCK)))
        typed = _minutes_after_unit(read, at, typed)
        if typed.hour > 99 and not typed.colon:
            typed = replace(typed, hour=typed.hour // 100, minute=typed.hour % 100)
    return typed if typed.hour <= 30 and typed.minute < HOUR else None


def _minutes(read: list[Item], at: int, typed: _Typed) -> _Typed:
    if len(read) < at + 3:
        return typed
    sign, number = read[at + 1], read[at + 2]
    if sign.glued and sign.text in (":", ".") and number.glued and number.number is not None and len(number.text) == 2:
        return replace(typed, minute=number.number, length=3, colon=sign.text == ":")
    return typed


def _minutes_after_unit(read: list[Item], at: int, typed: _Typed) -> _Typed:
    number = read[at + typed.length] if at + typed.length < len(read) else None
    joined = number is not None and (number.glued or read[at + typed.length - 1].text == "uhr")
    if not joined or number is None or number.number is None or len(number.text) != 2 or typed.minute:
        return typed
    return replace(typed, minute=number.number, length=typed.length + 1)


def _readings(typed: _Typed) -> tuple[int, ...]:
    minutes = typed.hour * HOUR + typed.minute
    if typed.hour > 12 or typed.nought or typed.hour == 0:
        return (minutes,)
    return (minutes, minutes + NOON)


def _in_part(typed: _Typed, part: Item, length: int) -> Moment | None:
    """Two in the afternoon: the reading that falls into that part of the day."""
    for hours in part.values(Sense.PART):
        starts, ends = hours // 100 * HOUR, hours % 100 * HOUR
        minutes = typed.hour * HOUR + typed.minute
        fitting = [each for each in (minutes, minutes + NOON, minutes + 2 * NOON) if starts <= each < ends]
        if fitting and typed.hour <= 24:
            return Moment((fitting[0],), length, strong=True, sure=True)
    return None


def _past(read: list[Item], at: int) -> Moment | None:
    hour = whole_number(read[at + 1]) if at + 1 < len(read) else None
    if hour is None or not 1 <= hour <= 24:
        return None
    (more,) = read[at].values(Sense.PAST)
    typed = _Typed(hour, 0, 1)
    clock = at + 2 < len(read) and read[at + 2].means(Sense.CLOCK)
    later = at + 2 + clock
    half = later < len(read) and read[later].means(Sense.AM, Sense.PM) and read[at].text not in _GERMAN
    found = _meant(read, later - 1, typed) if half else None
    minutes = found.minutes if found else _readings(typed)
    length = 2 + clock + (1 if found else 0)
    return Moment(tuple(each + more for each in minutes), length, strong=True, sure=bool(found))


def _is_half_of_day(read: list[Item], at: int, typed: _Typed, after: Item) -> bool:
    """Whether `after` is a.m. or p.m.: "8 am Freitag" is German for "8 on Friday"."""
    if not after.means(Sense.AM, Sense.PM):
        return False
    if after.text != "am" or after.glued:
        return True
    following = read[at + typed.length + 1] if at + typed.length + 1 < len(read) else None
    german = typed.counts_to == 24 or typed.hour > 12 or (at > 0 and read[at - 1].text in _GERMAN)
    german_day = following is not None and following.text.endswith(("tag", "woch", "abend"))
    return not (german or german_day)
