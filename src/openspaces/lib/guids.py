"""The name of a card that other programs remember: in calendars, apps and feeds it stays the same for good."""

from uuid import UUID, uuid5

_CARDS = UUID("6f3c1a52-8d0e-5b47-9a6e-2f1d7c40b8e3")
"""Never to be changed: every calendar that was ever subscribed to would hold each card twice."""


def card_guid(event: str, code: str) -> UUID:
    """The guid of an event's card, from its address alone: it stays through every edit, move, backup and new server."""
    return uuid5(_CARDS, f"{event}/{code}")
