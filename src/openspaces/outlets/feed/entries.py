"""From the log to entries: what is about one thing and comes close together is one, and it keeps its name for good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind
from openspaces.outlets.feed.telling import (
    BEGINNINGS,
    CONTESTS,
    OF_CARDS,
    SEATS,
    VEILS,
    cards_in,
    is_news,
    last_of_each,
    lead_of,
    subject_of,
)
from openspaces.wording import tells

MOST = 100
"""How many entries a feed has; the log itself is at `/api/{event}/changes`."""
SETTLE = timedelta(minutes=1)
"""Changes of one thing that follow each other as closely are one entry, which says where it ended."""
_NEWS = UUID("c0a1d5f4-77c2-5d8e-9e43-5b8a3e0f2b61")
"""Never to be changed: every feed reader would show everything once more."""

Group = list[Change]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `path` leads on from the event's address, `lead` is the kind of change that it is about."""

    id: UUID
    lead: Kind
    title: str
    text: str
    path: str
    published: datetime
    updated: datetime


def entries(board: Board, log: Sequence[Change]) -> list[Entry]:
    """What changed, the newest first, in the language that is active. `log` are the last changes of the kinds that
    matter, as everyone may read them on `board`."""
    veils, unread = _veils(log), _unread(log)
    told = (group for group in _groups(log) if not (group[0].kind in OF_CARDS and group[0].card in unread))
    newest = sorted(told, key=lambda group: -group[-1].number)[:MOST]
    return [_entry(board, group, veils) for group in newest]


def feed_id(board: Board) -> UUID:
    """The name of an event's feed."""
    return uuid5(_NEWS, board.event)


def last_update(board: Board, told: Sequence[Entry]) -> datetime:
    """When a feed changed last: with one of its entries."""
    return max((entry.updated for entry in told), default=board.at)


# Grouping


def _groups(log: Sequence[Change]) -> Iterator[Group]:
    """The changes of each thing, cut where it rested; of each group those that are news. Where the log was cut off, a
    group that may have begun before is left out: it would get another name than it had."""
    known_from = log[0].at + SETTLE if log and log[0].kind is not Kind.EVENT_MADE else None
    won = {(change.step, change.card) for change in log if change.kind is Kind.CONTEST_SETTLED}
    for group in _chains(log):
        first = group[0]
        if known_from is None or first.at > known_from or first.kind in BEGINNINGS:
            news = [change for change in group if is_news(change) and not _told_with_contest(change, won)]
            if news:
                yield [first, *news]


def _chains(log: Sequence[Change]) -> list[Group]:
    chains: list[Group] = []
    running: dict[str, Group] = {}
    for change in log:
        if subject := subject_of(change):
            chain = running.get(subject)
            if chain is None or change.at - chain[-1].at > SETTLE:
                chain = running[subject] = []
                chains.append(chain)
            chain.append(change)
    return chains


def _told_with_contest(change: Change, won: set[tuple[int, str]]) -> bool:
    """The winner's new place is in the sentence about the contest already."""
    return change.kind in SEATS and (change.step, change.card) in won


def _unread(log: Sequence[Change]) -> set[str]:
    """The cards that were held as they came and never approved, also if they were removed then: no news to anybody."""
    came = {(change.step, change.card) for change in log if change.kind is Kind.CARD_WRITTEN}
    hidden = (change for change in log if change.kind is Kind.CARD_SHIELDED and (change.step, change.card) in came)
    approved = {change.card for change in log if change.kind is Kind.CARD_APPROVED}
    return {change.card for change in hidden} - approved


def _veils(log: Sequence[Change]) -> dict[str, datetime]:
    """When each card was hidden or shown again last: then every entry about it says other words than before."""
    return {change.card: change.at for change in log if change.kind in VEILS}


# An entry


def _entry(board: Board, group: Group, veils: dict[str, datetime]) -> Entry:
    first, *news = group
    lead = lead_of(news)
    since = [veils[code] for change in news for code in cards_in(change) if code in veils]
    return Entry(
        id=uuid5(feed_id(board), f"{first.number} {first.at.isoformat()}"),
        lead=lead.kind,
        title=tells(lead, board),
        text=_text(board, lead, news),
        path=_path(board, lead),
        published=news[0].at,
        updated=max([news[-1].at, *since]),
    )


def _text(board: Board, lead: Change, news: Group) -> str:
    """Everything that happened, and what the card says, as far as it is there and may be read."""
    said = list(dict.fromkeys(tells(change, board) for change in last_of_each(news)))
    card = board.cards.get(lead.card) if lead.kind in OF_CARDS else None
    if card and not (card.hidden or card.withdrawn or card.merged_into):
        said += [card.words.host, card.words.text, *([] if card.placement else [card.words.wish])]
    return "\n".join(filter(None, said))


def _path(board: Board, lead: Change) -> str:
    if lead.kind in OF_CARDS:
        return f"cards/{lead.card}/"
    if lead.kind in CONTESTS:
        return "contests/"
    only = lead.cells[0] if len(lead.cells) == 1 else None
    return f"cells/{only}/" if only and board.has_cell(only) else ""
