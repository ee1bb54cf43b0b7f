"""What stands in the picture of one day: the Board as plain values, laid out in bands of rooms, for the template."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Protocol

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell, Placing
from openspaces.lib import qr
from openspaces.look.cards import hue, title_says, told
from openspaces.look.cells import Status, closes_says, decided_says, status_of, until_says
from openspaces.look.typeset.letters import apart, letters, spoken
from openspaces.look.typeset.palette import PRINTED, THEMES
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


class Wanted(Protocol):
    """How a picture is to be: the variant of an outlet says it. `form` is `pdf` for one on paper."""

    @property
    def language(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def form(self) -> str: ...


def picture(board: Board, days: tuple[Day, ...], variant: Wanted, width: int) -> Values:
    """Some days of the board, one below the other, `width` units wide, in the language that is active."""
    return {
        **spoken(variant.language),
        "width": width,
        "margin": MARGIN,
        "gap": GAP,
        "times": _times(),
        "theme": (PRINTED if variant.form == "pdf" else THEMES)[variant.theme],
        "head": _head(board, variant),
        "days": [_day(board, day, variant, width) for day in days or (None,)],
    }


def _head(board: Board, variant: Wanted) -> Values:
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
    }


def _as_of(board: Board, day: Day | None) -> str:
    """When the board last changed; the weekday alone where it cannot be mistaken, else with its date."""
    at = board.local(board.at)
    near = day is not None and abs(day.date - at.date()) < timedelta(days=6)
    return _("as of %(time)s, %(day)s") % {"time": clock(at), "day": day_says(at.date(), short=near)}


# One day


def _day(board: Board, day: Day | None, variant: Wanted, width: int) -> Values:
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
    rooms = (cell for cell in board.cells_of(day) if not board.is_elsewhere(cell))
    count = sum(status_of(board, cell) is Status.FREE for cell in rooms)
    if board.policy.placing is Placing.FACILITATORS:
        said = ngettext("%(count)d free place: ask for it", "%(count)d free places: ask for one", count)
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

    def __init__(self, board: Board, day: Day, rooms: tuple[str, ...], variant: Wanted, width: int) -> None:
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
        board, cards, status = self.board, self.board.cards_at(cell), status_of(self.board, cell)
        if board.is_elsewhere(cell):
            claims = self._claims(board.claimed_by(cell)) if cell not in board.closures else []
            outside = [self._outside(card) for card in cards]
            return {"rows": 1, "kind": "elsewhere", "cards": outside, "wanted": claims, **self._why(cell)}
        if status is Status.CONTESTED:
            return {"rows": 1, "kind": "wanted", "cards": [], "wanted": [self._contest(cell)]}
        if status is Status.CLAIMED:
            return {"rows": 1, "kind": "wanted", "cards": [], "wanted": self._claims(board.claimed_by(cell))}
        if status in (Status.TAKEN, Status.FULL):
            return {"rows": self._rows(cell, cards[0]), "kind": "card", "cards": [self._card(cards[0])]}
        return {"rows": 1, "kind": "free" if status is Status.FREE else "closed", "cards": [], **self._why(cell)}

    def _rows(self, cell: Cell, card: Card) -> int:
        """How many cells the card goes on holding from here on, until one that others want too."""
        rest = card.cells[card.cells.index(cell) :]
        return next((row for row, each in enumerate(rest) if self.board.contest_at(each)), len(rest))

    def _why(self, cell: Cell) -> Values:
        closure = self.board.closures.get(cell)
        if closure is None:
            return {"reason": []}
        reason = closure.reason or _("Closed")
        if closure.until:
            facts = {"time": until_says(self.board, closure, cell), "reason": apart(reason)}
            reason = _("Held until %(time)s: %(reason)s") % facts
        return {"reason": self._letters(reason)}

    def _contest(self, cell: Cell) -> Values:
        contest = self.board.contest_at(cell)
        assert contest is not None
        says = decided_says(contest, closes_says(self.board, contest))
        cards = [self.board.cards[code] for code in contest.cards]
        return {"says": self._letters(says, small=True), "cards": [self._title(card) for card in cards], "open": True}

    def _claims(self, cards: Iterable[Card]) -> list[Values]:
        """The cards that ask for a cell, if any do."""
        titles = [self._title(card) for card in cards]
        says = self._letters(_("Asked for:"), small=True)
        return [{"says": says, "cards": titles, "open": False}] if titles else []

    def _title(self, card: Card) -> Values:
        return {"title": self._letters(title_says(card)), "hue": None if card.hidden else hue(card)}

    def _card(self, card: Card) -> Values:
        words = card.words
        who = "  ".join(filter(None, (words.host, apart(words.handle))))
        named, by = self._title(card), self._letters(who, small=True)
        # Who brings it stands on the title's side, whatever the script of the name.
        full = self._letters(_("Room full"), small=True) if card.full else []
        return {**named, "by": [by[0], named["title"][1], by[2]], "where": [], "mark": full}

    def _outside(self, card: Card) -> Values:
        """A card Elsewhere: its place is part of it, and its end where it takes more than one slot."""
        assert card.placement is not None
        where = told(card, card.placement).where
        if len(card.cells) > 1:
            ends = clock(self.board.local(self.board.time_of(card.placement)[1]))
            where = _("%(place)s, until %(time)s") % {"place": where, "time": ends}
        return {**self._card(card), "where": self._letters(where, small=True)}
