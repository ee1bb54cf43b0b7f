"""The name of a card that other programs remember: in calendars, apps and feeds it stays the same for good."""

from uuid import UUID, uuid5

_CARDS = UUID("6f3c1a52-8d0e-5b47-9a6e-2f1d7c40b8e3")
"""Never to be changed: every calendar that was ever subscribed to would hold each card twice."""
_ROOMS = UUID("0b8d5f5e-3c6a-5a0e-8f57-c1a4b2d96e70")


def card_guid(event: str, code: str) -> UUID:
    """The guid of an event's card, from its address alone: it stays through every edit, move, backup and new server."""
    return uuid5(_CARDS, f"{event}/{code}")


def room_guid(event: str, room: str) -> UUID:
    """The guid of a place where cards meet: a room of the event, or one that a host wrote in."""
    return uuid5(_ROOMS, f"{event}/{room}")


def host_guid(event: str, code: str, name: str) -> UUID:
    """The guid of the host that a card names. Nobody has an account, so two cards of one name may be two people."""
    return uuid5(card_guid(event, code), name)
