"""What is kept for a while and no longer: it is erased by itself, and nobody has to think of it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from openspaces.board.contest import VOTERS_KEPT
from openspaces.board.memory import MEMORY
from openspaces.board.moves import EraseHosts
from openspaces.board.play import play
from openspaces.board.read import erase_voices, forget_voters, hosts_left
from openspaces.board.state import Board
from openspaces.intake.mail import quarantine
from openspaces.people.erasing import erase_people, erase_stale
from openspaces.people.personal import AFTER_EVENT
from openspaces.people.who import PROGRAM

REPLACED = "before-restore-*"
"""Databases that a backup took the place of; they are kept as long as what people left."""


def forget(at: datetime) -> int:
    """Erase everything whose time is over at `at`; how many rows, cards and files it was."""
    over = [board.event for board in MEMORY.boards() if _is_over(board, at - AFTER_EVENT)]
    erased = forget_voters(at - VOTERS_KEPT) + erase_stale(at)
    if over:
        erased += _forget_events(over, at - AFTER_EVENT, at)
    return erased + quarantine.sweep(at.timestamp()) + _forget_replaced(at - AFTER_EVENT)


def _is_over(board: Board, since: datetime) -> bool:
    return bool(board.slots) and max(slot.ends for slot in board.slots.values()) < since


def _forget_events(over: Collection[str], left_before: datetime, at: datetime) -> int:
    """The addresses of hosts go before their names: nobody is to be told of that."""
    erased = erase_people(over, left_before) + erase_voices(over, left_before)
    return erased + sum(_erase_hosts(event, hosts_left(event, left_before), at) for event in over)


def _erase_hosts(event: str, cards: Collection[str], at: datetime) -> int:
    if not cards:
        return 0
    return len(play(event, EraseHosts(cards=tuple(cards)), by=PROGRAM, at=at).changes) and len(cards)


def _forget_replaced(before: datetime) -> int:
    return _unlinked(file for file in Path(settings.DATA).glob(REPLACED) if file.stat().st_mtime < before.timestamp())


def _unlinked(files: Iterable[Path]) -> int:
    gone = list(files)
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
