"""The calls of what comes before the board: ideas, stars, hosts, and planned sessions."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves import AcceptOffer, TakeUp, WriteCard
from openspaces.board.moves.base import holder_or_staff, unknown_card
from openspaces.board.play import Outcome
from openspaces.board.read import offers_to_host, stars_on
from openspaces.board.state import Board
from openspaces.board.vocabulary import Stage
from openspaces.board.voices import DeclineOffer, OfferToHost, Star
from openspaces.intake.api.answers import answer, came_of_asking, numbered, refused
from openspaces.intake.api.asked import answered, board_after, board_here, card_here, row
from openspaces.intake.api.calls import BODY, HOST, NO_BODY, Key, statuses
from openspaces.intake.api.cards import shown
from openspaces.intake.api.shapes import base
from openspaces.intake.api.shapes.ideas import (
    About,
    Cohosted,
    Cohosting,
    CohostOffers,
    Hosted,
    Hosting,
    NewIdea,
    NewPlanned,
    Planned,
    Starred,
)
from openspaces.intake.api.troubles import NotHere
from openspaces.intake.asking import device_of, who_asks
from openspaces.intake.reading import reading
from openspaces.intake.wishes import Understood, read_wish, understood_says
from openspaces.people.contacts import keep_contact
from openspaces.people.keys import card_key

router = Router(tags=["Ideas and planned sessions"])


@router.post(
    "/{event}/ideas", response=statuses({201: base.Card}, 404, 409, 413, 415, 422, 429), summary="Leave an idea"
)
async def write_idea(request: HttpRequest, event: str, said: NewIdea, key: Key = "") -> HttpResponse:
    """A card without a host: somebody should…"""
    await board_here(event)
    move = WriteCard(title=said.title, text=said.text or "", idea=True)
    return await answered(
        request, event, move, key, lambda outcome: numbered(201, outcome, code=outcome.changes[0].card)
    )


@router.post(
    "/{event}/planned", response=statuses({201: Planned}, 404, 409, 413, 415, 422, 429), summary="Plan a session"
)
async def write_planned(request: HttpRequest, event: str, said: NewPlanned, key: Key = "") -> HttpResponse:
    """A card with a host and a wish: it is announced, and holds no room until it is put on the board. `understood` is
    what was read in the wish; it books nothing."""
    board = await board_here(event)
    read = read_wish(said.wish or "", board, datetime.now(UTC))
    move = WriteCard(title=said.title, text=said.text or "", host=said.host, wish=said.wish or "", wished=read.wished)

    async def told(outcome: Outcome) -> HttpResponse:
        code = outcome.changes[0].card
        if said.email:
            await reading(keep_contact, event, code, said.email)
        return numbered(201, outcome, code=code, key=card_key(event, code), understood=_understood(read, board))

    return await answered(request, event, move, key, told)


@router.put("/{event}/cards/{code}/host", response=statuses({200: Hosted}, *BODY), summary="Take an idea up")
async def take_up(request: HttpRequest, event: str, code: str, said: Hosting, key: Key = "") -> HttpResponse:
    """Somebody hosts the idea, and gets the card's `key`. With `cell` it goes on the board in the same move, or asks
    for it with `claim`; if that is refused, the idea is still nobody's."""
    board = await board_here(event)
    cells = row(board, said.cell, said.slots) if said.cell else ()
    words: dict[str, Any] = {name: value for name in ("text", "link") if (value := getattr(said, name)) is not None}
    seat: dict[str, Any] = {"where": said.where or "", "claim": said.claim or False, "confirmed": said.confirm or False}
    move = TakeUp(card=card_here(code), host=said.host, handle=said.handle or "", cells=cells, **words, **seat)

    async def told(outcome: Outcome) -> HttpResponse:
        after = await board_after(event, outcome)
        came = came_of_asking(outcome.changes, move.card)
        facts = {**shown(after, after.cards[move.card], after.at), "placement": came["placement"]}
        return numbered(200, outcome, **facts, key=card_key(event, move.card))

    return await answered(request, event, move, key, told, presence=said.presence)


@router.put("/{event}/cards/{code}/star", response=statuses({200: Starred}, *NO_BODY), summary="I would come")
async def star(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """This device's owner would come; one star a device. Pages show new counts within a second or two."""
    return await _starred(request, event, code, key, on=True)


@router.delete("/{event}/cards/{code}/star", response=statuses({200: Starred}, *NO_BODY), summary="I would not come")
async def unstar(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """Take the star back."""
    return await _starred(request, event, code, key, on=False)


@router.put("/{event}/cards/{code}/offer", response=statuses({200: About}, *BODY), summary="Offer to co-host")
async def offer_to_host(request: HttpRequest, event: str, code: str, said: Cohosting, key: Key = "") -> HttpResponse:
    """Somebody would host the card too: an idea with whoever takes it up, another card with its host, who decides."""
    await board_here(event)
    move = OfferToHost(card=card_here(code), name=said.name, handle=said.handle or "")
    return await answered(request, event, move, key, lambda _outcome: answer(200, {"code": move.card}))


@router.delete("/{event}/cards/{code}/offer", response=statuses({200: About}, *NO_BODY), summary="Offer no more")
async def offer_no_more(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """Take the offer back."""
    await board_here(event)
    move = OfferToHost(card=card_here(code), on=False)
    return await answered(request, event, move, key, lambda _outcome: answer(200, {"code": move.card}))


@router.get(
    "/{event}/cards/{code}/cohosts",
    response=statuses({200: CohostOffers}, 403, 404),
    summary="Who offered to co-host",
    openapi_extra=HOST,
)
async def read_offers(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """For the card's host and staff; the offers of an idea are for everyone who may take it up."""
    board = await board_here(event)
    card = board.cards.get(card_here(code))
    if card is None:
        raise NotHere(unknown_card(code))
    by = await who_asks(request, event, device_of(request), card.code)
    if card.stage is not Stage.IDEA and (refusal := holder_or_staff(by, board, card.code)):
        return refused(refusal)
    offers = [each for each in await reading(offers_to_host, event) if each.card == card.code]
    return answer(200, {"offers": [{"hand": each.hand, "name": each.name, "handle": each.handle} for each in offers]})


@router.put(
    "/{event}/cards/{code}/cohosts/{hand}",
    response=statuses({200: Cohosted}, *NO_BODY),
    summary="Take a co-host in",
    openapi_extra=HOST,
)
async def take_in(request: HttpRequest, event: str, code: str, hand: str, key: Key = "") -> HttpResponse:
    """The card's host or staff accept an offer: both names stand on the card, and both may change it."""
    await board_here(event)
    move = AcceptOffer(card=card_here(code), hand=hand)

    async def told(outcome: Outcome) -> HttpResponse:
        after = await board_after(event, outcome)
        return numbered(200, outcome, code=move.card, host=after.cards[move.card].words.host)

    return await answered(request, event, move, key, told, card=move.card)


@router.delete(
    "/{event}/cards/{code}/cohosts/{hand}",
    response=statuses({200: About}, *NO_BODY),
    summary="Decline an offer",
    openapi_extra=HOST,
)
async def take_not_in(request: HttpRequest, event: str, code: str, hand: str, key: Key = "") -> HttpResponse:
    """The card's host or staff say no: the offer is gone. Whoever hosts the card already stays."""
    await board_here(event)
    move = DeclineOffer(card=card_here(code), hand=hand)
    return await answered(request, event, move, key, lambda _outcome: answer(200, {"code": move.card}), card=move.card)


async def _starred(request: HttpRequest, event: str, code: str, key: str, *, on: bool) -> HttpResponse:
    board = await board_here(event)
    move = Star(card=card_here(code), on=on)

    async def told(_outcome: Outcome) -> HttpResponse:
        parts = [part.code for part in board.parts(board.cards[move.card])]
        return answer(200, {"code": move.card, "stars": await reading(stars_on, event, parts)})

    return await answered(request, event, move, key, told)


def _understood(read: Understood, board: Board) -> dict[str, Any] | None:
    """What was understood of a wish as JSON; null if nothing was."""
    if not read.anything:
        return None
    return {
        "day": read.day and read.day.isoformat(),
        "slots": list(read.slots),
        "room": read.room or None,
        "cells": [f"{read.room}@{slot}" for slot in read.slots if read.room],
        "says": understood_says(board, read),
    }
