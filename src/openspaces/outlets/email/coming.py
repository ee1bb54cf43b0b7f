"""What the clock makes due for hosts: the edit link, the morning of a card's day, "still on?", a close, offers."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from openspaces.board.read import Offered, offers_to_host
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.delivery.contract import Thing
from openspaces.look.hosting import ASKED_BEFORE
from openspaces.look.wished import wished_day, wished_place
from openspaces.outlets.email.pacing import SETTLE
from openspaces.people.contacts import Reached, reached
from openspaces.people.keys import is_by_mail

MORNING = time(8)
"""When the host of a planned card is reminded, on its day; an hour before where that is earlier."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFERS_TOGETHER = timedelta(minutes=10)
CLOSES_SOON = timedelta(minutes=10)


def coming(board: Board, at: datetime) -> Iterator[Thing]:
    """What is due about now. Two queries, one where no host left an address, none once the event is over."""
    if board.slots and all(slot.ends <= at for slot in board.slots.values()):
        return
    there = {each.card: each for each in reached(board.event) if each.card in board.cards}
    for code, contact in there.items():
        card = board.cards[code]
        yield from _link(card, contact)
        if not card.withdrawn and not card.merged_into:
            yield from (*_day(board, card, contact, at), *_still_on(board, card, at), *_closing(board, card, at))
    yield from _offers(board, there, at) if there else ()


# When


def _link(card: Card, contact: Reached) -> Iterator[Thing]:
    """A host who left an address gets the edit link; whoever wrote by mail has it from the answer."""
    if not contact.linked and not is_by_mail(card.hand):
        yield Thing(f"link {stamp(contact)}", contact.at + SETTLE, to=card.code)


def _day(board: Board, card: Card, contact: Reached, at: datetime) -> Iterator[Thing]:
    day, wanted = wished_day(board, card), wished_place(board, card, at)
    if day is None or wanted is None or not may_go_up(card):
        return
    morning = datetime.combine(day.date, MORNING, board.zone)
    due = max(min(morning, board.slot_of(wanted.cells[0]).starts - HOUR), day.opens or morning - DAY)
    if contact.at < due and due <= at < min(due + 3 * HOUR, day.slots[-1].ends):
        yield Thing(f"day {day.date.isoformat()}", at, to=card.code, until=day.slots[-1].ends)


def _still_on(board: Board, card: Card, at: datetime) -> Iterator[Thing]:
    """A host who has just done something with the card is there."""
    if card.placement is None or card.confirmed or board.contest_of(card.code):
        return
    starts, ends = board.time_of(card.placement)
    if starts - ASKED_BEFORE <= at < starts and card.at < starts - HOUR:
        yield Thing(f"on {card.cells[0]}", at, to=card.code, until=ends)


def _closing(board: Board, card: Card, at: datetime) -> Iterator[Thing]:
    """A contest of an hour and more is soon over; in a shorter one its hosts have just been told of it."""
    contest = board.contest_of(card.code)
    if contest is None or contest.closes is None or contest.closes - contest.opened < HOUR:
        return
    if contest.closes - CLOSES_SOON <= at < contest.closes:
        yield Thing(f"closes {contest.id}", at, to=card.code, until=contest.closes)


def _offers(board: Board, there: Mapping[str, Reached], at: datetime) -> Iterator[Thing]:
    """Those who offer within ten minutes are told of together."""
    for offer in offers_to_host(board.event):
        if at - HOUR < offer.at and is_open(board, offer):
            for part in board.parts(board.whole(board.cards[offer.card])):
                if part.code in there:
                    yield Thing(f"offers {window(offer)}", offer.at + OFFERS_TOGETHER, to=part.code)


def may_go_up(card: Card) -> bool:
    """Whether a planned card waits for nothing but its host."""
    return card.stage is Stage.PLANNED and not (card.claim or card.notice or card.hidden)


def is_open(board: Board, offer: Offered) -> bool:
    """Whether its card has a host who has not taken them in."""
    card = board.cards.get(offer.card)
    return card is not None and card.stage is not Stage.IDEA and offer.hand not in board.whole(card).hands


def stamp(contact: Reached) -> str:
    """When an address was left: another one there later is another subject."""
    return f"{contact.at.timestamp():.3f}"


def window(offer: Offered) -> str:
    """The ten minutes in which somebody offered."""
    return f"{offer.at.timestamp() // OFFERS_TOGETHER.total_seconds():.0f}"
