"""Which later change stands in the way of taking one back: the one to undo first."""

from collections.abc import Iterable

from openspaces.board.state import Change
from openspaces.board.vocabulary import Kind

_OF_TWO = {Kind.CARDS_MERGED, Kind.CARDS_UNMERGED}
_WORDS = {Kind.CARD_EDITED, Kind.CARD_TAKEN_UP, Kind.CARD_COHOSTED, *_OF_TWO}
_HIDING = {Kind.CARD_SHIELDED, Kind.CARD_APPROVED, Kind.CARD_REMOVED}
_NEVER = {Kind.STARS_COUNTED, Kind.CARD_CONFIRMED, Kind.PROGRAMME_FOLLOWED, Kind.HOSTS_ERASED}
_NOT_OF_CELLS = {
    Kind.CARD_EDITED,
    Kind.CARD_TAKEN_UP,
    Kind.CARD_COHOSTED,
    Kind.CARD_SHIELDED,
    Kind.CARD_APPROVED,
    Kind.CARD_FULL,
    Kind.DEAL_ASKED,
    Kind.DEAL_DROPPED,
}


def in_the_way(change: Change, later: Iterable[Change]) -> Change | None:
    """The newest of `later` that touched what `change` touched; None if none is known."""
    touching = (other for other in later if other.number > change.number and _touches(other, change))
    return max(touching, key=lambda other: other.number, default=None)


def _touches(other: Change, change: Change) -> bool:
    if other.kind in _NEVER:
        return False
    if change.kind in {Kind.CARD_WRITTEN, *_OF_TWO}:
        return _same_card(other, change)
    if change.kind in _WORDS | _HIDING:
        return _same_card(other, change) and other.kind in _WORDS | _HIDING
    if change.card or change.cells:
        same = _same_card(other, change) if change.card else not set(change.cells).isdisjoint(other.cells)
        return same and (other.kind not in _NOT_OF_CELLS or other.kind is change.kind)
    return _noun(other) == _noun(change)


def _same_card(other: Change, change: Change) -> bool:
    return not _cards(other).isdisjoint(_cards(change))


def _cards(change: Change) -> set[str]:
    return {code for code in (change.card, change.after.get("with", "")) if code}


def _noun(change: Change) -> str:
    """`board` of `board.frozen`."""
    return change.kind.value.partition(".")[0]
