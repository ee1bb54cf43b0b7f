"""The named points at which a worker may die. Tests end the process there; the program itself walks past."""

POINTS = ("read", "planned", "committed", "claimed", "composed", "sent", "kept")
"""In order: the log was read; what to tell is written; that is committed; one telling is marked as under way; it is
worded; it was sent; what came of it is written."""


def passing(point: str) -> None:
    """Say that a point is reached."""
