"""The pages of a card in its host's hands: the card itself, the two texts of a stale edit, and the closed door."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.moves.taking import may_place
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import NAME_LENGTH, Cell, Placing, Refusal
from openspaces.intake.web.forms import Typed, field_labels
from openspaces.intake.web.kept import way_in
from openspaces.intake.web.links import card_url, edit_link, edit_url, shown_card
from openspaces.intake.web.offering import free_for, offered
from openspaces.intake.web.visiting import Visit, page
from openspaces.wording import placement_says, says

USUAL_LENGTHS = 4
"""How many slots in a row the form offers; a card that has more keeps its length."""


def edit_page(
    visit: Visit,
    card: Card,
    typed: Typed | None = None,
    said: str = "",
    refusal: Refusal | None = None,
    wanted: Cell | None = None,
    move_errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The card's own page. What was typed or asked for and did not go through stands there still."""
    board = visit.newest()
    now = board.cards[card.code]
    form = typed or Typed(now.words.as_said())
    context = {
        "card": shown_card(board, now),
        "withdrawn": now.withdrawn,
        "done": "" if said else _done_says(visit, board, now),
        "said": said,
        "offers": offered(board, wanted, refusal.free) if wanted and refusal else [],
        "confirm": str(wanted) if refusal and refusal.confirmable else "",
        "form": {"fields": form.fields(), "errors": _errors({**form.errors, **(move_errors or {})})},
        "seen": now.edited,
        "move": _moving(visit, board, now, move_errors or {}, wanted),
        **_given(visit, now),
    }
    return _secret(page(visit, "edit", context, status))


def withdraw_page(visit: Visit, card: Card) -> HttpResponse:
    """The question before a card is withdrawn."""
    return page(visit, "withdraw", {"card": shown_card(visit.newest(), card)})


def stale_page(visit: Visit, card: Card, refusal: Refusal) -> HttpResponse:
    """Both texts side by side; the host says which one stays."""
    board = visit.newest()
    theirs, yours = refusal.facts["theirs"], refusal.facts["yours"]
    rows = [(label, theirs[name], yours[name], theirs[name] != yours[name]) for name, label in field_labels()]
    context = {
        "card": shown_card(board, board.cards[card.code]),
        "says": says(refusal),
        "rows": rows,
        "yours": list(yours.items()),
        "seen": board.cards[card.code].edited,
    }
    return page(visit, "stale", context, status=409)


def locked_page(visit: Visit, card: Card, error: str = "", key: str = "", status: int = 200) -> HttpResponse:
    """For a device that does not hold the card: where the edit link is, and a field for its key."""
    context = {"card": shown_card(visit.newest(), card), "error": error, "key": key}
    return page(visit, "locked", context, status)


def _secret(response: HttpResponse) -> HttpResponse:
    """The page shows the edit key, so not even the browser's own cache may keep it."""
    response["Cache-Control"] = "private, no-store"
    return response


def _given(visit: Visit, card: Card) -> dict[str, Any]:
    """What the host may take along: the edit link, and the addresses to share."""
    return {
        "link": edit_link(visit, card.code),
        "share": f"{visit.base_url}{card_url(visit.event, card.code)}",
        "action": edit_url(visit.event, card.code),
        "fresh": "placed" in visit.request.GET or "planned" in visit.request.GET,
    }


def _done_says(visit: Visit, board: Board, card: Card) -> str:
    """What has just been done, as the address says; only if it is so."""
    asked = visit.request.GET
    if "placed" in asked and card.placement:
        return _("It's up: %(place)s.") % {"place": placement_says(board, card.placement)}
    if "planned" in asked and not card.placement and not card.withdrawn:
        return _planned_says(visit)
    if "saved" in asked:
        return _("Saved. The board shows your new words.")
    if "down" in asked and not card.placement:
        return _("Taken down. The hour is free again, and your card is kept here.")
    return ""


def _planned_says(visit: Visit) -> str:
    if visit.board.policy.placing is Placing.FACILITATORS:
        return _("Your card is planned. The facilitator puts it on the board; ask them at the desk.")
    return _("Your card is planned. It holds no room until you put it on a free hour.")


def _moving(
    visit: Visit, board: Board, card: Card, errors: Mapping[str, str], wanted: Cell | None
) -> dict[str, Any] | None:
    """Where the card could go; None if it could go nowhere, and why not."""
    if card.withdrawn:
        return None
    refusal = may_place(visit.by, board)
    elsewhere = next((room.name for room in board.rooms if room.elsewhere), "")
    return {
        "do": "move" if card.placement else "place",
        "why_not": says(refusal) if refusal else "",
        "way": way_in(board.event, refusal, edit_url(board.event, card.code)),
        "days": [] if refusal else free_for(visit, card),
        "lengths": _lengths(len(card.cells), visit.typed("slots")),
        "elsewhere": elsewhere,
        "where": visit.typed("where") or (card.placement.where if card.placement else ""),
        "where_limit": NAME_LENGTH,
        "errors": errors,
        "wanted": str(wanted) if wanted else "",
    }


def _lengths(now: int, typed: str) -> list[tuple[int, str, bool]]:
    """How many slots in a row the card may have: each number, in words, and whether it is chosen."""
    most = max(USUAL_LENGTHS, now)
    chosen = int(typed) if typed.isdecimal() and 1 <= int(typed[:4]) <= most else max(1, now)
    return [
        (number, ngettext("%(slots)d slot", "%(slots)d slots", number) % {"slots": number}, number == chosen)
        for number in range(1, most + 1)
    ]


def _errors(errors: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "says": said} for name, said in errors.items()]
