"""Pieces of a wish that were read: each puts one mark in place of its items, so that nothing is read twice."""

from openspaces.intake.wishes.lexicon import Item, Sense
from openspaces.intake.wishes.understood import Part

PARTS = tuple(Part)
_SIGNS = tuple(",;:./()[]|@*–—-+&•·►")
_GREETINGS = ("good", "guten", "gute", "buenos", "buenas", "bom", "boa", "buon", "buona", "bon", "goede", "शुभ", "صباح")


def marked(read: list[Item], first: int, length: int, part: Part) -> list[Item]:
    """The items with a mark in place of those `length` from `first` on."""
    start, end = read[first].start, read[first + length - 1].end
    mark = Item("", start, end, False, None, {Sense.SAID: frozenset({PARTS.index(part)})})
    return [*read[:first], mark, *read[first + length :]]


def is_mark(item: Item | None, *parts: Part) -> bool:
    """Whether it stands for something that was read, of one of these parts."""
    return item is not None and any(PARTS[value] in parts for value in item.values(Sense.SAID))


def is_filler(item: Item) -> bool:
    """Whether it tells nothing itself and may stand between a day, a time and a room."""
    return item.means(Sense.BETWEEN, Sense.AT, Sense.TO) or item.text in _SIGNS


def beside(read: list[Item], place: int, step: int) -> Item | None:
    """The nearest item before (`step` -1) or after (1) that is no filler."""
    place += step
    while 0 <= place < len(read):
        if not is_filler(read[place]):
            return read[place]
        place += step
    return None


def is_greeting(read: list[Item], place: int) -> bool:
    """Whether a word such as "morning" belongs to "good morning"."""
    return place > 0 and read[place - 1].text in _GREETINGS
