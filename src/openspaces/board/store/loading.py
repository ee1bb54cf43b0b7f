"""The Board from its tables, and what a follower asks: how far each event has come."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from immutables import Map

from openspaces.board import models
from openspaces.board.contest import Contest
from openspaces.board.facts import (
    announcement_from,
    caution_from,
    claim_from,
    contest_from,
    deal_from,
    freeze_from,
    notice_from,
    pitch_from,
    placement_from,
    policy_from,
    wished_from,
)
from openspaces.board.fold import fold_all
from openspaces.board.state import Board, Card, Closure, Day, Placement, Room, Slot
from openspaces.board.store.log import last_number, log, programme_of, words_from
from openspaces.board.vocabulary import Cell, Facts, Kind, Standing
from openspaces.board.words import Words

PROFILE = ("name", "timezone", "venue", "language", "contact", "about", "follows")
"""The plain columns of an event's row that a Board has under the same names."""
TRIES_TO_LOAD = 3


def load(slug: str) -> Board | None:
    """The event's Board from its tables, or None.

    It takes several queries; if the number moved meanwhile, they do not fit together and are asked again, at last with
    the event locked: on a busy board they might never fit.
    """
    for _ in range(TRIES_TO_LOAD):
        board = _assembled(slug)
        if board is None or head(slug) == (board.epoch, board.number):
            return board
    with transaction.atomic():
        lock(slug)
        return _assembled(slug)


def _assembled(slug: str) -> Board | None:
    row = models.Event.objects.filter(slug=slug).first()
    if row is None:
        return None
    board = replace(_profile(row), rooms=_rooms(slug), days=_days(slug), closures=_closures(slug))
    return replace(board.filled(_cards(slug), _contests(slug)), erased=last_number(slug, Kind.HOSTS_ERASED))


def caught_up(board: Board) -> Board:
    """`board` with the changes it missed folded in, or loaded afresh where its epoch is gone."""
    now = head(board.event)
    if now is None or now == (board.epoch, board.number):
        return board
    if now[0] != board.epoch or now[1] < board.number:
        return load(board.event) or board
    return fold_all(board, log(board.event, board.number))


def blank(slug: str, epoch: str) -> Board:
    """The board of an event that is not made yet."""
    return Board(event=slug, epoch=epoch)


def heads() -> dict[str, tuple[str, int]]:
    """Epoch and number of every event: what a follower compares."""
    rows = models.Event.objects.order_by("slug").values_list("slug", "epoch", "number")
    return {slug: (epoch, number) for slug, epoch, number in rows}


def head(slug: str) -> tuple[str, int] | None:
    """Epoch and number of one event; None if there is no such event."""
    return models.Event.objects.filter(slug=slug).values_list("epoch", "number").first()


def lock(slug: str) -> tuple[str, int] | None:
    """Lock the event for this transaction and tell its epoch and number; None if there is no such event.

    On SQLite the transaction itself is the lock (IMMEDIATE); select_for_update does nothing there.
    """
    rows = models.Event.objects.select_for_update().filter(slug=slug)
    return rows.values_list("epoch", "number").first()


def _profile(row: models.Event) -> Board:
    plain = {name: getattr(row, name) for name in PROFILE}
    policy = policy_from(row.policy)
    board = Board(row.slug, row.epoch, row.number, row.at, policy=policy, hashtags=tuple(row.hashtags), **plain)
    board = replace(board, programme=programme_of(row.slug, row.programme)) if row.programme else board
    return replace(board, **_desk(row.desk)) if row.desk else board


def _desk(facts: Facts) -> dict[str, Any]:
    """What everyone hears from the desk."""
    return {
        "freeze": freeze_from(facts["freeze"]),
        "announcements": tuple(announcement_from(said) for said in facts["announcements"]),
        "caution": caution_from(facts["caution"]),
        "pitch": pitch_from(facts["pitch"]),
    }


def _contests(slug: str) -> list[Contest]:
    return [contest_from(row.facts) for row in models.Contest.objects.filter(event_id=slug)]


def _rooms(slug: str) -> tuple[Room, ...]:
    rows = models.Room.objects.filter(event_id=slug).order_by("position")
    return tuple(Room(row.key, row.name, row.capacity, tuple(row.kit), row.elsewhere) for row in rows)


def _days(slug: str) -> tuple[Day, ...]:
    slots = defaultdict(list)
    for row in models.Slot.objects.filter(event_id=slug).select_related("day").order_by("starts"):
        slots[row.day_id].append(Slot(row.key, row.day.date, row.starts, row.ends))
    days = models.Day.objects.filter(event_id=slug).order_by("date")
    return tuple(Day(day.date, tuple(slots[day.id]), tuple(day.rooms), day.opens, day.closes) for day in days)


def _closures(slug: str) -> Map[Cell, Closure]:
    rows = models.Closure.objects.filter(room__event_id=slug).select_related("room", "slot")
    return Map({Cell(row.room.key, row.slot.key): Closure(row.reason, row.by, row.at, row.until) for row in rows})


def _cards(slug: str) -> list[Card]:
    rows = list(models.Card.objects.filter(event_id=slug).order_by("serial"))  # first: each of them has its words
    placements = _placements(slug)
    newest = models.Words.objects.filter(card__event_id=slug, version=F("card__version"))
    words = {row.card_id: words_from(row) for row in newest}
    return [_card(row, words[row.id], placements.get(row.id)) for row in rows]


def _card(row: models.Card, words: Words, placement: Placement | None) -> Card:
    standing = Standing(row.standing)
    card = Card(
        code=row.code,
        serial=row.serial,
        words=words,
        hand=row.hand,
        edited=row.edited,
        at=row.at,
        sequence=row.sequence,
        placement=placement,
        was=placement_from(row.was),
        withdrawn=row.withdrawn,
        claim=claim_from(row.claim),
        notice=notice_from(row.notice),
        deal=deal_from(row.deal),
        standing=standing,
        full=row.full,
        confirmed=row.confirmed,
        merged=tuple(row.merged),
        merged_into=row.merged_into,
        wished=wished_from(row.wished),
        cohosts=tuple(row.cohosts),
        stars=row.stars,
    )
    return replace(card, words=words.hidden()) if card.hidden else card


def _placements(slug: str) -> dict[str, Placement]:
    rows = models.Placement.objects.filter(card__event_id=slug).select_related("room", "slot").order_by("slot__starts")
    found: dict[str, Placement] = {}
    for row in rows:
        earlier = found.get(row.card_id, Placement((), row.where))
        found[row.card_id] = Placement((*earlier.cells, Cell(row.room.key, row.slot.key)), row.where)
    return found
