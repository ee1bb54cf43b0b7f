"""What comes before the board as pages: the ideas that nobody hosts yet, and the sessions that are planned."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.board.words import LIMITS
from openspaces.outlets.base import Asked, Pull, Variant, one_of
from openspaces.outlets.page.items import is_listed, item
from openspaces.outlets.page.notices import notices
from openspaces.outlets.page.says import script_says

ORDERS = ("stars", "new", "fair")
OPEN_END = datetime.max.replace(tzinfo=UTC)


def _variant_of_ideas(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language, form=one_of(asked, "sort", ORDERS))


def _variant_of_planned(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language)


def _render_ideas(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/ideas.html", shown_ideas(board, variant)).encode()


def _render_planned(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/planned.html", shown_planned(board)).encode()


IDEAS = Pull(
    name="ideas",
    paths=("/{event}/ideas/",),
    content_type="text/html; charset=utf-8",
    variant=_variant_of_ideas,
    render=_render_ideas,
)
PLANNED = Pull(
    name="planned",
    paths=("/{event}/planned/",),
    content_type="text/html; charset=utf-8",
    variant=_variant_of_planned,
    render=_render_planned,
)


def shown_ideas(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template of the ideas says, in the language that is active."""
    cards = in_order_of(board, _listed(board, Stage.IDEA), variant.form)
    names = {"stars": _("Most would come"), "new": _("Newest"), "fair": _("Shuffled")}
    return {
        **_shared(board, cards),
        "orders": [(name, says, name == variant.form) for name, says in names.items()],
        "newest_first": variant.form == "new",
        "limit": LIMITS["title"],
    }


def shown_planned(board: Board) -> dict[str, Any]:
    """What the template of the planned sessions says: in the order of the times that they wish for."""
    cards = _listed(board, Stage.PLANNED)
    return _shared(board, sorted(cards, key=lambda card: (_wished_time(board, card), card.serial)))


def in_order_of(board: Board, cards: list[Card], order: str) -> list[Card]:
    """By stars, newest first, or shuffled: anew with each number of the board, so that nobody is at the end for
    long, and the same for everyone."""
    if order == "new":
        return sorted(cards, key=lambda card: -card.serial)
    if order == "fair":
        return sorted(cards, key=lambda card: sha256(f"{board.epoch}:{board.number}:{card.code}".encode()).digest())
    return sorted(cards, key=lambda card: (-card.stars, card.serial))


def _shared(board: Board, cards: list[Card]) -> dict[str, Any]:
    return {
        "board": board,
        "notices": mark_safe(notices(board)),
        "items": mark_safe("".join(item(board, card) for card in cards)),
        "says": script_says(),
    }


def _listed(board: Board, stage: Stage) -> list[Card]:
    return [card for card in board.in_order() if is_listed(card) and card.stage is stage]


def _wished_time(board: Board, card: Card) -> datetime:
    """The hour that a card wishes for, or the beginning of its day; those that leave it open come last."""
    wished = card.wished
    if wished and wished.slots and wished.slots[0] in board.slots:
        return board.slots[wished.slots[0]].starts
    day = board.day(wished.day) if wished and wished.day else None
    return day.slots[0].starts if day and day.slots else OPEN_END
