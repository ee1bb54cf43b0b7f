"""Somebody takes an idea up: who they are, what they would say of it, a wish or a free cell, and who hosts it too."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import AcceptOffer, TakeUp
from openspaces.board.play import KeyReused, Outcome, play_soon
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import NAME_LENGTH, Cell, Kind, Placing, Refusal, Stage
from openspaces.intake.reading import reading
from openspaces.intake.web.cells import form_key, used_says
from openspaces.intake.web.cohosting import NAMES, offers_of
from openspaces.intake.web.forms import Typed, form_status, typed_in, where_fault, wish_field
from openspaces.intake.web.kept import first_page
from openspaces.intake.web.links import edit_url, shown_card
from openspaces.intake.web.offering import free_for, offered
from openspaces.intake.web.visiting import Visit, go_to, mint_key, page, visited
from openspaces.intake.web.wishing import wish_says, wished_in
from openspaces.wording import says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def take_up(visit: Visit, code: str) -> HttpResponse:
    """The form of taking an idea up, and taking it up."""
    card = await visit.card(code)
    if visit.request.method == "POST":
        return await _take_up(visit, card)
    return await _page(visit, card)


async def _take_up(visit: Visit, card: Card) -> HttpResponse:
    typed = _checked(visit, typed_in({"title": card.words.title, **visit.request.POST.dict()}))
    if typed.errors:
        return await _page(visit, card, typed, status=422)
    try:
        outcome = await play_soon(visit.event, await _move(visit, card, typed), by=visit.by, key=form_key(typed))
    except KeyReused:
        return await _page(visit, card, typed, used_says(visit), status=409)
    if outcome.refusal:
        return await _not_taken(visit, card, typed, outcome.refusal)
    await _take_in(visit, card)
    return go_to(f"{edit_url(visit.event, card.code)}?{_done(outcome)}=1")


def _checked(visit: Visit, typed: Typed) -> Typed:
    """Who takes it up says who they are; and the cell, if one was chosen, is one of the board's."""
    errors: dict[str, str] = {}
    if not typed.value("host").strip():
        errors["host"] = _("Write who you are: everybody will see who hosts it.")
    cell = _cell(visit.board, typed)
    if typed.value("cell") and cell is None:
        errors["cell"] = _("The board has no such cell.")
    if cell and visit.board.is_elsewhere(cell) and (why := where_fault(typed.value("where"))):
        errors["where"] = why
    return typed.with_errors(errors)


def _cell(board: Board, typed: Typed) -> Cell | None:
    try:
        cell = Cell.parse(typed.value("cell"))
    except ValueError:
        return None
    return cell if board.has_cell(cell) else None


async def _move(visit: Visit, card: Card, typed: Typed) -> TakeUp:
    """What is meant. Where others decide, a chosen cell is asked for. Staff do it for a walk-up."""
    cell = _cell(visit.board, typed)
    words: dict[str, Any] = {name: typed.value(name) for name in ("text", "host", "handle", "link", "wish")}
    return TakeUp(
        card=card.code,
        **words,
        wished=await reading(wished_in, visit, words["wish"]),
        cells=(cell,) if cell else (),
        where=typed.value("where") if cell and visit.board.is_elsewhere(cell) else "",
        claim=not visit.by.is_staff,
        walk_up=visit.by.is_staff,
        contend=False,
        confirmed=bool(visit.typed("confirmed")),
    )


async def _take_in(visit: Visit, card: Card) -> None:
    """Those who were ticked host it too. One who has just taken the offer back does not."""
    wanted = visit.request.POST.getlist("with")
    for offer in await offers_of(visit, card):
        if offer.hand in wanted:
            await play_soon(visit.event, AcceptOffer(card=card.code, hand=offer.hand), by=visit.by)


def _done(outcome: Outcome) -> str:
    kinds = {change.kind for change in outcome.changes}
    if Kind.CARD_PLACED in kinds:
        return "placed"
    return "claimed" if Kind.CARD_CLAIMED in kinds else "planned"


async def _not_taken(visit: Visit, card: Card, typed: Typed, refusal: Refusal) -> HttpResponse:
    if first := first_page(visit.request, visit.board, refusal):
        return first
    return await _page(visit, card, typed, says(refusal), refusal, form_status(refusal.code))


async def _page(
    visit: Visit,
    card: Card,
    typed: Typed | None = None,
    said: str = "",
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    board = visit.newest()
    now = board.cards.get(card.code, card)
    form = typed or Typed({"text": now.words.text, "link": now.words.link})
    context = {
        "card": shown_card(board, now),
        "words": now.words,
        "can": now.stage is Stage.IDEA and not now.hidden,
        "stars": now.stars,
        "said": said,
        "form": await reading(_form, visit, now, form),
        "where": _where(board, form),
        "offers": await _offers(visit, now),
        "near": _near(board, form, refusal),
        "names": urlencode({name: said for name in NAMES if (said := form.value(name))}),
        "confirm": bool(refusal and refusal.confirmable),
        "asks": board.policy.placing is Placing.FACILITATORS and not visit.by.is_staff,
    }
    return page(visit, "take_up", context, status)


def _form(visit: Visit, card: Card, typed: Typed) -> Mapping[str, Any]:
    fields = [field for field in typed.fields_of_host() if field.name != "title"]
    order = ("host", "handle", "text", "link")
    fields.sort(key=lambda field: order.index(field.name))
    return {
        "fields": [*fields, *typed.filled(wish_field())],
        "understood": wish_says(visit, visit.newest(), typed.value("wish")),
        "errors": [{"name": name, "says": why} for name, why in typed.errors.items()],
        "key": mint_key(),
        "cell": typed.value("cell"),
        "cell_error": typed.errors.get("cell", ""),
        "days": free_for(visit, card),
    }


def _where(board: Board, typed: Typed) -> dict[str, Any] | None:
    """The place, which only Elsewhere needs."""
    room = next((room.name for room in board.rooms if room.elsewhere), "")
    if not room:
        return None
    return {
        "room": room,
        "value": typed.value("where"),
        "limit": NAME_LENGTH,
        "error": typed.errors.get("where", ""),
    }


async def _offers(visit: Visit, card: Card) -> list[tuple[str, str, str, bool]]:
    """Those who would host it too: device, name, handle, and whether they are ticked."""
    ticked = visit.request.POST.getlist("with")
    there = await offers_of(visit, card)
    return [(each.hand, each.name, each.handle, each.hand in ticked) for each in there if each.hand != visit.by.hand]


def _near(board: Board, typed: Typed, refusal: Refusal | None) -> list[Any]:
    """What is free near the cell that was refused."""
    cell = _cell(board, typed)
    return offered(board, cell, refusal.free) if refusal and cell else []
