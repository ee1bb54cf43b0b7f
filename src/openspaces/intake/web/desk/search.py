"""Find a card by its words, its host or its code; hidden ones too, by what they really say."""

import unicodedata
from collections.abc import Iterator

from django.http import HttpResponse

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import TEXT_LENGTH
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.links import stage_says
from openspaces.intake.web.visiting import Visit
from openspaces.look.cards import ink

MOST = 60
"""How many cards are shown; whoever finds more types another word."""


@staffed
async def search(visit: Visit) -> HttpResponse:
    """The cards that have every word of `?q=`; without words the newest ones."""
    typed = visit.request.GET.get("q", "")[:TEXT_LENGTH]
    board = await reading(unmasked, visit.newest())
    found = list(matching(board, typed))
    context = {"q": typed, "found": [_found(board, card) for card in found[:MOST]], "more": len(found[MOST:])}
    return await desk_page(visit, "search", "search", context)


def matching(board: Board, typed: str) -> Iterator[Card]:
    """The cards in which every typed word stands somewhere, newest first; a card's code names it before all others."""
    words = _folded(typed).split()
    cards = sorted(board.cards.values(), key=lambda card: (card.code.casefold() not in words, -card.serial))
    return (card for card in cards if all(word in _text(card) for word in words))


def _text(card: Card) -> str:
    return _folded("\n".join((card.code, *card.words.as_said().values())))


def _folded(text: str) -> str:
    """Without the difference of large and small letters, and of letters that only look different."""
    return unicodedata.normalize("NFKC", text).casefold()


def _found(board: Board, card: Card) -> dict[str, object]:
    return {
        "code": card.code,
        "title": card.words.title,
        "host": " ".join(name for name in (card.words.host, card.words.handle) if name),
        "when": stage_says(board, card),
        "hidden": card.hidden,
        "url": desk_url(board.event, "cards", card.code),
        "ink": ink(card),
    }
