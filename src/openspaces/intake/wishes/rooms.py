"""Room names in a text: matched whole, with the words that people put before them, and never a number for another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from openspaces.board.parts import Room
from openspaces.intake.wishes.folding import Token, tokens
from openspaces.intake.wishes.lexicon import Item, Phrase, Sense, items, phrases

Aliases = dict[Phrase, frozenset[str]]
MANY = 12


@dataclass(frozen=True, slots=True)
class RoomSaid:
    """A place in the text where rooms are named: the keys it may mean (none: no room of this event), from which token
    on and how many."""

    keys: tuple[str, ...]
    first: int
    length: int


@dataclass(frozen=True)
class _Names:
    """What the rooms of an event may be called: by themselves, or only after a word like "room"."""

    alone: Aliases
    after_word: Aliases
    longest: int


def rooms_said(text: str, found: list[Token], rooms: tuple[Room, ...]) -> list[RoomSaid]:
    """Where `found`, the tokens of `text`, name rooms."""
    names, said, place = _names(rooms), [], 0
    while place < len(found):
        here = _said_at(text, found, place, names)
        said += [here] if here else []
        place += here.length if here else 1
    return said


def number_alone(before: Item | None, after: Item | None) -> bool:
    """Whether a number that is a room's name, such as 309, can be meant as one between its neighbours."""
    left = before is None or not (before.number is not None or _is_letters(before)) or bool(before.meanings)
    right = after is None or not (after.number is not None or _is_letters(after)) or bool(after.meanings)
    return left and right and not (after and after.means(Sense.HOURS, Sense.MINUTES, Sense.CLOCK, Sense.MONTH))


def _is_letters(item: Item) -> bool:
    return item.text[0].isalpha()


def _said_at(text: str, found: list[Token], place: int, names: _Names) -> RoomSaid | None:
    """The longest name that stands here."""
    for length in range(min(names.longest + 1, len(found) - place), 0, -1):
        if not _is_whole(found, place, length):
            continue
        if keys := _keys(text, found, place, length, names):
            return RoomSaid(tuple(sorted(keys))[:MANY], place, length)
    return _unknown(found, place)


def _keys(text: str, found: list[Token], place: int, length: int, names: _Names) -> frozenset[str]:
    piece = found[place : place + length]
    if not _held_together(text, piece):
        return frozenset()
    words = _phrase(piece)
    if keys := names.alone.get(words):
        return keys if not (words[0].isdigit() and length == 1) else _lone_number(found, place, keys)
    word = next((n for n in (1, 2) if _is_room_word(words[:n])), 0)
    rest = words[word:]
    return (names.after_word.get(rest) or names.alone.get(rest) or frozenset()) if word and rest else frozenset()


def _lone_number(found: list[Token], place: int, keys: frozenset[str]) -> frozenset[str]:
    before = items(found[max(0, place - 1) : place])
    after = items(found[place + 1 : place + 3])
    is_part = any(
        0 <= near < len(found) and found[near].text in (":", ".", "/") and found[near].glued
        for near in (place - 1, place + 1)
    )
    fits = number_alone(before[-1] if before else None, after[0] if after else None)
    return keys if fits and not is_part else frozenset()


def _unknown(found: list[Token], place: int) -> RoomSaid | None:
    """A room by its number that this event has not: "Room 150ABC"."""
    if not _is_room_word((found[place].text,)) or place + 1 >= len(found) or found[place + 1].number is None:
        return None
    goes_on = items(found[place + 2 : place + 3])
    if not goes_on or not goes_on[0].glued or goes_on[0].text in ",;.)":
        return RoomSaid((), place, 2)
    return RoomSaid((), place, 3) if not goes_on[0].meanings and goes_on[0].text.isalpha() else None


def _is_whole(found: list[Token], place: int, length: int) -> bool:
    """Whether no letter or digit runs on before or after it."""
    before, after = found[place - 1 : place], found[place + length : place + length + 1]
    return not (
        _runs_on(before, found[place : place + 1]) or _runs_on(found[place + length - 1 : place + length], after)
    )


def _runs_on(one: list[Token], other: list[Token]) -> bool:
    return bool(one and other and other[0].glued and one[0].text.isalnum() and other[0].text.isalnum())


def _held_together(text: str, piece: list[Token]) -> bool:
    """Letters that follow a number belong to it if nothing is between, or if they are capitals: "250 DE"."""
    for one, other in pairwise(piece):
        apart = one.number is not None and other.is_word and not other.glued
        if apart and len(other.text) < 4 and not text[other.start : other.end].isupper():
            return False
    return True


def _is_room_word(words: Phrase) -> bool:
    return Sense.ROOM in phrases().get(words, {})


# What rooms may be called


@lru_cache(maxsize=64)
def _names(rooms: tuple[Room, ...]) -> _Names:
    alone: dict[Phrase, set[str]] = {}
    after_word: dict[Phrase, set[str]] = {}
    for room in rooms:
        for name in _own(room):
            alone.setdefault(name, set()).add(room.key)
        for name in _ids(room):
            (alone if _speaks_for_itself(name) else after_word).setdefault(name, set()).add(room.key)
        for name in _beginnings(room):
            after_word.setdefault(name, set()).add(room.key)
    sure = {name: keys for name, keys in after_word.items() if name not in alone}
    longest = max((len(name) for name in (*alone, *sure)), default=0) + 1
    return _Names(_frozen(alone), _frozen(sure), longest)


def _frozen(names: dict[Phrase, set[str]]) -> Aliases:
    return {name: frozenset(keys) for name, keys in names.items()}


def _own(room: Room) -> Iterator[Phrase]:
    """The name as it is written, and the key where it can be told from a word or an hour."""
    name = _phrase(tokens(room.name))
    if name and not (len(name) == 1 and not _speaks_for_itself(name)):
        yield name
    if _speaks_for_itself(key := _phrase(tokens(room.key))):
        yield key


def _ids(room: Room) -> Iterator[Phrase]:
    """The name without its word for a room, the key, and each of the rooms that a name like "310/311" is made of."""
    name = _phrase(tokens(room.name))
    own = name[1:] if _is_room_word(name[:1]) and len(name) > 1 else name[:-1] if _is_room_word(name[-1:]) else name
    for phrase in (own, _phrase(tokens(room.key))):
        if phrase:
            yield phrase
        if any(sign in phrase for sign in "/-+&"):
            yield from ((part,) for part in phrase if part.isdigit() and len(part) > 1)


def _beginnings(room: Room) -> Iterator[Phrase]:
    """The number alone, of rooms whose number goes on in letters: "Room 250" may be 250A or 250DE."""
    for phrase in _ids(room):
        if len(phrase) == 2 and phrase[0].isdigit() and phrase[1].isalpha() and len(phrase[0]) > 1:
            yield phrase[:1]


def _speaks_for_itself(name: Phrase) -> bool:
    """Whether it can only be this room: not a short number, which is an hour, nor a letter, nor a word of ours."""
    if len(name) == 1:
        long_enough = len(name[0]) >= 3 if name[0].isdigit() else len(name[0]) >= 2
        return long_enough and set(phrases().get(name, {})) <= {Sense.ROOM}
    return bool(name)


def _phrase(found: Iterable[Token]) -> Phrase:
    """Words as they are compared: without the noughts before a number."""
    return tuple(token.text.lstrip("0") or "0" if token.text.isdigit() else token.text for token in found)
