"""Every move gets an answer, whatever breaks: what cannot be committed together is tried in halves, then refused."""

import logging
from collections.abc import Sequence

from django.db import DatabaseError, IntegrityError, InterfaceError, connection

from openspaces.board import store
from openspaces.board.commit import InDoubt, commit, tell
from openspaces.board.memory import MEMORY
from openspaces.board.moves import EraseHosts
from openspaces.board.outcome import Asked, Outcome
from openspaces.board.vocabulary import Code, Refusal

logger = logging.getLogger(__name__)

Answer = Outcome | Exception
CONTENDED = ("40001", "40P01", "55P03")
"""PostgreSQL's words for: somebody else was in the way, twice."""


def answers(batch: Sequence[Asked]) -> list[Answer]:
    """Every move's answer. Nobody waits for ever, whatever breaks."""
    try:
        return _tried(batch) if batch else []
    except Exception as trouble:
        logger.exception("the writer could not answer")
        return [trouble] * len(batch)


def _tried(batch: Sequence[Asked]) -> list[Answer]:
    """Every move's answer; if the whole cannot be committed together, each half is, until one is left on its own. So is
    what erases: what the others know of words from the tables must be what is left of them."""
    if len(batch) > 1 and any(isinstance(asked.move, EraseHosts) for asked in batch):
        return _in_halves(batch)
    try:
        return _committed(batch)
    except Exception as trouble:
        return _in_halves(batch) if len(batch) > 1 else [_alone(batch[0], trouble)]


def _in_halves(batch: Sequence[Asked]) -> list[Answer]:
    half = len(batch) // 2
    return [*_tried(batch[:half]), *_tried(batch[half:])]


def _alone(asked: Asked, trouble: Exception) -> Answer:
    """One more try on a Board loaded afresh; then the database's word is a refusal and anything else an error."""
    try:
        if afresh := store.load(asked.event):
            MEMORY.keep(afresh)  # what others wrote is news here, of which nobody would tell once more
            MEMORY.correct(afresh)
        return _committed([asked])[0]
    except (DatabaseError, InterfaceError) as again:
        logger.error("a move of %s was not written: %s", asked.event, again)
        return Outcome(0, refusal=Refusal(Code.TRY_AGAIN if _was_contended(again) else Code.NOT_NOW))
    except Exception as again:
        logger.error("a move of %s failed", asked.event, exc_info=trouble)
        return again


def _committed(batch: Sequence[Asked]) -> list[Answer]:
    """The batch, committed. Where the connection was lost on the way, the log says whether it was."""
    try:
        return commit(batch)
    except InDoubt as doubt:
        connection.close_if_unusable_or_obsolete()
        if not doubt.played.is_in_the_log():
            raise doubt.trouble from doubt
        return tell(batch, doubt.played)
    except Exception:
        connection.close_if_unusable_or_obsolete()
        raise


def _was_contended(trouble: Exception) -> bool:
    """Whether the database refused this move, or whether it takes none just now."""
    return isinstance(trouble, IntegrityError) or getattr(trouble.__cause__, "sqlstate", None) in CONTENDED
