"""The calls of a card: write, place, move, take down, edit, withdraw, swap."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.facts import wished_facts
from openspaces.board.moves.cards import EditCard, PlaceCard, SwapCards, TakeDown, WithdrawCard, WriteCard
from openspaces.board.moves.relocating import alternatives
from openspaces.board.play import Outcome
from openspaces.board.state import Board, Card, Notice
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Words
from openspaces.intake.api.answers import answer, came_of_asking, held, numbered, seat
from openspaces.intake.api.asked import answered, board_here, card_here, row
from openspaces.intake.api.calls import HOST, STAFF, Key, statuses
from openspaces.intake.api.shapes import base
from openspaces.intake.api.shapes.cards import CardShown, Edit, NewCard, Pair, Seated, Swapped, Wanted, Written
from openspaces.intake.api.troubles import NotHere
from openspaces.intake.wishes import read_wish
from openspaces.look.cards import told
from openspaces.people.keys import card_key

router = Router(tags=["Cards"])


@router.post(
    "/{event}/cards", response=statuses({201: Written}, 403, 404, 409, 413, 415, 422, 429), summary="Write a card"
)
async def write_card(request: HttpRequest, event: str, said: NewCard, key: Key = "") -> HttpResponse:
    """Anyone may write a card. With `cell` it goes on the board in the same move, or asks for it with `claim`; if that
    is refused, nothing is written. The answer's `key` edits the card from any device."""
    board = await board_here(event)
    words = {name: value for name in Words.FIELDS if (value := getattr(said, name)) is not None}
    cells = row(board, said.cell, said.slots) if said.cell else ()
    asks, sure = said.claim or False, said.confirm or False
    wished = read_wish(said.wish, board, datetime.now(UTC)).wished if said.wish else None
    move = WriteCard(**words, wished=wished, cells=cells, where=said.where or "", claim=asks, confirmed=sure)

    def told(outcome: Outcome) -> HttpResponse:
        code = outcome.changes[0].card
        came = came_of_asking(outcome.changes, code)
        if not asks:
            came = {"placement": came["placement"]}
        return numbered(201, outcome, code=code, key=card_key(event, code), **came)

    return await answered(request, event, move, key, told, presence=said.presence)


@router.get("/{event}/cards/{code}", response=statuses({200: CardShown}, 404), summary="Read a card")
async def read_card(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The card as the board shows it now."""
    board = await board_here(event)
    card = board.cards.get(card_here(code))
    if card is None:
        raise NotHere(Refusal(Code.UNKNOWN_CARD, {"card": code}))
    return answer(200, shown(board, card, datetime.now(UTC)))


@router.patch(
    "/{event}/cards/{code}",
    response=statuses({200: base.Card}, 403, 404, 409, 413, 415, 422, 429),
    summary="Edit a card",
    openapi_extra=HOST,
)
async def edit_card(request: HttpRequest, event: str, code: str, said: Edit, key: Key = "") -> HttpResponse:
    """The card's host or staff change what it says. If its words have changed since the number you have `seen`, that is
    refused with both texts, `theirs` and `yours`."""
    board = await board_here(event)
    given = [name for name in Words.FIELDS if name in said.model_fields_set]
    words: dict[str, Any] = {name: getattr(said, name) or "" for name in given}
    wished = read_wish(said.wish or "", board, datetime.now(UTC)).wished
    move = EditCard(card=card_here(code), seen=said.seen, wished=wished, **words)
    return await _about(request, event, move, key)


@router.delete(
    "/{event}/cards/{code}",
    response=statuses({200: base.Card}, 403, 404, 409, 422, 429),
    summary="Withdraw a card",
    openapi_extra=HOST,
)
async def withdraw_card(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """The card's host or staff withdraw it: it will not take place, its cells are free, and its page says so. A card is
    never deleted; to keep it for another cell, delete its placement instead."""
    await board_here(event)
    return await _about(request, event, WithdrawCard(card=card_here(code)), key)


@router.put(
    "/{event}/cards/{code}/placement",
    response=statuses({200: Seated}, 403, 404, 409, 413, 415, 422, 429),
    summary="Place or move a card",
    openapi_extra=HOST,
)
async def place_card(request: HttpRequest, event: str, code: str, wanted: Wanted, key: Key = "") -> HttpResponse:
    """The card takes a free cell, or several in a row; cells that it held before become free in the same move."""
    board = await board_here(event)
    cells = row(board, wanted.cell, wanted.slots)
    move = PlaceCard(card=card_here(code), cells=cells, where=wanted.where or "", confirmed=wanted.confirm or False)
    seated = seat([str(cell) for cell in move.cells], move.where)
    return await answered(
        request,
        event,
        move,
        key,
        lambda outcome: numbered(200, outcome, code=move.card, placement=seated),
        card=move.card,
        presence=wanted.presence,
    )


@router.delete(
    "/{event}/cards/{code}/placement",
    response=statuses({200: Seated}, 403, 404, 409, 422, 429),
    summary="Take a card down",
    openapi_extra=HOST,
)
async def take_down_card(request: HttpRequest, event: str, code: str, key: Key = "") -> HttpResponse:
    """The card's cells are free again; the card is kept, and can be placed anew."""
    await board_here(event)
    move = TakeDown(card=card_here(code))
    return await answered(
        request,
        event,
        move,
        key,
        lambda outcome: numbered(200, outcome, code=move.card, placement=None),
        card=move.card,
    )


@router.post(
    "/{event}/swaps",
    response=statuses({200: Swapped}, 403, 404, 409, 413, 415, 422, 429),
    summary="Swap two cards",
    openapi_extra=STAFF,
)
async def swap_cards(request: HttpRequest, event: str, pair: Pair, key: Key = "") -> HttpResponse:
    """Staff let two placed cards change places in one move."""
    await board_here(event)
    move = SwapCards(card=pair.card.upper(), other=pair.other.upper())
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, card=move.card, other=move.other)
    )


async def _about(request: HttpRequest, event: str, move: EditCard | WithdrawCard, key: str) -> HttpResponse:
    return await answered(
        request, event, move, key, lambda outcome: numbered(200, outcome, code=move.card), card=move.card
    )


def shown(board: Board, card: Card, at: datetime) -> dict[str, Any]:
    """A card as JSON; what is so of few cards is left out of the others."""
    contest = board.contest_of(card.code)
    sometimes = {
        "claim": held(told(card, card.claim.placement)) if card.claim else None,
        "contest": contest and contest.id,
        "notice": _notice(board, card, card.notice, at) if card.notice else None,
        "deal": {"deal": card.deal.kind.value, "with": card.deal.other} if card.deal else None,
        "hidden": card.hidden,
        "full": card.full,
        "confirmed": bool(card.confirmed),
        "merged": list(card.merged),
        "merged_into": card.merged_into,
        "wished": wished_facts(card.wished),
        "stars": card.stars,
    }
    placement = held(told(card, card.placement)) if card.placement else None
    always = {"code": card.code, "stage": card.stage.value, "placement": placement, "edited": card.edited}
    return {**card.words.as_said(), **always, **{name: fact for name, fact in sometimes.items() if fact}}


def _notice(board: Board, card: Card, notice: Notice, at: datetime) -> dict[str, Any]:
    return {
        "cause": notice.cause.value,
        "reason": notice.reason,
        "lost": [str(cell) for cell in notice.lost.cells],
        "offered": [str(cell) for cell in notice.offered],
        "free": [str(cell) for cell in alternatives(board, card, at)],
    }
