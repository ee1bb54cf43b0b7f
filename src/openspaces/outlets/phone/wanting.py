"""Whom a change or the hour concerns, and when they may be told: few queries, however many phones there are."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from openspaces.board.read import starred_by
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind
from openspaces.delivery.contract import Destination, News, Thing
from openspaces.outlets.phone.followed import followed_word
from openspaces.outlets.phone.subjects import ANNOUNCED, CARD, NEW, STARTS, subject
from openspaces.people.contacts import holders
from openspaces.people.phones import HOUR, Phone, phones

SETTLE = timedelta(seconds=30)
"""How long a change waits for the next one of its card."""
SAID = timedelta(seconds=5)
"""How long an announcement waits: time enough to end it at once."""
AHEAD = timedelta(minutes=15)
"""So long before it starts something is told."""
LATE = timedelta(minutes=5)
"""So much later it is still told, where the program did not run or the star is new."""
STALE = timedelta(hours=12)
PAIRS = (Kind.CARDS_SWAPPED, Kind.CARDS_MERGED, Kind.CARDS_UNMERGED)
MOVING = (
    Kind.CARD_PLACED,
    Kind.CARD_MOVED,
    Kind.CARD_TAKEN_DOWN,
    Kind.CARD_WITHDRAWN,
    Kind.CARD_RESTORED,
    Kind.CARD_DISPLACED,
    Kind.CARD_REMOVED,
    *PAIRS,
)
"""What those hear of a card who starred or host it."""
APPEARING = (Kind.CARD_WRITTEN, Kind.CARD_APPROVED)

Hands = Mapping[str, Collection[str]]
"""The devices of those who follow a card, by its code."""


def wants(news: News) -> Iterator[Thing]:
    """What the changes have to tell, to each phone that wants to know and did not do it itself."""
    told = [change for change in news.changes if change.kind in (*MOVING, *APPEARING, Kind.ANNOUNCED)]
    every = {phone.hand: phone for phone in phones(news.board.event)} if told else {}
    if not every:
        return
    moved = [(change, code) for change in told for code in moving(change, news.board)]
    following = _following(news.board, {code for _, code in moved})
    for change, code in moved:
        heard = [every[hand] for hand in following[code] if hand in every]
        yield from _of_card(news.board, change, subject(CARD, code), code, heard)
    for change in told:
        if change.kind in APPEARING:
            yield from _new(news.board, change, every.values())
        elif change.kind is Kind.ANNOUNCED:
            yield from _announced(news.board, change, every.values())


def coming(board: Board, at: datetime, destination: Destination | None) -> Iterator[Thing]:
    """What starts in a quarter of an hour: to those who starred or host it, unless their phones are quiet then."""
    cards = {card.code: card for card in _starting(board, at)}
    if not cards:
        return
    following = _following(board, cards)
    for phone in phones(board.event, set().union(*following.values())):
        for code, card in cards.items():
            assert card.placement
            starts, _ = board.time_of(card.placement)
            if phone.hand in following[code] and awake(board, phone, starts - AHEAD) == starts - AHEAD:
                named = subject(STARTS, code, card.cells[0].slot)
                yield Thing(named, starts - AHEAD, to=str(phone.id), until=starts)


def moving(change: Change, board: Board) -> set[str]:
    """The cards whose followers hear of a change, each as the whole that it is part of by now."""
    if change.kind not in MOVING:
        return set()
    named = (change.card, change.after["with"]) if change.kind in PAIRS else (change.card,)
    return {board.whole(board.cards[code]).code for code in named if code in board.cards}


def awake(board: Board, phone: Phone, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it falls in."""
    local = board.local(moment)
    if not phone.wishes.is_quiet(local.hour * HOUR + local.minute):
        return moment
    hour, minute = divmod(phone.wishes.quiet[1], HOUR)
    ends = local.replace(hour=hour % 24, minute=minute, second=0, microsecond=0)
    return (ends if ends > local else ends + timedelta(days=1)).astimezone(moment.tzinfo)


# Whom


def _following(board: Board, codes: Collection[str]) -> dict[str, set[str]]:
    """Who starred the cards or a part of them, hosts them, or has opened their edit link."""
    parts = {code: [part.code for part in board.parts(board.cards[code])] for code in codes}
    every = {part for each in parts.values() for part in each}
    starred, held = (starred_by(board.event, every), holders(board.event, every)) if every else ({}, {})
    return {
        code: {*board.cards[code].hands}.union(*(starred.get(part, set()) | held.get(part, set()) for part in own))
        for code, own in parts.items()
    }


def _of_card(board: Board, change: Change, named: str, code: str, heard: Iterable[Phone]) -> Iterator[Thing]:
    until = _over(board, change, board.cards[code])
    for phone in _others(heard, change):
        due = awake(board, phone, change.at + SETTLE)
        yield Thing(named, due, change.number, str(phone.id), until or due + STALE)


def _new(board: Board, change: Change, every: Iterable[Phone]) -> Iterator[Thing]:
    """A card that everybody can read is there, with a word that somebody follows."""
    card = board.cards[change.card]
    if card.hidden or card.withdrawn or card.merged_into:
        return
    known: dict[tuple[str, ...], str] = {}
    for phone in _others(every, change):
        words = phone.wishes.keywords
        if words and known.setdefault(words, followed_word(card, words)):
            due = awake(board, phone, change.at + SETTLE)
            yield Thing(subject(NEW, card.code), due, change.number, str(phone.id), due + STALE)


def _announced(board: Board, change: Change, every: Iterable[Phone]) -> Iterator[Thing]:
    said = next((each for each in board.announcements if each.number == change.number), None)
    if said is None:
        return
    for phone in _others(every, change):
        due = awake(board, phone, change.at + SAID)
        yield Thing(subject(ANNOUNCED, str(change.number)), due, change.number, str(phone.id), said.until)


def _others(every: Iterable[Phone], change: Change) -> Iterator[Phone]:
    """Those whose own doing it is not."""
    return (phone for phone in every if phone.hand != change.by)


# When


def _starting(board: Board, at: datetime) -> Iterator[Card]:
    slots = {slot.key for slot in board.slots.values() if -LATE <= slot.starts - AHEAD - at <= timedelta(minutes=1)}
    for cell in board.holders if slots else ():
        if cell.slot in slots:
            yield from (card for card in board.cards_at(cell) if card.cells[0] == cell and not card.hidden)


def _over(board: Board, change: Change, card: Card) -> datetime | None:
    """When nobody needs to hear of it any more: after the hours that it is about. None if there are none."""
    ends = [board.slot_of(cell).ends for cell in (*change.cells, *card.cells) if board.has_cell(cell)]
    return max(ends, default=None)
