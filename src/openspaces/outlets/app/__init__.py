"""The board as an app on a phone's home screen: its web app manifest (https://www.w3.org/TR/appmanifest/)."""

import json
from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.look.typeset.palette import ACCENT, PAPER
from openspaces.outlets.base import Asked, Pull, Variant

SHORT = 12
"""So many letters of a name have room under an icon."""
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))


def _variant(asked: Asked, board: Board) -> Variant:
    """In the language of who asks: a phone keeps what it was given when the app was added."""
    return Variant(language=asked.language)


def _render(board: Board, variant: Variant) -> bytes:
    return json.dumps(_facts(board, variant.language), ensure_ascii=False, separators=(",", ":")).encode()


MANIFEST = Pull("app", ("/{event}/manifest.webmanifest",), "application/manifest+json", _variant, _render)


def _facts(board: Board, language: str) -> dict[str, Any]:
    home = f"/{board.event}/"
    name = board.name or board.event
    return {
        "id": home,
        "name": ": ".join((name, _("Open Spaces"))),
        "short_name": name if len(name) <= SHORT else _("Open Spaces"),
        "description": _("The Open Spaces of %(name)s: what is on, where, and which hours are free.") % {"name": name},
        "lang": language,
        "dir": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [_icon(*icon) for icon in ICONS],
        "shortcuts": [
            {"name": _("Now and next"), "url": f"{home}now/"},
            {"name": _("Write a card"), "url": f"{home}cards/new/"},
        ],
    }


def _icon(file: str, pixels: int, purpose: str) -> dict[str, str]:
    return {"src": static(f"look/{file}"), "sizes": f"{pixels}x{pixels}", "type": "image/png", "purpose": purpose}
