"""What this device starred, and what has come of it since: for the pages' script."""

from typing import Any

from django.utils.translation import gettext as _

from openspaces.board.read import last_of, starred_at
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Kind, Stage
from openspaces.intake.reading import reading
from openspaces.intake.web.links import card_url
from openspaces.intake.web.visiting import Visit
from openspaces.look.cells import quoted
from openspaces.wording import apart, placement_says

TOLD = (Kind.CARD_TAKEN_UP, Kind.CARD_PLACED, Kind.CARD_MOVED, Kind.CARD_TAKEN_DOWN, Kind.CARD_WITHDRAWN)
"""What those hear who would come."""
MOST = 5


async def stars_and_news(visit: Visit, board: Board) -> dict[str, Any]:
    """`starred` are the codes of all cards that this device starred, `heard` what has come of them since, the latest
    first. A new device has starred nothing, and nothing is asked for."""
    if visit.device.fresh:
        return {"starred": [], "heard": []}
    return await reading(_found, visit, board)


def _found(visit: Visit, board: Board) -> dict[str, Any]:
    starred = starred_at(visit.event, visit.by.hand)
    there = {code: at for code, at in starred.items() if code in board.cards}
    wholes = {board.whole(board.cards[code]).code: at for code, at in there.items()}
    happened = last_of(visit.event, wholes, TOLD) if wholes else {}
    mine = {card.code for card in board.hosted_by(visit.by.hand)} | visit.by.cards
    news = [
        (number, board.cards[code])
        for code, (number, at) in happened.items()
        if at > wholes[code] and code not in mine and number <= board.number
    ]
    latest = sorted(news, key=lambda each: -each[0])[:MOST]
    return {"starred": list(there), "heard": [_told(board, number, card) for number, card in latest]}


def _told(board: Board, number: int, card: Card) -> dict[str, Any]:
    return {"card": card.code, "number": number, "says": _says(board, card), "url": card_url(board.event, card.code)}


def _says(board: Board, card: Card) -> str:
    """How the card stands by now, for somebody who would come."""
    facts = {"title": quoted(card), "host": apart(card.words.host)}
    if card.stage is Stage.WITHDRAWN:
        return _("%(title)s will not take place.") % facts
    if card.placement:
        return _("%(title)s is on the board: %(where)s.") % {**facts, "where": placement_says(board, card.placement)}
    if card.stage is Stage.PLANNED and card.words.host and not card.hidden:
        return _("%(host)s hosts %(title)s. It has no room yet.") % facts
    return _("%(title)s has no room now.") % facts
