"""The board and its cards as JSON-LD in the words of schema.org, for search engines and assistants."""

import json
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from openspaces.board.state import Board, Card, Day, Placement
from openspaces.board.vocabulary import Standing
from openspaces.look.cards import told
from openspaces.outlets.base import Variant
from openspaces.outlets.page.meta import Meta
from openspaces.wording import day_says

Facts = dict[str, Any]
_AWAY = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end the element or a line of a script stands as its number."""


def linked_board(board: Board, day: Day | None, meta: Meta, variant: Variant) -> SafeString:
    """The event, and the cards of the day that is shown, each by its address: its own page says the rest."""
    if not meta.address:
        return SafeString("")
    series = {**_series(board, variant), "description": meta.description, "image": meta.picture}
    listed = [_listed(board, day, variant)] if day else []
    return _written({"@context": "https://schema.org", "@graph": [series, *listed]})


def linked_card(board: Board, card: Card, meta: Meta, variant: Variant) -> SafeString:
    """The card as an event; nothing of one that is hidden or has had no time yet. Where it was moved from nobody can
    tell here, so it is never said; a card without a cell keeps the time that it had, postponed or cancelled."""
    placement = card.placement or card.was
    nowhere = placement is None or not all(map(board.has_cell, placement.cells))
    if not meta.address or card.hidden or card.merged_into or placement is None or nowhere:
        return SafeString("")
    starts, ends = board.time_of(placement)
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": card.words.title,
        "description": card.words.text or meta.description,
        "url": meta.address,
        "image": meta.picture,
        "startDate": _local(board, starts),
        "endDate": _local(board, ends),
        "eventStatus": f"https://schema.org/{_status(card)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(board, told(card, placement)),
        "organizer": _host(board, card, variant),
        "superEvent": _named("EventSeries", board.name, url=_address(board, variant)),
    }
    return _written(facts)


def _series(board: Board, variant: Variant) -> Facts:
    dates = [day.date.isoformat() for day in board.days]
    spans = {"startDate": dates[0], "endDate": dates[-1]} if dates else {}
    place = {"location": _named("Place", board.venue, address=board.venue)} if board.venue else {}
    series = _named("EventSeries", board.name, url=_address(board, variant))
    return {**series, **spans, **place, "organizer": _organizer(board, variant)}


def _listed(board: Board, day: Day, variant: Variant) -> Facts:
    """The addresses of the day's cards in order of time: no more, for every reader of the board pays for it."""
    codes = dict.fromkeys(code for cell in board.cells_of(day) for code in board.holders.get(cell, ()))
    shown = [code for code in codes if not board.cards[code].hidden]
    items = [f"{_address(board, variant)}cards/{code}/" for code in shown]
    return _named("ItemList", day_says(day.date), itemListElement=items)


def _status(card: Card) -> str:
    if card.placement:
        return "EventScheduled"
    return "EventCancelled" if card.withdrawn or card.standing is Standing.REMOVED else "EventPostponed"


def _place(board: Board, placement: Placement) -> Facts:
    room = board.room(placement.cells[0].room)
    assert room is not None
    seats = {"maximumAttendeeCapacity": room.capacity} if room.capacity else {}
    return _named("Place", placement.where or room.name, address=board.venue or board.name, **seats)


def _host(board: Board, card: Card, variant: Variant) -> Facts:
    return _named("Person", card.words.host) if card.words.host else _organizer(board, variant)


def _organizer(board: Board, variant: Variant) -> Facts:
    return _named("Organization", board.name, url=_address(board, variant))


def _named(kind: str, name: str, **more: object) -> Facts:
    return {"@type": kind, "name": name, **more}


def _address(board: Board, variant: Variant) -> str:
    return f"{variant.base_url}/{board.event}/"


def _local(board: Board, moment: datetime) -> str:
    return board.local(moment).isoformat()


def _written(facts: Facts) -> SafeString:
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(_AWAY))
