"""What became of a card since a phone heard of it last: it moved, has a room, has none, or will not take place."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.utils.translation import gettext as _

from openspaces.board.facts import placement_from
from openspaces.board.read import changes_after, stars_of
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Kind, Standing
from openspaces.delivery.contract import Job
from openspaces.outlets.phone.said import Said
from openspaces.people.phones import Phone
from openspaces.wording import apart, placement_says

_SEATS = (Kind.CARD_PLACED, Kind.CARD_MOVED, Kind.CARD_TAKEN_DOWN, Kind.CARD_WITHDRAWN, Kind.CARD_REMOVED)


def moved_says(job: Job, board: Board, card: Card, there: Phone) -> Said | None:
    """How the card stands by now, beside how it stood before; None where that is the same."""
    codes = {part.code for part in board.parts(card)}
    between = _between(job.event, board.epoch, job.first, job.number)
    changes = [change for change in between if codes & {change.card, change.after.get("with", "")}]
    said = _merged(board, card, changes, there) or _stands(board, card, _before(changes, card))
    if said is None:
        return None
    ours = there.hand in card.hands and not card.withdrawn and not card.hidden
    url = f"/{board.event}/cards/{card.code}/{'edit/' if ours else ''}"
    return Said(*said, url, card.code, soon=True)


@lru_cache(maxsize=64)
def _between(event: str, epoch: str, first: int, number: int) -> tuple[Change, ...]:
    """The changes that a telling is about; often the same for thousands of phones."""
    return tuple(changes_after(event, first - 1, number - first + 1))


def _stands(board: Board, card: Card, was: Placement | None) -> tuple[str, str] | None:
    """A title and what is beneath it."""
    if was and card.hidden:
        was = replace(was, where="")  # a place written in is one of its words
    title, before = {"title": apart(card.words.title)}, _where(board, was)
    if card.standing is Standing.REMOVED:
        return (_("Something that you starred was taken off the board"), before) if before else None
    if card.hidden or (card.placement == was and not card.withdrawn):
        return None
    if card.withdrawn:
        return _("“%(title)s” will not take place") % title, before and _("It was to be: %(was)s.") % {"was": before}
    now = _where(board, card.placement)
    if now and before:
        return _("“%(title)s” moved") % title, _("Now: %(now)s. Before: %(was)s.") % {"now": now, "was": before}
    if now:
        return _("“%(title)s” has a room") % title, now
    return _("“%(title)s” has lost its room") % title, _lost(card, before)


def _lost(card: Card, before: str) -> str:
    reason = apart(card.notice.reason) if card.notice else ""
    why = _("It cannot be there: %(was)s (%(reason)s).") if reason else _("It was to be: %(was)s.")
    return " ".join((why % {"was": before, "reason": reason}, _("You hear when it has another.")))


def _merged(board: Board, card: Card, changes: Iterable[Change], there: Phone) -> tuple[str, str] | None:
    """It became part of this card, and the phone's owner starred it alone."""
    parts = [board.cards[each.after["with"]] for each in changes if each.kind is Kind.CARDS_MERGED]
    parts = [part for part in parts if part.merged_into and not part.hidden]
    if not parts or card.hidden:
        return None
    starred = stars_of(board.event, there.hand)
    part = next((each for each in parts if each.code in starred and card.code not in starred), None)
    if part is None:
        return None
    titles = {"title": apart(part.words.title), "other": apart(card.words.title)}
    return _("“%(title)s” is now part of “%(other)s”") % titles, _where(board, card.placement)


def _before(changes: Iterable[Change], card: Card) -> Placement | None:
    """What the card held before the changes; what it holds now where none is about that."""
    for change in changes:
        if change.kind in _SEATS and change.card == card.code:
            return placement_from(change.before)
        if change.kind is Kind.CARD_DISPLACED and change.card == card.code and "cells" in change.before:
            return placement_from(change.before)
        if change.kind is Kind.CARDS_SWAPPED:
            return placement_from(change.before if change.card == card.code else change.after)
        if change.kind is Kind.CARDS_MERGED and change.card == card.code:
            return placement_from(change.before)
        if change.kind is Kind.CARD_RESTORED and change.card == card.code:
            return None
    return card.placement


def _where(board: Board, placement: Placement | None) -> str:
    """The place and time in words; "" for none, or for one that the board has no more."""
    there = placement is not None and all(map(board.has_cell, placement.cells))
    return placement_says(board, placement) if placement and there else ""
