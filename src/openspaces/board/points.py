"""The points that a move passes on its way into the log."""

POINTS = ("locked", "decided", "rows", "logged", "remembered", "committed", "answered")
"""In order: the event is locked; the move is decided in memory; its rows are written; and the log; and the outcome
under its key; all that is committed; whoever asked is answered."""
