"""The page of quick entry: one card or two, the cells of the coming hours, and what the host takes along."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Method
from openspaces.board.words import Words
from openspaces.intake.web.desk.contesting import method_says
from openspaces.intake.web.desk.picker import Choice, choice_of, picker_of
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.forms import Field, Typed, where_field, wish_field
from openspaces.intake.web.links import EditLink, edit_link
from openspaces.intake.web.visiting import Visit, mint_key
from openspaces.wording import cell_says

METHODS = (Method.VOTE, Method.HANDS, Method.LOT, Method.AGREEMENT, Method.DECISION)
MORE = ("text", "handle", "link", "where", "wish")
LENGTHS = 4
"""How many slots in a row a walk-up's card may have; more is a matter of the card's own page."""


async def entry_page(
    visit: Visit,
    one: Typed | None = None,
    other: Typed | None = None,
    said: str = "",
    status: int = 200,
    *,
    confirm: str = "",
) -> HttpResponse:
    """The page. With `one` (and `other`) it keeps what was typed; `confirm` is the button that does it all the same."""
    board, asked = visit.newest(), visit.request.GET
    two, day = _is_two(visit), _sent(visit, "day")
    picker = {"picker": picker_of(board, day, visit.at, two=two), "two": two}
    if asked.get("part") == "picker":
        return render(visit.request, "intake/desk/_picker.html", {"board": board, **picker})
    context = {
        **picker,
        **_form(visit, board, one or _carried(visit), other or _carried(visit, "2")),
        "asked": urlencode({"day": day} | ({"two": "1"} if two else {})),
        "chosen": _chosen(board, _sent(visit, "cell")),
        "given": given_for(visit, board, asked.get("given", "")),
        "confirm_do": confirm,
    }
    response = await desk_page(visit, "enter", "enter", context, said=said, status=status)
    if context["given"]:
        response["Cache-Control"] = "private, no-store"
    return response


def given_for(visit: Visit, board: Board, codes: str) -> list[tuple[Card, str, EditLink]]:
    """Cards of walk-ups, each with where it is and the edit link that its host takes along."""
    cards = [board.cards[code] for code in codes.split(".")[:5] if code in board.cards]
    return [(card, _where_says(board, card), edit_link(visit, card.code)) for card in cards]


def _where_says(board: Board, card: Card) -> str:
    if contest := board.contest_of(card.code):
        return _("contends for %(cell)s") % {"cell": cell_says(board, contest.cell)}
    return cell_says(board, card.cells[0]) if card.cells else _("planned, not on the board yet")


def _is_two(visit: Visit) -> bool:
    if wanted := visit.request.GET.get("cards"):
        return wanted == "2"
    return "two" in visit.request.POST or "two" in visit.request.GET


def _carried(visit: Visit, end: str = "") -> Typed:
    """What was typed before one looked at another day, or a second one came; nothing is said of it yet."""
    sent = visit.request.GET
    names = ("title", "host") if end else (*Words.FIELDS, "slots", "where")
    return Typed({name: sent.get(f"{name}{end}", "") for name in names})


def _sent(visit: Visit, name: str) -> str:
    """What a form sent, or an address asks for."""
    return visit.typed(name) or visit.request.GET.get(name, "")


def _form(visit: Visit, board: Board, one: Typed, other: Typed) -> Mapping[str, Any]:
    title, host = _fields(one)
    policy = board.policy
    kept = bool(_sent(visit, "method"))
    return {
        "first": (title, host),
        "second": _fields(other, "2"),
        "more": _more(board, one),
        "more_open": bool(one.errors.keys() - {"title", "host"}) or any(map(one.value, MORE)),
        "lengths": [(number, number == (one.slots or 1)) for number in range(1, LENGTHS + 1)],
        "key": mint_key(),
        "methods": [(each.value, method_says(each)) for each in METHODS],
        "method": _sent(visit, "method") or policy.contest_method,
        "minutes": _sent(visit, "minutes") or str(policy.contest_minutes),
        "coded": bool(_sent(visit, "coded")) if kept else policy.contest_presence,
        "errors": [
            *({"name": name, "says": said} for name, said in one.errors.items()),
            *({"name": f"{name}2", "says": said} for name, said in other.errors.items()),
        ],
    }


def _fields(typed: Typed, end: str = "") -> tuple[Field, Field]:
    """Title and host, named so that two cards have room in one form. Who types them in is not their host."""
    drawn = {field.name: field for field in typed.fields()}
    title, host = drawn["title"], drawn["host"]
    return (
        Field(f"title{end}", _("Title"), title.value, error=title.error, limit=title.limit, required=True),
        Field(f"host{end}", _("Whose is it?"), host.value, error=host.error),
    )


def _more(board: Board, typed: Typed) -> list[Field]:
    """What a card may have beside title and host."""
    elsewhere = next((room.name for room in board.rooms if room.elsewhere), "")
    place = where_field()
    fields = [*(field for field in typed.fields() if field.name in MORE), *typed.filled(wish_field())]
    if not elsewhere:
        return fields
    says = _("Where is it? (only for “%(room)s”)") % {"room": elsewhere}
    return [
        Field("where", says, typed.value("where"), place.hint, typed.errors.get("where", ""), place.limit),
        *fields,
    ]


def _chosen(board: Board, written: str) -> Choice | None:
    """The cell that the page was opened for."""
    try:
        cell = Cell.parse(written)
    except ValueError:
        return None
    return choice_of(board, cell) if board.has_cell(cell) else None


def code_asked(visit: Visit) -> bool:
    """Whether voters are to type the presence code. (A field `presence` would be such a code, typed by staff.)"""
    return "coded" in visit.request.POST


def contest_url(event: str, number: int, *codes: str) -> str:
    """The page of a contest, with what its hosts take along."""
    given = f"?given={'.'.join(codes)}" if codes else ""
    return desk_url(event, "contests", number) + given
