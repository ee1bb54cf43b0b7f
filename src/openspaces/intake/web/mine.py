"""What is mine, for the pages' scripts: my role, my cards and what they need of me, my ballots."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from openspaces.board.moves.taking import may_place
from openspaces.board.read import ballots_of
from openspaces.board.state import Board
from openspaces.intake.reading import reading
from openspaces.intake.web.heard import stars_and_news
from openspaces.intake.web.links import ShownCard, cards_held
from openspaces.intake.web.needs import Need, needs_of
from openspaces.intake.web.staff import role_says
from openspaces.intake.web.visiting import Visit, visit_of
from openspaces.look.cells import quoted
from openspaces.look.giggity import giggity_link
from openspaces.people.keys import stars_key
from openspaces.wording import says


@require_safe
async def me(request: HttpRequest, event: str) -> HttpResponse:
    """What the page that is the same for everyone cannot say. `todo` has a line for each card that has something to
    tell, `bar` the sentence for the one that presses most."""
    visit = await visit_of(request, event)
    board, held = visit.newest(), cards_held(visit)
    refusal = may_place(visit.by, board)
    todo = [_todo(visit, board, card) for card in held]
    told = [line for line in todo if line["needs"]]
    stars = await stars_and_news(visit, board)
    answer = {
        "event": visit.event,
        "name": board.name,
        "number": board.number,
        "role": visit.by.role,
        "role_says": role_says(visit.by.role) if visit.by.role else "",
        "present": visit.by.present,
        "signed_in": visit.by.signed_in,
        "cards": [card.code for card in held],
        "todo": told,
        "bar": None if visit.by.is_staff else _bar(told),
        "ballots": await _ballots(visit, board),
        **stars,
        "giggity": giggity_link(board, visit.base_url, stars["starred"]),
        "calendar": calendar_of(visit),
        "placing": board.policy.placing,
        "why_not": says(refusal) if refusal else "",
    }
    return JsonResponse(answer, headers={"Cache-Control": "private, no-store", "Vary": "Cookie"})


def calendar_of(visit: Visit) -> str:
    """The address of the calendar of what this device starred and hosts. A new device has none: its name is gone with
    this answer."""
    if visit.device.fresh:
        return ""
    return f"{visit.base_url}/{visit.event}/stars/{stars_key(visit.event, visit.by.hand)}.ics"


def _todo(visit: Visit, board: Board, card: ShownCard) -> dict[str, Any]:
    """What one card tells its host. The same sentences stand on its page, with their answers."""
    needs = needs_of(board, board.cards[card.code], visit.by, visit.at)
    return {
        "card": card.code,
        "title": quoted(board.cards[card.code]),
        "url": card.edit_url,
        "urgent": any(need.urgent for need in needs),
        "needs": [_need(need) for need in needs],
    }


def _need(need: Need) -> dict[str, Any]:
    """`cells` are free ones to be had with the form's `do`, `answers` the other words of it."""
    return {
        "kind": need.kind,
        "says": need.says,
        "urgent": need.urgent,
        "do": need.do,
        "slots": need.slots,
        "cells": [{"cell": str(offer.cell), "says": offer.label} for offer in need.offers],
        "answers": [{"do": answer.do, "says": answer.says, **dict(answer.sends)} for answer in need.answers],
        "links": [{"url": link.url, "says": link.says} for link in need.links],
    }


def _bar(told: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A small bar on the board: which card waits for its host, why, and the way there. None where nothing presses, and
    for staff, who have the desk for it: they typed in the cards of many hosts."""
    urgent = [line for line in told if line["urgent"]]
    if not urgent:
        return None
    first, more = urgent[0], len(urgent) - 1
    why = next(need["says"] for need in first["needs"] if need["urgent"])
    others = ngettext("%(count)d more of your cards needs you.", "%(count)d more of your cards need you.", more)
    return {
        "card": first["card"],
        "says": _("Your card %(title)s needs you.") % {"title": first["title"]},
        "why": why,
        "more": others % {"count": more} if more else "",
        "url": first["url"],
        "open": _("Open it"),
        "take": _one_tap(first),
        "later": _("Later"),
    }


def _one_tap(line: dict[str, Any]) -> dict[str, Any] | None:
    """What puts a planned card on the board with one tap: the first cell that it is offered."""
    need = next((need for need in line["needs"] if need["kind"] == "planned" and need["cells"]), None)
    if need is None:
        return None
    cell = need["cells"][0]
    says = _("Ask for %(where)s") if need["do"] == "claim" else _("Take %(where)s")
    return {
        "says": says % {"where": cell["says"]},
        "do": need["do"],
        "slots": need["slots"],
        "cell": cell["cell"],
    }


async def _ballots(visit: Visit, board: Board) -> dict[str, list[str]]:
    """What this device voted in the contests that are open; nothing is asked for where there can be nothing."""
    if visit.device.fresh or not any(contest.open for contest in board.contests.values()):
        return {}
    mine = await reading(ballots_of, visit.event, visit.by.hand)
    return {str(number): list(cards) for number, cards in mine.items()}
