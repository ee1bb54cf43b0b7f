"""One cell as a page: its card, why nobody may take it and what is free near by, or the form that takes it or asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import ngettext

from openspaces.board.moves.base import holds
from openspaces.board.moves.cells import displaced_by
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import LONGEST_RUN, Cell, Code, Refusal
from openspaces.intake.web.asking_for import Prospect, do_for, for_new_card
from openspaces.intake.web.contending import all_the_same_says, decides_says, tie_says
from openspaces.intake.web.forms import Typed, where_field
from openspaces.intake.web.kept import way_in
from openspaces.intake.web.links import ShownCard, cards_held
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
    about = refusal or state.refusal
    context = {
        "cell": cell,
        "title": cell_says(board, cell),
        "place": _place_says(board, cell),
        "state": state,
        "held": state.held,
        "editable": _editable(visit, board, (*state.held, *state.claiming)),
        "why": said or _why(state),
        "way": way_in(board.event, state.refusal, cell_url(board, cell)),
        "lost": bool(said),
        "offers": offered(board, cell, about.free if about else ()),
        "confirm": _confirm(visit, refusal),
        "contest": _contest(visit, board, state),
        "form": _form(visit, board, cell, typed or Typed()) if typed or state.has_form else None,
        "typed": typed is not None,
        "mine": _mine(visit, board, cell, state),
        "losers": [card.words.title for card in displaced_by(board, (cell,))],
        "reason_error": reason_error,
        "reason": visit.typed("reason"),
    }
    return page(visit, "cell", context, status)


@dataclass(frozen=True)
class _State:
    """What is so about a cell, for one visitor: who has it, who asks for it, and what would come of a new card. `asked`
    says that one has read who has it and asks for it all the same."""

    held: tuple[Card, ...]
    claiming: tuple[Card, ...]
    closed: str
    prospect: Prospect
    asked: bool

    @property
    def refusal(self) -> Refusal | None:
        """Why a new card cannot come here without a contest."""
        return self.prospect.refusal

    @property
    def has_form(self) -> bool:
        """Whether a new card may be written here."""
        return self.refusal is None or (self.asked and self.prospect.contest is not None)


def _state(visit: Visit, board: Board, cell: Cell) -> _State:
    closure = board.closures.get(cell)
    held = board.cards_at(cell)
    claiming = tuple(card for card in board.claimed_by(cell) if card not in held)
    prospect = for_new_card(board, visit.by, visit.at, cell)
    return _State(held, claiming, closure.reason if closure else "", prospect, "ask" in visit.request.GET)


def _editable(visit: Visit, board: Board, cards: tuple[Card, ...]) -> list[str]:
    """The cards among these that the visitor may change."""
    return [card.code for card in cards if visit.by.is_staff or holds(visit.by, board, card)]


def _confirm(visit: Visit, refusal: Refusal | None) -> str:
    """What the button sends that means it all the same; "" where nothing is to be confirmed."""
    if refusal is None or not refusal.confirmable:
        return ""
    return "contend" if visit.typed("contend") or visit.typed("confirmed") == "contend" else "1"


def _contest(visit: Visit, board: Board, state: _State) -> Mapping[str, Any] | None:
    """The contest that is there already, or would begin if one asked all the same: how it is decided."""
    contest = state.prospect.contest
    there = next((each for card in (*state.held, *state.claiming) if (each := board.contest_of(card.code))), None)
    if not (contest or there):
        return None
    shown = contest or there
    assert shown
    return {
        "url": f"/{board.event}/contests/{there.id}/" if there else "",
        "decides": decides_says(board, shown, visit.at),
        "tie": tie_says(shown),
        "presence": shown.presence,
        "ask": all_the_same_says(board, contest, visit.at) if contest else "",
    }


def _mine(visit: Visit, board: Board, cell: Cell, state: _State) -> list[tuple[ShownCard, str]]:
    """The cards that this device may put here, or ask for it with, each with what its button does."""
    limited = state.refusal is not None and state.refusal.code is Code.TOO_MANY_CARDS and board.is_free(cell)
    if not (state.has_form or limited):
        return []
    contends = state.has_form and state.refusal is not None
    here = {card.code for card in (*state.held, *state.claiming)}
    mine = [card for card in cards_held(visit) if card.code not in here]
    return [(card, "claim" if contends else do_for(board, visit.by, board.cards[card.code])) for card in mine]


def _form(visit: Visit, board: Board, cell: Cell, typed: Typed) -> Mapping[str, Any]:
    """What the template needs to draw the form: its fields, how long the card may be, and a fresh key."""
    more = [where_field()] if board.is_elsewhere(cell) else []
    errors = [{"name": name, "says": said} for name, said in typed.errors.items()]
    slots = {
        "lengths": _lengths(board, cell, max(1, typed.slots)),
        "error": typed.errors.get("slots", ""),
        "chosen": max(1, typed.slots),
    }
    action = cell_url(board, cell) + ("?ask=1" if "ask" in visit.request.GET else "")
    return {"fields": typed.fields(*more), "errors": errors, "slots": slots, "key": mint_key(), "action": action}


def _lengths(board: Board, cell: Cell, chosen: int) -> list[tuple[int, str]]:
    """How many slots in a row one may have from this cell: as many as are free, and what was chosen before."""
    run = board.run(cell, LONGEST_RUN)
    free = next((length for length, each in enumerate(run) if not board.is_free(each)), len(run))
    most = min(max(free, chosen), len(run))
    return [(length, _length_says(board, run[:length])) for length in range(1, most + 1)] if most > 1 else []


def _length_says(board: Board, cells: tuple[Cell, ...]) -> str:
    slots = ngettext("%(slots)d slot", "%(slots)d slots", len(cells)) % {"slots": len(cells)}
    return f"{run_says(board, cells)} ({slots})"


def _why(state: _State) -> str:
    """Why the cell cannot be taken. That a card holds it or asks for it needs no words: the card is shown."""
    shown = (Code.CELL_TAKEN, Code.CLAIMED) if state.held or state.claiming else ()
    return "" if state.refusal is None or state.refusal.code in shown else says(state.refusal)


def _place_says(board: Board, cell: Cell) -> dict[str, Any]:
    room = board.room(cell.room)
    kit = in_a_row(room.kit) if room else ""
    return {"capacity": room.capacity if room else None, "kit": kit, "elsewhere": board.is_elsewhere(cell)}
