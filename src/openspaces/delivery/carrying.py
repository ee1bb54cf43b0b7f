"""One telling from its row to its reader, and what came of it. Runs in a thread of the worker's pool."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.read import board_now, changes_after
from openspaces.board.state import Board, Change
from openspaces.delivery.contract import Destination, Gone, Job, Later, Push, Refused, Trouble, Unreachable
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State, earlier
from openspaces.lib.plaintext import one_line
from openspaces.lib.points import passing

logger = logging.getLogger(__name__)

LEAST = timedelta(seconds=1)
"""The pause before another try, even where a server says that there need be none."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one try. `again` is when to try once more, `alone` whether the reader's other tellings go on
    meanwhile, `gone` whether nothing can be told there any more."""

    state: State
    receipt: str = ""
    trouble: str = ""
    again: timedelta | None = None
    alone: bool = False
    gone: bool = False


def tell(push: Push, row: Delivery, destination: Destination | None) -> Told:
    """Word it and send it. Never raises."""
    try:
        board = board_now(row.event)
        if board is None:
            return Told(State.DROPPED)
        with override(board.language):
            return _tell(push, row, job_of(push, row, destination, board), board)
    except Exception as trouble:
        logger.exception("%s of %s could not tell %s", row.outlet, row.event, row.subject)
        return _again(push, row, type(trouble).__name__)
    finally:
        connection.close()


def job_of(push: Push, row: Delivery, destination: Destination | None, board: Board) -> Job:
    """A row as its outlet sees it."""
    return Job(
        event=row.event,
        outlet=row.outlet,
        destination=destination,
        to=row.recipient,
        subject=row.subject,
        first=row.first,
        number=row.number,
        since=row.since,
        due=row.due,
        key=f"{board.epoch}-{row.pk}-{row.number}",
        earlier=earlier(row),
        tries=row.tries,
        last=_is_over(push, row),
    )


def changes_of(job: Job) -> list[Change]:
    """The changes from the first to the last that a job is about, those between of other subjects too."""
    return changes_after(job.event, job.first - 1, job.number - job.first + 1) if job.number else []


def _tell(push: Push, row: Delivery, job: Job, board: Board) -> Told:
    try:
        message = push.compose(job, board)
        if message is None:
            return Told(State.DROPPED)
        passing("composed")
        receipt = push.send(message, job)
        passing("sent")
    except Later as trouble:
        return _again(push, row, str(trouble), max(timedelta(seconds=trouble.seconds), LEAST))
    except Unreachable as trouble:
        return replace(_again(push, row, str(trouble)), alone=trouble.alone)
    except Gone as trouble:
        return Told(State.FAILED, trouble=str(trouble), gone=True)
    except Refused as trouble:
        return Told(State.FAILED, trouble=str(trouble))
    return Told(State.SENT, receipt=receipt)


def _again(push: Push, row: Delivery, says: str, wait: timedelta | None = None) -> Told:
    """Once more after a while, that which the other side wants or the next that the outlet has, if it has any left."""
    if _is_over(push, row):
        return Told(State.FAILED, trouble=says)
    return Told(State.WAITING, trouble=says, again=wait or push.again[min(row.tries, len(push.again)) - 1])


def _is_over(push: Push, row: Delivery) -> bool:
    """Whether it was tried as often as the outlet has patience, and for as long: some servers say "later" for ever, and
    some every second."""
    waited = row.due - (row.tried or row.due)
    return row.tries > len(push.again) and waited >= sum(push.again, timedelta())


def tried_out(push: Push, destination: Destination, board: Board) -> str:
    """Send something harmless; what went wrong, in the language of whoever tries, or "" if nothing did. Waits for the
    answer."""
    assert push.try_out is not None
    return _tried(push, partial(push.try_out, destination, board))


def tried_at(push: Push, to: str, board: Board) -> str:
    """The same for an outlet without destinations: see `Trial`."""
    assert push.trial is not None
    return _tried(push, partial(push.trial.send, to, board))


def _tried(push: Push, send: Callable[[], None]) -> str:
    try:
        send()
    except Trouble as trouble:
        return one_line(str(trouble))
    except Exception:
        logger.exception("%s could not be tried", push.name)
        return _("Something went wrong here. The program's log says what.")
    return ""


def previewed(push: Push, row: Delivery, destination: Destination | None, board: Board) -> str:
    """What would be told were it told now, as whoever approves it reads it; "" if there is nothing left to say."""
    try:
        with override(board.language):
            message = push.compose(job_of(push, row, destination, board), board)
    except Exception:
        logger.exception("%s of %s could not word %s", row.outlet, row.event, row.subject)
        return ""
    return message.preview if message else ""


def finish(row: Delivery, told: Told, at: datetime) -> None:
    """Write down what came of it, if its destination was not removed meanwhile. Servers answer in any letters, also in
    some that no database keeps."""
    Delivery.objects.filter(pk=row.pk).update(
        state=told.state,
        receipt=one_line(told.receipt)[:500],
        trouble=one_line(told.trouble)[:500],
        told=at if told.state is State.SENT else None,
        due=at + told.again if told.again else row.due,
    )
    passing("kept")
