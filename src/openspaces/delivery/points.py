"""The points that a worker passes with what it tells."""

POINTS = ("read", "planned", "committed", "claimed", "composed", "sent", "kept")
"""In order: the log was read; what to tell is written; that is committed; one telling is marked as under way; it is
worded; it was sent; what came of it is written."""
