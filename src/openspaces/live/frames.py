"""The frames of a stream: changes as bytes of Server-Sent Events, for pages (per language) and for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import ngettext, override

from openspaces.board.public import masked_change
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind
from openspaces.live.touched import Touched, touched
from openspaces.outlets import registry
from openspaces.wording import tells

PROGRAMS = "json"
"""The voice of the stream for programs; the others are languages, for pages."""

QUIET = Kind.STARS_COUNTED
"""What comes up to once a second is shown and not told."""
MOST_SENTENCES = 4
"""What is read out to those who listen to the page: of a room that is closed under twelve cards not every one."""


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
    looks = touched(news.changes, board)
    if looks.everything:
        return resync_frame(board.epoch, news.number)
    return _cells_frame(news, looks, board, voice)


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


def _cells_frame(news: News, looks: Touched, board: Board, language: str) -> bytes:
    drawn = registry.draw_cells(board, looks.cells, language, settings.BASE_URL)
    drawn += registry.draw_items(board, looks.cards, language)
    drawn += registry.draw_contests(board, looks.contests, language)
    drawn += registry.draw_notices(board, language) if looks.notices else []
    facts = {
        "number": news.number,
        "at": board.local(news.changes[-1].at).isoformat(),
        "cells": [{"id": id_, "html": html} for id_, html in drawn],
        "says": _sentences([change for change in news.changes if change.kind is not QUIET], board, language),
        "quiet": all(change.kind is QUIET for change in news.changes),
    }
    return _frame("cells", facts, f"{board.epoch}:{news.number}")


def _sentences(changes: Sequence[Change], board: Board, language: str) -> list[str]:
    """What happened, in words: every change, or the first ones and how many there are besides."""
    with override(language):
        said = [tells(masked_change(change, board), board) for change in changes[:MOST_SENTENCES]]
        rest = len(changes) - len(said)
        more = ngettext("and %(count)d more change", "and %(count)d more changes", rest) % {"count": rest}
        return [*said, *[more] * (rest > 0)]


def _frame(event: str, facts: Mapping[str, Any], position: str = "") -> bytes:
    at = f"id: {position}\n" if position else ""
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\n{at}data: {data}\n\n".encode()
