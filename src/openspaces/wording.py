"""Every sentence about a refusal or a change, once, in the language that is active."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from unicodedata import bidirectional

from django.utils.dateformat import format as django_format
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, gettext_noop, ngettext
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Change, Placement
from openspaces.board.vocabulary import Cell, Code, Facts, Kind, Refusal
from openspaces.board.words import Unfit

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


def says(refusal: Refusal) -> str:
    """A refusal in one or two sentences: what happened and why. What is free instead stands in `refusal.free`."""
    return _REFUSALS[refusal.code](_readable(refusal.facts))


def lost_says(refusal: Refusal) -> str:
    """The same to somebody who was writing a card for the cell: who was faster."""
    if refusal.code is not Code.CELL_TAKEN:
        return says(refusal)
    return _("“%(title)s” took %(room)s at %(starts)s while you were writing.") % _readable(refusal.facts)


def tells(change: Change, board: Board) -> str:
    """A change in one sentence; `board` is the board after it."""
    return _CHANGES[change.kind](change, board)


def unfit_says(unfit: Unfit) -> str:
    """What is wrong with a field, and what would be right."""
    if (unfit.field, unfit.code) == ("reason", "empty"):
        return _("Write why: the board shows it to everyone.")
    return {
        "empty": _("Write a title: a few words that say what it is about."),
        "too-long": _("Shorten this to %(limit)d letters.") % {"limit": unfit.limit},
        "not-https": _("Write a whole web address that begins with https://, or leave it empty."),
    }[unfit.code]


# Times and places


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


def placement_says(board: Board, placement: Placement) -> str:
    """The same for all the cells of a placement; Elsewhere is named by the place written in."""
    first = placement.cells[0]
    room = board.room(first.room)
    return _("%(day)s %(time)s, %(room)s") % {
        "day": day_says(board.slot_of(first).day, short=True),
        "time": span(board, placement),
        "room": apart(placement.where or (room.name if room else first.room)),
    }


# Refusals


def _readable(facts: Facts) -> dict[str, Any]:
    """Facts with their times as people write them."""
    plain = dict(facts)
    for name in ("starts", "ends"):
        if name in plain:
            plain[name] = clock(datetime.fromisoformat(plain[name]))
    for name in ("opens", "closed"):
        if name in plain:
            moment = datetime.fromisoformat(plain[name])
            plain[name] = f"{day_says(moment.date())}, {clock(moment)}"
    if "day" in plain:
        plain["day"] = day_says(date.fromisoformat(plain["day"]))
    plain = {name: apart(fact) if isinstance(fact, str) else fact for name, fact in plain.items()}
    for name in ("cards", "titles"):
        if name in plain:
            plain[name] = in_a_row(_("“%s”") % apart(title) for title in plain[name])
    return plain


def _taken(facts: dict[str, Any]) -> str:
    if facts["host"]:
        return _("“%(title)s” by %(host)s holds %(room)s at %(starts)s.") % facts
    return _("“%(title)s” holds %(room)s at %(starts)s.") % facts


def _too_many(facts: dict[str, Any]) -> str:
    counted = ngettext(
        "Here each host may have %(most)d card on the board.",
        "Here each host may have %(most)d cards on the board.",
        facts["most"],
    )
    return (counted + " " + _("Yours: %(titles)s. Take one down first.")) % facts


def _too_late(facts: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(room)s at %(starts)s can be taken until %(minutes)d minute before it starts.",
        "%(room)s at %(starts)s can be taken until %(minutes)d minutes before it starts.",
        facts["minutes"],
    )
    return sentence % facts


_REFUSALS: dict[Code, Callable[[dict[str, Any]], str]] = {
    Code.NOT_ALLOWED: lambda _facts: _(
        "This is not yours to change. Open your edit link, or ask the people who run the board."
    ),
    Code.UNKNOWN_EVENT: lambda facts: _("There is no event “%(event)s” here.") % facts,
    Code.UNKNOWN_CARD: lambda facts: _("There is no card %(card)s on this board.") % facts,
    Code.UNKNOWN_CELL: lambda facts: _("This board has no cell %(cell)s.") % facts,
    Code.UNKNOWN_ROOM: lambda facts: _("There is no room %(room)s.") % facts,
    Code.UNKNOWN_DAY: lambda facts: _("The event has no day %(day)s.") % facts,
    Code.EVENT_EXISTS: lambda facts: _("There is an event “%(event)s” already.") % facts,
    Code.ROOM_EXISTS: lambda facts: _("There is a room %(room)s already.") % facts,
    Code.ROOM_IN_USE: lambda facts: _("%(room)s is in use. Move what stands there first: %(cards)s.") % facts,
    Code.DAY_EXISTS: lambda facts: _("The event has %(day)s already.") % facts,
    Code.SLOTS_OVERLAP: lambda facts: _("The slot %(slot)s of %(day)s overlaps another one in the same room.") % facts,
    Code.SLOT_EXISTS: lambda facts: _("%(day)s has a slot %(slot)s already, and each may be there only once.") % facts,
    Code.SLOT_IN_USE: lambda facts: (
        _("Cards stand on cells of %(day)s that would go. Move them first: %(cards)s.") % facts
    ),
    Code.CELL_TAKEN: _taken,
    Code.CELL_CLOSED: lambda facts: _("%(room)s is closed at %(starts)s: %(reason)s.") % facts,
    Code.OVER: lambda facts: _("%(room)s at %(starts)s is over.") % facts,
    Code.TOO_LATE: _too_late,
    Code.NOT_OPEN_YET: lambda facts: _("Sign-up for this day opens on %(opens)s.") % facts,
    Code.SIGN_UP_CLOSED: lambda facts: _("Sign-up for this day closed on %(closed)s.") % facts,
    Code.FACILITATORS_PLACE: lambda _facts: _("Here the facilitator puts cards on the board. Tell them your idea."),
    Code.PRESENCE_NEEDED: lambda _facts: _(
        "Only people at the event may put cards on this board. Ask the people who run it to put yours up."
    ),
    Code.SIGN_IN_NEEDED: lambda _facts: _("Sign in to put a card on this board."),
    Code.TOO_MANY_CARDS: _too_many,
    Code.CLASH: lambda facts: (
        _("Your card “%(title)s” is in %(room)s from %(starts)s to %(ends)s. Can you be at both?") % facts
    ),
    Code.STALE_EDIT: lambda _facts: _("Somebody changed this card while you were writing. Here are both texts."),
    Code.WITHDRAWN: lambda facts: _("“%(title)s” was withdrawn.") % facts,
    Code.NOT_PLACED: lambda facts: _("“%(title)s” is not on the board any more.") % facts,
    Code.ALREADY_PLACED: lambda facts: _("“%(title)s” is on the board already.") % facts,
    Code.NOT_IN_A_ROW: lambda facts: (
        _("A card holds cells in a row, in one room on one day, %(longest)d at most.") % facts
    ),
    Code.PLACE_NEEDED: lambda _facts: _("Write where it is: people must find it."),
    Code.CODE_TAKEN: lambda _facts: _("That did not work. Please try again."),
    Code.TRY_AGAIN: lambda _facts: _("Somebody was faster, or the board is busy. Please try again."),
}


# Changes


def _title(change: Change, board: Board) -> str:
    return apart(board.cards[change.card].words.title)


def _about_card(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, board: _(sentence) % {"title": _title(change, board)}


def _seated(sentence: str) -> Callable[[Change, Board], str]:
    """A sentence that says where a card now is; one that has gone on since is named without its cell."""

    def told(change: Change, board: Board) -> str:
        placement = Placement(tuple(Cell.parse(cell) for cell in change.after["cells"]), change.after["where"])
        where = placement_says(board, placement) if all(map(board.has_cell, placement.cells)) else ""
        return _(sentence) % {"title": _title(change, board), "where": where}

    return told


def _swapped(change: Change, board: Board) -> str:
    other = apart(board.cards[change.after["with"]].words.title)
    return _("“%(title)s” and “%(other)s” changed places") % {"title": _title(change, board), "other": other}


def _cells(sentence: str) -> Callable[[Change, Board], str]:
    def told(change: Change, board: Board) -> str:
        known = [cell_says(board, cell) for cell in change.cells if board.has_cell(cell)]
        # Translators: what stands between longer parts of a list, which have commas of their own.
        named = _("; ").join([*known[:3], *["…"] * (len(known) > 3)])
        return _(sentence) % {"cells": named, "reason": apart(change.after.get("reason", ""))}

    return told


def _named(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, _board: _(sentence) % {"name": apart((change.after or change.before)["name"])}


def _dated(sentence: str) -> Callable[[Change, Board], str]:
    def told(change: Change, _board: Board) -> str:
        return _(sentence) % {"day": day_says(date.fromisoformat((change.after or change.before)["date"]))}

    return told


_CHANGES: dict[Kind, Callable[[Change, Board], str]] = {
    Kind.EVENT_MADE: _named(gettext_noop("“%(name)s” has a board")),
    Kind.EVENT_CHANGED: lambda _change, board: (
        _("What the board says of “%(name)s” changed") % {"name": apart(board.name)}
    ),
    Kind.ROOM_ADDED: _named(gettext_noop("New room: %(name)s")),
    Kind.ROOM_CHANGED: _named(gettext_noop("%(name)s changed")),
    Kind.ROOM_REMOVED: _named(gettext_noop("%(name)s is no longer on the board")),
    Kind.DAY_ADDED: _dated(gettext_noop("New day: %(day)s")),
    Kind.DAY_CHANGED: _dated(gettext_noop("The hours or rooms of %(day)s changed")),
    Kind.DAY_REMOVED: _dated(gettext_noop("%(day)s is no longer on the board")),
    Kind.CARD_WRITTEN: _about_card(gettext_noop("New card: “%(title)s”")),
    Kind.CARD_EDITED: _about_card(gettext_noop("“%(title)s” has a new text")),
    Kind.CARD_PLACED: _seated(gettext_noop("“%(title)s” is on the board: %(where)s")),
    Kind.CARD_MOVED: _seated(gettext_noop("“%(title)s” moved: %(where)s")),
    Kind.CARD_TAKEN_DOWN: _about_card(gettext_noop("“%(title)s” was taken down")),
    Kind.CARD_WITHDRAWN: _about_card(gettext_noop("“%(title)s” was withdrawn")),
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CELL_CLOSED: _cells(gettext_noop("Closed, %(reason)s: %(cells)s")),
    Kind.CELL_REOPENED: _cells(gettext_noop("Open again: %(cells)s")),
}
