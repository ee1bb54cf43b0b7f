"""What each kind of change does to a Board: `fold` is the only place that knows, one branch a kind."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import reduce

from openspaces.board.facts import (
    announcement_from,
    caution_from,
    claim_from,
    contest_from,
    day_from,
    moment_from,
    notice_from,
    pitch_from,
    placement_from,
    policy_from,
    room_from,
    wish_from,
)
from openspaces.board.state import Board, Card, Change, Closure, Day, Freeze, Placement
from openspaces.board.vocabulary import Kind, Standing


def fold(board: Board, change: Change) -> Board:
    """The board after `change`. ValueError if the change is not the next one of the board's log."""
    if change.number != board.number + 1:
        raise ValueError(f"change {change.number} does not follow number {board.number} of {board.event}")
    return replace(_BRANCHES[change.kind](board, change), number=change.number, at=change.at)


def fold_all(board: Board, changes: Iterable[Change]) -> Board:
    """The board after all of `changes`, in their order."""
    return reduce(fold, changes, board)


# The event and its parts


def _event(board: Board, change: Change) -> Board:
    plain = dict(change.after)
    if "policy" in plain:
        plain["policy"] = policy_from(plain["policy"])
    if "hashtags" in plain:
        plain["hashtags"] = tuple(plain["hashtags"])
    return replace(board, **plain)


def _room_added(board: Board, change: Change) -> Board:
    return replace(board, rooms=(*board.rooms, room_from(change.after)))


def _room_changed(board: Board, change: Change) -> Board:
    new = room_from(change.after)
    return replace(board, rooms=tuple(new if room.key == new.key else room for room in board.rooms))


def _room_removed(board: Board, change: Change) -> Board:
    return replace(board, rooms=tuple(room for room in board.rooms if room.key != change.before["key"]))


def _day_added(board: Board, change: Change) -> Board:
    return replace(board, days=_in_order((*board.days, day_from(change.after))))


def _day_changed(board: Board, change: Change) -> Board:
    new = day_from(change.after)
    return replace(board, days=_in_order((*(day for day in board.days if day.date != new.date), new)))


def _day_removed(board: Board, change: Change) -> Board:
    gone = date.fromisoformat(change.before["date"])
    return replace(board, days=tuple(day for day in board.days if day.date != gone))


def _in_order(days: Iterable[Day]) -> tuple[Day, ...]:
    return tuple(sorted(days, key=lambda day: day.date))


# Cards


def _written(board: Board, change: Change) -> Board:
    after = change.after
    card = Card(
        code=change.card,
        serial=after["serial"],
        words=after["words"],
        hand=after["hand"],
        edited=change.number,
        at=change.at,
    )
    return replace(board.with_card(card), last_serial=card.serial)


def _edited(board: Board, change: Change) -> Board:
    words = change.after["words"]
    return board.with_card(replace(board.cards[change.card], words=words, edited=change.number, at=change.at))


def _seated(board: Board, change: Change) -> Board:
    """Placed, moved or taken down: `after` holds the placement, or nothing."""
    return _seat(board, change.card, placement_from(change.after), change)


def _withdrawn(board: Board, change: Change) -> Board:
    empty = _seat(board, change.card, None, change)
    return empty.with_card(replace(empty.cards[change.card], withdrawn=True, claim=None, notice=None, wish=None))


def _restored(board: Board, change: Change) -> Board:
    card = board.cards[change.card]
    return board.with_card(replace(card, withdrawn=False, sequence=card.sequence + 1, at=change.at))


def _swapped(board: Board, change: Change) -> Board:
    one, other = change.card, change.after["with"]
    taken = board.cards[one].placement, board.cards[other].placement
    return _seat(_seat(board, one, taken[1], change), other, taken[0], change)


def _seat(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    """A card that gets a cell asks for none any more and is owed none; what was said of its old cell is no more."""
    card = board.cards[code]
    if placement:
        card = replace(card, claim=None, notice=None)
    fresh = replace(card, sequence=card.sequence + 1, at=change.at, full=False, confirmed=0)
    return board.with_card(replace(fresh, placement=placement))


# Claims, contests, deals


def _claimed(board: Board, change: Change) -> Board:
    """`after` has a number only where a claim that was dropped is made again, and keeps its place in the row."""
    since = {"number": change.number, "at": change.at.isoformat()}
    claim = claim_from({**since, **change.after})
    return board.with_card(replace(board.cards[change.card], claim=claim, at=change.at))


def _claim_dropped(board: Board, change: Change) -> Board:
    notice = notice_from(change.after.get("notice", {})) or board.cards[change.card].notice
    return board.with_card(replace(board.cards[change.card], claim=None, notice=notice, at=change.at))


def _displaced(board: Board, change: Change) -> Board:
    """It lost the cells in `before`, or did not get those that it asked for; the board owes it others."""
    if placement_from(change.before):
        board = _seat(board, change.card, None, change)
    notice = notice_from(change.after["notice"])
    return board.with_card(replace(board.cards[change.card], claim=None, notice=notice, at=change.at))


def _noticed(board: Board, change: Change) -> Board:
    """`after` has the notice, or nothing where an offer is taken back."""
    notice = notice_from(change.after.get("notice", {}))
    claim = claim_from(change.after.get("claim", {}))
    return board.with_card(replace(board.cards[change.card], claim=claim, notice=notice, at=change.at))


def _contest(board: Board, change: Change) -> Board:
    """Opened, changed, settled or reopened: `after` holds the whole contest."""
    facts = change.after["contest"]
    return board.with_contest(contest_from({**facts, "id": facts["id"] or change.number}))


def _wished(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], wish=wish_from(change.after.get("wish", {}))))


def _merged(board: Board, change: Change) -> Board:
    """The card of the change goes on for both, on the cells in `after`; the other one became part of it."""
    into, other = change.card, change.after["with"]
    given_up = _seat(board, other, None, change) if board.cards[other].placement else board
    part = replace(given_up.cards[other], merged_into=into, claim=None, notice=None, wish=None, at=change.at)
    both = given_up.with_card(part)
    if placement_from(change.after) != both.cards[into].placement:
        both = _seat(both, into, placement_from(change.after), change)
    card = both.cards[into]
    card = replace(card, words=change.after["words"], edited=change.number, at=change.at)
    return both.with_card(replace(card, merged=(*card.merged, other), wish=None))


def _unmerged(board: Board, change: Change) -> Board:
    into, other = board.cards[change.card], board.cards[change.after["with"]]
    parts = tuple(code for code in into.merged if code != other.code)
    alone = board.with_card(
        replace(into, merged=parts, words=change.after["words"], edited=change.number, at=change.at)
    )
    return alone.with_card(replace(other, merged_into="", sequence=other.sequence + 1, at=change.at))


# What may be read


def _shielded(board: Board, change: Change) -> Board:
    return _hide(board, change, Standing(change.after["standing"]))


def _removed(board: Board, change: Change) -> Board:
    return _hide(_withdrawn(board, change), change, Standing.REMOVED)


def _hide(board: Board, change: Change, standing: Standing) -> Board:
    card = board.cards[change.card]
    return board.with_card(replace(card, standing=standing, words=card.words.hidden(), at=change.at))


def _approved(board: Board, change: Change) -> Board:
    standing, words = Standing(change.after["standing"]), change.after["words"]
    return board.with_card(replace(board.cards[change.card], standing=standing, words=words, at=change.at))


# Whether it is on


def _confirmed(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], confirmed=change.number, at=change.at))


def _full(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], full=change.after["full"], at=change.at))


# What everyone hears


def _frozen(board: Board, change: Change) -> Board:
    return replace(board, freeze=Freeze(change.after["reason"], change.by, change.at))


def _thawed(board: Board, _change: Change) -> Board:
    return replace(board, freeze=None)


def _cautioned(board: Board, change: Change) -> Board:
    return replace(board, caution=caution_from(change.after))


def _announced(board: Board, change: Change) -> Board:
    said = announcement_from({"number": change.number, "at": change.at.isoformat(), **change.after})
    return replace(board, announcements=(*board.announcements, said))


def _announcement_ended(board: Board, change: Change) -> Board:
    left = tuple(said for said in board.announcements if said.number != change.before["number"])
    return replace(board, announcements=left)


def _pitched(board: Board, change: Change) -> Board:
    return replace(board, pitch=pitch_from(change.after))


# Cells


def _closed(board: Board, change: Change) -> Board:
    until = moment_from(change.after.get("until"))
    closure = Closure(reason=change.after["reason"], by=change.by, at=change.at, until=until)
    return replace(board, closures=board.closures.update(dict.fromkeys(change.cells, closure)))


def _reopened(board: Board, change: Change) -> Board:
    closures = board.closures
    for cell in change.cells:
        closures = closures.delete(cell)
    return replace(board, closures=closures)


_BRANCHES: dict[Kind, Callable[[Board, Change], Board]] = {
    Kind.EVENT_MADE: _event,
    Kind.EVENT_CHANGED: _event,
    Kind.ROOM_ADDED: _room_added,
    Kind.ROOM_CHANGED: _room_changed,
    Kind.ROOM_REMOVED: _room_removed,
    Kind.DAY_ADDED: _day_added,
    Kind.DAY_CHANGED: _day_changed,
    Kind.DAY_REMOVED: _day_removed,
    Kind.CARD_WRITTEN: _written,
    Kind.CARD_EDITED: _edited,
    Kind.CARD_PLACED: _seated,
    Kind.CARD_MOVED: _seated,
    Kind.CARD_TAKEN_DOWN: _seated,
    Kind.CARD_WITHDRAWN: _withdrawn,
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _reopened,
    Kind.CARD_CLAIMED: _claimed,
    Kind.CLAIM_DROPPED: _claim_dropped,
    Kind.CARD_DISPLACED: _displaced,
    Kind.CARD_OFFERED: _noticed,
    Kind.CONTEST_OPENED: _contest,
    Kind.CONTEST_CHANGED: _contest,
    Kind.CONTEST_SETTLED: _contest,
    Kind.CONTEST_REOPENED: _contest,
    Kind.DEAL_ASKED: _wished,
    Kind.DEAL_DROPPED: _wished,
    Kind.CARDS_MERGED: _merged,
    Kind.CARDS_UNMERGED: _unmerged,
    Kind.CARD_RESTORED: _restored,
    Kind.CARD_SHIELDED: _shielded,
    Kind.CARD_APPROVED: _approved,
    Kind.CARD_REMOVED: _removed,
    Kind.CARD_CONFIRMED: _confirmed,
    Kind.CARD_FULL: _full,
    Kind.CARD_ABSENT: _seated,
    Kind.BOARD_FROZEN: _frozen,
    Kind.BOARD_THAWED: _thawed,
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: _announced,
    Kind.ANNOUNCEMENT_ENDED: _announcement_ended,
    Kind.PITCH_CHANGED: _pitched,
}
