"""Takes back claims and what was decided about them: contests, offers, refusals."""

from dataclasses import replace
from typing import Any

from openspaces.board.contest import VOTERS_KEPT, Contest, seal_for
from openspaces.board.facts import contest_from, notice_facts, placement_from, waiting_facts
from openspaces.board.moves.claiming import changed
from openspaces.board.moves.inverse.base import Answer, Inverses, Now, asking_again, changed_since, waited_for
from openspaces.board.moves.settling import called_off, reopened
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Cell, Code, Kind, Method, Refusal


def _claimed(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if card.claim is None or card.claim.placement != placement_from(change.after):
        return changed_since(card)
    if change.before.get("claim"):
        return asking_again(board, card, waited_for(change, "claim"))
    told = _told(change)
    return (Change(Kind.CLAIM_DROPPED, card.code, card.asks, waiting_facts(card, "claim", "notice"), told),)


def _claim_dropped(board: Board, change: Change, now: Now) -> Answer:
    """Asked for again. A host who was told why not is told so no longer."""
    card = board.cards[change.card]
    if card.withdrawn or card.merged_into or card.claim or _told_otherwise(card, change):
        return changed_since(card)
    return asking_again(board, card, {**waited_for(change, "claim"), **_told(change)})


def _offered(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if card.withdrawn or card.merged_into or _told_otherwise(card, change):
        return changed_since(card)
    if card.claim and "claim" in change.before:
        return changed_since(card)
    return asking_again(board, card, {**waited_for(change, "claim"), **_told(change)})


def _told(change: Change) -> dict[str, Any]:
    """What the host was told before, if the change told anything else."""
    return {"notice": change.before.get("notice", {})} if "notice" in change.after else {}


def _told_otherwise(card: Card, change: Change) -> bool:
    return "notice" in change.after and change.after["notice"] != notice_facts(card.notice)


def _as_left(board: Board, change: Change) -> Contest | None:
    """The contest of a change, if it is as the change left it; one that was just opened has its number since. One that
    was settled too, and is open again, has another seal, and no close where its time is over."""
    facts = change.after["contest"]
    left = contest_from({**facts, "id": facts["id"] or change.number})
    contest = board.contests.get(left.id)
    return contest if contest and contest == _with_its_seal(left, contest) else None


def _with_its_seal(then: Contest, contest: Contest) -> Contest:
    return then if then.seal == contest.seal else replace(then, seal=contest.seal, closes=contest.closes)


def _opened(board: Board, change: Change, now: Now) -> Answer:
    """Called off: whoever asked goes on asking."""
    contest = _as_left(board, change)
    return (called_off(contest, "", now.at),) if contest else Refusal(Code.CHANGED_SINCE)


def _changed(board: Board, change: Change, now: Now) -> Answer:
    contest = _as_left(board, change)
    if contest is None:
        return Refusal(Code.CHANGED_SINCE)
    before = _with_its_seal(contest_from(change.before["contest"]), contest)
    regained = (cell for cell in before.cells if cell not in contest.cells)
    if not all(_can_be_contended_for(board, cell, before.cards) for cell in regained):
        return Refusal(Code.CHANGED_SINCE)
    return (changed(contest, before),)


def _settled(board: Board, change: Change, now: Now) -> Answer:
    """Open again, with its ballots, as long as it is known who cast them: nobody may vote twice."""
    contest = _as_left(board, change)
    if contest is None or contest.settled is None or now.at >= contest.settled + VOTERS_KEPT:
        return Refusal(Code.CHANGED_SINCE)
    if not all(_can_be_contended_for(board, cell, contest.cards) for cell in contest.cells):
        return Refusal(Code.CHANGED_SINCE)
    before = contest_from(change.before["contest"])
    return (reopened(contest, before, now.at, seal_for(contest.id, now.seal)),)


def _can_be_contended_for(board: Board, cell: Cell, cards: tuple[str, ...]) -> bool:
    """Whether the cell is there and open, holds one card at a time, and no other than these, and is not contested."""
    there = board.has_cell(cell) and not board.is_elsewhere(cell) and cell not in board.closures
    return there and not board.contest_at(cell) and set(board.holders.get(cell, ())) <= set(cards)


def _reopened(board: Board, change: Change, now: Now) -> Answer:
    """As it was settled; but not by a vote, for ballots may have changed since: that is settled again."""
    contest, before = _as_left(board, change), contest_from(change.before["contest"])
    if contest is None or (before.winner and before.method is Method.VOTE):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.CONTEST_SETTLED, before.winner, change.cells, change.after, change.before),)


INVERSES: Inverses = {
    Kind.CARD_CLAIMED: _claimed,
    Kind.CLAIM_DROPPED: _claim_dropped,
    Kind.CARD_OFFERED: _offered,
    Kind.CONTEST_OPENED: _opened,
    Kind.CONTEST_CHANGED: _changed,
    Kind.CONTEST_SETTLED: _settled,
    Kind.CONTEST_REOPENED: _reopened,
}
