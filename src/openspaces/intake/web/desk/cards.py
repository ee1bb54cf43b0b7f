"""One card at the desk: everything that staff may do with it, each a button."""

from collections.abc import Awaitable, Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import (
    ApproveCard,
    ConfirmCard,
    EditCard,
    FreeRoom,
    MarkFull,
    MergeCards,
    Move,
    OfferCells,
    OpenContest,
    PlaceCard,
    RemoveAllOf,
    RemoveCard,
    RestoreCard,
    ShieldCard,
    SwapCards,
    TakeDown,
    UnmergeCards,
    WithdrawCard,
)
from openspaces.board.read import board_at, changes_of
from openspaces.board.state import Card
from openspaces.board.vocabulary import Cell
from openspaces.board.words import Unfit
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.answers import seen_in
from openspaces.intake.web.desk.card_page import card_page
from openspaces.intake.web.desk.doing import back, played, why
from openspaces.intake.web.desk.grid import cells_named
from openspaces.intake.web.desk.picking import length_of
from openspaces.intake.web.desk.versions import versions
from openspaces.intake.web.desk.visiting import desk_url, staffed
from openspaces.intake.web.forms import form_status, slots_fault, typed_in, where_fault
from openspaces.intake.web.visiting import Visit
from openspaces.wording import unfit_says


@staffed
async def card(visit: Visit, code: str) -> HttpResponse:
    """Show a card; do what a button asks for."""
    found = await visit.card(code)
    if visit.request.method != "POST":
        return await card_page(visit, code)
    try:
        move = await _move(visit, found)
    except Unfit as unfit:
        return await card_page(visit, code, unfit_says(unfit), 422)
    if isinstance(move, str):
        return await card_page(visit, code, move, 422)
    outcome = await played(visit, move)
    if outcome.refusal:
        return await card_page(visit, code, why(outcome.refusal), form_status(outcome.refusal.code))
    return back(visit, outcome, desk_url(visit.event, "cards", code))


async def _move(visit: Visit, card: Card) -> Move | str:
    """The move that the pressed button asks for, or what it lacks."""
    do = visit.typed("do")
    if do in _READING:
        return await _READING[do](visit, card)
    return _MOVES[do](visit, card) if do in _MOVES else _("This button asks for nothing that the desk knows.")


# On the board


def _place(visit: Visit, card: Card) -> Move | str:
    """Onto a cell, from wherever it is; staff see for themselves what clashes."""
    board = visit.newest()
    cell = _cell(visit)
    if cell is None:
        return _("The board has no such cell.")
    length = typed_in({"slots": visit.typed("slots") or str(length_of(card))}).slots
    where = visit.typed("where") if board.is_elsewhere(cell) else ""
    fault = slots_fault(board, cell, length) or (where_fault(where) if board.is_elsewhere(cell) else "")
    return fault or PlaceCard(card=card.code, cells=board.run(cell, length), where=where, confirmed=True)


def _offer(visit: Visit, card: Card) -> Move | str:
    cells = cells_named(visit.newest(), " ".join(map(str, visit.request.POST.getlist("cell"))))
    if not cells:
        return _("Tick the cells that you offer.")
    return OfferCells(card=card.code, cells=cells, reason=visit.typed("reason"))


def _with_other(visit: Visit, move: Callable[[str], Move]) -> Move | str:
    other = visit.typed("other")
    return move(other) if other in visit.newest().cards else _("Choose the other card.")


def _contest(visit: Visit, card: Card) -> Move | str:
    """For the cell that this card holds or asks for, else that of the other one."""
    other = visit.newest().cards.get(visit.typed("other"))
    if other is None:
        return _("Choose the other card.")
    cell = _wanted_by(card) or _wanted_by(other)
    if cell is None:
        return _("Neither of the two cards holds or asks for a cell, so there is nothing to contend for.")
    return OpenContest(cell=cell, cards=(card.code, other.code))


def _wanted_by(card: Card) -> Cell | None:
    """The cell that it asks for, else the one that it holds."""
    placement = card.claim.placement if card.claim else card.placement
    return placement.cells[0] if placement else None


def _cell(visit: Visit) -> Cell | None:
    return next(iter(cells_named(visit.newest(), visit.typed("cell"))), None)


# What it was


async def _restored(visit: Visit, card: Card) -> Move | str:
    """The whole card as it was at a number."""
    number = _number(visit)
    past = await reading(board_at, visit.event, number) if number else None
    return RestoreCard(card=card.code, number=number, past=past) if past else _("Choose when it was right.")


async def _words_again(visit: Visit, card: Card) -> Move | str:
    """What it said then; where it stands is another matter."""
    known = versions(card.code, await reading(changes_of, visit.event, card.code))
    version = next((each for each in known if each.change.number == _number(visit)), None)
    if version is None:
        return _("The card never had that text.")
    return EditCard(card=card.code, seen=card.edited, **version.words.as_said())


def _number(visit: Visit) -> int:
    return seen_in(visit.typed("number")) or 0


_READING: dict[str, Callable[[Visit, Card], Awaitable[Move | str]]] = {
    "restore": _restored,
    "words": _words_again,
}
_MOVES: dict[str, Callable[[Visit, Card], Move | str]] = {
    "place": _place,
    "take-down": lambda visit, card: TakeDown(card=card.code),
    "withdraw": lambda visit, card: WithdrawCard(card=card.code),
    "swap": lambda visit, card: _with_other(visit, lambda other: SwapCards(card=card.code, other=other)),
    "merge": lambda visit, card: _with_other(visit, lambda other: MergeCards(card=card.code, into=other)),
    "unmerge": lambda visit, card: UnmergeCards(card=card.code),
    "full": lambda visit, card: MarkFull(card=card.code, full=True),
    "not-full": lambda visit, card: MarkFull(card=card.code, full=False),
    "still-on": lambda visit, card: ConfirmCard(card=card.code),
    "nobody-here": lambda visit, card: FreeRoom(card=card.code),
    "shield": lambda visit, card: ShieldCard(card=card.code, reason=visit.typed("reason")),
    "approve": lambda visit, card: ApproveCard(card=card.code, seen=seen_in(visit.typed("seen"))),
    "remove": lambda visit, card: RemoveCard(card=card.code, reason=visit.typed("reason")),
    "remove-all": lambda visit, card: RemoveAllOf(card=card.code, reason=visit.typed("reason")),
    "offer": _offer,
    "contest": _contest,
}
