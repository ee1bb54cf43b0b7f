"""Every sentence about a change, in the language that is active."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.state import Board, Change, Placement
from openspaces.board.vocabulary import Cause, Cell, Deal, Kind, Method
from openspaces.wording.times import apart, cell_says, clock, day_says, in_a_row, placement_says


def tells(change: Change, board: Board) -> str:
    """A change in one sentence; `board` is the board after it."""
    return _CHANGES[change.kind](change, board)


def _title(change: Change, board: Board) -> str:
    return apart(board.cards[change.card].words.title)


def _about_card(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, board: _(sentence) % {"title": _title(change, board)}


def _seated(sentence: str) -> Callable[[Change, Board], str]:
    """A sentence that says where a card now is; of a cell that the board has no more, the room alone."""

    def told(change: Change, board: Board) -> str:
        placement = Placement(tuple(Cell.parse(cell) for cell in change.after["cells"]), change.after["where"])
        known = all(map(board.has_cell, placement.cells))
        where = placement_says(board, placement) if known else _room(board, placement)
        return _(sentence) % {"title": _title(change, board), "where": where}

    return told


def _written(change: Change, board: Board) -> str:
    is_idea = not (change.after["hand"] or change.after["words"].host)
    return (_("New idea: “%(title)s”") if is_idea else _("New card: “%(title)s”")) % {"title": _title(change, board)}


def _edited(change: Change, board: Board) -> str:
    old, new = (apart(facts["words"].title) for facts in (change.before, change.after))
    if old != new:
        return _("“%(old)s” is now called “%(title)s”") % {"old": old, "title": new}
    return _("“%(title)s” has a new text") % {"title": _title(change, board)}


def _room(board: Board, placement: Placement) -> str:
    key = placement.cells[0].room
    room = board.room(key)
    return apart(placement.where or (room.name if room else key))


def _swapped(change: Change, board: Board) -> str:
    other = apart(board.cards[change.after["with"]].words.title)
    return _("“%(title)s” and “%(other)s” changed places") % {"title": _title(change, board), "other": other}


def _cells(sentence: str) -> Callable[[Change, Board], str]:
    def told(change: Change, board: Board) -> str:
        known = [cell_says(board, cell) for cell in change.cells if board.has_cell(cell)]
        # Translators: what stands between longer parts of a list, which have commas of their own.
        named = _("; ").join([*known[:3], *["…"] * (len(known) > 3)])
        return _(sentence) % {"cells": named, "reason": apart(change.after.get("reason", ""))}

    return told


def _closed(change: Change, board: Board) -> str:
    until = change.after.get("until")
    if not until:
        return _cells(gettext_noop("Closed, %(reason)s: %(cells)s"))(change, board)
    told = _cells(gettext_noop("Held, %(reason)s: %(cells)s"))(change, board)
    return _("%(told)s, until %(time)s") % {"told": told, "time": clock(board.local(datetime.fromisoformat(until)))}


def _named(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, _board: _(sentence) % {"name": apart({**change.before, **change.after}["name"])}


def _dated(sentence: str) -> Callable[[Change, Board], str]:
    def told(change: Change, _board: Board) -> str:
        return _(sentence) % {"day": day_says(date.fromisoformat({**change.before, **change.after}["date"]))}

    return told


def _day_changed(change: Change, board: Board) -> str:
    same = change.before.get("slots") == change.after.get("slots") and change.before.get("rooms") == change.after.get(
        "rooms"
    )
    if not same:
        return _dated(gettext_noop("The hours or rooms of %(day)s changed"))(change, board)
    return _dated(gettext_noop("Sign-up for %(day)s changed"))(change, board)


def _dropped(change: Change, board: Board) -> str:
    title = {"title": _title(change, board)}
    reason = change.after.get("notice", {}).get("reason", "")
    if reason:
        return _("“%(title)s” does not get its place: %(reason)s") % {**title, "reason": apart(reason)}
    return _("“%(title)s” gave up its claim") % title


def _displaced(change: Change, board: Board) -> str:
    notice = change.after["notice"]
    facts = {"title": _title(change, board), "reason": apart(notice["reason"])}
    sentence = {
        Cause.CONTEST: _("“%(title)s” may choose another place"),
        Cause.TAKEN: _("“%(title)s” did not get its place: another card has it"),
        Cause.RESTORED: _("“%(title)s” lost its place when the board was put back"),
    }.get(notice["cause"])
    if sentence is None:
        named = _("“%(title)s” lost its place: %(reason)s")
        sentence = named if facts["reason"] else _("“%(title)s” lost its place")
    return sentence % facts


def _offered(change: Change, board: Board) -> str:
    offered = change.after.get("notice", {}).get("offered")
    said = _("“%(title)s” is offered another place") if offered else _("“%(title)s” is offered no other place any more")
    return said % {"title": _title(change, board)}


def _asked(change: Change, board: Board) -> str:
    asked = change.after["deal"]
    facts = {"title": _title(change, board), "other": apart(board.cards[asked["other"]].words.title)}
    if asked["kind"] == Deal.SWAP:
        return _("“%(title)s” would change places with “%(other)s”") % facts
    return _("“%(title)s” would become one card with “%(other)s”") % facts


def _contested(change: Change, board: Board) -> tuple[Contest, dict[str, str]]:
    facts = change.after["contest"]
    contest = contest_from(facts)
    known = board.has_cell(contest.cell)
    titles = in_a_row(_("“%s”") % apart(board.cards[code].words.title) for code in contest.cards)
    return contest, {"titles": titles, "where": cell_says(board, contest.cell) if known else contest.cell.room}


def _contest(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, board: _(sentence) % _contested(change, board)[1]


def _settled(change: Change, board: Board) -> str:
    contest, facts = _contested(change, board)
    if not contest.winner:
        return _("The contest for %(where)s was called off") % facts
    named = {**facts, "title": apart(board.cards[contest.winner].words.title)}
    return _("“%(title)s” won the contest for %(where)s: %(how)s") % {**named, "how": outcome_says(contest, board)}


def outcome_says(contest: Contest, board: Board) -> str:
    """How a contest was settled: "by vote, 23 to 17". Its reason, where one was written, comes after it."""
    counts = " : ".join(str(count) for count in sorted(contest.tally.values(), reverse=True))
    how = {
        Method.VOTE: _("by vote, %(counts)s"),
        Method.HANDS: _("by a show of hands, %(counts)s"),
        Method.LOT: _("by lot"),
        Method.AGREEMENT: _("the hosts agreed"),
        Method.DECISION: _("the facilitator decided"),
        Method.YIELD: _("the others gave way"),
    }[contest.method] % {"counts": counts}
    drawn = contest.drawn and contest.method is not Method.LOT
    how = _("%(how)s, then by lot") % {"how": how} if drawn else how
    return _("%(how)s. %(reason)s") % {"how": how, "reason": apart(contest.reason)} if contest.reason else how


def _with_other(sentence: str) -> Callable[[Change, Board], str]:
    def told(change: Change, board: Board) -> str:
        other = apart(board.cards[change.after["with"]].words.title)
        return _(sentence) % {"title": _title(change, board), "other": other}

    return told


def _full(change: Change, board: Board) -> str:
    said = _("“%(title)s” is full") if change.after["full"] else _("“%(title)s” has room again")
    return said % {"title": _title(change, board)}


def _reasoned(sentence: str) -> Callable[[Change, Board], str]:
    return lambda change, _board: _(sentence) % {"reason": apart(change.after.get("reason", ""))}


def _hosted(change: Change, board: Board) -> str:
    words = change.after["words"]
    if not words.host:
        return _("“%(title)s” is an idea again") % {"title": apart(words.title)}
    return _("“%(title)s” has a host: %(host)s") % {"title": apart(words.title), "host": apart(words.host)}


def _cautioned(change: Change, _board: Board) -> str:
    slow, hold = change.after["slow"], change.after["hold"]
    if slow and hold:
        return _("The board is in slow mode, and cards of new hosts are read before they are shown")
    if hold:
        return _("Cards of new hosts are read before they are shown")
    return _("The board is in slow mode") if slow else _("The board runs as usual again")


def _pitched(change: Change, board: Board) -> str:
    queue = change.after.get("queue")
    if not queue:
        return _("The pitches are over")
    return _("“%(title)s” is being pitched") % {"title": apart(board.cards[queue[0]].words.title)}


_CHANGES: dict[Kind, Callable[[Change, Board], str]] = {
    Kind.EVENT_MADE: _named(gettext_noop("“%(name)s” has a board")),
    Kind.EVENT_CHANGED: lambda _change, board: (
        _("What the board says of “%(name)s” changed") % {"name": apart(board.name)}
    ),
    Kind.ROOM_ADDED: _named(gettext_noop("New room: %(name)s")),
    Kind.ROOM_CHANGED: _named(gettext_noop("%(name)s changed")),
    Kind.ROOM_REMOVED: _named(gettext_noop("%(name)s is no longer on the board")),
    Kind.DAY_ADDED: _dated(gettext_noop("New day: %(day)s")),
    Kind.DAY_CHANGED: _day_changed,
    Kind.DAY_REMOVED: _dated(gettext_noop("%(day)s is no longer on the board")),
    Kind.CARD_WRITTEN: _written,
    Kind.CARD_EDITED: _edited,
    Kind.CARD_TAKEN_UP: _hosted,
    Kind.CARD_COHOSTED: _hosted,
    Kind.CARD_PLACED: _seated(gettext_noop("“%(title)s” is on the board: %(where)s")),
    Kind.CARD_MOVED: _seated(gettext_noop("“%(title)s” moved: %(where)s")),
    Kind.CARD_TAKEN_DOWN: _about_card(gettext_noop("“%(title)s” was taken down")),
    Kind.CARD_WITHDRAWN: _about_card(gettext_noop("“%(title)s” was withdrawn")),
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _cells(gettext_noop("Open again: %(cells)s")),
    Kind.CARD_CLAIMED: _seated(gettext_noop("“%(title)s” asks for %(where)s")),
    Kind.CLAIM_DROPPED: _dropped,
    Kind.CARD_DISPLACED: _displaced,
    Kind.CARD_OFFERED: _offered,
    Kind.CONTEST_OPENED: _contest(gettext_noop("%(titles)s contend for %(where)s")),
    Kind.CONTEST_CHANGED: _contest(gettext_noop("The contest for %(where)s changed: %(titles)s")),
    Kind.CONTEST_SETTLED: _settled,
    Kind.CONTEST_REOPENED: _contest(gettext_noop("The contest for %(where)s is open again: %(titles)s")),
    Kind.DEAL_ASKED: _asked,
    Kind.DEAL_DROPPED: _about_card(gettext_noop("The host of “%(title)s” asks no longer")),
    Kind.CARDS_MERGED: _with_other(gettext_noop("“%(other)s” is now part of “%(title)s”")),
    Kind.CARDS_UNMERGED: _with_other(gettext_noop("“%(title)s” and “%(other)s” are two cards again")),
    Kind.CARD_RESTORED: _about_card(gettext_noop("“%(title)s” is back")),
    Kind.CARD_SHIELDED: _about_card(gettext_noop("A card is hidden until somebody has read it")),
    Kind.CARD_APPROVED: _about_card(gettext_noop("“%(title)s” was read and may stand")),
    Kind.CARD_REMOVED: _about_card(gettext_noop("A card was removed")),
    Kind.CARD_CONFIRMED: _about_card(gettext_noop("“%(title)s” is still on, says its host")),
    Kind.CARD_FULL: _full,
    Kind.CARD_ABSENT: _about_card(gettext_noop("Nobody was at “%(title)s”: the room is free")),
    Kind.BOARD_FROZEN: _reasoned(gettext_noop("The board is paused: %(reason)s")),
    Kind.BOARD_THAWED: _reasoned(gettext_noop("The board is open again")),
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: lambda change, _board: apart(change.after["text"]),
    Kind.ANNOUNCEMENT_ENDED: lambda _change, _board: _("An announcement is over"),
    Kind.PITCH_CHANGED: _pitched,
    Kind.STARS_COUNTED: lambda _change, _board: _("Stars were counted"),
    Kind.PROGRAMME_FOLLOWED: lambda _change, _board: _("The main programme was read"),
    Kind.HOSTS_ERASED: lambda _change, _board: _("Names of hosts were erased"),
}
