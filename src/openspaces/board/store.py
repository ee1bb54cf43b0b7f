"""Rows and Boards: loads a Board, reads the log, and writes changes. The only writer of the board's tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from immutables import Map

from openspaces.board import models
from openspaces.board.fold import fold_all, policy_facts, policy_from
from openspaces.board.state import Board, Card, Change, Closure, Day, Placement, Room, Slot
from openspaces.board.vocabulary import Cell, Facts, Kind
from openspaces.board.words import Words

PROFILE = ("name", "timezone", "venue", "language", "contact", "about")
ROWS_AT_ONCE = 500
TRIES_TO_LOAD = 3


# Reading


def load(slug: str) -> Board | None:
    """The event's Board from its tables, or None.

    It takes several queries; if the number moved meanwhile, they do not fit together and are asked again, at last with
    the event locked: on a busy board they might never fit.
    """
    for _ in range(TRIES_TO_LOAD):
        board = _assembled(slug)
        if board is None or _head(slug) == (board.epoch, board.number):
            return board
    with transaction.atomic():
        lock(slug)
        return _assembled(slug)


def _assembled(slug: str) -> Board | None:
    row = models.Event.objects.filter(slug=slug).first()
    if row is None:
        return None
    board = replace(_profile(row), rooms=_rooms(slug), days=_days(slug), closures=_closures(slug))
    cards = _cards(slug)
    return replace(
        board,
        cards=Map({card.code: card for card in cards}),
        holders=_holders(cards),
        last_serial=max((card.serial for card in cards), default=0),
    )


def heads() -> dict[str, tuple[str, int]]:
    """Epoch and number of every event: what a follower compares."""
    rows = models.Event.objects.order_by("slug").values_list("slug", "epoch", "number")
    return {slug: (epoch, number) for slug, epoch, number in rows}


def _head(slug: str) -> tuple[str, int] | None:
    return models.Event.objects.filter(slug=slug).values_list("epoch", "number").first()


def log(slug: str, after: int = 0, limit: int | None = None) -> list[Change]:
    """The event's changes after number `after`, in order, at most `limit`."""
    rows = list(models.Change.objects.filter(event_id=slug, number__gt=after).order_by("number")[:limit])
    words = _words_of(slug, rows)
    return [_change(row, words) for row in rows]


def caught_up(board: Board) -> Board:
    """`board` with the changes it missed folded in, or loaded afresh where its epoch is gone."""
    head = _head(board.event)
    if head is None or head == (board.epoch, board.number):
        return board
    if head[0] != board.epoch or head[1] < board.number:
        return load(board.event) or board
    return fold_all(board, log(board.event, board.number))


def blank(slug: str, epoch: str) -> Board:
    """The board of an event that is not made yet."""
    return Board(event=slug, epoch=epoch)


def _profile(row: models.Event) -> Board:
    plain = {name: getattr(row, name) for name in PROFILE}
    policy = policy_from(row.policy)
    return Board(row.slug, row.epoch, row.number, row.at, policy=policy, hashtags=tuple(row.hashtags), **plain)


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
    return Map({Cell(row.room.key, row.slot.key): Closure(row.reason, row.by, row.at) for row in rows})


def _cards(slug: str) -> list[Card]:
    rows = list(models.Card.objects.filter(event_id=slug).order_by("serial"))  # first: each of them has its words
    placements = _placements(slug)
    newest = models.Words.objects.filter(card__event_id=slug, version=F("card__version"))
    words = {row.card_id: _words(row) for row in newest}
    return [
        Card(
            code=row.code,
            serial=row.serial,
            words=words[row.id],
            hand=row.hand,
            edited=row.edited,
            at=row.at,
            sequence=row.sequence,
            placement=placements.get(row.id),
            withdrawn=row.withdrawn,
        )
        for row in rows
    ]


def _placements(slug: str) -> dict[str, Placement]:
    rows = models.Placement.objects.filter(card__event_id=slug).select_related("room", "slot").order_by("slot__starts")
    found: dict[str, Placement] = {}
    for row in rows:
        earlier = found.get(row.card_id, Placement((), row.where))
        found[row.card_id] = Placement((*earlier.cells, Cell(row.room.key, row.slot.key)), row.where)
    return found


def _holders(cards: Iterable[Card]) -> Map[Cell, tuple[str, ...]]:
    held: dict[Cell, list[str]] = defaultdict(list)
    for card in cards:
        for cell in card.cells:
            held[cell].append(card.code)
    return Map({cell: tuple(sorted(codes)) for cell, codes in held.items()})


def _words(row: models.Words) -> Words:
    return Words(**{name: getattr(row, name) for name in Words.FIELDS}, version=row.version)


def _words_of(slug: str, rows: Iterable[models.Change]) -> dict[str, Words]:
    wanted = {
        _words_id(slug, row.card, facts["words"])
        for row in rows
        for facts in (row.before, row.after)
        if "words" in facts
    }
    found: dict[str, Words] = {}
    for part in _parts(sorted(wanted)):
        found |= {row.id: _words(row) for row in models.Words.objects.filter(id__in=part)}
    return found


def _parts(ids: Sequence[str]) -> Iterable[list[str]]:
    every = iter(ids)
    while part := list(islice(every, ROWS_AT_ONCE)):
        yield part


def _words_id(slug: str, card: str, version: int) -> str:
    return f"{slug}/{card}.{version}"


def _change(row: models.Change, words: dict[str, Words]) -> Change:
    def dressed(facts: Facts) -> Facts:
        if "words" not in facts:
            return facts
        return {**facts, "words": words[_words_id(row.event_id, row.card, facts["words"])]}

    cells = tuple(Cell.parse(cell) for cell in row.cells)
    before, after = dressed(row.before), dressed(row.after)
    return Change(Kind(row.kind), row.card, cells, before, after, row.number, row.at, row.by)


# Writing


def lock(slug: str) -> tuple[str, int] | None:
    """Lock the event for this transaction and tell its epoch and number; None if there is no such event.

    On SQLite the transaction itself is the lock (IMMEDIATE); select_for_update does nothing there.
    """
    rows = models.Event.objects.select_for_update().filter(slug=slug)
    return rows.values_list("epoch", "number").first()


def write(old: Board, new: Board, changes: Sequence[Change]) -> None:
    """Write `changes`, which lead from `old` to `new`, as log and rows. What goes is deleted before what comes is
    inserted, so that the unique keys hold at every step."""
    touched = _touched(new, changes)
    moved = _moved(old, new, touched)
    _clear(old, new, moved)
    _write_event(old, new)
    _write_rooms(old, new)
    _write_days(old, new)
    _write_cards(new, touched)
    _write_words(new, changes)
    _write_placements(new, moved)
    _write_closures(old, new)
    models.Change.objects.bulk_create([_change_row(new.event, change) for change in changes])


def notify(slug: str, number: int) -> None:
    """Nudge followers in other processes, from inside the transaction: PostgreSQL tells them when it commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('openspaces', %s)", [f"{slug} {number}"])


def _touched(new: Board, changes: Iterable[Change]) -> list[Card]:
    codes = {code for change in changes for code in (change.card, change.after.get("with")) if code}
    return [new.cards[code] for code in sorted(codes)]


def _moved(old: Board, new: Board, touched: list[Card]) -> list[Card]:
    """The cards whose rows of cells are written again: those with another placement, and those in a room that became
    Elsewhere or ceased to be, for their lanes differ."""
    turned = {room.key for room in old.rooms if (now := new.room(room.key)) and now.elsewhere != room.elsewhere}
    moved = {card.code: card for card in touched if card.placement != _placement_in(old, card)}
    if turned:
        moved |= {card.code: card for card in new.in_order() if turned & {cell.room for cell in card.cells}}
    return list(moved.values())


def _placement_in(board: Board, card: Card) -> Placement | None:
    earlier = board.cards.get(card.code)
    return earlier.placement if earlier else None


def _clear(old: Board, new: Board, moved: list[Card]) -> None:
    """Delete the rows of cells that are given up, and of closures that are lifted or replaced."""
    left = [_id(old, card.code) for card in moved if _placement_in(old, card)]
    if left:
        models.Placement.objects.filter(card_id__in=left).delete()
    if old.closures is not new.closures:
        for cell in [cell for cell, closure in old.closures.items() if new.closures.get(cell) != closure]:
            models.Closure.objects.filter(room_id=_id(old, cell.room), slot_id=_id(old, cell.slot)).delete()


def _write_event(old: Board, new: Board) -> None:
    row = models.Event(slug=new.event, epoch=new.epoch, number=new.number, at=new.at)
    for name in PROFILE:
        setattr(row, name, getattr(new, name))
    row.hashtags, row.policy = list(new.hashtags), policy_facts(new.policy)
    if old.number == 0:
        row.save(force_insert=True)
    else:
        row.save(force_update=True, update_fields=None if _profile_differs(old, new) else ["number", "at"])


def _profile_differs(old: Board, new: Board) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in (*PROFILE, "hashtags", "policy"))


def _write_rooms(old: Board, new: Board) -> None:
    if old.rooms == new.rooms:
        return
    gone = {room.key for room in old.rooms} - {room.key for room in new.rooms}
    models.Room.objects.filter(id__in=[_id(new, key) for key in gone]).delete()
    rows = [_room_row(new, place, room) for place, room in enumerate(new.rooms)]
    _upsert(models.Room, rows, ["position", "name", "capacity", "kit", "elsewhere"])


def _room_row(board: Board, place: int, room: Room) -> models.Room:
    plain: dict[str, Any] = {"name": room.name, "capacity": room.capacity, "elsewhere": room.elsewhere}
    return models.Room(
        id=_id(board, room.key), event_id=board.event, key=room.key, position=place, kit=list(room.kit), **plain
    )


def _write_days(old: Board, new: Board) -> None:
    if old.days == new.days:
        return
    models.Slot.objects.filter(id__in=[_id(new, key) for key in old.slots.keys() - new.slots.keys()]).delete()
    gone = {day.date for day in old.days} - {day.date for day in new.days}
    models.Day.objects.filter(id__in=[_id(new, date.isoformat()) for date in gone]).delete()
    _upsert(models.Day, [_day_row(new, day) for day in new.days], ["rooms", "opens", "closes"])
    _upsert(models.Slot, [_slot_row(new, slot) for slot in new.slots.values()], ["starts", "ends", "day"])


def _day_row(board: Board, day: Day) -> models.Day:
    window = {"opens": day.opens, "closes": day.closes}
    key = _id(board, day.date.isoformat())
    return models.Day(id=key, event_id=board.event, date=day.date, rooms=list(day.rooms), **window)


def _slot_row(board: Board, slot: Slot) -> models.Slot:
    day = _id(board, slot.day.isoformat())
    times = {"starts": slot.starts, "ends": slot.ends}
    return models.Slot(id=_id(board, slot.key), event_id=board.event, day_id=day, key=slot.key, **times)


def _write_cards(new: Board, touched: list[Card]) -> None:
    rows = [_card_row(new, card) for card in touched]
    _upsert(models.Card, rows, ["version", "hand", "edited", "at", "sequence", "withdrawn"])


def _card_row(board: Board, card: Card) -> models.Card:
    same = {name: getattr(card, name) for name in ("code", "serial", "hand", "edited", "at", "sequence", "withdrawn")}
    return models.Card(id=_id(board, card.code), event_id=board.event, version=card.words.version, **same)


def _write_words(new: Board, changes: Iterable[Change]) -> None:
    said = [(change.card, change.after["words"]) for change in changes if "words" in change.after]
    rows = [
        models.Words(
            id=_words_id(new.event, code, words.version),
            card_id=_id(new, code),
            version=words.version,
            **words.as_said(),
        )
        for code, words in said
    ]
    models.Words.objects.bulk_create(rows)


def _write_placements(new: Board, moved: list[Card]) -> None:
    rows = [
        models.Placement(
            card_id=_id(new, card.code),
            room_id=_id(new, cell.room),
            slot_id=_id(new, cell.slot),
            lane=card.serial if new.is_elsewhere(cell) else 0,
            where=card.placement.where,
        )
        for card in moved
        if card.placement
        for cell in card.cells
    ]
    models.Placement.objects.bulk_create(rows)


def _write_closures(old: Board, new: Board) -> None:
    if old.closures is new.closures:
        return
    rows = [
        models.Closure(
            room_id=_id(new, cell.room), slot_id=_id(new, cell.slot), reason=made.reason, by=made.by, at=made.at
        )
        for cell, made in new.closures.items()
        if old.closures.get(cell) != made
    ]
    models.Closure.objects.bulk_create(rows)


def _change_row(slug: str, change: Change) -> models.Change:
    return models.Change(
        event_id=slug,
        number=change.number,
        at=change.at,
        kind=change.kind.value,
        card=change.card,
        cells=[str(cell) for cell in change.cells],
        before=_undressed(change.before),
        after=_undressed(change.after),
        by=change.by,
    )


def _undressed(facts: Facts) -> dict[str, Any]:
    """The log names a version of words; it never repeats them."""
    words = facts.get("words")
    return {**facts, "words": words.version} if isinstance(words, Words) else dict(facts)


def _upsert(model: Any, rows: list[Any], updated: list[str]) -> None:
    if rows:
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=updated)


def _id(board: Board, key: str) -> str:
    return f"{board.event}/{key}"
