"""The calls between two hosts: ask for a swap or a merger, agree, say no; and parting again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves import AcceptDeal, AskDeal, DropDeal, MergeCards, UnmergeCards
from openspaces.board.play import Outcome
from openspaces.board.read import board_now
from openspaces.board.vocabulary import Code, Deal, Kind, Refusal
from openspaces.intake.api.answers import numbered
from openspaces.intake.api.asked import answered, board_here, card_here
from openspaces.intake.api.calls import BODY, HOST, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import Card
from openspaces.intake.api.shapes.cards import Dealt, Merged, Merger, NewDeal
from openspaces.intake.api.troubles import NotHere
from openspaces.intake.reading import reading

router = Router(tags=["Deals between hosts"])


@router.post(
    "/{event}/cards/{code}/deals",
    response=statuses({201: Dealt}, *BODY),
    summary="Ask another host",
    openapi_extra=HOST,
)
async def ask_deal(request: HttpRequest, event: str, code: str, said: NewDeal, key: Key = "") -> HttpResponse:
    """The card's host asks another to change places, or to make one card of two. Nothing happens until that one agrees;
    asking anew takes the place of what was asked before."""
    await board_here(event)
    deal = Deal(said.deal)
    move = AskDeal(
        card=card_here(code), other=said.other.upper(), deal=deal, title=said.title or "", text=said.text or ""
    )
    facts = {"code": move.card, "with": move.other, "deal": deal.value}
    return await answered(request, event, move, key, lambda outcome: numbered(201, outcome, **facts), card=move.card)


@router.delete(
    "/{event}/cards/{code}/deals",
    response=statuses({200: Card}, *NO_BODY),
    summary="Take back what was asked",
    openapi_extra=HOST,
)
async def take_back_deal(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """The card's host asks no longer."""
    return await _dropped(request, event, card_here(code), card_here(code), key)


@router.put(
    "/{event}/cards/{code}/deals/{asking}",
    response=statuses({200: Dealt}, *NO_BODY),
    summary="Agree",
    openapi_extra=HOST,
)
async def accept_deal(request: HttpRequest, event: str, code: str, asking: str, key: Key = "") -> HttpResponse:
    """The host who was asked by the card `asking` agrees, and it is done: the cards change places, or `asking` becomes
    part of this card, which then has two hosts."""
    await board_here(event)
    move = AcceptDeal(card=card_here(code), asking=card_here(asking))

    def told(outcome: Outcome) -> HttpResponse:
        kinds = {change.kind for change in outcome.changes}
        deal = Deal.MERGE if Kind.CARDS_MERGED in kinds else Deal.SWAP
        facts: dict[str, Any] = {"code": move.card, "with": move.asking, "deal": deal.value}
        return numbered(200, outcome, **facts)

    return await answered(request, event, move, key, told, card=move.card)


@router.delete(
    "/{event}/cards/{code}/deals/{asking}",
    response=statuses({200: Card}, *NO_BODY),
    summary="Say no",
    openapi_extra=HOST,
)
async def decline_deal(request: HttpRequest, event: str, code: str, asking: str, key: Key = "") -> HttpResponse:
    """The host who was asked by the card `asking` says no."""
    return await _dropped(request, event, card_here(code), card_here(asking), key)


@router.put(
    "/{event}/cards/{code}/merger",
    response=statuses({200: Merged}, *BODY),
    summary="Merge two cards",
    openapi_extra=STAFF,
)
async def merge_cards(request: HttpRequest, event: str, code: str, said: Merger, key: Key = "") -> HttpResponse:
    """Staff make one card of two whose hosts have agreed before them: this one becomes part of `into`."""
    await board_here(event)
    move = MergeCards(card=card_here(code), into=said.into.upper(), title=said.title or "", text=said.text or "")
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card, into=move.into)
    )


@router.delete(
    "/{event}/cards/{code}/merger",
    response=statuses({200: Card}, *NO_BODY),
    summary="Part two cards",
    openapi_extra=HOST,
)
async def unmerge_cards(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """This card, which became part of another, is a card of its own again, planned; the other keeps the cell."""
    await board_here(event)
    move = UnmergeCards(card=card_here(code))
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card), card=move.card
    )


async def _dropped(request: HttpRequest, event: str, mine: str, asking: str, key: str) -> HttpResponse:
    """`mine` is the card whose key the request may show. Another process may have written it a moment ago."""
    await board_here(event)
    board = await reading(board_now, event)
    if board is None or mine not in board.cards:
        raise NotHere(Refusal(Code.UNKNOWN_CARD, {"card": mine}))
    move = DropDeal(card=asking)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome, code=asking), card=mine)
