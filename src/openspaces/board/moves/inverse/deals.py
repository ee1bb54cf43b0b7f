"""Takes back what two hosts asked of each other, and that two cards became one."""

from dataclasses import replace
from typing import Any

from openspaces.board.facts import claim_facts, claim_from, deal_facts, placement_facts, placement_from, waiting_facts
from openspaces.board.moves.deals import joined, parted
from openspaces.board.moves.inverse.base import (
    Answer,
    Inverses,
    Now,
    approved_before,
    changed_since,
    not_to_have,
    not_to_wait_for,
    says_still,
    waited_for,
)
from openspaces.board.moves.seating import seated, taken_down
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Facts, Kind

NOTHING_TO_WAIT_FOR: Facts = {"claim": {}, "notice": {}, "deal": {}}


def _asked(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if deal_facts(card.deal) != change.after.get("deal", {}) or card.withdrawn or card.merged_into:
        return changed_since(card)
    kind = Kind.DEAL_ASKED if change.before.get("deal") else Kind.DEAL_DROPPED
    return (Change(kind, card.code, (), waiting_facts(card, "deal"), waited_for(change, "deal")),)


def _merged(board: Board, change: Change, now: Now) -> Answer:
    """Two cards again, each where it was, waiting for what it waited for."""
    into, card = board.cards[change.card], board.cards[change.after["with"]]
    if not says_still(into, change) or card.merged_into != into.code or into.hidden:
        return changed_since(into)
    if card.withdrawn:
        return changed_since(card)
    as_left = (placement_facts(into.placement), claim_facts(into.claim))
    if as_left != (placement_facts(placement_from(change.after)), change.after["claim"]) or into.withdrawn:
        return changed_since(into)
    return _parted(board, into, card, change, now)


def _parted(board: Board, into: Card, card: Card, change: Change, now: Now) -> Answer:
    was, other = change.before, change.before["other"]
    waiting = {**NOTHING_TO_WAIT_FOR, **waited_for(change, *NOTHING_TO_WAIT_FOR), "other": _waits(other)}
    again = {**waiting, **approved_before(change)}
    left = () if into.placement == placement_from(was) else (taken_down(into),)
    empty = board.with_card(replace(into, placement=None, claim=None)) if left else board
    place = placement_from(other)
    refusal = (
        not_to_have(empty, card, place, now)
        or not_to_wait_for(empty, replace(into, claim=None), was)
        or not_to_wait_for(empty, card, other)
    )
    if refusal:
        return refusal
    words = replace(was["words"], version=into.words.version + 1)
    there = seated(card, place) if place else None
    seats = (replace(there, after={**there.after, **_waits(other)}),) if there else ()
    return (*left, parted(into, card, words, again), *seats)


def _unmerged(board: Board, change: Change, now: Now) -> Answer:
    """One card again, as long as neither has gone on alone."""
    into, card = board.cards[change.card], board.cards[change.after["with"]]
    for each in (into, card):
        if each.withdrawn or each.merged_into or each.hidden:
            return changed_since(each)
    if not says_still(into, change) or card.placement:
        return changed_since(card)
    claim = claim_from(change.before.get("claim", {})) if "claim" in change.after else into.claim
    words = replace(change.before["words"], version=into.words.version + 1)
    one = joined(card, into, words, into.placement, claim)
    asked = {"deal": deal_facts(into.deal)} if into.deal and into.deal.other != card.code else {}
    return (replace(one, after={**one.after, **asked, **approved_before(change)}),)


def _waits(facts: Facts) -> dict[str, Any]:
    return {name: facts[name] for name in NOTHING_TO_WAIT_FOR if name in facts}


INVERSES: Inverses = {
    Kind.DEAL_ASKED: _asked,
    Kind.DEAL_DROPPED: _asked,
    Kind.CARDS_MERGED: _merged,
    Kind.CARDS_UNMERGED: _unmerged,
}
