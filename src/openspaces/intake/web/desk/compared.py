"""Two boards of one event side by side: a day drawn small with what differs marked, and the cards that differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.links import stage_says
from openspaces.intake.web.offering import room_name
from openspaces.wording import in_a_row, span_says


@dataclass(frozen=True)
class Drawn:
    """One cell: what stood there, as titles with the codes of their cards; why it was closed; and what is there on the
    other board, "" where that is the same."""

    cards: list[tuple[str, str]]
    closed: str
    other: str


@dataclass(frozen=True)
class DrawnDay:
    """A day of the board: the names of its rooms, and its slots with their cells."""

    rooms: list[str]
    rows: list[tuple[str, list[Drawn]]]


@dataclass(frozen=True)
class Differing:
    """A card that is not the same on both boards, and how it is on each."""

    code: str
    title: str
    one: str
    other: str


def drawn_day(board: Board, other: Board, day: Day) -> DrawnDay:
    """A day of `board`, with the cells marked that are not so on `other`."""
    rows = []
    for slot in day.slots:
        cells = [_drawn(board, other, Cell(key, slot.key)) for key in day.rooms]
        rows.append((span_says(board.local(slot.starts), board.local(slot.ends)), cells))
    return DrawnDay([room_name(board, key) for key in day.rooms], rows)


def differing(one: Board, other: Board) -> list[Differing]:
    """The cards that differ, oldest first; one that is on only one of the boards differs too."""
    codes = [card.code for card in (*one.in_order(), *other.in_order())]
    pairs = ((one.cards.get(code), other.cards.get(code)) for code in dict.fromkeys(codes))
    return list(_differing(one, other, pairs))


def differing_closures(one: Board, other: Board) -> tuple[list[Cell], list[Cell]]:
    """The cells that are closed on `one` only, and those that are closed on `other` only."""
    return (
        [cell for cell in one.closures if cell not in other.closures],
        [cell for cell in other.closures if cell not in one.closures],
    )


def _drawn(board: Board, other: Board, cell: Cell) -> Drawn:
    here, there = _holding(board, cell), _holding(other, cell)
    cards = [(card.code, card.words.title) for card in board.cards_at(cell)]
    closure = board.closures.get(cell)
    return Drawn(cards, closure.reason if closure else "", "" if here == there else _says(other, cell))


def _holding(board: Board, cell: Cell) -> tuple[tuple[str, ...], str]:
    closure = board.closures.get(cell)
    return board.holders.get(cell, ()), closure.reason if closure else ""


def _says(board: Board, cell: Cell) -> str:
    """What is in a cell, in words."""
    if not board.has_cell(cell):
        return _("no such cell")
    if titles := [card.words.title for card in board.cards_at(cell)]:
        return in_a_row(titles)
    closure = board.closures.get(cell)
    return closure.reason if closure else _("free")


def _differing(one: Board, other: Board, pairs: Iterator[tuple[Card | None, Card | None]]) -> Iterator[Differing]:
    for here, there in pairs:
        known = there or here
        assert known
        states = _state(one, here), _state(other, there)
        reworded = here and there and here.words.as_said() != there.words.as_said()
        if reworded and here and there:
            states = _with_title(states[0], here), _with_title(states[1], there)
        if states[0] != states[1] or reworded:
            yield Differing(known.code, known.words.title, *states)


def _state(board: Board, card: Card | None) -> str:
    if card is None:
        return _("not written")
    return _("part of another card") if card.merged_into else stage_says(board, card)


def _with_title(state: str, card: Card) -> str:
    return _("“%(title)s”, %(state)s") % {"title": card.words.title, "state": state}
