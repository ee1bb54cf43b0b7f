"""What is new for this device: what has come of what it starred, and what others did about the cards that it hosts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from openspaces.board.read import changes_of, last_of, offers_to_host, starred_at
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind, Stage
from openspaces.intake.reading import reading
from openspaces.intake.web.cohosting import offered_for
from openspaces.intake.web.links import card_url, edit_url
from openspaces.intake.web.visiting import Visit
from openspaces.look.cells import quoted
from openspaces.wording import apart, placement_says

TOLD = (Kind.CARD_TAKEN_UP, Kind.CARD_PLACED, Kind.CARD_MOVED, Kind.CARD_TAKEN_DOWN, Kind.CARD_WITHDRAWN)
"""What those hear who would come."""
MOST = 5


class News(NamedTuple):
    """Something that happened to a card: when, in a sentence, and where there is more."""

    at: datetime
    card: str
    says: str
    url: str


async def stars_and_news(visit: Visit, board: Board) -> dict[str, Any]:
    """`starred` are the codes of all cards that this device starred, `heard` what is new for it, the latest first. A
    new device has starred and written nothing, and nothing is asked for."""
    if visit.device.fresh:
        return {"starred": [], "heard": []}
    return await reading(_found, visit, board)


def _found(visit: Visit, board: Board) -> dict[str, Any]:
    starred = starred_at(visit.event, visit.by.hand)
    there = {code: at for code, at in starred.items() if code in board.cards}
    news = sorted([*_of_starred(visit, board, there), *_of_own(visit, board)], key=lambda each: each.at, reverse=True)
    heard = [{**each._asdict(), "at": each.at.isoformat()} for each in news[:MOST]]
    return {"starred": list(there), "heard": heard}


# What it would come to


def _of_starred(visit: Visit, board: Board, there: dict[str, datetime]) -> Iterator[News]:
    wholes = {board.whole(board.cards[code]).code: at for code, at in there.items()}
    happened = last_of(visit.event, wholes, TOLD) if wholes else {}
    mine = {card.code for card in board.hosted_by(visit.by.hand)} | visit.by.cards
    for code, (number, at) in happened.items():
        if at > wholes[code] and code not in mine and number <= board.number:
            yield News(at, code, _says(board, board.cards[code]), card_url(board.event, code))


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


# What it hosts


def _of_own(visit: Visit, board: Board) -> Iterator[News]:
    """Who would host a card of theirs too, whose card they host by now, and which one became part of another."""
    mine = {card.code: card for card in board.cards_of(visit.by.hand)}
    mine |= {code: board.cards[code] for code in visit.by.cards if code in board.cards}
    yield from _offers(board, [card for card in mine.values() if not card.merged_into and not card.withdrawn])
    for card in mine.values():
        if card.merged_into:
            yield from _merged(visit, board, card)
    for card in board.hosted_by(visit.by.hand):
        if visit.by.hand in card.cohosts:
            yield from _taken_in(visit, board, card)


def _offers(board: Board, cards: list[Card]) -> Iterator[News]:
    every = offers_to_host(board.event) if cards else []
    for card in cards:
        for offer in offered_for(board, card, every):
            says = _("%(name)s would host %(title)s with you.") % {"name": apart(offer.name), "title": quoted(card)}
            yield News(offer.at, card.code, says, f"{edit_url(board.event, card.code)}#offered")


def _merged(visit: Visit, board: Board, card: Card) -> Iterator[News]:
    into = board.cards[card.merged_into]
    change = _last(changes_of(visit.event, card.code), Kind.CARDS_MERGED)
    if change and change.by != visit.by.hand:
        says = _("%(title)s is now part of %(other)s, with both of you as hosts.")
        titles = {"title": quoted(card), "other": quoted(into)}
        yield News(change.at, into.code, says % titles, edit_url(board.event, into.code))


def _taken_in(visit: Visit, board: Board, card: Card) -> Iterator[News]:
    hand = visit.by.hand
    named = [each for each in changes_of(visit.event, card.code) if hand in each.after.get("cohosts", ())]
    change = _last((each for each in named if hand not in each.before.get("cohosts", ())), Kind.CARD_COHOSTED)
    if change:
        says = _("You host %(title)s too now.") % {"title": quoted(card)}
        yield News(change.at, card.code, says, edit_url(board.event, card.code))


def _last(changes: Iterable[Change], kind: Kind) -> Change | None:
    found = [change for change in changes if change.kind is kind]
    return found[-1] if found else None
