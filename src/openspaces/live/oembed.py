"""oEmbed (https://oembed.com): what a site shows where somebody pastes an address of ours: frame, picture or link."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import override

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.lib.languages import language
from openspaces.live import log
from openspaces.live.asgi import Scope, Send, answer_json
from openspaces.live.routes import PICTURE, Route, Routes
from openspaces.look.cards import title_says
from openspaces.look.embedding import HIGH, embed_address, embed_title
from openspaces.outlets.base import Asked, BadVariant, NotHere, Variant
from openspaces.outlets.press import NotPrinted, Press

Facts = dict[str, Any]

WIDE = 800
"""How wide a frame is in pixels, where its page does not want it narrower."""
BOARDS, CARD, PREVIEWS = ("page", "now", "embed"), "card", ("preview-day", "preview-card", "image-svg")
"""The names of the outlets that can be shown elsewhere, by what becomes of them there. A drawing has no size in pixels:
the picture of a link stands for it."""
STEP, HEIGHT_OF_STEP = 40, 21
"""A picture of a link is 1200 by 630: of such widths its height is a whole number."""
FEWEST_STEPS, MOST_STEPS = 5, 30
NARROWEST, WIDEST = 320, 1920
"""How wide the picture of a board may be, in pixels."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address of ours shows, and the room that the other page has for it."""

    route: Route
    board: Board
    query: Mapping[str, str]
    language: str
    width: int
    height: int

    def variant(self) -> Variant:
        """The variant that the address means. Raises BadVariant and NotHere."""
        asked = Asked(self.route.path, self.query, self.language, datetime.now(UTC))
        return self.route.pull.variant(asked, self.board)


async def answer_oembed(scope: Scope, routes: Routes, press: Press, send: Send) -> None:
    """Answer `/oembed?url=…`: JSON, or 501 for another format, 404 for what is not ours or cannot be shown."""
    asked = log.query(scope)
    if asked.get("format", "json") != "json":
        return await answer_json(send, 501, {"says": "Only format=json is spoken here."})
    try:
        wanted = _wanted(asked, routes)
        with override(wanted.language):
            facts = await _facts(wanted, press)
    except BadVariant as wrong:
        return await answer_json(send, 400, {"says": str(wrong)})
    except NotHere:
        return await answer_json(send, 404, {"says": "Nothing at that address can be shown elsewhere."})
    except NotPrinted:
        return await answer_json(send, 503, {"says": "This is not ready yet. Ask again in a moment."})
    return await answer_json(send, 200, facts)


def _wanted(asked: Mapping[str, str], routes: Routes) -> Wanted:
    if "url" not in asked:
        raise BadVariant("Say which address: /oembed?url=…")
    width, height = (_limit(asked, name) for name in ("maxwidth", "maxheight"))
    path, query = _path_of(asked["url"])
    if path.lower() in ("/os", "/os.png"):
        route = routes.picture(MEMORY.boards(), datetime.now(UTC))
    else:
        route = routes.find(path) or routes.find(f"{path}/")
    board = MEMORY.board(route.path["event"]) if route else None
    if route is None or board is None:
        raise NotHere(path)
    return Wanted(route, board, query, language(query.get("lang"), "", board.language), width, height)


def _limit(asked: Mapping[str, str], name: str) -> int:
    typed = asked.get(name, "99999")
    if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6:
        return int(typed)
    raise BadVariant(f"{name} is a number of pixels.")


def _path_of(url: str) -> tuple[str, dict[str, str]]:
    """Path and query of an address of ours; of anybody else's, NotHere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotHere(url) from None
    ours = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or not ours.netloc or parts.netloc.lower() != ours.netloc.lower():
        raise NotHere(url)
    return unquote(parts.path).removeprefix(ours.path), dict(parse_qsl(parts.query))


async def _facts(wanted: Wanted, press: Press) -> Facts:
    name = wanted.route.pull.name
    if name in BOARDS:
        return _frame(wanted)
    if name == CARD:
        return _link(wanted)
    if name in PREVIEWS:
        return _photo(wanted, _preview(wanted))
    if name == PICTURE:
        return _photo(wanted, await _board_picture(wanted, press) or _preview(wanted))
    raise NotHere(name)


def _said(wanted: Wanted, kind: str, title: str) -> Facts:
    provider = {"provider_name": wanted.board.name, "provider_url": f"{settings.BASE_URL}/{wanted.board.event}/"}
    return {"version": "1.0", "type": kind, "title": title, **provider, "cache_age": 300}


def _frame(wanted: Wanted) -> Facts:
    variant, query = wanted.variant(), wanted.query
    named = wanted.route.path.get("day") or query.get("day")
    day = variant.day.isoformat() if variant.day and named else ""
    known = ("room", "theme", "lang") if wanted.route.pull.framed else ("lang",)  # a page passes over the others
    more = {name: query.get(name, "") for name in known}
    address = embed_address(wanted.board, settings.BASE_URL, day=day, **more)
    width, height, title = min(wanted.width, WIDE), min(wanted.height, HIGH), embed_title(wanted.board)
    html = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="max-width:100%;border:0"></iframe>',
        address,
        title,
        width,
        height,
    )
    return {**_said(wanted, "rich", title), "html": html, "width": width, "height": height, **_thumbnail(wanted)}


def _link(wanted: Wanted) -> Facts:
    card = wanted.board.cards[wanted.variant().name]
    author = {"author_name": card.words.host} if card.words.host else {}
    return {**_said(wanted, "link", title_says(card)), **author, **_thumbnail(wanted)}


def _photo(wanted: Wanted, found: tuple[str, int, int] | None) -> Facts:
    if found is None:
        raise NotHere("no picture is so small")
    card = wanted.board.cards.get(wanted.route.path.get("code", ""))
    url, width, height = found
    title = title_says(card) if card else embed_title(wanted.board)
    return {**_said(wanted, "photo", title), "url": url, "width": width, "height": height}


def _thumbnail(wanted: Wanted) -> Facts:
    found = _preview(wanted)
    return dict(zip(("thumbnail_url", "thumbnail_width", "thumbnail_height"), found, strict=True)) if found else {}


def _preview(wanted: Wanted) -> tuple[str, int, int] | None:
    """The picture of a link to a card or a day, as large as fits; None where none does."""
    steps = min(MOST_STEPS, wanted.width // STEP, wanted.height // HEIGHT_OF_STEP)
    if steps < FEWEST_STEPS:
        return None
    code, day = wanted.route.path.get("code", ""), wanted.variant().day
    folder = f"cards/{code}/" if code else f"days/{day.isoformat()}/" if day else ""
    address = f"{settings.BASE_URL}/{wanted.board.event}/{folder}preview.png?{_query(wanted, w=str(steps * STEP))}"
    return address, steps * STEP, steps * HEIGHT_OF_STEP


async def _board_picture(wanted: Wanted, press: Press) -> tuple[str, int, int] | None:
    """The picture of the board as wide as there is room, measured; None where it does not fit."""
    if wanted.width < NARROWEST:
        return None
    asked = wanted.query.get("w", "")
    width = min(wanted.width, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else WIDEST)
    narrower = replace(wanted, query={**wanted.query, "w": str(width)})
    variant = replace(narrower.variant(), base_url=settings.BASE_URL)
    made = (await press.get(wanted.route.pull, wanted.board, variant)).bodies[""]
    high = int.from_bytes(made[20:24], "big")
    if high > wanted.height:
        return None
    said = {"w": str(width), "theme": variant.theme, **({"day": variant.day.isoformat()} if variant.day else {})}
    address = f"{settings.BASE_URL}/{wanted.board.event}/board.png?{_query(wanted, **said)}"
    return address, width, high


def _query(wanted: Wanted, **more: str) -> str:
    """Whoever shows it keeps the picture by its address, so that carries the number."""
    return urlencode({"v": f"{wanted.board.epoch}.{wanted.board.number}", "lang": wanted.language, **more})
