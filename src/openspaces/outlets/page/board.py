"""The board as a page, one day at a time."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from openspaces.board.state import Board, Day
from openspaces.outlets.base import Asked, Pull, Variant, day_wanted
from openspaces.outlets.page.cells import draw_slot, mixed, seats
from openspaces.outlets.page.items import is_listed, item
from openspaces.outlets.page.linked import linked_board
from openspaces.outlets.page.meta import NAMED, meta_of_board
from openspaces.outlets.page.notices import notices
from openspaces.outlets.page.says import script_says
from openspaces.wording import clock, date_says, day_says, in_a_row, twelve_hours

WIDE = 10
"""From how many rooms on paper gets a list instead of a grid."""


def _variant(asked: Asked, board: Board) -> Variant:
    """A page whose address names the day says so of itself, or a link to it would be taken for one to the board."""
    named = asked.path.get("day") or asked.query.get("day")
    return Variant(language=asked.language, day=day_wanted(asked, board), form=NAMED if named else "")


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/board.html", shown(board, variant)).encode()


PAGE = Pull(
    name="page",
    paths=("/{event}/", "/{event}/days/{day}/"),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    ahead=True,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template of the board says, in the language that is active."""
    day = board.day(variant.day) if variant.day else None
    meta = meta_of_board(board, day, variant)
    return {
        "board": board,
        "meta": meta,
        "linked": linked_board(board, day, meta, variant),
        "schedule": f"{variant.base_url}/{board.event}/schedule.xml",
        "wide": True,
        "day": day,
        "notices": mark_safe(notices(board)),
        "tabs": [_tab(one, day) for one in board.days],
        "window": window(board, day) if day else [],
        "rooms": [room_head(board, key) for key in day.rooms] if day else [],
        "many": day is not None and len(day.rooms) >= WIDE,
        "halves": twelve_hours(),
        "slots": slots(board, day) if day else "",
        "planned": listed(board, "planned"),
        "ideas": listed(board, "idea"),
        "says": script_says(),
    }


def slots(board: Board, day: Day) -> SafeString:
    """Every slot of a day with its cells."""
    ink = mixed(board)
    return mark_safe("".join([draw_slot(board, day, slot, ink) for slot in day.slots]))


def listed(board: Board, stage: str) -> SafeString:
    """The cards of one stage that hold no cell, as items of a list: those that most would come to first."""
    cards = [card for card in board.in_order() if is_listed(card) and card.stage == stage]
    cards.sort(key=lambda card: -card.stars)
    return mark_safe("".join([item(board, card) for card in cards]))


def room_head(board: Board, key: str) -> tuple[str, str]:
    """A room's name, and beneath it how many it seats and what is there."""
    room = board.room(key)
    assert room is not None
    return room.name, in_a_row(filter(None, (seats(room.capacity), *room.kit)))


def window(board: Board, day: Day) -> list[tuple[str, str, str]]:
    """When sign-up for a day opens and closes: in words, and the moment for the script, for a page knows no clock."""
    ends = [("opens", day.opens), ("closes", day.closes)]
    return [
        (name, f"{day_says(board.local(at).date())}, {clock(board.local(at))}", at.isoformat())
        for name, at in ends
        if at
    ]


def _tab(one: Day, shown_day: Day | None) -> dict[str, Any]:
    return {
        "date": one.date,
        "weekday": day_says(one.date, short=True),
        "short": date_says(one.date),
        "here": one == shown_day,
    }
