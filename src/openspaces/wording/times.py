"""Times, days, places and names in sentences, in the language that is active."""

from collections.abc import Iterable
from datetime import date, datetime
from unicodedata import bidirectional

from django.utils.dateformat import format as django_format
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, gettext_noop
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Placement, Wished
from openspaces.board.vocabulary import Cell

_ISOLATE, _POP, _RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"
MONTH_FIRST = ("en-us",)
"""Languages whose people write the month before the day; for all others the translation of "j F" says how."""
# Words of Django's that some of its catalogs have wrong. Ours come first, and say them better where they say them.
_BETTER_SAID = (
    gettext_noop("Monday"),
    gettext_noop("Thursday"),
    gettext_noop("September"),
    gettext_noop("November"),
    gettext_noop("December"),
    gettext_noop("AM"),
    gettext_noop("PM"),
)
TWELVE_HOURS = ("en-us", "en-ca", "en-au", "en-nz", "hi")
"""Languages whose people write 2 p.m.; all others write 14:00."""


def clock(moment: datetime) -> str:
    """`moment`, in the zone it carries, as the readers' people write the time of day."""
    if twelve_hours():
        return django_format(moment, "g:i A").replace(" ", "\N{NO-BREAK SPACE}")
    return moment.strftime("%H:%M")


def twelve_hours() -> bool:
    """Whether the readers' people count the hours of half a day, so that a time of day is longer."""
    return get_language() in TWELVE_HOURS


def day_says(day: date, *, short: bool = False) -> str:
    """A day: "Friday", or with its date "Friday, 29 April"."""
    weekday = date_format(day, "l")
    return weekday if short else _("%(weekday)s, %(date)s") % {"weekday": weekday, "date": date_says(day)}


def date_says(day: date) -> str:
    """A date without its weekday and year: "29 April"."""
    # Translators: a date as Django writes it: j is the day of the month, F the month; j. makes "29." of it.
    return date_format(day, "F j" if get_language() in MONTH_FIRST else _("j F"))


def apart(text: str) -> str:
    """What people wrote: where it runs against our language, kept from turning the rest of its sentence round."""
    against = ("L",) if get_language_bidi() else ("R", "AL")
    turns = any(bidirectional(char) in against for char in text)
    return f"{_ISOLATE}{text}{_POP}" if turns else text


def in_a_row(names: Iterable[str]) -> str:
    """Some names in a row: "Elm, Fir, Oak"."""
    # Translators: what stands between the names of a list.
    return _(", ").join(names)


def span(board: Board, placement: Placement) -> str:
    """When a placement starts and ends: "14:00–15:00"."""
    starts, ends = board.time_of(placement)
    return span_says(board.local(starts), board.local(ends))


def span_says(starts: datetime, ends: datetime) -> str:
    """From when to when: "14:00–15:00", the earlier first in the direction of the language."""
    return f"{_RIGHT_TO_LEFT if get_language_bidi() else ''}{clock(starts)}–{clock(ends)}"


def cell_says(board: Board, cell: Cell) -> str:
    """A cell with its day, time and room: "Friday 14:00–15:00, Oak"."""
    return placement_says(board, Placement((cell,)))


def wished_says(board: Board, wished: Wished) -> str:
    """What was understood of a wish, as far as the event still has it: "Friday, 29 April, 19:00–20:00, 250DE"."""
    day = board.slots[wished.slots[0]].day if _has(board, wished) else wished.day
    hours = tuple(Cell(wished.room, slot) for slot in wished.slots) if _has(board, wished) else ()
    room = board.room(wished.room)
    pieces = (day and day_says(day), hours and span(board, Placement(hours)), room and apart(room.name))
    return in_a_row(piece for piece in pieces if piece)


def _has(board: Board, wished: Wished) -> bool:
    return bool(wished.slots) and all(slot in board.slots for slot in wished.slots)


def placement_says(board: Board, placement: Placement) -> str:
    """The same for all the cells of a placement; Elsewhere is named by the place written in."""
    first = placement.cells[0]
    room = board.room(first.room)
    return _("%(day)s %(time)s, %(room)s") % {
        "day": day_says(board.slot_of(first).day, short=True),
        "time": span(board, placement),
        "room": apart(placement.where or (room.name if room else first.room)),
    }
