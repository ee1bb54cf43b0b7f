"""The board of a day for the page of another site: small, fresh, without cookies or forms; its links open outside."""

from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.look.embedding import embed_title
from openspaces.outlets.base import Asked, BadVariant, Pull, Variant, day_wanted, one_of
from openspaces.outlets.embed.hours import hours
from openspaces.wording import date_says, day_says

__all__ = ["EMBED"]

THEMES = ("auto", "light", "dark")
"""`auto` is what the reader's device prefers."""


def _variant(asked: Asked, board: Board) -> Variant:
    room = asked.query.get("room", "")
    if room and board.room(room) is None:
        known = ", ".join(each.key for each in board.rooms)
        raise BadVariant(_("There is no room %(room)s. The rooms are: %(known)s.") % {"room": room, "known": known})
    theme = one_of(asked, "theme", THEMES)
    return Variant(language=asked.language, day=day_wanted(asked, board), theme=theme, name=room)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("embed/embed.html", shown(board, variant)).encode()


EMBED = Pull(
    name="embed",
    paths=("/embed/{event}/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    framed=True,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template says, in the language that is active."""
    day = board.day(variant.day) if variant.day else None
    return {
        "board": board,
        "title": embed_title(board),
        "theme": "" if variant.theme == "auto" else variant.theme,
        "room": board.room(variant.name) if variant.name else None,
        "day": day,
        "days": [
            (_address(variant, one.date.isoformat()), day_says(one.date, short=True), date_says(one.date), one == day)
            for one in board.days
        ],
        "whole": f"/{board.event}/days/{day.date.isoformat()}/" if day else f"/{board.event}/",
        "hours": hours(board, day, variant.name) if day else [],
        "stale": _("Last seen {time}, trying again"),
    }


def _address(variant: Variant, day: str) -> str:
    """The same view of another day."""
    wanted = {"day": day, "room": variant.name, "theme": variant.theme, "lang": variant.language}
    return "?" + urlencode({name: value for name, value in wanted.items() if value})
