"""What takes a change back, kind by kind: the changes that do it, or why it cannot be taken back any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openspaces.board.contest import Contest
from openspaces.board.facts import (
    announcement_from,
    caution_facts,
    claim_facts,
    contest_from,
    day_facts,
    day_from,
    notice_facts,
    pitch_facts,
    placement_from,
    room_facts,
    room_from,
    wish_facts,
)
from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.moves.cards import both_placed, swapped
from openspaces.board.moves.cells import reopening
from openspaces.board.moves.contests import called_off, reopened
from openspaces.board.moves.deals import parted
from openspaces.board.moves.event import AddDay, AddRoom, ChangeDay, ChangeRoom, RemoveDay, RemoveRoom, profile_of
from openspaces.board.moves.moderating import hiding
from openspaces.board.moves.moderation import approving
from openspaces.board.moves.seating import seated, taken_down
from openspaces.board.moves.taking import cell_facts, why_not
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal, Standing
from openspaces.people.who import PROGRAM

Answer = Changes | Refusal


def inverse(board: Board, change: Change, at: datetime) -> Answer:
    """The changes on `board` that take `change` back, or why not: what it touched has moved since."""
    take_back = _INVERSES.get(change.kind)
    return take_back(board, change, at) if take_back else Refusal(Code.CANNOT_UNDO)


# The event and its parts


def _event_changed(board: Board, change: Change, at: datetime) -> Answer:
    now = profile_of(board).facts()
    if any(now[name] != value for name, value in change.after.items()):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.EVENT_CHANGED, before=change.after, after=change.before),)


def _room_added(board: Board, change: Change, at: datetime) -> Answer:
    return RemoveRoom(key=change.after["key"]).decide(board, PROGRAM, at)


def _room_changed(board: Board, change: Change, at: datetime) -> Answer:
    room = board.room(change.after["key"])
    if room is None or room_facts(room) != dict(change.after):
        return Refusal(Code.CHANGED_SINCE)
    return ChangeRoom(room=room_from(change.before)).decide(board, PROGRAM, at)


def _room_removed(board: Board, change: Change, at: datetime) -> Answer:
    return AddRoom(room=room_from(change.before)).decide(board, PROGRAM, at)


def _day_added(board: Board, change: Change, at: datetime) -> Answer:
    return RemoveDay(day=day_from(change.after)).decide(board, PROGRAM, at)


def _day_changed(board: Board, change: Change, at: datetime) -> Answer:
    day = board.day(day_from(change.after).date)
    if day is None or day_facts(day) != dict(change.after):
        return Refusal(Code.CHANGED_SINCE)
    return ChangeDay(day=day_from(change.before)).decide(board, PROGRAM, at)


def _day_removed(board: Board, change: Change, at: datetime) -> Answer:
    return AddDay(day=day_from(change.before)).decide(board, PROGRAM, at)


# Cards and their cells


def _written(board: Board, change: Change, at: datetime) -> Answer:
    """A card that was written is withdrawn, unless somebody has worked on it since."""
    card = board.cards[change.card]
    if card.edited != change.number or card.placement or card.merged or card.merged_into:
        return _changed_since(card)
    return NOTHING if card.withdrawn else (Change(Kind.CARD_WITHDRAWN, card.code),)


def _edited(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.edited != change.number or card.hidden:
        return _changed_since(card)
    words = replace(change.before["words"], version=card.words.version + 1)
    return (Change(Kind.CARD_EDITED, card.code, card.cells, {"words": card.words}, {"words": words}),)


def _seated(board: Board, change: Change, at: datetime) -> Answer:
    """Placed or moved: back to where it was, and to what it asked for and was told then."""
    card = board.cards[change.card]
    if card.placement != placement_from(change.after):
        return _changed_since(card)
    seat = _back(board, card, placement_from(change.before), at)
    return seat if isinstance(seat, Refusal) else (*seat, *_waiting_again(card, change))


def _waiting_again(card: Card, change: Change) -> Changes:
    claim, notice = change.before.get("claim", {}), change.before.get("notice", {})
    if notice:
        after = {"notice": dict(notice), "claim": dict(claim)}
        return (Change(Kind.CARD_OFFERED, card.code, (), {"notice": {}, "claim": {}}, after),)
    return (_claim(replace(card, claim=None), claim),) if claim else NOTHING


def _unseated(board: Board, change: Change, at: datetime) -> Answer:
    """Taken down, or freed because nobody was there: up again."""
    card = board.cards[change.card]
    if card.placement or card.withdrawn or card.merged_into:
        return _changed_since(card)
    return _back(board, card, placement_from(change.before), at)


def _withdrawn(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if not card.withdrawn or card.standing is Standing.REMOVED:
        return _changed_since(card)
    seat = _back(board, card, placement_from(change.before), at)
    return seat if isinstance(seat, Refusal) else (Change(Kind.CARD_RESTORED, card.code), *seat)


def _restored(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.withdrawn or card.placement:
        return _changed_since(card)
    return (Change(Kind.CARD_WITHDRAWN, card.code),)


def _swapped(board: Board, change: Change, at: datetime) -> Answer:
    one, other = board.cards[change.card], board.cards[change.after["with"]]
    there = (placement_from(change.after), placement_from({**change.before, "with": ""}))
    if (one.placement, other.placement) != there:
        return _changed_since(one)
    pair = both_placed(board, one.code, other.code)
    return pair if isinstance(pair, Refusal) else (swapped(*pair),)


def _displaced(board: Board, change: Change, at: datetime) -> Answer:
    """Back to its cells, or to its claim."""
    card = board.cards[change.card]
    lost, claim = placement_from(change.before), change.before["claim"]
    if card.withdrawn or card.merged_into or (lost and card.placement) or card.claim:
        return _changed_since(card)
    again = (_claim(card, claim),) if claim else NOTHING
    seat = _back(board, card, lost, at) if lost else _unnoticed(card, change)
    return seat if isinstance(seat, Refusal) else (*seat, *again)


def _unnoticed(card: Card, change: Change) -> Changes:
    """A card that lost no cell is told no longer that it did not get one."""
    before = {"notice": notice_facts(card.notice), "claim": {}}
    after = {"notice": dict(change.before["notice"]), "claim": {}}
    return (Change(Kind.CARD_OFFERED, card.code, (), before, after),)


def _back(board: Board, card: Card, wanted: Placement | None, at: datetime) -> Answer:
    """The card goes (back) to `wanted`; to nowhere if that is None."""
    if wanted is None:
        return (taken_down(card),) if card.placement else NOTHING
    for cell in wanted.cells:
        if not board.has_cell(cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
    return why_not(board, PROGRAM, at, wanted, card, confirmed=True) or (seated(card, wanted),)


# Cells


def _closed(board: Board, change: Change, at: datetime) -> Answer:
    """Open again, or closed for the reason that held before."""
    after = (change.after["reason"], change.after.get("until"))
    for cell in change.cells:
        closure = board.closures.get(cell)
        until = closure.until.isoformat() if closure and closure.until else None
        if closure is None or (closure.reason, until) != after:
            return Refusal(Code.CHANGED_SINCE)
    was = change.before.get("reasons", {})
    opening = tuple(cell for cell in change.cells if str(cell) not in was)
    return (*reopening(board, opening), *_closed_again(change))


def _reopened(board: Board, change: Change, at: datetime) -> Answer:
    for cell in change.cells:
        if not board.has_cell(cell) or cell in board.closures:
            return Refusal(Code.CHANGED_SINCE)
        if held := next(iter(board.cards_at(cell)), None):
            facts = {**cell_facts(board, cell), "title": held.words.title, "host": held.words.host}
            return Refusal(Code.CELL_TAKEN, facts, held.code)
    return _closed_again(change)


def _closed_again(change: Change) -> Changes:
    """The closures that `before` names, each as it was."""
    untils = change.before.get("untils", {})
    reasons = change.before.get("reasons", {})
    return tuple(
        Change(
            Kind.CELL_CLOSED,
            cells=(Cell.parse(cell),),
            after={"reason": reason, **({"until": untils[cell]} if cell in untils else {})},
        )
        for cell, reason in reasons.items()
    )


# Claims, contests, deals


def _claimed(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.claim is None or card.claim.placement != placement_from(change.after):
        return _changed_since(card)
    if change.before.get("claim"):
        return (_claim(card, change.before["claim"]),)
    before = {"claim": claim_facts(card.claim), "notice": notice_facts(card.notice)}
    return (Change(Kind.CLAIM_DROPPED, card.code, card.claim.placement.cells, before),)


def _claim_dropped(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.claim or card.placement or card.withdrawn:
        return _changed_since(card)
    return (_claim(card, change.before["claim"]),)


def _claim(card: Card, claim: dict[str, object]) -> Change:
    """The claim is made again, and keeps its place in the row."""
    placement = placement_from(claim)
    assert placement
    return Change(Kind.CARD_CLAIMED, card.code, placement.cells, {"claim": claim_facts(card.claim)}, claim)


def _offered(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if notice_facts(card.notice) != dict(change.after["notice"]) or card.claim:
        return _changed_since(card)
    was = {"notice": notice_facts(card.notice), "claim": {}}
    return (Change(Kind.CARD_OFFERED, card.code, change.cells, was, dict(change.before)),)


def _contest_now(board: Board, change: Change) -> Contest | None:
    """The contest of a change, if it is as the change left it; a contest that was just opened has its number since."""
    facts = change.after["contest"]
    told = contest_from({**facts, "id": facts["id"] or change.number})
    return told if board.contests.get(told.id) == told else None


def _contest_opened(board: Board, change: Change, at: datetime) -> Answer:
    contest = board.contests[change.after["contest"]["id"] or change.number]
    return (called_off(contest, "", at),) if contest.open else Refusal(Code.CHANGED_SINCE)


def _contest_changed(board: Board, change: Change, at: datetime) -> Answer:
    contest = _contest_now(board, change)
    if contest is None:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.CONTEST_CHANGED, cells=change.cells, before=change.after, after=change.before),)


def _contest_settled(board: Board, change: Change, at: datetime) -> Answer:
    """Open again. Its ballots are kept."""
    contest = _contest_now(board, change)
    if contest is None or any(board.contest_at(cell) for cell in contest.cells):
        return Refusal(Code.CHANGED_SINCE)
    return (reopened(contest, at),)


def _wished(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if wish_facts(card.wish) != dict(change.after.get("wish", {})):
        return _changed_since(card)
    kind = Kind.DEAL_ASKED if change.before.get("wish") else Kind.DEAL_DROPPED
    return (Change(kind, card.code, (), dict(change.after), dict(change.before)),)


def _merged(board: Board, change: Change, at: datetime) -> Answer:
    """Two cards again, each where it was."""
    into, card = board.cards[change.card], board.cards[change.after["with"]]
    if into.edited != change.number or card.merged_into != into.code or into.hidden:
        return _changed_since(into)
    if into.placement != placement_from(change.after):
        return _changed_since(into)
    words = replace(change.before["words"], version=into.words.version + 1)
    places = placement_from(change.before), placement_from(change.before["other"])
    left = () if into.placement == places[0] else (taken_down(into),)
    again = (seated(replace(card, placement=None), places[1]),) if places[1] else NOTHING
    claim = change.before.get("claim")
    asking = (_claim(replace(card, claim=None), claim),) if claim and not again else NOTHING
    return (*left, parted(into, card, words), *again, *asking)


# What may be read


def _shielded(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.standing is not Standing(change.after["standing"]):
        return _changed_since(card)
    return (approving(card, change.before["words"], Standing(change.before["standing"])),)


def _approved(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.standing is not Standing(change.after["standing"]) or card.words != change.after["words"]:
        return _changed_since(card)
    if change.before["standing"] == Standing.LIVE:
        return (approving(card, card.words, Standing.LIVE),)
    return (hiding(card.code, card.words, card.standing, Standing(change.before["standing"]), ""),)


def _removed(board: Board, change: Change, at: datetime) -> Answer:
    """Readable and on the board again; one that was hidden before stays hidden."""
    card = board.cards[change.card]
    if card.standing is not Standing.REMOVED:
        return _changed_since(card)
    seat = _back(board, replace(card, withdrawn=False), placement_from(change.before), at)
    if isinstance(seat, Refusal):
        return seat
    was = Standing(change.before["standing"])
    shown = approving(card, change.before["words"], was) if "words" in change.before else None
    hidden = Change(
        Kind.CARD_SHIELDED, card.code, (), {"standing": card.standing.value}, {"standing": was.value, "reason": ""}
    )
    restored = () if change.before["withdrawn"] else (Change(Kind.CARD_RESTORED, card.code),)
    return (shown or hidden, *restored, *seat)


# Whether it is on, and what everyone hears


def _full(board: Board, change: Change, at: datetime) -> Answer:
    card = board.cards[change.card]
    if card.full != change.after["full"]:
        return _changed_since(card)
    return (Change(Kind.CARD_FULL, card.code, card.cells, dict(change.after), dict(change.before)),)


def _frozen(board: Board, change: Change, at: datetime) -> Answer:
    return (Change(Kind.BOARD_THAWED, before=dict(change.after)),) if board.freeze else Refusal(Code.CHANGED_SINCE)


def _thawed(board: Board, change: Change, at: datetime) -> Answer:
    if board.freeze:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.BOARD_FROZEN, after={"reason": change.before["reason"]}),)


def _cautioned(board: Board, change: Change, at: datetime) -> Answer:
    if caution_facts(board.caution) != dict(change.after):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.CAUTION_CHANGED, before=change.after, after=change.before),)


def _announced(board: Board, change: Change, at: datetime) -> Answer:
    facts = {"number": change.number, "at": change.at.isoformat(), **change.after}
    said = announcement_from(facts)
    return (
        (Change(Kind.ANNOUNCEMENT_ENDED, before=facts),) if said in board.announcements else Refusal(Code.CHANGED_SINCE)
    )


def _announcement_ended(board: Board, change: Change, at: datetime) -> Answer:
    said = {"text": change.before["text"], "until": change.before["until"]}
    if announcement_from(change.before).until <= at:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.ANNOUNCED, after=said),)


def _pitched(board: Board, change: Change, at: datetime) -> Answer:
    if pitch_facts(board.pitch) != dict(change.after):
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.PITCH_CHANGED, before=change.after, after=change.before),)


def _changed_since(card: Card) -> Refusal:
    return Refusal(Code.CHANGED_SINCE, {"title": card.words.title})


_INVERSES: dict[Kind, Callable[[Board, Change, datetime], Answer]] = {
    Kind.EVENT_CHANGED: _event_changed,
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
    Kind.CARD_TAKEN_DOWN: _unseated,
    Kind.CARD_ABSENT: _unseated,
    Kind.CARD_WITHDRAWN: _withdrawn,
    Kind.CARD_RESTORED: _restored,
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CARD_DISPLACED: _displaced,
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _reopened,
    Kind.CARD_CLAIMED: _claimed,
    Kind.CLAIM_DROPPED: _claim_dropped,
    Kind.CARD_OFFERED: _offered,
    Kind.CONTEST_OPENED: _contest_opened,
    Kind.CONTEST_CHANGED: _contest_changed,
    Kind.CONTEST_SETTLED: _contest_settled,
    Kind.DEAL_ASKED: _wished,
    Kind.DEAL_DROPPED: _wished,
    Kind.CARDS_MERGED: _merged,
    Kind.CARD_SHIELDED: _shielded,
    Kind.CARD_APPROVED: _approved,
    Kind.CARD_REMOVED: _removed,
    Kind.CARD_FULL: _full,
    Kind.BOARD_FROZEN: _frozen,
    Kind.BOARD_THAWED: _thawed,
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: _announced,
    Kind.ANNOUNCEMENT_ENDED: _announcement_ended,
    Kind.PITCH_CHANGED: _pitched,
}
"""Kinds that are missing cannot be undone: an event that was made, a host's yes, cards that were parted, a contest that
was opened again (settle it)."""
