"""What looks different after some changes: cells, items of lists, contests, notices, or more than can be named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openspaces.board.facts import placement_from
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Cell, Facts, Kind

REDRAW = frozenset(kind for kind in Kind if kind.partition(".")[0] in ("event", "room", "day", "programme", "hosts"))
"""Changes after which a page fetches itself: they touch more than cells."""
HIDING = frozenset((Kind.CARD_SHIELDED, Kind.CARD_REMOVED))
"""Changes after which what was drawn earlier must not be told again."""
ERASING = Kind.HOSTS_ERASED
"""After it no earlier change is told again at all."""
NOTICES = frozenset(kind for kind in Kind if kind.partition(".")[0] in ("board", "announcement", "contest", "pitch"))
"""Changes of what everyone must hear."""
NESTED = ("claim", "notice", "other", "contest")
"""Where facts hold other cells than those that the change is about: asked for, lost, given up, contested."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Cells that the board has, codes of cards, numbers of contests; each once."""

    cells: tuple[Cell, ...]
    cards: tuple[str, ...]
    contests: tuple[int, ...]
    notices: bool
    everything: bool


def touched(changes: Iterable[Change], board: Board) -> Touched:
    """What pages must draw anew; `board` is the one after the changes or a later one."""
    every = tuple(changes)
    named = [code for change in every for code in _cards(change) if code]
    contests = dict.fromkeys(number for change in every for number in _contest(change))
    contests |= {contest.id: None for contest in board.contests.values() if not set(named).isdisjoint(contest.cards)}
    rivals = [code for change in every for code in _rivals(change)]
    cards = tuple(dict.fromkeys((*named, *rivals)))
    cells = dict.fromkeys(cell for change in every for cell in _cells(change))
    cells |= dict.fromkeys(cell for code in cards for cell in _now(board, code))
    pitched = board.pitch is not None and not set(named).isdisjoint(board.pitch.queue)
    return Touched(
        cells=tuple(cell for cell in cells if board.has_cell(cell)),
        cards=cards,
        contests=tuple(contests),
        notices=bool(contests) or pitched or any(change.kind in NOTICES for change in every),
        everything=any(change.kind in REDRAW for change in every),
    )


def _cards(change: Change) -> Iterator[str]:
    """The cards that a change names."""
    yield change.card
    yield change.after.get("with", "")
    yield from change.after.get("stars", ())


def _cells(change: Change) -> Iterator[Cell]:
    """The cells that a change names, wherever it does."""
    yield from change.cells
    yield from _named(change.before)
    yield from _named(change.after)


def _named(facts: Facts) -> Iterator[Cell]:
    placement = placement_from({"where": "", **facts})
    yield from placement.cells if placement else ()
    for nested in (facts[name] for name in NESTED if facts.get(name)):
        yield from _named(nested)


def _now(board: Board, code: str) -> Iterator[Cell]:
    """The cells that a card holds or asks for, and those of a contest in which it stands."""
    card, contest = board.cards[code], board.contest_of(code)
    yield from card.cells
    yield from card.asks
    yield from contest.cells if contest else ()


def _contest(change: Change) -> Iterator[int]:
    """The contest that a change is about; one that was just opened has the number of the change."""
    if facts := _contest_facts(change.after):
        yield facts["id"] or change.number


def _rivals(change: Change) -> Iterator[str]:
    for facts in (change.before, change.after):
        yield from _contest_facts(facts).get("cards", ())


def _contest_facts(facts: Facts) -> Facts:
    contest: Facts = facts.get("contest") or {}
    return contest
