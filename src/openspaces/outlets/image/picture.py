"""What stands in the picture of one day: the Board as plain values, laid out in bands of rooms, for the template."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell, Placing
from openspaces.lib import qr
from openspaces.look.cards import hue
from openspaces.outlets.base import Variant
from openspaces.outlets.image.letters import apart, letters
from openspaces.outlets.image.palette import PRINTED, THEMES
from openspaces.wording import clock, day_says, twelve_hours

MARGIN = 32
GAP = 6
TIMES, LONG_TIMES = 72, 112
"""Page margin, gap between cells, and the column of times, in units of the picture: pixels at 1920. Where people write
"10:00 AM", times are long."""
NARROW, NARROWEST = 140, 118
"""The least width of a column, and the least on a day with many rooms."""
MANY_ROOMS = 24
SMALLEST, LARGEST = 12, 20

Values = dict[str, Any]


def picture(board: Board, days: tuple[Day, ...], variant: Variant, width: int) -> Values:
    """Some days of the board, one below the other, `width` units wide, in the language that is active."""
    return {
        "width": width,
        "margin": MARGIN,
        "gap": GAP,
        "times": _times(),
        "theme": (PRINTED if variant.form == "pdf" else THEMES)[variant.theme],
        "head": _head(board, variant),
        "days": [_day(board, day, variant, width) for day in days or (None,)],
    }


def _head(board: Board, variant: Variant) -> Values:
    language = variant.language
    address = f"{variant.base_url}/{board.event}/" if variant.base_url else ""
    tags = "  ".join(apart(f"#{tag}") for tag in board.hashtags)
    return {
        "event": letters(board.name, language),
        "venue": letters(board.venue, language),
        "tags": letters(tags, language),
        "address": apart(address.partition("://")[2].rstrip("/")),
        "qr": qr.svg(address) if address else "",
        "qr_alt": _("QR code of the live board"),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "language": language[:2],
    }


def _as_of(board: Board, day: Day | None) -> str:
    """When the board last changed; the weekday alone where it cannot be mistaken, else with its date."""
    at = board.local(board.at)
    near = day is not None and abs(day.date - at.date()) < timedelta(days=6)
    return _("as of %(time)s, %(day)s") % {"time": clock(at), "day": day_says(at.date(), short=near)}


# One day


def _day(board: Board, day: Day | None, variant: Variant, width: int) -> Values:
    name = letters(day_says(day.date) if day else _("No days yet"), variant.language)
    shown = {"name": name, "as_of": letters(_as_of(board, day), variant.language), "bands": [], "nothing": []}
    if day is None or not day.slots or not day.rooms:
        nothing = _("This day has no rooms and hours yet.") if day else _("This event has no days yet.")
        return {**shown, "nothing": letters(nothing, variant.language)}
    bands = [
        _Band(board, day, rooms, variant, width).values() for rooms in _split(day.rooms, width - 2 * MARGIN - _times())
    ]
    closed = any(cell in board.closures for cell in board.cells_of(day))
    return {**shown, "bands": bands, "free": _free(board, day), "closed": apart(_("closed")) if closed else ""}


def _free(board: Board, day: Day) -> str:
    """How many cells are free; whoever may take one is told so."""
    count = sum(board.is_free(cell) and not board.is_elsewhere(cell) for cell in board.cells_of(day))
    if board.policy.placing is Placing.FACILITATORS:
        said = ngettext("%(count)d free place", "%(count)d free places", count)
    else:
        said = ngettext("%(count)d free place: take it", "%(count)d free places: take one", count)
    return apart(said % {"count": count}) if count else ""


def _times() -> int:
    return LONG_TIMES if twelve_hours() else TIMES


def _split(rooms: tuple[str, ...], width: int) -> Iterator[tuple[str, ...]]:
    """The rooms in bands of about equal size, as few as keep every column wide enough to read."""
    least = NARROWEST if len(rooms) > MANY_ROOMS else NARROW
    most = max(1, width // (least + GAP))
    bands = -(-len(rooms) // most)
    size = -(-len(rooms) // bands)
    for first in range(0, len(rooms), size):
        yield rooms[first : first + size]


class _Band:
    """Some rooms of a day, side by side, with all of its slots."""

    def __init__(self, board: Board, day: Day, rooms: tuple[str, ...], variant: Variant, width: int) -> None:
        self.board, self.day, self.rooms, self.language = board, day, rooms, variant.language
        column = (width - 2 * MARGIN - _times()) / len(rooms) - GAP
        self.size = round(min(LARGEST, max(SMALLEST, column / 13)), 1)
        self.fits = max(15, int((column - 18) / self.size / 0.58))

    def values(self) -> Values:
        """The band for the template."""
        return {
            "size": self.size,
            "rooms": [self._room(key) for key in self.rooms],
            "slots": [self._slot(slot) for slot in self.day.slots],
            "cells": [cell for column, key in enumerate(self.rooms) for cell in self._cells(column, key)],
        }

    def _letters(self, text: str, *, small: bool = False) -> list[str]:
        return letters(text, self.language, int(self.fits * 1.15) if small else self.fits)

    def _room(self, key: str) -> Values:
        room = self.board.room(key)
        assert room is not None
        seats = ngettext("%(count)d seat", "%(count)d seats", room.capacity or 0) % {"count": room.capacity or 0}
        return {"name": self._letters(room.name), "note": apart(seats) if room.capacity else ""}

    def _slot(self, slot: Slot) -> Values:
        starts, ends = clock(self.board.local(slot.starts)), clock(self.board.local(slot.ends))
        # In a language that runs right to left, the dash stands on the other side.
        turned = "\u200f" if get_language_bidi() else ""
        return {"starts": apart(starts), "ends": apart(f"{turned}–{ends}")}

    def _cells(self, column: int, key: str) -> Iterator[Values]:
        """The column of a room from the first slot to the last; a card over several slots comes once."""
        covered = 0
        for index, slot in enumerate(self.day.slots):
            if index < covered:
                continue
            drawn = self._cell(Cell(key, slot.key))
            covered = index + drawn["rows"]
            yield {"column": column, "row": index, **drawn}

    def _cell(self, cell: Cell) -> Values:
        cards = self.board.cards_at(cell)
        if self.board.is_elsewhere(cell):
            return {"rows": 1, "kind": "elsewhere", "cards": [self._outside(card) for card in cards], **self._why(cell)}
        if cards:
            return {"rows": len(cards[0].cells), "kind": "card", "cards": [self._card(cards[0])]}
        return {"rows": 1, "kind": "closed" if cell in self.board.closures else "free", "cards": [], **self._why(cell)}

    def _why(self, cell: Cell) -> Values:
        closure = self.board.closures.get(cell)
        return {"reason": self._letters(closure.reason or _("Closed")) if closure else []}

    def _card(self, card: Card) -> Values:
        words = card.words
        who = "  ".join(filter(None, (words.host, apart(words.handle))))
        title, by = self._letters(words.title), self._letters(who, small=True)
        # Who brings it stands on the title's side, whatever the script of the name.
        return {"title": title, "by": [by[0], title[1], by[2]], "hue": hue(card), "where": []}

    def _outside(self, card: Card) -> Values:
        """A card Elsewhere: its place is part of it, and its end where it takes more than one slot."""
        assert card.placement is not None
        where = card.placement.where
        if len(card.cells) > 1:
            ends = clock(self.board.local(self.board.time_of(card.placement)[1]))
            where = _("%(place)s, until %(time)s") % {"place": where, "time": ends}
        return {**self._card(card), "where": self._letters(where, small=True)}
