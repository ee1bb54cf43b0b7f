"""What each kind of change does to a Board: `fold` is the only place that knows, one branch a kind."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

from openspaces.board.facts import (
    announcement_from,
    caution_from,
    claim_from,
    contest_from,
    day_from,
    moment_from,
    pitch_from,
    placement_from,
    policy_from,
    room_from,
    waiting_from,
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
    plain = {name: fact for name, fact in change.after.items() if name != "undoes"}
    if "policy" in plain:
        plain["policy"] = policy_from(plain["policy"])
    if "hashtags" in plain:
        plain["hashtags"] = tuple(plain["hashtags"])
    return replace(board, **plain)


def _room_added(board: Board, change: Change) -> Board:
    """The last of all, or where it stood when it was removed."""
    rooms = list(board.rooms)
    rooms.insert(change.after.get("place", len(rooms)), room_from(change.after))
    return replace(board, rooms=tuple(rooms))


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
    """Placed, moved or taken down: `after` holds the placement, or nothing. Where that takes something back, it also
    holds what the card waits for again."""
    board = _seat(board, change.card, placement_from(change.after), change)
    waiting = waiting_from(change.after)
    return board.with_card(replace(board.cards[change.card], **waiting)) if waiting else board


def _seat(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    """A card that gets a cell asks for none any more and is owed none."""
    seated = _put(board, code, placement, change)
    return seated.with_card(replace(seated.cards[code], claim=None, notice=None)) if placement else seated


def _put(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    """A card is somewhere else; what was said of its old cell is no more."""
    card = board.cards[code]
    fresh = replace(card, sequence=card.sequence + 1, at=change.at, full=False, confirmed=0)
    return board.with_card(replace(fresh, placement=placement))


def _absent(board: Board, change: Change) -> Board:
    """Nobody was there: `after` has the cells whose time was over already."""
    return _put(board, change.card, placement_from(change.after), change)


def _withdrawn(board: Board, change: Change) -> Board:
    empty = _put(board, change.card, None, change)
    return empty.with_card(replace(empty.cards[change.card], withdrawn=True, claim=None, notice=None, wish=None))


def _restored(board: Board, change: Change) -> Board:
    card = board.cards[change.card]
    alive = replace(card, withdrawn=False, sequence=card.sequence + 1, at=change.at)
    return board.with_card(replace(alive, **waiting_from(change.after)))


def _swapped(board: Board, change: Change) -> Board:
    """What the two cards ask for beside their cells is not touched."""
    one, other = change.card, change.after["with"]
    taken = board.cards[one].placement, board.cards[other].placement
    return _put(_put(board, one, taken[1], change), other, taken[0], change)


# Claims, contests, deals


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
        board = _put(board, change.card, None, change)
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


def _wished(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], wish=wish_from(change.after.get("wish", {}))))


def _merged(board: Board, change: Change) -> Board:
    """The card of the change goes on for both, on the cells in `after`; the other one became part of it."""
    into, other, place = change.card, change.after["with"], placement_from(change.after)
    if board.cards[other].placement:
        board = _put(board, other, None, change)
    gone: dict[str, Any] = {"merged_into": into, "claim": None, "notice": None, "wish": None}
    board = board.with_card(replace(board.cards[other], at=change.at, **gone))
    if place != board.cards[into].placement:
        board = _seat(board, into, place, change)
    return _with_parts(board, change, (*board.cards[into].merged, other), {"wish": None})


def _unmerged(board: Board, change: Change) -> Board:
    """Where that takes a merging back, `after` holds what the two cards wait for again."""
    into, other = board.cards[change.card], board.cards[change.after["with"]]
    alone = _with_parts(board, change, tuple(code for code in into.merged if code != other.code), {})
    waiting = waiting_from(change.after.get("other", {}))
    return alone.with_card(replace(other, merged_into="", sequence=other.sequence + 1, at=change.at, **waiting))


def _with_parts(board: Board, change: Change, parts: tuple[str, ...], gone: dict[str, Any]) -> Board:
    said = replace(board.cards[change.card], words=change.after["words"], edited=change.number, at=change.at)
    return board.with_card(replace(said, merged=parts, **{**gone, **waiting_from(change.after)}))


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
    """Another reason does not begin the pause anew."""
    since = board.freeze.at if board.freeze else change.at
    return replace(board, freeze=Freeze(change.after["reason"], change.by, since))


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
    Kind.CARD_OFFERED: _offered,
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
    Kind.CARD_ABSENT: _absent,
    Kind.BOARD_FROZEN: _frozen,
    Kind.BOARD_THAWED: _thawed,
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: _announced,
    Kind.ANNOUNCEMENT_ENDED: _announcement_ended,
    Kind.PITCH_CHANGED: _pitched,
}
