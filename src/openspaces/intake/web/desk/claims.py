"""Cards that want a cell of somebody: claims that wait, cards that lost theirs, planned cards."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Notice, Placement
from openspaces.board.vocabulary import Cause, Stage
from openspaces.intake.web.desk.items import Answer, Draft, Item, Link, Reasoned, named
from openspaces.intake.web.desk.moderating import wish_facts
from openspaces.intake.web.desk.places import places
from openspaces.intake.web.links import edit_url
from openspaces.wording import apart, clock, placement_says


def claim_items(board: Board, at: datetime) -> Iterator[Draft]:
    """The claims that no contest is about, the first to ask first."""
    for card in board.claiming:
        if not board.contest_of(card.code):
            yield partial(_claim, board, card, at)


def displaced_items(board: Board, at: datetime) -> Iterator[Draft]:
    """Cards that lost their cell and have no other, while there is an hour left in which they could take place."""
    for card in board.in_order():
        if card.owed and not card.claim and not card.withdrawn and _to_come(board, at):
            yield partial(displaced_item, board, card, at)


def planned_items(board: Board, at: datetime) -> Iterator[Draft]:
    """Cards with a host that hold no cell, ask for none and were not refused one."""
    return (partial(_planned, board, card, at) for card in planned_cards(board, at))


def planned_cards(board: Board, at: datetime) -> Iterator[Card]:
    """The same as cards, the oldest first."""
    for card in board.in_order():
        idle = card.stage is Stage.PLANNED and not card.claim and not card.notice and not card.hidden
        if idle and not board.contest_of(card.code) and _to_come(board, at):
            yield card


def _to_come(board: Board, at: datetime) -> bool:
    return any(slot.ends > at for slot in board.slots.values())


def _claim(board: Board, card: Card, at: datetime) -> Item:
    assert card.claim
    asked = card.claim.placement
    over = board.time_of(asked)[1] <= at
    other = places(board, card, at)
    title = card.words.title
    best = other[:1] if over else (Answer(f"place {asked.cells[0]}", _("Put it up"), title),)
    facts = [_("Asked at %(time)s.") % {"time": clock(board.local(card.claim.at))}]
    if over:
        facts.append(_("That hour is over."))
    if card.placement:
        facts.append(_("It is in %(place)s now.") % {"place": placement_says(board, card.placement)})
    return Item(
        id=f"claim-{card.code}",
        says=_("%(card)s asks for %(place)s.") % {"card": named(card), "place": placement_says(board, asked)},
        card=card.code,
        facts=tuple(facts),
        words=card.words,
        answers=best,
        others=(*other[1 if over else 0 :], *_let_choose(other, title)),
        reasoned=(Reasoned("refuse", _("Refuse"), _("Why? Its host reads this."), danger=True),),
        link=_edit(board, card),
    )


def _let_choose(other: tuple[Answer, ...], title: str) -> tuple[Answer, ...]:
    """A button that offers the first three places to the host."""
    cells = " ".join(answer.do.removeprefix("place ") for answer in other[:3])
    return (Answer(f"offer {cells}", _("Let the host choose"), title),) if cells else ()


def displaced_item(board: Board, card: Card, at: datetime) -> Item:
    """A card that is owed another place, and where it may go."""
    notice = card.notice
    assert notice
    other = places(board, card, at)
    title = card.words.title
    withdraw = Answer("withdraw", _("It does not take place"), title)
    facts = [_("At %(time)s.") % {"time": clock(board.local(notice.at))}]
    if not other:
        facts.append(_("Nothing is free for it."))
    return Item(
        id=f"displaced-{card.code}",
        says=_lost_says(board, card, notice),
        card=card.code,
        facts=tuple(facts),
        words=card.words,
        answers=other[:1],
        others=(*other[1:], *(() if notice.offered else _let_choose(other, title)), withdraw),
        link=_edit(board, card),
    )


def _lost_says(board: Board, card: Card, notice: Notice) -> str:
    known = all(map(board.has_cell, notice.lost.cells))
    place = placement_says(board, notice.lost) if known else notice.lost.cells[0].room
    facts = {"card": named(card), "place": place, "reason": apart(notice.reason)}
    if notice.cause is Cause.OFFER:
        return _("%(card)s was offered other places than %(place)s, and its host has not chosen yet.") % facts
    if notice.cause in (Cause.CONTEST, Cause.TAKEN):
        return _("%(card)s did not get %(place)s and has no place yet.") % facts
    if notice.cause is Cause.RESTORED:
        return _("%(card)s lost %(place)s when the board was put back, and has no place yet.") % facts
    return _("%(card)s lost %(place)s: %(reason)s. It has no place yet.") % facts


def today_items(board: Board, at: datetime) -> Iterator[Draft]:
    """Planned cards that wish for the day that runs, and are not on the board yet."""
    for card in planned_cards(board, at):
        if _is_for(board, card, board.local(at).date()):
            yield partial(_planned, board, card, at)


def _is_for(board: Board, card: Card, today: date) -> bool:
    wished = card.wished
    if wished is None:
        return False
    slots = [board.slots[slot] for slot in wished.slots if slot in board.slots]
    return (slots[0].day if slots else wished.day) == today


def _planned(board: Board, card: Card, at: datetime) -> Item:
    """A planned card; the wished cell is the first that is offered, while it is free."""
    wished = _wished_cell(board, card, at)
    other = tuple(answer for answer in places(board, card, at) if not wished or answer.do != wished.do)
    other = (wished, *other) if wished else other
    today = _is_for(board, card, board.local(at).date())
    says = _("%(card)s is planned and has no place yet.")
    if today:
        says = _("%(card)s is planned for today and has no place yet.")
    return Item(
        id=f"planned-{card.code}",
        says=says % {"card": named(card)},
        card=card.code,
        facts=tuple(wish_facts(board, card)),
        words=card.words,
        answers=other[:1],
        others=other[1:],
        link=_edit(board, card),
    )


def _wished_cell(board: Board, card: Card, at: datetime) -> Answer | None:
    """The cell that it wishes for, if that is free for as long as it wishes."""
    cells = card.wished.cells if card.wished else ()
    there = all(board.has_cell(cell) and board.is_free(cell) and not board.claimed_by(cell) for cell in cells)
    if not cells or not there or board.is_elsewhere(cells[0]) or board.slot_of(cells[0]).ends <= at:
        return None
    return Answer(f"place {cells[0]}", placement_says(board, Placement(cells)), card.words.title)


def _edit(board: Board, card: Card) -> Link:
    return Link(edit_url(board.event, card.code), _("Open the card"))
