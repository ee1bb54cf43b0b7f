"""Rows and Boards: loads a Board, reads the log, and writes changes. The only writer of the board's tables."""

from openspaces.board.store.known import Known
from openspaces.board.store.loading import blank, caught_up, heads, load, lock
from openspaces.board.store.log import log, number_at, of_card, step
from openspaces.board.store.voices import (
    Told,
    answer_reports,
    ballot_of,
    ballots_cast,
    ballots_of,
    cast,
    forget_voters,
    locked_contests,
    report,
    reports,
)
from openspaces.board.store.writing import notify, write

__all__ = [
    "Known",
    "Told",
    "answer_reports",
    "ballot_of",
    "ballots_cast",
    "ballots_of",
    "blank",
    "cast",
    "caught_up",
    "forget_voters",
    "heads",
    "load",
    "lock",
    "locked_contests",
    "log",
    "notify",
    "number_at",
    "of_card",
    "report",
    "reports",
    "step",
    "write",
]
