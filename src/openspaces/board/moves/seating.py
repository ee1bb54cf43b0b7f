"""The changes of a card's cells: it is placed, moved, taken down, or loses its cell."""

from datetime import datetime
from typing import Any

from openspaces.board.facts import claim_facts, notice_facts, placement_facts
from openspaces.board.state import Card, Change, Notice, Placement
from openspaces.board.vocabulary import Cause, Kind


def placed(code: str, wanted: Placement, was: Card | None = None) -> Change:
    """A card that holds no cell gets `wanted`; None was no card until now."""
    return Change(Kind.CARD_PLACED, code, wanted.cells, _settled(was) if was else {}, placement_facts(wanted))


def seated(card: Card, wanted: Placement) -> Change:
    """A card goes to `wanted`, from wherever it is."""
    if not card.placement:
        return placed(card.code, wanted, card)
    touched = (*card.cells, *(cell for cell in wanted.cells if cell not in card.cells))
    before, after = {**placement_facts(card.placement), **_settled(card)}, placement_facts(wanted)
    return Change(Kind.CARD_MOVED, card.code, touched, before, after)


def taken_down(card: Card) -> Change:
    """A card gives up its cells."""
    return Change(Kind.CARD_TAKEN_DOWN, card.code, card.cells, placement_facts(card.placement))


def displaced(card: Card, cause: Cause, lost: Placement, reason: str, at: datetime, *, keeps: bool = False) -> Change:
    """A card loses `lost`, or does not get it, and is owed another cell. `before` says what it held or asked for; with
    `keeps` it asked for `lost` only, and goes on holding what it holds."""
    notice = Notice(cause, lost, reason, at)
    held = {} if keeps else placement_facts(card.placement)
    before = {**held, "claim": claim_facts(card.claim), "notice": notice_facts(card.notice)}
    return Change(Kind.CARD_DISPLACED, card.code, lost.cells, before, {"notice": notice_facts(notice)})


def _settled(card: Card) -> dict[str, Any]:
    """What a card that gets a cell asks for no longer and is told no longer, for whoever undoes it."""
    facts = {"claim": claim_facts(card.claim), "notice": notice_facts(card.notice)}
    return {name: value for name, value in facts.items() if value}
