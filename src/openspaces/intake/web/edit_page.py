"""The pages of a card in its host's hands: the card itself, the two texts of a stale edit, and the closed door."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import ngettext

from openspaces.board.moves.running import running
from openspaces.board.moves.taking import may_place
from openspaces.board.read import words_of
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import LONGEST_RUN, NAME_LENGTH, Cell, Deal, Refusal, Stage, Standing
from openspaces.board.words import Words
from openspaces.intake.reading import reading
from openspaces.intake.web.asking_for import OTHERS, do_for, for_card
from openspaces.intake.web.cohosting import offers_of
from openspaces.intake.web.contending import all_the_same_says, decides_says, tie_says
from openspaces.intake.web.done_says import FRESH, done_says
from openspaces.intake.web.forms import Typed, field_labels, wish_field
from openspaces.intake.web.interest import Interest, interest_in, with_interest
from openspaces.intake.web.kept import way_in
from openspaces.intake.web.links import card_url, edit_link, edit_url, shown_card
from openspaces.intake.web.needs import needs_of
from openspaces.intake.web.offering import free_for, offered
from openspaces.intake.web.reaching import reached
from openspaces.intake.web.visiting import Visit, page
from openspaces.intake.web.wishing import wish_says
from openspaces.look.calendars import card_calendar_ways
from openspaces.look.sharing import card_says, card_ways, tagged
from openspaces.look.wished import wished_length
from openspaces.wording import says

USUAL_LENGTHS = 4
"""How many slots in a row the form offers; a card that has more keeps its length."""


async def edit_page(
    visit: Visit,
    card: Card,
    typed: Typed | None = None,
    said: str = "",
    refusal: Refusal | None = None,
    wanted: Cell | None = None,
    move_errors: Mapping[str, str] | None = None,
    address_error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The card's own page. What was typed or asked for and did not go through stands there still."""
    board = visit.newest()
    now = board.cards[card.code]
    words = await words_in_full(visit, now)
    form = typed or Typed(words.as_said())
    interest = await reading(interest_in, visit, board, now)
    context = {
        "card": shown_card(board, now),
        "words": words,
        "state": _state(visit, board, now),
        "needs": needs_of(board, now, visit.by, visit.at),
        "done": "" if said else done_says(visit, board, now),
        "said": said,
        "offers": offered(board, wanted, refusal.free) if wanted and refusal else [],
        "again": _again(visit, refusal, wanted),
        "contest": _contest(visit, board, now, wanted) if refusal and refusal.code in OTHERS else None,
        "form": await _form(visit, board, now, form, {**form.errors, **(move_errors or {}), **_wrong(address_error)}),
        "reached": await reached(visit, now, address_error),
        "offered": await offers_of(visit, now),
        "interest": interest.says,
        "seen": now.edited,
        "move": _moving(visit, board, now, move_errors or {}, wanted, interest),
        **_given(visit, now),
    }
    return _secret(page(visit, "edit", context, status))


async def words_in_full(visit: Visit, card: Card) -> Words:
    """What the card says, also where only its host and staff may read it."""
    return (await reading(words_of, visit.event, card.code) if card.hidden else None) or card.words


async def _form(visit: Visit, board: Board, card: Card, form: Typed, errors: Mapping[str, str]) -> dict[str, Any]:
    """The words; and while the card has no cell, its wish and what is understood of it."""
    wish = form.filled(wish_field()) if card.placement is None or form.value("wish") else []
    understood = await reading(wish_says, visit, board, form.value("wish")) if wish else ""
    return {"fields": [*form.fields(), *wish], "errors": _errors(errors), "understood": understood}


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


def _state(visit: Visit, board: Board, card: Card) -> dict[str, Any]:
    """What is so with the card, as the page takes it up: what it became part of, and what became part of it."""
    into = board.cards.get(card.merged_into)
    return {
        "gone": card.stage is Stage.WITHDRAWN,
        "removed": card.standing is Standing.REMOVED,
        "hidden": card.hidden,
        "waits": card.standing is Standing.HELD,
        "into": shown_card(board, into) if into else None,
        "parts": [shown_card(board, board.cards[code]) for code in card.merged],
        "running": running(board, card, visit.at),
        "full": card.full,
        "deals": [Deal.SWAP.value] * bool(card.placement) + [Deal.MERGE.value] if not card.hidden else [],
    }


def _given(visit: Visit, card: Card) -> dict[str, Any]:
    """What the host may take along: the edit link, and the addresses to share."""
    address = f"{visit.base_url}{card_url(visit.event, card.code)}"
    return {
        "link": edit_link(visit, card.code),
        "share": address,
        "ways": card_ways(visit.newest(), card, address),
        "post": tagged(card_says(visit.newest(), card), visit.newest()),
        "calendars": card_calendar_ways(visit.newest(), card, visit.base_url),
        "action": edit_url(visit.event, card.code),
        "fresh": any(done in visit.request.GET for done in FRESH),
    }


def _again(visit: Visit, refusal: Refusal | None, wanted: Cell | None) -> dict[str, str]:
    """What a button sends that asks for the same again, or for another cell: `confirm` where that is to be meant."""
    do, contends = visit.typed("do"), visit.typed("contend") or visit.typed("confirmed") == "contend"
    confirmable = refusal is not None and refusal.confirmable
    return {
        "do": do,
        "slots": visit.typed("slots"),
        "where": visit.typed("where"),
        "confirm": str(wanted) if confirmable else "",
        "confirmed": "contend" if contends else "1",
    }


def _contest(visit: Visit, board: Board, card: Card, wanted: Cell | None) -> dict[str, str] | None:
    """The contest that would begin if the host asked all the same; None if there would be none."""
    prospect = for_card(board, visit.by, visit.at, card, (wanted,)) if wanted else None
    if prospect is None or prospect.contest is None:
        return None
    contest = prospect.contest
    return {
        "cell": str(wanted),
        "decides": decides_says(board, contest, visit.at),
        "tie": tie_says(contest),
        "ask": all_the_same_says(board, contest, visit.at),
    }


def _moving(
    visit: Visit, board: Board, card: Card, errors: Mapping[str, str], wanted: Cell | None, interest: Interest
) -> dict[str, Any] | None:
    """Where the card could go; None if it could go nowhere, and why not."""
    if card.withdrawn:
        return None
    do = do_for(board, visit.by, card)
    refusal = None if do == "claim" or card.owed else may_place(visit.by, board)
    elsewhere = next((room.name for room in board.rooms if room.elsewhere), "")
    return {
        "do": do,
        "why_not": says(refusal) if refusal else "",
        "way": way_in(board.event, refusal, edit_url(board.event, card.code)),
        "days": [] if refusal else with_interest(board, free_for(visit, card), interest),
        "lengths": _lengths(wished_length(card), visit.typed("slots")),
        "elsewhere": elsewhere,
        "where": visit.typed("where") or (card.placement.where if card.placement else ""),
        "where_limit": NAME_LENGTH,
        "errors": errors,
        "wanted": str(wanted) if wanted else "",
    }


def _lengths(now: int, typed: str) -> list[tuple[int, str, bool]]:
    """How many slots in a row the card may have: each number, in words, and whether it is chosen."""
    wanted = int(typed) if typed.isdecimal() and 1 <= int(typed[:4]) <= LONGEST_RUN else now
    return [
        (number, ngettext("%(slots)d slot", "%(slots)d slots", number) % {"slots": number}, number == wanted)
        for number in range(1, max(USUAL_LENGTHS, now, wanted) + 1)
    ]


def _wrong(address: str) -> dict[str, str]:
    return {"email": address} if address else {}


def _errors(errors: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "says": said} for name, said in errors.items()]
