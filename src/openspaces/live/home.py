"""The list of events, at `/`: printed by the press like any page, though it belongs to no one event."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from openspaces.board.memory import MEMORY
from openspaces.board.state import BEGINNING, Board
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.registry import render_home


def all_boards(boards: Iterable[Board]) -> Board:
    """A board without an event that stands for all of them: its epoch changes when any of them does."""
    heads = sorted((board.event, board.epoch, board.number) for board in boards)
    latest: datetime = max((board.at for board in boards), default=BEGINNING)
    return Board("", epoch=blake2b(repr(heads).encode(), digest_size=4).hexdigest(), number=1, at=latest)


def _variant(asked: Asked, _: Board) -> Variant:
    return Variant(language=asked.language)


def _render(_: Board, variant: Variant) -> bytes:
    return render_home(MEMORY.boards(), variant.language)


HOME = Pull("home", ("/",), "text/html; charset=utf-8", _variant, _render)
