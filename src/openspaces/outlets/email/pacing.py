"""How soon a letter goes: after a minute, and the later the more letters the same reader had that day."""

from datetime import datetime, timedelta

from openspaces.delivery.rows import told_since

NAME = "email"
SETTLE = timedelta(minutes=1)
"""What happens within it is one letter."""
DAY = timedelta(days=1)

Steps = tuple[tuple[int, timedelta], ...]
AT_LEISURE: Steps = ((5, SETTLE), (8, timedelta(minutes=15)), (12, timedelta(hours=1)))
"""Up to how many letters a day, after how long."""
PRESSING: Steps = ((8, SETTLE), (12, timedelta(minutes=15)))
"""The same where a host lost a place or has to answer: nobody finds a locked door for the sake of fewer letters."""
THEN, THEN_PRESSING = timedelta(hours=3), timedelta(hours=1)


def due(event: str, reader: str, at: datetime, *, presses: bool) -> datetime:
    """When to tell a reader what happened at `at`. One query."""
    had = told_since(event, NAME, reader, at - DAY)
    steps, then = (PRESSING, THEN_PRESSING) if presses else (AT_LEISURE, THEN)
    return at + next((wait for most, wait in steps if had < most), then)
