"""Moves that wait are decided one after the other on the Board in memory and committed together."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import transaction

from openspaces.board import store
from openspaces.board.fold import fold_all
from openspaces.board.memory import MEMORY
from openspaces.board.moves.base import Changes, Informed, Move
from openspaces.board.moves.contests import SettleContest
from openspaces.board.moves.deciding import NO_IDEAS, decided, slowed
from openspaces.board.moves.running import FreeRoom
from openspaces.board.outcome import Asked, Outcome, Remembered
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.board.voices import ANSWERED, CastBallot, DeclineOffer, OfferToHost, Report, Star, Voice
from openspaces.lib.points import passing
from openspaces.people.who import PROGRAM, Who

Kept = CastBallot | Star | OfferToHost | DeclineOffer
"""Voices that come to nothing but their rows."""
OF_TWO = (Kind.CARDS_MERGED, Kind.CARDS_UNMERGED)


Answer = Outcome | Exception


@dataclass
class Played:
    """What came of a batch: an answer to each move, the Boards after it, and every change."""

    answers: list[Answer]
    boards: list[Board]
    changes: dict[str, list[Change]]

    def is_in_the_log(self) -> bool:
        """Whether the changes are the log's by now. What made none can be asked again. The lock waits for a commit that
        is still under way in the database, though we lost the connection on which we asked for it."""
        event, made = next(((event, made) for event, made in self.changes.items() if made), ("", []))
        if not made:
            return False
        with transaction.atomic():
            store.lock(event)
            return store.log(event, made[0].number - 1, len(made)) == made


class InDoubt(Exception):
    """The last step failed, so all of it may be written, or nothing."""

    def __init__(self, played: Played, trouble: Exception) -> None:
        super().__init__(str(trouble))
        self.played, self.trouble = played, trouble


def commit(batch: Sequence[Asked]) -> list[Answer]:
    """Play a batch in one transaction, event by event; followers hear of it once it is durable. Raises InDoubt."""
    played = None
    try:
        with transaction.atomic():
            played = _played(batch)
    except Exception as trouble:
        if played:
            raise InDoubt(played, trouble) from trouble
        raise
    return tell(batch, played)


def tell(batch: Sequence[Asked], played: Played) -> list[Answer]:
    """The answers of a batch that is durable, after this process has heard of it."""
    passing("committed")
    for board in played.boards:
        MEMORY.keep(board)
    told = zip(batch, played.answers, strict=True)
    MEMORY.starred(asked.event for asked, answer in told if _counts_anew(asked, answer))
    return played.answers


def _played(batch: Sequence[Asked]) -> Played:
    answers: dict[int, Answer] = {}
    boards: list[Board] = []
    made: dict[str, list[Change]] = {}
    for event in sorted({asked.event for asked in batch}):
        mine = [index for index, asked in enumerate(batch) if asked.event == event]
        board, outcomes, made[event] = _play_event(event, [batch[index] for index in mine])
        answers |= dict(zip(mine, outcomes, strict=True))
        if board:
            boards.append(board)
    return Played([answers[index] for index in range(len(batch))], boards, made)


def _counts_anew(asked: Asked, answer: Outcome | Exception) -> bool:
    """Whether there are other stars to be counted: some came or went, or cards have other parts."""
    changes = answer.changes if isinstance(answer, Outcome) else ()
    return isinstance(asked.move, Star) or any(change.kind in OF_TWO for change in changes)


def _play_event(event: str, batch: list[Asked]) -> tuple[Board | None, list[Answer], list[Change]]:
    now = _Draft(_board_for(event, batch))
    passing("locked")
    outcomes: list[Answer] = []
    kept = Remembered(event, batch)
    for asked in batch:
        outcome = kept.of(asked)
        if outcome is None:
            if _asks_the_tables(now.board, asked):
                now.write()
            outcome = _decided(now.board, asked)
            now.add(outcome.changes)
            if not isinstance(asked.move, CastBallot):  # a device has one ballot anyway
                kept.keep(asked, outcome)
        outcomes.append(outcome)
    passing("decided")
    if now.changes:
        now.write()
        store.notify(event, now.board.number)
        passing("logged")
    if now.board.number == 0:
        return None, outcomes, now.changes
    kept.write()
    passing("remembered")
    return now.board, outcomes, now.changes


class _Draft:
    """The Board as it is after so many moves of a batch, and what changed. The rows follow at the end, all at once; or
    before, where a move asks the tables, which must tell it what the moves before it did."""

    def __init__(self, board: Board) -> None:
        self.board, self.changes = board, list[Change]()
        self._written, self._many = board, 0

    def add(self, changes: Sequence[Change]) -> None:
        """These came of the next move."""
        self.board = fold_all(self.board, changes)
        self.changes += changes

    def write(self) -> None:
        """Let the rows follow."""
        if changes := self.changes[self._many :]:
            store.write(self._written, self.board, changes)
            _answer_reports(self.board.event, changes)
        self._written, self._many = self.board, len(self.changes)


def _board_for(event: str, batch: list[Asked]) -> Board:
    """Ballots, stars and offers are rows of their own: ballots lock the contests that they are for, and nothing of them
    locks the event. What reports lead to is a move."""
    kept = MEMORY.board(event)
    rows_alone = kept is not None and all(isinstance(asked.move, Kept) for asked in batch)
    board = kept if kept and rows_alone else _board_under_lock(event)
    voted_on = [asked.move.contest for asked in batch if isinstance(asked.move, CastBallot | SettleContest)]
    contests = store.locked_contests(event, voted_on) if voted_on else []
    for contest in contests if rows_alone else ():
        board = board.with_contest(contest)  # as it is by now: another process may have settled it
    return board


def _board_under_lock(event: str) -> Board:
    """The event's Board at its last number, with the event locked: what is decided on it stays true until commit."""
    head = store.lock(event)
    if head is None:
        return store.blank(event, secrets.token_hex(4))
    kept = MEMORY.board(event)
    if kept is None or kept.epoch != head[0]:
        return store.load(event) or store.blank(event, head[0])
    return kept if kept.number == head[1] else store.caught_up(kept)


def _decided(board: Board, asked: Asked) -> Outcome:
    move = asked.move
    if board.number == 0 and not getattr(move, "makes_event", False):
        return Outcome(0, refusal=Refusal(Code.UNKNOWN_EVENT, {"event": asked.event}))
    if isinstance(move, Voice):
        return _heard(board, asked, move)
    known = store.Known(asked.event)
    told: Move = cast(Any, move).informed(known) if _wants_to_know(type(move)) else move
    left = known.ideas_left() if slowed(move, board, asked.by) else NO_IDEAS
    return _outcome(board, decided(told, board, asked.by, asked.at, left), asked.by, asked.at)


def _asks_the_tables(board: Board, asked: Asked) -> bool:
    move = asked.move
    if isinstance(move, Voice):
        return isinstance(move, Report)
    return _wants_to_know(type(move)) or slowed(move, board, asked.by)


@cache
def _wants_to_know(kind: type[Move]) -> bool:
    """Asked once of each kind of move: Python looks through a protocol anew for every value."""
    return issubclass(kind, Informed)


def _outcome(board: Board, answer: Changes | Refusal, by: Who, at: datetime) -> Outcome:
    if isinstance(answer, Refusal):
        return Outcome(board.number, refusal=answer)
    changes = _stamped(answer, board.number, max(at, board.at), by)  # the log's time never goes back
    return Outcome(board.number + len(changes), changes)


def _heard(board: Board, asked: Asked, voice: Voice) -> Outcome:
    """A voice is kept as a row; three reports of people at the event are followed by a move of the program's."""
    if refusal := voice.why_not(board, asked.by, asked.at):
        return Outcome(board.number, refusal=refusal)
    if isinstance(voice, Report):
        return _reported(board, asked, voice)
    _keep(board, voice, asked.by.hand, asked.at)
    return Outcome(board.number)


def _keep(board: Board, voice: Kept, hand: str, at: datetime) -> None:
    event = board.event
    match voice:
        case CastBallot():
            store.cast(event, voice.contest, hand, voice.cards, at)
        case Star():
            store.star(event, voice.card, hand, at, on=voice.on)
        case OfferToHost(on=True):
            store.offer(event, voice.card, hand, voice.name, voice.handle, at)
        case OfferToHost():
            store.take_back_offer(event, voice.card, hand)
        case DeclineOffer():
            for part in board.parts(board.cards[voice.card]):
                store.take_back_offer(event, part.code, voice.hand)


def _reported(board: Board, asked: Asked, report: Report) -> Outcome:
    by, at = asked.by, asked.at
    told: dict[str, Any] = {"what": report.what, "reason": report.reason, "at": at, "since": report.since(at)}
    voices = store.report(asked.event, report.card, by.hand, present=by.present or by.is_staff, **told)
    follows = report.follows(board, by, voices)
    if follows is None:
        return Outcome(board.number)
    doer = by if isinstance(follows, FreeRoom) and by.is_staff else PROGRAM
    return _outcome(board, decided(follows, board, doer, at), doer, at)


def _answer_reports(event: str, changes: Sequence[Change]) -> None:
    """What was told of a card is answered when somebody has looked at it, or freed its room, or it has another."""
    looked_at = {
        (card, what): change.at
        for change in changes
        for what in ANSWERED.get(change.kind, ())
        for card in (change.card, change.after.get("with", change.card))
    }
    store.answer_reports(event, looked_at)


def _stamped(changes: Changes, number: int, at: datetime, by: Who) -> tuple[Change, ...]:
    return tuple(
        replace(change, number=number + place, at=at, by=by.logged, step=number + 1)
        for place, change in enumerate(changes, start=1)
    )
