"""What one person starred and hosts, as a calendar at a secret address: not printed, for nobody else asks for it."""

import logging
import re
from hashlib import blake2b

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import override

from openspaces.board.memory import MEMORY
from openspaces.board.read import stars_of
from openspaces.board.state import Board
from openspaces.lib.languages import language
from openspaces.live import log, wanted
from openspaces.live.asgi import NOSNIFF, Headers, Scope, Send, answer, answer_text, header
from openspaces.live.reader import Reader
from openspaces.outlets.base import Variant
from openspaces.outlets.registry import render_stars
from openspaces.people.keys import hand_by_stars

logger = logging.getLogger(__name__)

_ADDRESS = re.compile(r"/([^/]+)/stars/([^/]+)\.ics")
_PRIVATE: Headers = [(b"cache-control", b"private, no-cache"), (b"x-robots-tag", b"noindex")]


async def served(reader: Reader, path: str, scope: Scope, send: Send) -> bool:
    """Answer `/{event}/stars/{key}.ics`; False if it is another address. The key is told to no log."""
    found = _ADDRESS.fullmatch(path)
    board = MEMORY.board(found[1]) if found else None
    if found is None or board is None:
        return False
    hand = hand_by_stars(board.event, found[2])
    if scope["method"] not in ("GET", "HEAD"):
        await answer_text(send, 405, "This address can only be read.", (b"allow", b"GET, HEAD"))
    elif hand is None:
        await answer_text(send, 404, "There is no such calendar. Copy its address again from the board.", *_PRIVATE)
    else:
        await _answer(reader, board, hand, scope, send)
    return True


async def _answer(reader: Reader, board: Board, hand: str, scope: Scope, send: Send) -> None:
    speaks = language(log.query(scope).get("lang"), "", board.language)
    try:
        body = await reader.ask(_calendar, board, hand, speaks)
    except DatabaseError as trouble:
        logger.error("the stars of a device cannot be read: %s", trouble)
        return await answer_text(send, 503, "This is not ready yet. Ask again in a moment.", (b"retry-after", b"2"))
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers: Headers = [*_PRIVATE, NOSNIFF, (b"etag", etag.encode())]
    if wanted.is_known(header(scope, b"if-none-match"), etag):
        return await answer(send, 304, b"", headers)
    return await answer(send, 200, body, [(b"content-type", b"text/calendar; charset=utf-8"), *headers])


def _calendar(board: Board, hand: str, speaks: str) -> bytes:
    """Asks the database."""
    codes = [*stars_of(board.event, hand), *(card.code for card in board.hosted_by(hand))]
    with override(speaks):
        return render_stars(board, codes, Variant(language=speaks, base_url=settings.BASE_URL))
