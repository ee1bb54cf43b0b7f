"""Rows and Boards: loads a Board, reads the log, and writes changes. The only writer of the board's tables."""

from openspaces.board.store.loading import blank, caught_up, heads, load, lock
from openspaces.board.store.log import log, number_at
from openspaces.board.store.writing import notify, write

__all__ = ["blank", "caught_up", "heads", "load", "lock", "log", "notify", "number_at", "write"]
