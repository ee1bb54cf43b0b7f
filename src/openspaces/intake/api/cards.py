"""The calls of a card: write, place, move, take down, edit, withdraw, swap; and ideas."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.moves.cards import EditCard, PlaceCard, SwapCards, TakeDown, WithdrawCard, WriteCard
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Words
from openspaces.intake.api.answers import answer, placement, seat
from openspaces.intake.api.asked import answered, board_here, card_here, row
from openspaces.intake.api.calls import HOST, STAFF, Key, statuses
from openspaces.intake.api.shapes import Card, CardShown, Edit, NewCard, NewIdea, Pair, Seated, Swapped, Wanted, Written
from openspaces.intake.api.troubles import NotHere
from openspaces.people.keys import card_key

router = Router(tags=["Cards"])


@router.post(
    "/{event}/cards", response=statuses({201: Written}, 403, 404, 409, 413, 415, 422, 429), summary="Write a card"
)
async def write_card(request: HttpRequest, event: str, said: NewCard, key: Key = "") -> HttpResponse:
    """Anyone may write a card. With `cell` it goes on the board in the same move; if that is refused, nothing is
    written. The answer's `key` edits the card from any device."""
    board = await board_here(event)
    words = {name: value for name in Words.FIELDS if (value := getattr(said, name)) is not None}
    cells = row(board, said.cell, said.slots) if said.cell else ()
    move = WriteCard(**words, cells=cells, where=said.where or "", confirmed=said.confirm or False)

    def told(outcome: Outcome) -> HttpResponse:
        code = outcome.changes[0].card
        seated = placement(outcome.changes)
        key_of_card = card_key(event, code)
        return answer(201, {"code": code, "key": key_of_card, "number": outcome.number, "placement": seated})

    return await answered(request, event, move, key, told, presence=said.presence)


@router.post("/{event}/ideas", response=statuses({201: Card}, 404, 413, 415, 422, 429), summary="Leave an idea")
async def write_idea(request: HttpRequest, event: str, said: NewIdea, key: Key = "") -> HttpResponse:
    """A card without a host: somebody should…"""
    await board_here(event)
    move = WriteCard(title=said.title, text=said.text or "", idea=True)
    return await answered(
        request, event, move, key, lambda outcome: _numbered(201, outcome, code=outcome.changes[0].card)
    )


@router.get("/{event}/cards/{code}", response=statuses({200: CardShown}, 404), summary="Read a card")
async def read_card(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The card as the board shows it now."""
    board = await board_here(event)
    card = board.cards.get(card_here(code))
    if card is None:
        raise NotHere(Refusal(Code.UNKNOWN_CARD, {"card": code}))
    held = card.placement and seat([str(cell) for cell in card.cells], card.placement.where)
    shown = {"code": card.code, "stage": card.stage.value, "placement": held, "edited": card.edited}
    return answer(200, card.words.as_said() | shown)


@router.patch(
    "/{event}/cards/{code}",
    response=statuses({200: Card}, 403, 404, 409, 413, 415, 422, 429),
    summary="Edit a card",
    openapi_extra=HOST,
)
async def edit_card(request: HttpRequest, event: str, code: str, said: Edit, key: Key = "") -> HttpResponse:
    """The card's host or staff change what it says. If its words have changed since the number you have `seen`, that is
    refused with both texts, `theirs` and `yours`."""
    await board_here(event)
    words = {name: getattr(said, name) or "" for name in Words.FIELDS if name in said.model_fields_set}
    move = EditCard(card=card_here(code), seen=said.seen, **words)
    return await _about(request, event, move, key)


@router.delete(
    "/{event}/cards/{code}",
    response=statuses({200: Card}, 403, 404, 409, 422, 429),
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
        lambda outcome: _numbered(200, outcome, code=move.card, placement=seated),
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
        lambda outcome: _numbered(200, outcome, code=move.card, placement=None),
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
        request, event, move, key, lambda outcome: _numbered(200, outcome, card=move.card, other=move.other)
    )


async def _about(request: HttpRequest, event: str, move: EditCard | WithdrawCard, key: str) -> HttpResponse:
    return await answered(
        request, event, move, key, lambda outcome: _numbered(200, outcome, code=move.card), card=move.card
    )


def _numbered(status: int, outcome: Outcome, **facts: object) -> HttpResponse:
    return answer(status, {**facts, "number": outcome.number})
