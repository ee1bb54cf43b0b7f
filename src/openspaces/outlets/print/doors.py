"""Signs for doors: what is on in a room on one day, with space for what is changed by hand."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language_bidi, ngettext, override
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day, Room
from openspaces.board.vocabulary import Cell, Placing
from openspaces.lib import qr
from openspaces.look.cards import title_says
from openspaces.look.cells import Status, closes_says, decided_says, status_of, until_says
from openspaces.look.typeset.letters import apart, letters, spoken
from openspaces.look.typeset.paper import MILLIMETRE, SIZES
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, NotHere, Pull, Variant, day_wanted, one_of
from openspaces.outlets.print.parts import PAPERS, address_says, ink, live_url
from openspaces.wording import clock, day_says, twelve_hours

TEMPLATE = Path(__file__).with_name("doors.typ")
MODULE = 0.9 * MILLIMETRE
"""The width of one square of the QR code: it is read from an arm's length and more."""

Values = dict[str, Any]


def doors(board: Board, variant: Variant) -> Values:
    """The signs of one day for the template, in the language that is active: of one room, or of every room."""
    day = board.day(variant.day) if variant.day else None
    return {
        **spoken(variant.language),
        "ink": ink(),
        "paper": SIZES[variant.form],
        "halves": twelve_hours(),
        "title": _("Signs for the doors"),
        "event": letters(board.name, variant.language, 40),
        "says": _says(board, variant),
        "signs": [_sign(board, day, room, variant) for room in _rooms(board, day, variant.name)] if day else [],
    }


def _rooms(board: Board, day: Day | None, wanted: str) -> list[Room]:
    """The rooms that have a door: Elsewhere is none."""
    known = [room for room in board.rooms if day and room.key in day.rooms and not room.elsewhere]
    return [room for room in known if room.key == wanted or not wanted]


def _says(board: Board, variant: Variant) -> Values:
    at = board.local(board.at)
    asks = board.policy.placing is Placing.FACILITATORS
    labels = {
        "live": _("Scan for what is on here now"),
        "free": _("free: ask for it") if asks else _("free: take it"),
        "changes": _("Changes by hand"),
        "nothing": _("There are no rooms and hours to put on a sign yet."),
        "as_of": _("As of %(time)s, %(day)s. The live board knows what has changed since.")
        % {"time": clock(at), "day": day_says(at.date())},
    }
    said = {name: letters(text, variant.language, 30) for name, text in labels.items()}
    return {
        **said,
        "address": letters(address_says(board, variant), variant.language, 12),
        "qr": _("QR code of the room's live screen"),
    }


def _sign(board: Board, day: Day, room: Room, variant: Variant) -> Values:
    address = live_url(board, variant, f"screen/?room={room.key}")
    seats = ngettext("%(count)d seat", "%(count)d seats", room.capacity or 0) % {"count": room.capacity or 0}
    return {
        "room": letters(room.name, variant.language, 14),
        "seats": apart(seats) if room.capacity else "",
        "day": letters(day_says(day.date), variant.language, 30),
        "qr": qr.svg(address) if address else "",
        "wide": qr.modules(address) * MODULE if address else 0,
        "rows": list(_lines(board, day, room, variant.language)),
    }


def _lines(board: Board, day: Day, room: Room, language: str) -> Iterator[Values]:
    """The slots from the first to the last; a card over several of them comes once."""
    goes_on = 0
    for index, slot in enumerate(day.slots):
        if index < goes_on:
            continue
        cell = Cell(room.key, slot.key)
        line = _line(board, cell, language)
        goes_on = index + line["slots"]
        yield {**_times(board, slot.starts, day.slots[goes_on - 1].ends), **line}


def _times(board: Board, starts: datetime, ends: datetime) -> Values:
    # In a language that runs right to left, the dash stands on the other side.
    turned = "\u200f" if get_language_bidi() else ""
    return {"starts": apart(clock(board.local(starts))), "ends": apart(f"{turned}–{clock(board.local(ends))}")}


def _line(board: Board, cell: Cell, language: str) -> Values:
    status, cards = status_of(board, cell), board.cards_at(cell)
    line: Values = {"kind": status.value, "slots": 1, "titles": [], "by": [], "mark": []}
    if status in (Status.CLOSED, Status.HELD):
        return {**line, "titles": [_set(_closed_says(board, cell), language)]}
    if status is Status.CONTESTED:
        contest = board.contest_at(cell)
        assert contest is not None
        wanted = [board.cards[code] for code in contest.cards]
        says = decided_says(contest, closes_says(board, contest))
        return {**line, "titles": [_title(card, language) for card in wanted], "mark": _set(says, language)}
    if status is Status.CLAIMED:
        wanted = list(board.claimed_by(cell))
        return {**line, "titles": [_title(card, language) for card in wanted], "mark": _set(_("Asked for"), language)}
    return {**line, **_card(board, cell, cards[0], language)} if cards else line


def _card(board: Board, cell: Cell, card: Card, language: str) -> Values:
    words, rest = card.words, card.cells[card.cells.index(cell) :]
    slots = next((at for at, each in enumerate(rest) if board.contest_at(each)), len(rest))
    by = [_set(said, language) for said in (words.host, apart(words.handle)) if said]
    mark = _set(_("Room full"), language) if card.full else []
    return {"slots": slots, "titles": [_title(card, language)], "by": by, "mark": mark}


def _closed_says(board: Board, cell: Cell) -> str:
    closure = board.closures[cell]
    reason = closure.reason or _("Closed")
    if not closure.until:
        return reason
    return _("Held until %(time)s: %(reason)s") % {"time": until_says(board, closure, cell), "reason": apart(reason)}


def _title(card: Card, language: str) -> list[str]:
    return _set(title_says(card), language)


def _set(text: str, language: str) -> list[str]:
    return letters(text, language, 18)


def _variant(asked: Asked, board: Board) -> Variant:
    day, room = day_wanted(asked, board), asked.query.get("room", "")
    if room and room not in [each.key for each in _rooms(board, board.day(day) if day else None, room)]:
        raise NotHere(f"{board.name} has no door {room} on {day}.")
    return Variant(language=asked.language, day=day, form=one_of(asked, "paper", PAPERS), name=room)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        given = doors(board, variant)
    return typeset(given, "pdf", TEMPLATE, at=board.at)


DOORS = Pull(
    name="print-doors",
    paths=("/{event}/print/doors.pdf",),
    content_type="application/pdf",
    variant=_variant,
    render=_render,
    slow=True,
)
