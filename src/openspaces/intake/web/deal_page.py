"""The page where a host asks another one: which card, what would come of it, and the words of the one card."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from openspaces.board.moves import AskDeal
from openspaces.board.moves.deals import merged
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Deal, Refusal, Stage
from openspaces.board.words import LIMITS
from openspaces.intake.web.forms import Field, Typed, field_labels
from openspaces.intake.web.links import edit_url, stage_says
from openspaces.intake.web.needs.asked import one_place, places
from openspaces.intake.web.similar import similar
from openspaces.intake.web.visiting import Visit, page
from openspaces.look.cards import ink, title_says
from openspaces.wording import says

MOST = 30
"""How many cards are listed at once; the search finds the others."""


@dataclass(frozen=True)
class Choice:
    """Another card that one can ask for."""

    title: str
    host: str
    when: str
    url: str


def choose_page(visit: Visit, card: Card, deal: Deal) -> HttpResponse:
    """With which card: those of the same contest first, then what the search finds, else those near by."""
    board = visit.newest()
    sought = visit.request.GET.get("q", "").strip()
    rivals = _rivals(board, card) if deal is Deal.MERGE else []
    others = [other for other in _open_to(visit, card, deal) if other not in rivals]
    found = _found(sought, others) if sought else _near(board, card, deal, others)
    context = {
        **_about(board, card, deal),
        "sought": sought,
        "rivals": [_choice(board, card, other, deal) for other in rivals],
        "found": [_choice(board, card, other, deal) for other in found[:MOST]],
        "more": max(0, len(others) - MOST) if not sought else 0,
    }
    return page(visit, "deals", context)


def deal_page(
    visit: Visit,
    card: Card,
    other: Card,
    deal: Deal,
    *,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """What would come of it, and the button that asks. Two cards that do not fit are told so before anybody asks."""
    board = visit.newest()
    why_not = refusal or _why_not(visit, card, other, deal)
    context = {
        **_about(board, card, deal),
        "other": {
            "code": other.code,
            "title": title_says(other),
            "host": other.words.host,
            "text": other.words.text,
            "ink": ink(other),
        },
        "mine": card.words,
        "ink": ink(card),
        "facts": places(board, card, other) if deal is Deal.SWAP else (one_place(board, card, other),),
        "said": says(why_not) if why_not else "",
        "refused": why_not is not None and refusal is None,
        "fields": _fields(card, other, typed) if deal is Deal.MERGE else [],
        "errors": [{"name": name, "says": said} for name, said in (typed.errors if typed else {}).items()],
        "hosts": merged(card, other, "", "").after["words"].host,
    }
    return page(visit, "deal", context, status)


def _about(board: Board, card: Card, deal: Deal) -> dict[str, Any]:
    return {
        "card": {
            "title": title_says(card),
            "when": stage_says(board, card),
            "edit_url": edit_url(board.event, card.code),
        },
        "deal": deal.value,
        "action": f"/{board.event}/cards/{card.code}/deals/?deal={deal.value}",
    }


def _open_to(visit: Visit, card: Card, deal: Deal) -> list[Card]:
    """The other cards that this one could change places or be made one with, in order of time."""
    board = visit.newest()
    gone = (Stage.WITHDRAWN,) if deal is Deal.MERGE else (Stage.WITHDRAWN, Stage.PLANNED, Stage.IDEA)
    there = [other for other in board.in_order() if other.code != card.code and other.stage not in gone]
    ahead = [other for other in there if not (other.placement and board.time_of(other.placement)[1] <= visit.at)]
    return sorted((other for other in ahead if not other.hidden), key=lambda other: _begins(board, other))


def _begins(board: Board, card: Card) -> tuple[bool, float, int]:
    """Cards with a place come first, by time."""
    starts = board.time_of(card.placement)[0].timestamp() if card.placement else 0.0
    return card.placement is None, starts, card.serial


def _rivals(board: Board, card: Card) -> list[Card]:
    contest = board.contest_of(card.code)
    return [board.cards[code] for code in contest.cards if code != card.code] if contest else []


def _near(board: Board, card: Card, deal: Deal, others: list[Card]) -> list[Card]:
    """Without a search: to swap, every card by time; to make one of two, those with a title like this one's."""
    return others if deal is Deal.SWAP else similar(card.words.title, others)


def _found(sought: str, others: Iterable[Card]) -> list[Card]:
    words = sought.casefold().split()
    return [other for other in others if all(word in _said(other) for word in words)]


def _said(card: Card) -> str:
    return " ".join((card.words.title, card.words.host, card.words.handle, card.code)).casefold()


def _choice(board: Board, card: Card, other: Card, deal: Deal) -> Choice:
    url = f"/{board.event}/cards/{card.code}/deals/?deal={deal.value}&with={other.code}"
    return Choice(other.words.title, other.words.host, stage_says(board, other), url)


def _why_not(visit: Visit, card: Card, other: Card, deal: Deal) -> Refusal | None:
    answer = AskDeal(card=card.code, other=other.code, deal=deal).decide(visit.newest(), visit.by, visit.at)
    return answer if isinstance(answer, Refusal) else None


def _fields(card: Card, other: Card, typed: Typed | None) -> list[Field]:
    """Title and text of the one card; until something is typed, those of the card that goes on."""
    values = typed.values if typed else {"title": other.words.title, "text": other.words.text or card.words.text}
    errors = typed.errors if typed else {}
    labels = dict(field_labels())
    return [
        Field(name, labels[name], values[name], error=errors.get(name, ""), limit=LIMITS[name], lines=lines)
        for name, lines in (("title", 1), ("text", 5))
    ]
