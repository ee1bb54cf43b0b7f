"""ONE WAY IN: everything that changes a board is a move, and is played here by the process's one writer."""

import asyncio
import hashlib
import logging
import queue
import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from openspaces.board import models, store
from openspaces.board.fold import fold
from openspaces.board.memory import MEMORY
from openspaces.board.moves.base import Changes, Move
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Cell, Code, Refusal
from openspaces.people.who import Who

logger = logging.getLogger(__name__)

MOVES_TO_A_COMMIT = 50


@dataclass(frozen=True)
class Outcome:
    """What a move came to: its changes, or a refusal; `number` is the board's after it."""

    number: int
    changes: tuple[Change, ...] = ()
    refusal: Refusal | None = None


class KeyReused(Exception):
    """The idempotency key was given before with another move."""


@dataclass(frozen=True)
class Asked:
    """A move that waits to be played."""

    event: str
    move: Move
    by: Who
    at: datetime
    key: str


def play(event: str, move: Move, *, by: Who, at: datetime | None = None, key: str = "") -> Outcome:
    """Play a move and wait for its outcome. Raises KeyReused. `at` is now unless said, `key` makes a retry harmless."""
    return WRITER.ask(Asked(event, move, by, at or datetime.now(UTC), key)).result()


async def play_soon(event: str, move: Move, *, by: Who, at: datetime | None = None, key: str = "") -> Outcome:
    """The same for callers on an event loop."""
    return await asyncio.wrap_future(WRITER.ask(Asked(event, move, by, at or datetime.now(UTC), key)))


class Writer:
    """A thread with one connection and a queue. Moves that wait are decided one after the other on the Board in memory
    and committed together, each with its own answer."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Asked, Future[Outcome]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ask(self, asked: Asked) -> Future[Outcome]:
        """Put a move in the queue."""
        answer: Future[Outcome] = Future()
        self._waiting.put((asked, answer))
        self._start()
        return answer

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            batch = [(asked, future) for asked, future in self._next_batch() if future.set_running_or_notify_cancel()]
            answers = _answers_whatever_happens([asked for asked, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if isinstance(answer, Outcome):
                    future.set_result(answer)
                else:
                    future.set_exception(answer)

    def _next_batch(self) -> list[tuple[Asked, Future[Outcome]]]:
        batch = [self._waiting.get()]
        while len(batch) < MOVES_TO_A_COMMIT:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch


WRITER = Writer()


def _answers_whatever_happens(batch: Sequence[Asked]) -> list[Outcome | Exception]:
    """Every move's answer. Nobody waits for ever, whatever breaks."""
    try:
        return _answers(batch) if batch else []
    except Exception as trouble:
        logger.exception("the writer could not answer")
        return [trouble] * len(batch)


def _answers(batch: Sequence[Asked]) -> list[Outcome | Exception]:
    """Every move's answer; if the whole cannot be committed together, each is tried on its own."""
    try:
        return _commit(batch)
    except Exception as trouble:
        connection.close_if_unusable_or_obsolete()
        if len(batch) == 1:
            return [_alone(batch[0], trouble)]
        return [answer for asked in batch for answer in _answers([asked])]


def _alone(asked: Asked, trouble: Exception) -> Outcome | Exception:
    """One more try on a Board loaded afresh; then the database's word is a refusal and anything else an error."""
    try:
        if afresh := store.load(asked.event):
            MEMORY.correct(afresh)
        return _commit([asked])[0]
    except DatabaseError:
        logger.exception("a move of %s was refused by the database", asked.event)
        return Outcome(0, refusal=Refusal(Code.TRY_AGAIN))
    except Exception as again:
        logger.error("a move of %s failed", asked.event, exc_info=trouble)
        return again


def _commit(batch: Sequence[Asked]) -> list[Outcome | Exception]:
    """Play a batch in one transaction, event by event; followers hear of it once it is durable."""
    answers: dict[int, Outcome | Exception] = {}
    boards: list[Board] = []
    with transaction.atomic():
        for event in sorted({asked.event for asked in batch}):
            mine = [index for index, asked in enumerate(batch) if asked.event == event]
            board, outcomes = _play_event(event, [batch[index] for index in mine])
            answers |= dict(zip(mine, outcomes, strict=True))
            if board:
                boards.append(board)
    for board in boards:
        MEMORY.keep(board)
    return [answers[index] for index in range(len(batch))]


def _play_event(event: str, batch: list[Asked]) -> tuple[Board | None, list[Outcome | Exception]]:
    start = _board_under_lock(event)
    board, changes = start, list[Change]()
    outcomes: list[Outcome | Exception] = []
    fresh: dict[str, tuple[Asked, Outcome]] = {}
    for asked in batch:
        outcome = _remembered(asked, fresh)
        if outcome is None:
            outcome = _decided(board, asked)
            board = _folded(board, outcome.changes)
            changes += outcome.changes
            if asked.key:
                fresh[asked.key] = asked, outcome
        outcomes.append(outcome)
    if changes:
        store.write(start, board, changes)
        store.notify(event, board.number)
    if board.number == 0:
        return None, outcomes
    models.Outcome.objects.bulk_create([_outcome_row(*each) for each in fresh.values()])
    return board, outcomes


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
    if board.number == 0 and not getattr(asked.move, "makes_event", False):
        return Outcome(0, refusal=Refusal(Code.UNKNOWN_EVENT, {"event": asked.event}))
    decided = asked.move.may(asked.by, board) or asked.move.decide(board, asked.by, asked.at)
    if isinstance(decided, Refusal):
        return Outcome(board.number, refusal=decided)
    changes = _stamped(decided, board.number, max(asked.at, board.at), asked.by)  # the log's time never goes back
    return Outcome(board.number + len(changes), changes)


def _stamped(changes: Changes, number: int, at: datetime, by: Who) -> tuple[Change, ...]:
    return tuple(
        replace(change, number=number + place, at=at, by=by.hand) for place, change in enumerate(changes, start=1)
    )


def _folded(board: Board, changes: Changes) -> Board:
    for change in changes:
        board = fold(board, change)
    return board


# Idempotency


def _remembered(asked: Asked, fresh: dict[str, tuple[Asked, Outcome]]) -> Outcome | Exception | None:
    """The outcome under the move's key, from this batch or an earlier one; KeyReused if it was another move."""
    if not asked.key:
        return None
    if asked.key in fresh:
        first, outcome = fresh[asked.key]
        return outcome if _digest(first.move) == _digest(asked.move) else KeyReused(asked.key)
    row = models.Outcome.objects.filter(event_id=asked.event, key=asked.key).first()
    if row is None:
        return None
    return _outcome_from(row) if row.asked == _digest(asked.move) else KeyReused(asked.key)


def _outcome_from(row: models.Outcome) -> Outcome:
    changes = store.log(row.event_id, row.number - row.count, row.count) if row.count else []
    return Outcome(row.number, tuple(changes), _refusal_from(row.refusal) if row.refusal else None)


def _outcome_row(asked: Asked, outcome: Outcome) -> models.Outcome:
    return models.Outcome(
        event_id=asked.event,
        key=asked.key,
        asked=_digest(asked.move),
        number=outcome.number,
        count=len(outcome.changes),
        refusal=outcome.refusal and _refusal_facts(outcome.refusal),
        at=asked.at,
    )


def _digest(move: Move) -> str:
    """What was asked for, without what the intake minted (fields that do not compare)."""
    asked = [(each.name, getattr(move, each.name)) for each in fields(move) if each.compare]  # type: ignore[arg-type]
    return hashlib.sha256(repr((type(move).__name__, asked)).encode()).hexdigest()


def _refusal_facts(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code.value,
        "facts": dict(refusal.facts),
        "held_by": refusal.held_by,
        "free": [str(cell) for cell in refusal.free],
        "confirmable": refusal.confirmable,
    }


def _refusal_from(facts: dict[str, Any]) -> Refusal:
    free = tuple(Cell.parse(cell) for cell in facts["free"])
    return Refusal(Code(facts["code"]), facts["facts"], facts["held_by"], free, facts["confirmable"])
