"""What all inverses share: when they are played, where a card goes back to, and what it waits for again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from immutables import Map

from openspaces.board.facts import claim_facts, claim_from, waiting_facts
from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.moves.seating import seated, taken_down
from openspaces.board.moves.taking import why_not
from openspaces.board.moves.telling import cell_facts
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Code, Facts, Kind, Refusal
from openspaces.people.who import PROGRAM

Answer = Changes | Refusal


class Now(NamedTuple):
    """When a change is taken back (UTC), and what a lot is drawn from that has to be drawn again."""

    at: datetime
    seal: str


Inverse = Callable[[Board, Change, Now], Answer]
Inverses = Mapping[Kind, Inverse]


def changed_since(card: Card) -> Refusal:
    """The card is not as the change left it."""
    return Refusal(Code.CHANGED_SINCE, {"title": card.words.title})


def says_still(card: Card, change: Change) -> bool:
    """Whether the card says what `change` made it say, be it once more: what was said since may be taken back."""
    same = not card.hidden and card.words.as_said() == change.after["words"].as_said()
    return same or card.edited == change.number


def back(board: Board, card: Card, wanted: Placement | None, waiting: Facts, now: Now) -> Answer:
    """The card goes (back) to `wanted`, or to nowhere, and waits again for what `waiting` names; what it asked for
    since it goes on asking for."""
    if wanted and card.claim and "claim" not in waiting:
        waiting = {**waiting, "claim": claim_facts(card.claim)}
    refusal = not_to_have(board, card, wanted, now) or not_to_wait_for(board, card, waiting)
    if refusal:
        return refusal
    if wanted is None and not card.placement:
        return NOTHING
    change = taken_down(card) if wanted is None else seated(card, wanted)
    return (replace(change, after={**change.after, **waiting}),)


def asking_again(board: Board, card: Card, waiting: Facts) -> Answer:
    """The card asks for what `waiting` names, with its old place in the row, and is told what that names."""
    if refusal := not_to_wait_for(board, replace(card, claim=None), waiting):
        return refusal
    told = {"notice": waiting["notice"]} if "notice" in waiting else {}
    before = waiting_facts(card, "claim", "notice")
    if claim := claim_from(waiting.get("claim", {})):
        after = {**waiting["claim"], **told}
        return (Change(Kind.CARD_CLAIMED, card.code, claim.placement.cells, before, after),)
    return (Change(Kind.CARD_OFFERED, card.code, (), before, told),)


def not_to_have(board: Board, card: Card, wanted: Placement | None, now: Now) -> Refusal | None:
    """Why the card cannot have these cells again: somebody else holds them, or they are closed or gone. A contest in
    which it stands itself is no reason."""
    if wanted is None:
        return None
    contested = {
        cell: number for cell, number in board.contested.items() if card.code not in board.contests[number].cards
    }
    alone = replace(board, contested=Map(contested))
    return why_not(alone, PROGRAM, now.at, wanted, card, confirmed=True)


def not_to_wait_for(board: Board, card: Card, waiting: Facts) -> Refusal | None:
    """Why the card cannot ask again for what it asked for: it asks for something else by now, or the cells are gone or
    closed."""
    asked = claim_from(waiting.get("claim", {}))
    if asked is None or asked == card.claim:
        return None
    if card.claim:
        return changed_since(card)
    for cell in asked.placement.cells:
        if not board.has_cell(cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
        if closure := board.closures.get(cell):
            return Refusal(Code.CELL_CLOSED, {**cell_facts(board, cell), "reason": closure.reason})
    return None


def approved_before(change: Change) -> Facts:
    """That somebody had approved the words that `change` put others in place of."""
    return {name: change.before[name] for name in ("standing",) if name in change.before}


def waited_for(change: Change, *names: str) -> dict[str, Any]:
    """What the card waited for before `change`, of what is named and was not left as it was."""
    touched = [name for name in names if name in change.before or name in change.after]
    return {name: change.before.get(name, {}) for name in touched}
