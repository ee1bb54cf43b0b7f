"""The log: who did what when, newest first, and a button that undoes it or why it cannot be undone."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.hands import Staff, staff_of, who_says
from openspaces.intake.web.desk.items import in_quotes
from openspaces.intake.web.desk.moments import when_says
from openspaces.intake.web.desk.steps import Look, Step, look, why_not_undone
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.visiting import Visit
from openspaces.people.who import PROGRAM
from openspaces.wording import in_a_row, tells

STEPS = 30
"""How many steps stand on a page."""
SENTENCES = 4
"""How many changes of a step are told at once; the others fold out."""
_UNNAMED = (Kind.CARD_SHIELDED, Kind.CARD_REMOVED)
"""What everybody hears without the card's title and the reason; staff read both."""


@staffed
async def log(visit: Visit) -> HttpResponse:
    """The log, or the part of it that is asked for: of a card, a room, a kind of change, a person."""
    asked = _asked(visit)
    shown = await reading(_shown, visit, asked)
    return await desk_page(visit, "log", "log", {**shown, "asked": asked})


@dataclass(frozen=True)
class _Asked:
    """What the log is to show: everything, unless something is named."""

    card: str = ""
    room: str = ""
    kind: str = ""
    by: str = ""
    before: int = 0

    def wants(self, step: Step) -> bool:
        """Whether a step is to be shown."""
        return (not self.by or step.by == self.by) and any(map(self._wants, step.changes))

    def _wants(self, change: Change) -> bool:
        return (
            (not self.card or self.card in cards_in(change))
            and (not self.room or any(cell.room == self.room for cell in change.cells))
            and (not self.kind or kind_of(change.kind) == self.kind)
        )


def _asked(visit: Visit) -> _Asked:
    asked = {name: visit.request.GET.get(name, "") for name in ("card", "room", "kind", "by")}
    before = visit.request.GET.get("before", "")
    return _Asked(**asked, before=int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else 0)


def cards_in(change: Change) -> set[str]:
    """The codes of all cards that a change is about."""
    others = (facts.get("with", "") for facts in (change.before, change.after))
    contest = change.after.get("contest", {})
    return {code for code in (change.card, *others, *contest.get("cards", ())) if code}


_KINDS = {
    "hidden": (Kind.CARD_SHIELDED, Kind.CARD_APPROVED, Kind.CARD_REMOVED, Kind.CAUTION_CHANGED, Kind.HOSTS_ERASED),
    "words": (Kind.CARD_WRITTEN, Kind.CARD_EDITED, Kind.CARDS_MERGED, Kind.CARDS_UNMERGED),
}
_NOUNS = {
    "card": "places",
    "cards": "places",
    "claim": "claims",
    "contest": "claims",
    "deal": "claims",
    "cell": "rooms",
    "room": "rooms",
    "day": "rooms",
    "event": "rooms",
}


def kind_of(kind: Kind) -> str:
    """The sort of change to which a kind belongs, as the log's filter has it."""
    named = next((name for name, kinds in _KINDS.items() if kind in kinds), "")
    return named or _NOUNS.get(kind.value.partition(".")[0], "everyone")


def _kinds() -> list[tuple[str, str]]:
    return [
        ("places", _("Cards placed, moved, taken down")),
        ("words", _("Cards written and edited")),
        ("claims", _("Claims, contests, deals")),
        ("rooms", _("Rooms, days, closed cells")),
        ("hidden", _("Cards hidden and removed")),
        ("everyone", _("Said to everyone, frozen, pitches")),
    ]


# What is shown


@dataclass(frozen=True)
class Entry:
    """One step as the log shows it: its sentences, what those leave out, and in `why_not` why it cannot be undone."""

    number: int
    last: int
    when: str
    who: str
    sentences: list[str]
    more: list[str]
    beside: list[str]
    undone: bool
    undoes: int
    why_not: str


def _shown(visit: Visit, asked: _Asked) -> dict[str, object]:
    board = unmasked(visit.newest())
    staff = staff_of(board)
    found = look(visit.newest(), asked.wants, STEPS, asked.before)
    card = board.cards.get(asked.card)
    return {
        "entries": [entry(visit, board, staff, step) for step in found.steps],
        "older": _older(asked, found),
        "rooms": [(room.key, room.name) for room in board.rooms],
        "kinds": _kinds(),
        "people": list(_people(board, staff, visit, asked)),
        "card": {"code": card.code, "title": card.words.title, "url": desk_url(board.event, "cards", card.code)}
        if card
        else None,
        "filtered": asked != _Asked(before=asked.before),
    }


def entry(visit: Visit, board: Board, staff: Staff, step: Step) -> Entry:
    """A step in words. `board` is as staff read it; what can be undone is asked of the true one."""
    sentences = list(dict.fromkeys(tells(change, board) for change in step.changes))
    return Entry(
        number=step.number,
        last=step.changes[-1].number,
        when=when_says(board, step.at, visit.at),
        who=who_says(step.by, board, staff, visit.by.hand),
        sentences=sentences[:SENTENCES],
        more=sentences[SENTENCES:],
        beside=list(_beside(board, step)),
        undone=step.undone,
        undoes=step.undoes,
        why_not=why_not_undone(visit.newest(), step, visit.by, visit.at),
    )


def _beside(board: Board, step: Step) -> Iterator[str]:
    """The cards and reasons that the sentences do not tell."""
    if named := [change.card for change in step.changes if change.kind in _UNNAMED]:
        titles = in_quotes(board, tuple(named))
        yield in_a_row([*titles[:SENTENCES], *["…"] * (len(titles) > SENTENCES)])
    yield from dict.fromkeys(filter(None, map(_reason_of, step.changes)))


def _reason_of(change: Change) -> str:
    """Why a card was hidden or removed, or a contest called off."""
    if change.kind in _UNNAMED:
        return str(change.after.get("reason", ""))
    contest = change.after["contest"] if change.kind is Kind.CONTEST_SETTLED else {}
    return "" if contest.get("winner") else str(contest.get("reason", ""))


def _older(asked: _Asked, found: Look) -> str:
    """The query of the page with what is older; "" at the log's beginning."""
    if not found.older:
        return ""
    named = {name: getattr(asked, name) for name in ("card", "room", "kind", "by") if getattr(asked, name)}
    return "?" + urlencode({**named, "before": found.older})


def _people(board: Board, staff: Staff, visit: Visit, asked: _Asked) -> Iterator[tuple[str, str]]:
    """Those whose steps one may ask for: the program, everyone with a role, and whoever was asked for."""
    hands = dict.fromkeys((visit.by.hand, PROGRAM.hand, *staff, *filter(None, (asked.by,))))
    return ((hand, who_says(hand, board, staff, visit.by.hand)) for hand in hands)
