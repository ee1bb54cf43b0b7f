"""Which calendar an address asks for, and what is in it."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import NAME_LENGTH
from openspaces.lib.languages import language
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull, Variant, day_wanted
from openspaces.outlets.ics.calendar import CONTENT_TYPE, calendar
from openspaces.outlets.ics.entries import Entry, entries

LATER = 200
"""How many calendars of one board the press keeps: rooms, tags and hosts are many, and each is small."""


def _variant(asked: Asked, board: Board) -> Variant:
    """`?room=`, `?tag=`, `?host=` and `?day=`, each alone or together. A calendar speaks the event's language, or that
    of `?lang=`: a program that fetches it says nothing of its reader's."""
    room = asked.query.get("room", "")
    if room and board.room(room) is None:
        known = ", ".join(each.key for each in board.rooms)
        raise BadVariant(_("There is no room %(room)s. The rooms are: %(known)s.") % {"room": room, "known": known})
    wanted = {"room": room, "tag": _word(asked, "tag"), "host": _word(asked, "host")}
    day = day_wanted(asked, board) if asked.query.get("day") else None
    named = urlencode({name: value for name, value in wanted.items() if value})
    return Variant(language=_language(asked, board), day=day, name=named)


def _word(asked: Asked, name: str) -> str:
    word = " ".join(asked.query.get(name, "").split()).lstrip("#@")
    if len(word) > NAME_LENGTH:
        raise BadVariant(_("%(name)s is too long.") % {"name": name})
    return word


def _language(asked: Asked, board: Board) -> str:
    return language(asked.query.get("lang"), "", board.language)


def _render(board: Board, variant: Variant) -> bytes:
    wanted = dict(parse_qsl(variant.name))
    found = entries(board, board.in_order())
    for name, value in wanted.items():
        found = [entry for entry in found if _FILTERS[name](entry, value)]
    kept = [entry for entry in found if variant.day in (None, entry.day)]
    return calendar(board, kept, _title(board, wanted, variant.day), variant.base_url)


_FILTERS: dict[str, Callable[[Entry, str], bool]] = {
    "room": lambda entry, key: entry.room == key,
    "tag": lambda entry, word: word.casefold() in map(str.casefold, entry.card.words.tags),
    "host": lambda entry, name: name.casefold() in map(str.casefold, _hosts(entry.card)),
}


def _hosts(card: Card) -> Iterator[str]:
    """The names that a card's hosts go by: all of them as they stand there, and each of several."""
    names, handles = card.words.host, card.words.handle
    yield from (names, handles.lstrip("@"))
    yield from (name.strip() for name in _BETWEEN.split(names))
    yield from (handle.lstrip("@") for handle in _BETWEEN.sub(" ", handles).split())


_BETWEEN = re.compile("[,;&+/،、]")
"""What stands between the names of several hosts."""


def _title(board: Board, wanted: dict[str, str], day: date | None) -> str:
    room = board.room(wanted.get("room", ""))
    tag = f"#{wanted['tag']}" if "tag" in wanted else ""
    parts = (board.name, room and room.name, tag, wanted.get("host"), day and day.isoformat())
    return " · ".join(part for part in parts if part)


CALENDAR = Pull("ics", ("/{event}/board.ics",), CONTENT_TYPE, _variant, _render, keep=LATER, timeless=True)


def _variant_of_card(asked: Asked, board: Board) -> Variant:
    code = asked.path["code"]
    if code not in board.cards:
        raise NotHere(f"{board.name} has no card {code}.")
    return Variant(language=_language(asked, board), name=code)


def _render_card(board: Board, variant: Variant) -> bytes:
    """One card. Where it became part of another one, that too; whoever follows a card that has no time yet gets it once
    it has."""
    card = board.cards[variant.name]
    return calendar(board, _with_wholes(board, (card,)), f"{card.words.title} · {board.name}", variant.base_url)


CARD = Pull(
    "ics-card", ("/{event}/cards/{code}.ics",), CONTENT_TYPE, _variant_of_card, _render_card, keep=LATER, timeless=True
)


def render_stars(board: Board, codes: Iterable[str], variant: Variant) -> bytes:
    """The calendar of one person: the cards that they starred or host, in the language that is active."""
    cards = (board.cards[code] for code in codes if code in board.cards)
    title = _("%(event)s: my stars") % {"event": board.name}
    return calendar(board, _with_wholes(board, cards), title, variant.base_url)


def _with_wholes(board: Board, cards: Iterable[Card]) -> list[Entry]:
    both = {each.code: each for card in cards for each in (card, board.whole(card))}
    return entries(board, both.values())
