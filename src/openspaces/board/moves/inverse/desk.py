"""Takes back what everyone heard from the desk: the pause, the caution, announcements, the pitch."""

from openspaces.board.facts import announcement_from, caution_facts, pitch_facts
from openspaces.board.moves.base import NOTHING
from openspaces.board.moves.desk import frozen, thawed
from openspaces.board.moves.inverse.base import Answer, Inverses, Now
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Kind, Refusal


def _frozen(board: Board, change: Change, now: Now) -> Answer:
    """Open again, or paused for the reason that held before."""
    if board.freeze is None or board.freeze.reason != change.after["reason"]:
        return Refusal(Code.CHANGED_SINCE)
    was = change.before.get("reason")
    return (frozen(board, was),) if was else thawed(board, now.at)


def _thawed(board: Board, change: Change, now: Now) -> Answer:
    return Refusal(Code.CHANGED_SINCE) if board.freeze else (frozen(board, change.before["reason"]),)


def _cautioned(board: Board, change: Change, now: Now) -> Answer:
    if caution_facts(board.caution) != change.after:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.CAUTION_CHANGED, before=change.after, after=change.before),)


def _announced(board: Board, change: Change, now: Now) -> Answer:
    """Gone from the screens; what has gone by itself needs nothing."""
    facts = {"number": change.number, "at": change.at.isoformat(), **change.after}
    said = announcement_from(facts)
    return (Change(Kind.ANNOUNCEMENT_ENDED, before=facts),) if said in board.announcements else NOTHING


def _announcement_ended(board: Board, change: Change, now: Now) -> Answer:
    ended = announcement_from(change.before)
    heard = [(said.text, said.until) for said in board.announcements]
    if ended.until <= now.at or (ended.text, ended.until) in heard:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.ANNOUNCED, after={"text": change.before["text"], "until": change.before["until"]}),)


def _pitched(board: Board, change: Change, now: Now) -> Answer:
    if pitch_facts(board.pitch) != change.after:
        return Refusal(Code.CHANGED_SINCE)
    return (Change(Kind.PITCH_CHANGED, before=change.after, after=change.before),)


INVERSES: Inverses = {
    Kind.BOARD_FROZEN: _frozen,
    Kind.BOARD_THAWED: _thawed,
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: _announced,
    Kind.ANNOUNCEMENT_ENDED: _announcement_ended,
    Kind.PITCH_CHANGED: _pitched,
}
