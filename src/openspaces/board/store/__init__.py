"""Rows and Boards: loads a Board, reads the log, and writes changes. The only writer of the board's tables."""

from openspaces.board.store.erasing import erase_voices
from openspaces.board.store.known import Known
from openspaces.board.store.loading import blank, caught_up, heads, load, lock
from openspaces.board.store.log import last_of, log, number_at, of_card, step
from openspaces.board.store.voices import (
    Offered,
    Told,
    answer_reports,
    ballot_of,
    ballots_cast,
    ballots_of,
    cast,
    forget_voters,
    locked_contests,
    offer,
    offers,
    report,
    reports,
    star,
    starred_at,
    stars_of,
    stars_on,
    stars_with,
    take_back_offer,
)
from openspaces.board.store.writing import notify, write

__all__ = [
    "Known",
    "Offered",
    "Told",
    "answer_reports",
    "ballot_of",
    "ballots_cast",
    "ballots_of",
    "blank",
    "cast",
    "caught_up",
    "erase_voices",
    "forget_voters",
    "heads",
    "last_of",
    "load",
    "lock",
    "locked_contests",
    "log",
    "notify",
    "number_at",
    "of_card",
    "offer",
    "offers",
    "report",
    "reports",
    "star",
    "starred_at",
    "stars_of",
    "stars_on",
    "stars_with",
    "step",
    "take_back_offer",
    "write",
]
