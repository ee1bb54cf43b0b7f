"""Named points at which a process may die. Tests end it there; the program itself walks past.

The names of the points lie beside what passes them: `board/points.py`, `delivery/points.py`.
"""


def passing(point: str) -> None:
    """Say that a point is reached."""
