"""Which changes a reader cares about, what they are about, and which of them say more than others."""

from openspaces.board.state import Change
from openspaces.board.vocabulary import Kind

SEATS = (Kind.CARD_PLACED, Kind.CARD_MOVED)
PLACES = (
    *SEATS,
    Kind.CARD_TAKEN_DOWN,
    Kind.CARD_WITHDRAWN,
    Kind.CARD_RESTORED,
    Kind.CARD_DISPLACED,
    Kind.CARD_ABSENT,
    Kind.CARD_REMOVED,
    Kind.CARDS_SWAPPED,
    Kind.CARDS_MERGED,
    Kind.CARDS_UNMERGED,
)
"""Where a card is, or that it is off; the last of these says it."""
WORDS = (Kind.CARD_WRITTEN, Kind.CARD_EDITED, Kind.CARD_TAKEN_UP)
OF_CARDS = (*PLACES, *WORDS, Kind.CARD_FULL)
CONTESTS = (Kind.CONTEST_OPENED, Kind.CONTEST_SETTLED, Kind.CONTEST_REOPENED)
CELLS = (Kind.CELL_CLOSED, Kind.CELL_REOPENED)
PAUSES = (Kind.BOARD_FROZEN, Kind.BOARD_THAWED)
FRAME = (
    Kind.EVENT_MADE,
    Kind.ROOM_ADDED,
    Kind.ROOM_REMOVED,
    Kind.DAY_ADDED,
    Kind.DAY_CHANGED,
    Kind.DAY_REMOVED,
)
"""What the event itself is made of: much of it comes at once, when it is made."""
VEILS = (Kind.CARD_SHIELDED, Kind.CARD_APPROVED, Kind.CARD_REMOVED)
"""These change what all entries about a card may say."""
BEGINNINGS = (Kind.EVENT_MADE, Kind.CARD_WRITTEN, Kind.CONTEST_OPENED, Kind.ANNOUNCED)
"""Before these there was nothing to tell of their subject."""

KINDS = frozenset((*OF_CARDS, *CONTESTS, *CELLS, *PAUSES, *FRAME, *VEILS, Kind.ANNOUNCED))
"""What has to be known of the log. Stars that were counted, texts and claims that come and go are noise."""

_ALIKE = (PLACES, (Kind.CARD_EDITED,), (Kind.CARD_TAKEN_UP,), (Kind.CARD_FULL,), CONTESTS, CELLS, PAUSES)


def subject_of(change: Change) -> str:
    """What a change is about: a card, a contest, the same cells, the event itself. "" for what is no news by itself."""
    if change.kind in OF_CARDS:
        return change.card
    if change.kind in CONTESTS:
        return f"contest {change.after['contest']['id']}"
    if change.kind in CELLS:
        return " ".join(sorted(map(str, change.cells)))
    if change.kind is Kind.ANNOUNCED:
        return f"announcement {change.number}"
    alone = {**dict.fromkeys(PAUSES, "pause"), **dict.fromkeys(FRAME, "event")}
    return alone.get(change.kind, "")


def cards_in(change: Change) -> set[str]:
    """The codes of all cards that its sentence names."""
    rivals = change.after["contest"]["cards"] if change.kind in CONTESTS else ()
    return {code for code in (change.card, change.after.get("with", ""), *rivals) if code}


def is_news(change: Change) -> bool:
    """Whether it is worth an entry: an edit only with another title, a loss only of a cell that was held."""
    if change.kind is Kind.CARD_EDITED:
        return bool(change.before["words"].title != change.after["words"].title)
    if change.kind is Kind.CARD_DISPLACED:
        return bool(change.before.get("cells"))
    return True


def last_of_each(changes: list[Change]) -> list[Change]:
    """Of those that say the same thing the last; that a card was written goes without saying where more is said."""
    kept = {_family(change): change for change in changes}
    if len(kept) > 1:
        kept.pop(Kind.CARD_WRITTEN, None)
    return sorted(kept.values(), key=lambda change: change.number)


def lead_of(changes: list[Change]) -> Change:
    """The change that says most: where a card is before what it is called, that the event is made before its rooms."""
    return max(changes, key=lambda change: (change.kind in (*PLACES, Kind.EVENT_MADE), change.number))


def _family(change: Change) -> object:
    if change.kind in FRAME:
        return change.number
    return next((kinds for kinds in _ALIKE if change.kind in kinds), change.kind)
