"""Asking a pull outlet as an address would."""

from datetime import UTC, datetime

from openspaces.board.state import Board
from openspaces.outlets.base import Asked, Pull, Variant

LONG_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


def variant_of(pull: Pull, board: Board, language: str = "en", **query: str) -> Variant:
    """The variant that an address with that query means, long before the event; raises BadVariant or NotHere."""
    return pull.variant(Asked({"event": board.event}, query, language, LONG_BEFORE), board)
