"""A link that opens the board in Giggity, the conference app, with the cards that one starred. What Giggity reads of
it is in its ScheduleViewActivity and ImportView (https://github.com/Wilm0r/giggity)."""

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from openspaces.board.state import Board

OPENS = "https://ggt.gaa.st/#"
"""What stands behind the `#` never reaches that server, which only tells where to get the app."""
SECONDS = 300
"""How old a schedule may grow in Giggity before it asks again; without a word of ours that is a day."""


def giggity_link(board: Board, base_url: str, starred: Iterable[str] = ()) -> str:
    """The link. Of the cards whose codes are `starred`, those that are on the board are marked in the app."""
    address = f"{base_url}/{board.event}/schedule.xml"
    parts = {"url": quote(address, safe=""), "json": _packed(_written(_menu(board, base_url, address)))}
    wholes = {board.whole(board.cards[code]) for code in starred if code in board.cards}
    if ids := sorted(card.serial for card in wholes if card.placement):
        parts["see"] = _packed(zlib.compress(_written(ids), 9))
    return OPENS + "&".join(f"{name}={value}" for name, value in parts.items())


def _menu(board: Board, base_url: str, address: str) -> dict[str, Any]:
    """The entry that the board would have in Giggity's own menu: how often to look, and where rooms are told full."""
    days = [day.date for day in board.days] or [board.local(board.at).date()]
    return {
        "url": address,
        "title": board.name,
        "start": min(days).isoformat(),
        "end": max(days).isoformat(),
        "timezone": board.timezone,
        "refresh_interval": SECONDS,
        "metadata": {"fosdemRoomStatus": f"{base_url}/{board.event}/rooms/status.json"},
    }


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
