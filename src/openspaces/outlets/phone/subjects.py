"""What a telling is about, as its row names it: a word, and what it says of which."""

CARD = "card"
"""Where a card is now: `card <code>`."""
STARTS = "starts"
"""A card starts soon: `starts <code> <slot>`."""
NEW = "new"
"""A card with a word that somebody follows: `new <code>`."""
ANNOUNCED = "announced"
"""The desk told everybody: `announced <number>`."""
HELLO = "hello"
"""The phone's owner wants to see that it works: `hello <anything>`."""


def subject(kind: str, *of: str) -> str:
    """The name of a subject."""
    return " ".join((kind, *of))


def parted(name: str) -> tuple[str, list[str]]:
    """The kind of a subject, and what it is about."""
    kind, *of = name.split(" ")
    return kind, of
