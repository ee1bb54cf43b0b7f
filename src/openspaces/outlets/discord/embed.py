"""The message: the slots of a day that are not over, each with its cards, in what Discord calls an embed."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import title_says, told
from openspaces.look.cells import Status, status_of
from openspaces.look.sharing import harmless
from openspaces.wording import apart, clock, day_says, span_says

FIELDS, VALUE, ALL = 24, 1024, 5500
"""The most fields of an embed, letters in one of them, and in all together with room for the head."""
_MARKUP = re.compile(r"([\\*_~`|>\[\]()<#-])")


def embed(board: Board, day: Day, moment: datetime) -> dict[str, Any]:
    """The embed at a moment, in the language that is active."""
    left = [slot for slot in day.slots if slot.ends > moment]
    facts = {"event": board.name, "day": day_says(day.date)}
    said: dict[str, Any] = {
        "title": _plain(_("%(event)s: the board now") % facts)[:256],
        "description": _plain(day_says(day.date)) if left else _("All is over for today."),
        "fields": list(_fitting(_field(board, day, slot, moment) for slot in left)),
        "footer": {"text": _("This message changes with the board.")},
    }
    return {**said, "url": f"{settings.BASE_URL}/{board.event}/"} if settings.BASE_URL else said


def _fitting(fields: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    room = ALL
    for _number, field in zip(range(FIELDS), fields, strict=False):
        room -= len(field["name"]) + len(field["value"])
        if room < 0:
            return
        yield field


def _field(board: Board, day: Day, slot: Slot, moment: datetime) -> dict[str, Any]:
    name = span_says(board.local(slot.starts), board.local(slot.ends))
    cells = [Cell(room, slot.key) for room in day.rooms]
    lines = [_line(board, card, cell) for cell in cells for card in board.cards_at(cell)]
    free = sum(status_of(board, cell) is Status.FREE and not board.is_elsewhere(cell) for cell in cells)
    more = ngettext("%(count)d place is free", "%(count)d places are free", free) % {"count": free} if free else ""
    now = slot.starts <= moment
    return {"name": _("%(time)s, now") % {"time": name} if now else name, "value": _cut(lines, more)}


def _line(board: Board, card: Card, cell: Cell) -> str:
    assert card.placement is not None
    room = board.room(cell.room)
    place = told(card, card.placement).where or (room.name if room else cell.room)
    facts = {"room": f"**{_plain(apart(place))}**", "title": _plain(apart(title_says(card)))}
    if card.cells[0] != cell:
        return _("%(room)s: %(title)s, since %(time)s") % {**facts, "time": _began(board, card)}
    return _("%(room)s: %(title)s") % facts


def _began(board: Board, card: Card) -> str:
    return clock(board.local(board.slot_of(card.cells[0]).starts))


def _cut(lines: list[str], last: str) -> str:
    """As many lines as there is room for, and how many are left out."""
    for count in range(len(lines), -1, -1):
        left = len(lines) - count
        more = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left} if left else ""
        text = "\n".join(filter(None, (*lines[:count], more, last)))
        if len(text) <= VALUE:
            return text or "—"
    return last


def _plain(text: str) -> str:
    """People's words, of which Discord makes no mention, link, or markup."""
    return _MARKUP.sub(r"\\\1", harmless(text))
