"""A card in its host's hands: edit its words, move it or ask for a cell, answer others; and the key that opens it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.moves import ClaimCell, EditCard, Move, MoveCard, PlaceCard
from openspaces.board.moves.base import holds
from openspaces.board.play import play_soon
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal
from openspaces.board.voices import Voice
from openspaces.intake.limits import TRIES, check
from openspaces.intake.reading import reading
from openspaces.intake.web.edit_page import edit_page, locked_page, stale_page, withdraw_page, words_in_full
from openspaces.intake.web.forms import fault, form_status, slots_fault, typed_in, where_fault
from openspaces.intake.web.hosting import changed_since, move_of
from openspaces.intake.web.kept import first_page
from openspaces.intake.web.links import edit_url
from openspaces.intake.web.reaching import reach
from openspaces.intake.web.visiting import Visit, go_to, too_fast, visited
from openspaces.intake.web.wishing import wished_in
from openspaces.people.asking import hold
from openspaces.wording import says

SEATED = (Kind.CARD_PLACED, Kind.CARD_MOVED)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def edit(visit: Visit, code: str) -> HttpResponse:
    """The card's own page for its host and staff; everyone else is asked for the edit key."""
    card = await visit.card(code)
    if visit.request.method == "POST" and "key" in visit.request.POST:
        return await _opened(visit, card)
    if not (visit.by.is_staff or holds(visit.by, visit.newest(), card)):
        return locked_page(visit, card, status=403 if visit.request.method == "POST" else 200)
    if visit.request.method == "POST":
        return await _done(visit, card)
    if "withdraw" in visit.request.GET and not card.withdrawn:
        return withdraw_page(visit, card)
    return await edit_page(visit, card)


async def _opened(visit: Visit, card: Card) -> HttpResponse:
    """Exchange the edit key: from now on this device holds the card."""
    if wait := check(visit.device, visit.event, visit.request.META.get("REMOTE_ADDR", ""), TRIES):
        return too_fast(visit, wait)
    key = visit.typed("key")
    if await reading(hold, visit.event, visit.device, card.code, key):
        return go_to(edit_url(visit.event, card.code))
    says_why = _("That is not the key of this card. It has 20 letters and digits, in four groups of five.")
    return locked_page(visit, card, says_why, key, 403)


async def _done(visit: Visit, card: Card) -> HttpResponse:
    """What the pressed button asks for."""
    if visit.typed("do") in ("move", "place", "claim"):
        return await _move(visit, card)
    if visit.typed("do") in ("reach", "unreach"):
        return await _reach(visit, card)
    if said := changed_since(visit):
        return await edit_page(visit, card, said=said, status=409)
    if asked := move_of(visit, card):
        return await _played(visit, card, *asked)
    return await _edit(visit, card)


async def _reach(visit: Visit, card: Card) -> HttpResponse:
    if wrong := await reach(visit, card):
        return await edit_page(visit, card, address_error=wrong, status=422)
    nothing = visit.typed("do") == "reach" and not visit.typed("email").strip()
    return go_to(edit_url(visit.event, card.code) + ("" if nothing else f"?{visit.typed('do')}=1"))


async def _edit(visit: Visit, card: Card) -> HttpResponse:
    words = await words_in_full(visit, card)
    typed = typed_in({**words.as_said(), **visit.request.POST.dict()})
    if typed.errors:
        return await edit_page(visit, card, typed, status=422)
    seen = visit.typed("seen")
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    wished = await reading(wished_in, visit, typed.value("wish"))
    move = EditCard(card=card.code, seen=number, wished=wished, **typed.words())
    outcome = await play_soon(visit.event, move, by=visit.by)
    if outcome.refusal and outcome.refusal.code is Code.STALE_EDIT:
        return stale_page(visit, card, outcome.refusal)
    if outcome.refusal:
        return await edit_page(visit, card, typed, said=says(outcome.refusal), status=form_status(outcome.refusal.code))
    return go_to(f"{edit_url(visit.event, card.code)}?saved=1")


async def _move(visit: Visit, card: Card) -> HttpResponse:
    wanted = _cell_named(visit.board, visit.typed("cell"))
    if wanted is None:
        return await edit_page(visit, card, said=_("The board has no such cell."), status=404)
    if errors := _misfits(visit, card, wanted):
        return await edit_page(visit, card, move_errors=errors, wanted=wanted, status=422)
    outcome = await play_soon(visit.event, _moving(visit, card, wanted), by=visit.by)
    if outcome.refusal:
        return await _not_moved(visit, card, wanted, outcome.refusal)
    placed = any(change.kind in SEATED for change in outcome.changes) or visit.typed("do") != "claim"
    return go_to(f"{edit_url(visit.event, card.code)}?{'placed' if placed else 'claimed'}=1")


def _cell_named(board: Board, written: str) -> Cell | None:
    try:
        cell = Cell.parse(written)
    except ValueError:
        return None
    return cell if board.has_cell(cell) else None


def _misfits(visit: Visit, card: Card, wanted: Cell) -> Mapping[str, str]:
    """What is wrong with the length or the place that was typed for a move."""
    length, where = _length(visit, card), _where(visit, card)
    elsewhere = visit.board.is_elsewhere(wanted)
    errors = {
        "slots": slots_fault(visit.board, wanted, length),
        "where": where_fault(where) if elsewhere else fault("host", where),
    }
    return {name: said for name, said in errors.items() if said}


def _moving(visit: Visit, card: Card, wanted: Cell) -> Move:
    """A button that was drawn for a card on the board moves it only if it is still there."""
    confirmed = visit.typed("confirmed")
    what: dict[str, Any] = {
        "card": card.code,
        "cells": visit.board.run(wanted, _length(visit, card)),
        "where": _where(visit, card) if visit.board.is_elsewhere(wanted) else "",
        "confirmed": bool(confirmed),
    }
    if visit.typed("do") == "claim":
        return ClaimCell(**what, contend=visit.typed("contend") == "1" or confirmed == "contend")
    return MoveCard(**what) if visit.typed("do") == "move" else PlaceCard(**what)


def _length(visit: Visit, card: Card) -> int:
    """How many slots the card is to have: what was chosen, else as many as it has."""
    typed = visit.typed("slots")
    return typed_in({"slots": typed}).slots if typed else max(1, len(card.cells))


def _where(visit: Visit, card: Card) -> str:
    return visit.typed("where") or (card.placement.where if card.placement else "")


async def _not_moved(visit: Visit, card: Card, wanted: Cell, refusal: Refusal) -> HttpResponse:
    if first := first_page(visit.request, visit.board, refusal):
        return first
    return await edit_page(
        visit, card, said=says(refusal), refusal=refusal, wanted=wanted, status=form_status(refusal.code)
    )


async def _played(visit: Visit, card: Card, move: Move | Voice, done: str) -> HttpResponse:
    outcome = await play_soon(visit.event, move, by=visit.by)
    if outcome.refusal:
        return await edit_page(visit, card, said=says(outcome.refusal), status=form_status(outcome.refusal.code))
    return go_to(f"{edit_url(visit.event, card.code)}?{done}=1")
