"""What changed as JSON Feed (version 1.1, jsonfeed.org)."""

import json
from typing import Any

from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.feed.addresses import home, own, spoken, title
from openspaces.outlets.feed.entries import Entry, entries, feed_id
from openspaces.outlets.feed.telling import KINDS

VERSION = "https://jsonfeed.org/version/1.1"


def render(board: Board, variant: Variant) -> bytes:
    """The whole feed; a reader that shows HTML escapes it itself, for the format says that `content_text` is plain."""
    with override(variant.language):
        told, named = entries(board, variant.log), title(board)
    feed = {
        "version": VERSION,
        "title": named,
        "home_page_url": home(board, variant),
        "feed_url": own(board, variant, "changes.json"),
        "language": variant.language,
        "authors": [{"name": board.name}],
        "_openspaces": {"id": feed_id(board).urn, "event": board.event},
        "items": [_item(board, home(board, variant), each) for each in told],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


JSON = Pull("feed-json", ("/{event}/changes.json",), "application/feed+json", spoken, render, timeless=True, log=KINDS)


def _item(board: Board, home: str, told: Entry) -> dict[str, Any]:
    return {
        "id": told.id.urn,
        "url": home + told.path,
        "title": told.title,
        "content_text": told.text,
        "date_published": board.local(told.published).isoformat(),
        "date_modified": board.local(told.updated).isoformat(),
        "tags": [told.lead.value],
    }
