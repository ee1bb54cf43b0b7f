"""One card as a page: all of its text, who brings it, where and when, and how to pass it on."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Competing, Placing, Stage
from openspaces.look.calendars import card_calendar_ways, copy_says
from openspaces.look.cards import hue, title_says, would_come
from openspaces.look.cells import quoted
from openspaces.look.sharing import card_says, card_ways, tagged
from openspaces.look.standing import gone_says, waits_says, where_says
from openspaces.outlets.base import Asked, NotHere, Pull, Variant
from openspaces.outlets.page.contests import place_says, won_says
from openspaces.outlets.page.items import doings, is_listed
from openspaces.outlets.page.linked import linked_card
from openspaces.outlets.page.meta import meta_of_card
from openspaces.outlets.page.says import script_says
from openspaces.outlets.page.wanted import decided_by
from openspaces.wording import apart, in_a_row

LISTS = {Stage.IDEA: "ideas", Stage.PLANNED: "planned"}
"""Where a card stands that holds no cell."""


def _variant(asked: Asked, board: Board) -> Variant:
    code = asked.path["code"]
    if code not in board.cards:
        raise NotHere(f"{board.name} has no card {code}.")
    return Variant(language=asked.language, name=code)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/card.html", shown(board, variant)).encode()


CARD = Pull(
    name="card",
    paths=("/{event}/cards/{code}/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    keep=200,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template of a card says, in the language that is active."""
    card = board.cards[variant.name]
    address = f"{variant.base_url}/{board.event}/cards/{card.code}/"
    meta = meta_of_card(board, card, variant)
    return {
        "board": board,
        "meta": meta,
        "linked": linked_card(board, card, meta, variant),
        "card": card,
        "title": title_says(card),
        "hue": "veiled" if card.hidden else f"h{hue(card)}",
        "gone": gone_says(board, card),
        "into": board.cards[card.merged_into] if card.merged_into else None,
        "when": where_says(board, card),
        "waits": waits_says(board, card),
        "wish": _("Wish: “%(wish)s”") % {"wish": apart(card.words.wish)} if card.words.wish else "",
        "coming": would_come(card),
        "doings": mark_safe(doings(board, card)),
        "rooms": [board.room(card.cells[0].room)] if card.placement else [],
        "parts": in_a_row(quoted(board.cards[code]) for code in card.merged),
        "contests": contests_of(board, card),
        "link_host": urlsplit(card.words.link).hostname,
        "here": day_address(board, card),
        "list": LISTS.get(card.stage, "") if is_listed(card) else "",
        "rival": rival_address(board, card),
        "runs": [board.local(moment).isoformat() for moment in board.time_of(card.placement)] if card.placement else [],
        "ways": card_ways(board, card, address),
        "post": tagged(card_says(board, card), board),
        "calendars": card_calendar_ways(board, card, variant.base_url),
        "copy": copy_says(),
        "public": not (card.hidden or card.stage is Stage.WITHDRAWN),
        "says": script_says(),
    }


@dataclass(frozen=True)
class Told:
    """A contest in which the card stands or stood: its number, what it is about, how it is decided or how it ended."""

    number: int
    place: str
    says: str


def contests_of(board: Board, card: Card) -> list[Told]:
    """The contests in which the card stands or stood, the latest first."""
    known = [contest for contest in board.contests.values() if card.code in contest.cards]
    known.sort(key=lambda contest: -contest.id)
    return [Told(contest.id, place_says(board, contest), _told(board, contest)) for contest in known]


def _told(board: Board, contest: Contest) -> str:
    return mark_safe(decided_by(board, contest)) if contest.open else won_says(board, contest)


def rival_address(board: Board, card: Card) -> str:
    """Where somebody asks for the card's cell too, where the event lets cards compete; what the desk gave is given."""
    competes = board.policy.competing is Competing.CONTEST and board.policy.placing is not Placing.FACILITATORS
    if not card.placement or not competes or board.is_elsewhere(card.cells[0]):
        return ""
    return f"/{board.event}/cells/{card.cells[0]}/"


def day_address(board: Board, card: Card) -> str:
    """The address of the card's cell on the board."""
    if not card.placement:
        return f"/{board.event}/"
    cell = card.placement.cells[0]
    return f"/{board.event}/days/{board.slot_of(cell).day.isoformat()}/#cell-{cell}"
