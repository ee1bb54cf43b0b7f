"""What is done about claims: contests, losses and offers, deals between hosts."""

from dataclasses import replace
from typing import Any

from openspaces.board.facts import claim_from, contest_from, deal_from, placement_from, waiting_from
from openspaces.board.fold.base import Branches, put, reworded, seat
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind


def _claimed(board: Board, change: Change) -> Board:
    """`after` has a number only where a claim that was dropped is made again, and keeps its place in the row."""
    since = {"number": change.number, "at": change.at.isoformat()}
    claim = claim_from({**since, **change.after})
    told = waiting_from(change.after)
    return board.with_card(replace(board.cards[change.card], claim=claim, at=change.at, **told))


def _claim_dropped(board: Board, change: Change) -> Board:
    return _told(board, change, {"claim": None})


def _displaced(board: Board, change: Change) -> Board:
    """It lost the cells in `before`, or did not get those that it asked for; the board owes it others."""
    if placement_from(change.before):
        board = put(board, change.card, None, change)
    return _told(board, change, {"claim": None} if change.before.get("claim") else {})


def _offered(board: Board, change: Change) -> Board:
    """`after` has the notice; an offer that is taken back has the one before it, or none."""
    return _told(board, change, {"claim": None} if change.before.get("claim") else {})


def _told(board: Board, change: Change, gone: dict[str, Any]) -> Board:
    fields = {**gone, **waiting_from(change.after)}
    return board.with_card(replace(board.cards[change.card], at=change.at, **fields))


def _contest(board: Board, change: Change) -> Board:
    """Opened, changed, settled or reopened: `after` holds the whole contest."""
    facts = change.after["contest"]
    return board.with_contest(contest_from({**facts, "id": facts["id"] or change.number}))


def _asked(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], deal=deal_from(change.after.get("deal", {}))))


def _merged(board: Board, change: Change) -> Board:
    """The card of the change goes on for both, on the cells in `after`; the other one became part of it."""
    into, other, place = change.card, change.after["with"], placement_from(change.after)
    if board.cards[other].placement:
        board = put(board, other, None, change)
    gone: dict[str, Any] = {"merged_into": into, "claim": None, "notice": None, "deal": None}
    board = board.with_card(replace(board.cards[other], at=change.at, **gone))
    if place != board.cards[into].placement:
        board = seat(board, into, place, change)
    return _with_parts(board, change, (*board.cards[into].merged, other), {"deal": None})


def _unmerged(board: Board, change: Change) -> Board:
    """Where that takes a merging back, `after` holds what the two cards wait for again."""
    into, other = board.cards[change.card], board.cards[change.after["with"]]
    alone = _with_parts(board, change, tuple(code for code in into.merged if code != other.code), {})
    waiting = waiting_from(change.after.get("other", {}))
    return alone.with_card(replace(other, merged_into="", sequence=other.sequence + 1, at=change.at, **waiting))


def _with_parts(board: Board, change: Change, parts: tuple[str, ...], gone: dict[str, Any]) -> Board:
    said = reworded(board.cards[change.card], change)
    return board.with_card(replace(said, merged=parts, **{**gone, **waiting_from(change.after)}))


BRANCHES: Branches = {
    Kind.CARD_CLAIMED: _claimed,
    Kind.CLAIM_DROPPED: _claim_dropped,
    Kind.CARD_DISPLACED: _displaced,
    Kind.CARD_OFFERED: _offered,
    Kind.CONTEST_OPENED: _contest,
    Kind.CONTEST_CHANGED: _contest,
    Kind.CONTEST_SETTLED: _contest,
    Kind.CONTEST_REOPENED: _contest,
    Kind.DEAL_ASKED: _asked,
    Kind.DEAL_DROPPED: _asked,
    Kind.CARDS_MERGED: _merged,
    Kind.CARDS_UNMERGED: _unmerged,
}
