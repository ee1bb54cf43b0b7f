"""What is kept for a while and no longer: the clock erases it, and nobody has to think of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from openspaces.board.contest import VOTERS_KEPT
from openspaces.board.memory import MEMORY
from openspaces.board.read import erase_voices, forget_voters
from openspaces.board.state import Board
from openspaces.intake.mail import quarantine
from openspaces.people.erasing import erase_people
from openspaces.people.personal import AFTER_EVENT


def forget(at: datetime) -> None:
    """Erase everything whose time is over at `at`. Where nothing can be, the database is asked nothing."""
    boards = MEMORY.boards()
    voted = any(_votes_are_over(board, at - VOTERS_KEPT) for board in boards)
    over = [board.event for board in boards if _is_over(board, at - AFTER_EVENT)]
    if voted or over:
        _forget(at, over)
    quarantine.sweep(at.timestamp())


def _votes_are_over(board: Board, since: datetime) -> bool:
    return any(contest.settled and contest.settled < since for contest in board.contests.values())


def _is_over(board: Board, since: datetime) -> bool:
    return bool(board.slots) and max(slot.ends for slot in board.slots.values()) < since


def _forget(at: datetime, over: Collection[str]) -> None:
    try:
        erased = forget_voters(at - VOTERS_KEPT)
        erased += erase_people(over, at - AFTER_EVENT) + erase_voices(over, at - AFTER_EVENT)
        if erased:
            _erase_behind_the_tables()
    finally:
        connection.close()


def _erase_behind_the_tables() -> None:
    """SQLite keeps what it wrote before in the log beside its file until that begins anew. A reader may be in the way;
    then what is written next goes over it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
