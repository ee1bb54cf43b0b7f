"""One cell as a page: its card, why nobody may take it and what is free near by, or the form that takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import ngettext

from openspaces.board.moves.base import holds
from openspaces.board.moves.taking import may_place, why_not
from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import LONGEST_RUN, Cell, Code, Placing, Refusal
from openspaces.intake.web.forms import Typed, where_field
from openspaces.intake.web.kept import way_in
from openspaces.intake.web.links import cards_held
from openspaces.intake.web.offering import cell_url, offered, run_says
from openspaces.intake.web.visiting import Visit, mint_key, page
from openspaces.wording import cell_says, in_a_row, says


def cell_page(
    visit: Visit,
    cell: Cell,
    typed: Typed | None = None,
    said: str = "",
    refusal: Refusal | None = None,
    status: int = 200,
    reason_error: str = "",
) -> HttpResponse:
    """The page of a cell. With `typed` it keeps the form, whatever the cell has become: nothing typed is lost."""
    board = visit.newest()
    state = _state(visit, board, cell)
    shown = typed or Typed()
    about = refusal or state.refusal
    context = {
        "cell": cell,
        "title": cell_says(board, cell),
        "place": _place_says(board, cell),
        "state": state,
        "held": state.held,
        "editable": [held.code for held in state.held if visit.by.is_staff or holds(visit.by, visit.board, held)],
        "why": said or _why(state, board, cell),
        "way": way_in(board.event, state.refusal, cell_url(board, cell)),
        "lost": bool(said),
        "offers": offered(board, cell, about.free if about else ()),
        "confirmable": refusal is not None and refusal.confirmable,
        "form": _form(visit, board, cell, shown) if typed or state.has_form else None,
        "typed": typed is not None,
        "mine": cards_held(visit) if state.may_move_here else [],
        "reason_error": reason_error,
        "reason": visit.typed("reason"),
    }
    return page(visit, "cell", context, status)


@dataclass(frozen=True)
class _State:
    """What is so about a cell, for one visitor: who holds it, why it cannot be taken, and whether there is a form."""

    held: tuple[Card, ...]
    closed: str
    refusal: Refusal | None
    planned: bool

    @property
    def may_move_here(self) -> bool:
        """Whether a card that is on the board already may come here."""
        return self.refusal is None or self.refusal.code is Code.TOO_MANY_CARDS

    @property
    def has_form(self) -> bool:
        """Whether a new card may be written here."""
        return self.refusal is None


def _state(visit: Visit, board: Board, cell: Cell) -> _State:
    closure = board.closures.get(cell)
    refusal = may_place(visit.by, board)
    planned = refusal is not None and refusal.code is Code.FACILITATORS_PLACE
    timely = why_not(board, visit.by, visit.at, Placement((cell,), "-"), None, confirmed=True)
    blocked = timely or (None if planned else refusal)
    return _State(board.cards_at(cell), closure.reason if closure else "", blocked, planned and timely is None)


def saved_as_planned(visit: Visit) -> bool:
    """Whether the facilitator places cards here, so that a host's new card is planned and holds no cell."""
    return visit.board.policy.placing is Placing.FACILITATORS and not visit.by.is_staff


def _form(visit: Visit, board: Board, cell: Cell, typed: Typed) -> Mapping[str, Any]:
    """What the template needs to draw the form: its fields, how long the card may be, and a fresh key."""
    more = [where_field()] if board.is_elsewhere(cell) and not saved_as_planned(visit) else []
    lengths = [] if saved_as_planned(visit) else _lengths(board, cell, max(1, typed.slots))
    fields = typed.fields(*more)
    errors = [{"name": name, "says": said} for name, said in typed.errors.items()]
    slots = {"lengths": lengths, "error": typed.errors.get("slots", ""), "chosen": max(1, typed.slots)}
    return {"fields": fields, "errors": errors, "slots": slots, "key": mint_key(), "action": cell_url(board, cell)}


def _lengths(board: Board, cell: Cell, chosen: int) -> list[tuple[int, str]]:
    """How many slots in a row one may have from this cell: as many as are free, and what was chosen before."""
    run = board.run(cell, LONGEST_RUN)
    free = next((length for length, each in enumerate(run) if not board.is_free(each)), len(run))
    most = min(max(free, chosen), len(run))
    return [(length, _length_says(board, run[:length])) for length in range(1, most + 1)] if most > 1 else []


def _length_says(board: Board, cells: tuple[Cell, ...]) -> str:
    slots = ngettext("%(slots)d slot", "%(slots)d slots", len(cells)) % {"slots": len(cells)}
    return f"{run_says(board, cells)} ({slots})"


def _why(state: _State, board: Board, cell: Cell) -> str:
    """Why the cell cannot be taken. That a card holds it needs no words: the card is shown."""
    if state.refusal is None or state.refusal.code is Code.CELL_TAKEN:
        return ""
    return says(state.refusal)


def _place_says(board: Board, cell: Cell) -> dict[str, Any]:
    room = board.room(cell.room)
    kit = in_a_row(room.kit) if room else ""
    return {"capacity": room.capacity if room else None, "kit": kit, "elsewhere": board.is_elsewhere(cell)}
