"""The changes of a card's cells: it is placed, moved, taken down, withdrawn, or loses its cell."""

from collections.abc import Iterable
from datetime import datetime

from openspaces.board.facts import notice_facts, placement_facts, waiting_facts
from openspaces.board.state import Card, Change, Notice, Placement
from openspaces.board.vocabulary import Cause, Cell, Kind


def seated(card: Card, wanted: Placement) -> Change:
    """A card goes to `wanted`, from wherever it is. `before` has what it asked for and was told until then."""
    kind = Kind.CARD_MOVED if card.placement else Kind.CARD_PLACED
    touched = tuple(dict.fromkeys((*card.cells, *wanted.cells)))
    before = {**placement_facts(card.placement), **waiting_facts(card, "claim", "notice")}
    return Change(kind, card.code, touched, before, placement_facts(wanted))


def taken_down(card: Card) -> Change:
    """A card gives up its cells. What it waits for elsewhere it waits for still."""
    before = {**placement_facts(card.placement), **waiting_facts(card, "notice")}
    return Change(Kind.CARD_TAKEN_DOWN, card.code, card.cells, before)


def withdrawn(card: Card) -> Change:
    """A card gives up its cells, and everything that it waits for."""
    before = {**placement_facts(card.placement), **waiting_facts(card)}
    return Change(Kind.CARD_WITHDRAWN, card.code, card.cells, before)


def displaced(card: Card, cells: Iterable[Cell], cause: Cause, reason: str, at: datetime) -> Change:
    """A card loses what it holds of `cells`, or does not get what it asks for of them, and is owed others. What it
    holds or asks for elsewhere it keeps."""
    gone = set(cells)
    holds, asks = not gone.isdisjoint(card.cells), not gone.isdisjoint(card.asks)
    lost = card.placement if holds or not card.claim else card.claim.placement
    assert lost
    notice = Notice(cause, lost, reason, at)
    before = {
        **(placement_facts(card.placement) if holds else {}),
        **waiting_facts(card, "notice", *(["claim"] if asks else [])),
    }
    return Change(Kind.CARD_DISPLACED, card.code, lost.cells, before, {"notice": notice_facts(notice)})
