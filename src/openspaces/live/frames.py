"""The frames of a stream: changes as bytes of Server-Sent Events, for pages (per language) and for programs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import override

from openspaces.board.facts import placement_from
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Cell, Kind
from openspaces.outlets import registry
from openspaces.wording import tells

PROGRAMS = "json"
"""The voice of the stream for programs; the others are languages, for pages."""

REDRAW = frozenset(kind for kind in Kind if kind.partition(".")[0] in ("event", "room", "day"))
"""Changes after which a page fetches itself: they touch more than cells."""


@dataclass(slots=True)
class News:
    """Changes that came together and lead from number `before` to `number`; `frames` are kept as they are drawn."""

    before: int
    number: int
    changes: tuple[Change, ...]
    frames: dict[str, bytes] = field(default_factory=dict)


def draw(news: News, board: Board, voice: str) -> bytes:
    """The frame of `news` in a voice, drawn on `board`, which is the one after the news or a later one."""
    if voice == PROGRAMS:
        return b"".join(change_frame(change, board) for change in news.changes)
    if any(change.kind in REDRAW for change in news.changes):
        return resync_frame(board.epoch, news.number)
    return _cells_frame(news, board, voice)


def change_frame(change: Change, board: Board) -> bytes:
    """One change, for programs."""
    return _frame("change", registry.change_facts(change, board), f"{board.epoch}:{change.number}")


def resync_frame(epoch: str, number: int) -> bytes:
    """Frames are missing, or a frame is not enough: fetch the whole."""
    return _frame("resync", {"number": number}, f"{epoch}:{number}")


def beat_frame(number: int) -> bytes:
    """The stream is alive and stands at `number`."""
    return _frame("beat", {"number": number})


BYE = b"event: bye\ndata: {}\n\n"
"""The server goes; whoever comes back in a moment finds another or the same."""


def opening(retry: int, position: str) -> bytes:
    """The first lines of a stream: how many milliseconds to wait before coming back, and where the reader stands."""
    return f"retry: {retry}\nid: {position}\n\n".encode()


def _cells_frame(news: News, board: Board, language: str) -> bytes:
    with override(language):
        drawn = registry.draw_cells(board, _touched(news.changes, board), language, settings.BASE_URL)
        drawn += registry.draw_items(board, _cards(news.changes), language)
        facts = {
            "number": news.number,
            "at": board.local(news.changes[-1].at).isoformat(),
            "cells": [{"id": id_, "html": html} for id_, html in drawn],
            "says": [tells(change, board) for change in news.changes],
        }
    return _frame("cells", facts, f"{board.epoch}:{news.number}")


def _touched(changes: Iterable[Change], board: Board) -> list[Cell]:
    """The cells that look different after `changes`, each once, those that the board still has."""
    cells: dict[Cell, None] = {}
    for change in changes:
        places = (placement_from(facts) for facts in (change.before, change.after))
        cells |= dict.fromkeys(change.cells)
        cells |= dict.fromkeys(cell for place in places if place for cell in place.cells)
    for code in _cards(changes):
        cells |= dict.fromkeys(board.cards[code].cells)
    return [cell for cell in cells if board.has_cell(cell)]


def _cards(changes: Iterable[Change]) -> list[str]:
    return list({code: None for change in changes for code in (change.card, change.after.get("with")) if code})


def _frame(event: str, facts: Mapping[str, Any], position: str = "") -> bytes:
    at = f"id: {position}\n" if position else ""
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\n{at}data: {data}\n\n".encode()
