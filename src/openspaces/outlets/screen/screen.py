"""The screen as a page: two days of slots, of which its script shows the two of the hour, and news for everyone."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Day, Room
from openspaces.board.vocabulary import Placing
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull, Variant
from openspaces.outlets.screen.bands import announced, contests, latest, pitched
from openspaces.outlets.screen.cells import draw_slot, mixed, scannable
from openspaces.outlets.screen.says import script_says
from openspaces.wording import twelve_hours

DAYS = 2
"""How many days a print holds: a screen without a network still knows in the morning what is on."""
FEW_ROOMS = 4
"""Up to so many rooms there is space for what the cards say beside their titles."""
THEMES = ("", "light", "dark")


def _variant(asked: Asked, board: Board) -> Variant:
    """The day is part of the variant: the print itself knows no time. Without `theme` the machine's own is taken."""
    theme, room = asked.query.get("theme", ""), asked.query.get("room", "")
    if theme not in THEMES:
        raise BadVariant(_("A screen is light or dark: ?theme=light or ?theme=dark."))
    if room and board.room(room) is None:
        raise NotHere(f"{board.name} has no room {room}.")
    today = board.day_at(asked.at)
    return Variant(language=asked.language, day=today.date if today else None, theme=theme, name=room)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("screen/screen.html", shown(board, variant)).encode()


SCREEN = Pull(
    name="screen",
    paths=("/{event}/screen/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    keep=100,
    ahead=True,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template says, in the language that is active."""
    room = board.room(variant.name) if variant.name else None
    address = f"{variant.base_url}/{board.event}/"
    return {
        "board": board,
        "room": room,
        "theme": variant.theme,
        "slots": mark_safe("".join([_slots(board, day, room, variant) for day in _days(board, variant)])),
        "announcements": announced(board),
        "contests": [] if room else contests(board, variant.base_url),
        "pitch": None if room else pitched(board),
        "latest": [] if room else latest(board),
        "qr": scannable(address) if variant.base_url else "",
        "address": _short(address),
        "presence": not room and presence_used(board),
        "halves": twelve_hours(),
        "says": script_says(),
    }


def presence_used(board: Board) -> bool:
    """Whether people are asked for the presence code at this event."""
    asked = board.policy.placing is Placing.PRESENCE or board.policy.contest_presence
    return asked or any(contest.presence for contest in board.open_contests)


def _days(board: Board, variant: Variant) -> tuple[Day, ...]:
    """The day to show, and the next."""
    return tuple(day for day in board.days if variant.day and day.date >= variant.day)[:DAYS]


def _slots(board: Board, day: Day, room: Room | None, variant: Variant) -> str:
    rooms = [key for key in day.rooms if room is None or key == room.key]
    ink = mixed(board, variant.base_url, door=room is not None, texts=len(rooms) <= FEW_ROOMS)
    return "".join([draw_slot(board, day, slot, rooms, ink) for slot in day.slots])


def _short(address: str) -> SafeString:
    """An address as people read it: without its scheme; a line may end after a dot or a slash."""
    parts = address.partition("://")[2].rstrip("/").replace("/", "/\n").replace(".", ".\n").split("\n")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))
