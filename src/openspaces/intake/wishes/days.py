"""Days in a text: dates in any order, months and weekdays by name, "tomorrow", "day 2"; only the event's own days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openspaces.intake.wishes.lexicon import Item, Sense
from openspaces.intake.wishes.marks import beside, is_greeting, is_mark, marked
from openspaces.intake.wishes.understood import Part

Dates = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A place in the text where a day is named, and the event's days that it may mean; none if it is another day."""

    dates: Dates
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule found: the dates, and how many items say so."""

    dates: Dates
    length: int


def days_said(read: list[Item], days: Dates, today: date) -> tuple[list[Item], list[DaySaid]]:
    """The items with marks in place of days, and those days; short names of weekdays are left for `short_days_said`."""
    return _applied(read, lambda items, place: _day_at(items, place, days, today))


def short_days_said(read: list[Item], days: Dates) -> tuple[list[Item], list[DaySaid]]:
    """The same for names such as "Fri" and "So", which are words too: they count beside a time, a date or a room."""
    return _applied(read, lambda items, place: _short_at(items, place, days))


def _applied(read: list[Item], rule: Callable[[list[Item], int], _Found | None]) -> tuple[list[Item], list[DaySaid]]:
    said, place = [], 0
    while place < len(read):
        if found := rule(read, place):
            said.append(DaySaid(found.dates, read[place].start, read[place + found.length - 1].end))
            read = marked(read, place, found.length, Part.DAY)
        place += 1
    return read, said


def _day_at(read: list[Item], place: int, days: Dates, today: date) -> _Found | None:
    rules = (_written_date, _numbers, _month_first, _day_first, _day_of_month, _counted, _counted_after)
    for rule in rules:
        if found := rule(read[place : place + 8], days):
            return found
    return _german_day(read, place, days) or _later(read, place, days, today) or _weekday(read, place, days)


# Dates


def _written_date(read: list[Item], days: Dates) -> _Found | None:
    """2022-04-29."""
    numbers = _separated(read, "-/.")
    if numbers is None or not 1900 < numbers[0] < 2300:
        return None
    return _only(days, lambda day: (day.year, day.month, day.day) == tuple(numbers[:3]), 5)


def _numbers(read: list[Item], days: Dates) -> _Found | None:
    """29/4, 4/29, 29.4., 29.04.2022: with or without a year; in both orders, where the event has such days."""
    whole = _separated(read, "./-")
    if whole and (whole[2] > 1900 or read[1].text != "-"):
        one, other, year = whole
        return _orders(days, one, other, read[1].text, year) or None
    if len(read) < 3 or not (_is_sign(read[1], "./") and read[2].glued and _goes_in_date(read[0], read[2])):
        return None
    ends = 4 if len(read) > 3 and _is_sign(read[3], ".") and read[1].text == "." else 3
    found = _orders(days, read[0].number or 0, read[2].number or 0, read[1].text, None)
    return _Found(found.dates, ends) if found else None


def _orders(days: Dates, one: int, other: int, sign: str, year: int | None) -> _Found | None:
    """Where a point stands between, the day comes first; elsewhere both orders are common."""

    def fits(day: date) -> bool:
        order = (day.day, day.month) == (one, other) or (sign != "." and (day.month, day.day) == (one, other))
        return order and (year is None or year in (day.year, day.year % 100))

    found = tuple(filter(fits, days))
    return _Found(found, 3 if year is None else 5) if found else None


def _month_first(read: list[Item], days: Dates) -> _Found | None:
    """April 29, Apr 29th, 2022."""
    if not read[0].means(Sense.MONTH):
        return None
    at = 2 if len(read) > 1 and _is_sign(read[1], ".") else 1
    if len(read) > at and read[at].text in ("the", "den"):
        at += 1
    number = _day_number(read, at)
    if number is None:
        return None
    length = at + 1 + _ordinal_at(read, at + 1)
    return _with_year(read, days, read[0].values(Sense.MONTH), number, length)


def _day_first(read: list[Item], days: Dates) -> _Found | None:
    """29 April, 29th of April 2022, 29. April, २९ अप्रैल."""
    number = _day_number(read, 0)
    if number is None:
        return None
    at = 1 + _ordinal_at(read, 1)
    if len(read) > at and read[at].means(Sense.OF):
        at += 1
    if len(read) <= at or not read[at].means(Sense.MONTH):
        return None
    return _with_year(read, days, read[at].values(Sense.MONTH), number, at + 1)


def _day_of_month(read: list[Item], days: Dates) -> _Found | None:
    """The 29th."""
    number = _day_number(read, 0)
    if number is None or not _ordinal_at(read, 1) or not read[1].glued or read[1].text == ".":
        return None
    return _only(days, lambda day: day.day == number, 2) if any(day.day == number for day in days) else None


def _german_day(read: list[Item], place: int, days: Dates) -> _Found | None:
    """Am 29."""
    led = place > 0 and read[place - 1].text in ("am", "den", "dem", "vom")
    number = _day_number(read, place)
    point = led and len(read) > place + 1 and _is_sign(read[place + 1], ".")
    return _only(days, lambda day: day.day == number, 2) if point and number is not None else None


def _with_year(read: list[Item], days: Dates, months: frozenset[int], number: int, length: int) -> _Found:
    at = length + (1 if len(read) > length and read[length].text in (",", "de", "del", "को") else 0)
    year = read[at].number if len(read) > at else None
    if year is not None and 1900 < year < 2300:
        return _only(days, lambda day: day.month in months and (day.day, day.year) == (number, year), at + 1)
    return _only(days, lambda day: day.month in months and day.day == number, length)


def _ordinal_at(read: list[Item], at: int) -> int:
    return 1 if len(read) > at and read[at].glued and (read[at].means(Sense.ORDINAL) or read[at].text == ".") else 0


def _day_number(read: list[Item], at: int) -> int | None:
    number = read[at].number if len(read) > at else None
    return number if number is not None and 1 <= number <= 31 else None


def _separated(read: list[Item], signs: str) -> tuple[int, int, int] | None:
    """Three numbers with the same sign between, and nothing else."""
    if len(read) < 5 or not (_is_sign(read[1], signs) and read[3].text == read[1].text and read[3].glued):
        return None
    one, two, three = read[0].number, read[2].number, read[4].number
    if one is None or two is None or three is None or not (read[2].glued and read[4].glued):
        return None
    return one, two, three


def _goes_in_date(one: Item, other: Item) -> bool:
    return one.number is not None and other.number is not None and len(one.text) <= 2 and len(other.text) <= 2


def _is_sign(item: Item, signs: str) -> bool:
    return item.glued and item.text != "" and item.text in signs


# Days by name


def _counted(read: list[Item], days: Dates) -> _Found | None:
    """Day 2."""
    if not read[0].means(Sense.DAY) or len(read) < 2 or not days:
        return None
    numbers = {read[1].number} if read[1].number is not None else set(read[1].values(Sense.NUMBER))
    return next((_Found((days[each - 1],), 2) for each in numbers if each and each <= len(days)), None)


def _counted_after(read: list[Item], days: Dates) -> _Found | None:
    """The second day."""
    if len(read) < 2 or not read[0].means(Sense.NTH) or not read[1].means(Sense.DAY) or not days:
        return None
    (nth,) = read[0].values(Sense.NTH)
    if nth > len(days):
        return _Found((), 2)
    return _Found((days[nth - 1] if nth > 0 else days[-1],), 2)


def _later(read: list[Item], place: int, days: Dates, today: date) -> _Found | None:
    if not read[place].means(Sense.LATER) or is_greeting(read, place):
        return None
    wanted = {today + timedelta(days=later) for later in read[place].values(Sense.LATER)}
    return _only(days, lambda day: day in wanted, 1)


def _weekday(read: list[Item], place: int, days: Dates) -> _Found | None:
    """Friday; and Friday 29, where that is one."""
    values = read[place].values(Sense.WEEKDAY)
    if not values:
        return None
    return _with_number(read, place, tuple(day for day in days if day.weekday() in values))


def _short_at(read: list[Item], place: int, days: Dates) -> _Found | None:
    item = read[place]
    values = item.values(Sense.SHORT_WEEKDAY)
    dates = tuple(day for day in days if day.weekday() in values)
    if not dates:
        return None
    alone = all(each is item or each.text in (".", ",") for each in read)
    near = any(is_mark(beside(read, place, step), Part.DAY, Part.TIME, Part.ROOM) for step in (-1, 1))
    found = _with_number(read, place, dates)
    return found if alone or near or found.length > 1 else None


def _with_number(read: list[Item], place: int, dates: Dates) -> _Found:
    at = place + 1
    if len(read) > at and read[at].text in (".", ",") and len(read) > at + 1:
        at += 1
    number = read[at].number if len(read) > at else None
    exact = tuple(day for day in dates if day.day == number)
    length = at - place + 1 + _ordinal_at(read, at + 1)
    belongs_to_month = _day_first(read[at : at + 6], dates) is not None
    return _Found(exact, length) if exact and not belongs_to_month else _Found(dates, 1)


def _only(days: Dates, fits: Callable[[date], bool], length: int) -> _Found:
    return _Found(tuple(filter(fits, days)), length)


def meant(said: list[DaySaid]) -> Dates:
    """The days that all that was said may mean: where one thing narrows another ("Friday, 29 April") what fits both,
    where they differ all of them."""
    together: Dates = ()
    for each in said:
        both = tuple(day for day in together if day in each.dates)
        together = both or tuple(sorted({*together, *each.dates}))
    return together


def unknown(said: list[DaySaid]) -> Iterator[DaySaid]:
    """What was said of days that the event has not."""
    return (each for each in said if not each.dates)
