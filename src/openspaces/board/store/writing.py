"""Changes become rows. What goes is deleted before what comes is inserted, so the unique keys hold at every step."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from openspaces.board import models
from openspaces.board.contest import Contest
from openspaces.board.facts import (
    announcement_facts,
    caution_facts,
    claim_facts,
    contest_facts,
    deal_facts,
    freeze_facts,
    notice_facts,
    pitch_facts,
    placement_facts,
    policy_facts,
    programme_facts,
    wished_facts,
)
from openspaces.board.state import Board, Card, Change, Day, Placement, Programme, Room, Slot
from openspaces.board.store.erasing import erase_hosts
from openspaces.board.store.keys import row_id
from openspaces.board.store.loading import PROFILE
from openspaces.board.store.log import append
from openspaces.board.store.rows import Row, insert, upsert
from openspaces.board.vocabulary import Cell
from openspaces.lib.points import passing

DESK = ("freeze", "announcements", "caution", "pitch")


def write(old: Board, new: Board, changes: Sequence[Change]) -> None:
    """Write `changes`, which lead from `old` to `new`, as log and rows. What goes is deleted before what comes is
    inserted, so that the unique keys hold at every step."""
    touched = _touched(new, changes)
    moved = _moved(old, new, touched)
    _clear(old, new, moved)
    _write_event(old, new)
    _write_rooms(old, new)
    _write_days(old, new)
    _write_cards(old, new, touched)
    _write_placements(new, moved)
    _write_closures(old, new)
    _write_contests(old, new)
    _write_programmes(new.event, changes)
    passing("rows")
    append(new.event, changes)
    erase_hosts(new.event, changes)


def notify(slug: str, number: int) -> None:
    """Nudge followers in other processes, from inside the transaction: PostgreSQL tells them when it commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('openspaces', %s)", [f"{slug} {number}"])


def _touched(new: Board, changes: Iterable[Change]) -> list[Card]:
    named = (
        code for change in changes for code in (change.card, change.after.get("with"), *change.after.get("stars", ()))
    )
    return [new.cards[code] for code in sorted({code for code in named if code})]


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
    left = [row_id(old.event, card.code) for card in moved if _placement_in(old, card)]
    if left:
        models.Placement.objects.filter(card_id__in=left).delete()
    if old.closures is not new.closures:
        for cell in [cell for cell, closure in old.closures.items() if new.closures.get(cell) != closure]:
            models.Closure.objects.filter(
                room_id=row_id(old.event, cell.room), slot_id=row_id(old.event, cell.slot)
            ).delete()


def _write_event(old: Board, new: Board) -> None:
    row = models.Event(slug=new.event, epoch=new.epoch, number=new.number, at=new.at)
    for name in PROFILE:
        setattr(row, name, getattr(new, name))
    row.hashtags, row.policy, row.desk = list(new.hashtags), policy_facts(new.policy), _desk_facts(new)
    row.programme = new.programme.version
    if old.number == 0:
        row.save(force_insert=True)
    else:
        row.save(force_update=True, update_fields=None if _profile_differs(old, new) else ["number", "at"])


def _profile_differs(old: Board, new: Board) -> bool:
    return any(
        getattr(old, name) != getattr(new, name) for name in (*PROFILE, "hashtags", "policy", "programme", *DESK)
    )


def _desk_facts(board: Board) -> dict[str, Any]:
    return {
        "freeze": freeze_facts(board.freeze),
        "announcements": [announcement_facts(said) for said in board.announcements],
        "caution": caution_facts(board.caution),
        "pitch": pitch_facts(board.pitch),
    }


def _write_rooms(old: Board, new: Board) -> None:
    if old.rooms == new.rooms:
        return
    gone = {room.key for room in old.rooms} - {room.key for room in new.rooms}
    models.Room.objects.filter(id__in=[row_id(new.event, key) for key in gone]).delete()
    rows = [_room_row(new, place, room) for place, room in enumerate(new.rooms)]
    upsert(models.Room, rows, ["position", "name", "capacity", "kit", "elsewhere"])


def _room_row(board: Board, place: int, room: Room) -> Row:
    plain: dict[str, Any] = {"name": room.name, "capacity": room.capacity, "elsewhere": room.elsewhere}
    return dict(
        id=row_id(board.event, room.key),
        event_id=board.event,
        key=room.key,
        position=place,
        kit=list(room.kit),
        **plain,
    )


def _write_days(old: Board, new: Board) -> None:
    if old.days == new.days:
        return
    models.Slot.objects.filter(id__in=[row_id(new.event, key) for key in old.slots.keys() - new.slots.keys()]).delete()
    gone = {day.date for day in old.days} - {day.date for day in new.days}
    models.Day.objects.filter(id__in=[row_id(new.event, date.isoformat()) for date in gone]).delete()
    upsert(models.Day, [_day_row(new, day) for day in new.days], ["rooms", "opens", "closes"])
    upsert(models.Slot, [_slot_row(new, slot) for slot in new.slots.values()], ["starts", "ends", "day"])


def _day_row(board: Board, day: Day) -> Row:
    window = {"opens": day.opens, "closes": day.closes}
    key = row_id(board.event, day.date.isoformat())
    return dict(id=key, event_id=board.event, date=day.date, rooms=list(day.rooms), **window)


def _slot_row(board: Board, slot: Slot) -> Row:
    day = row_id(board.event, slot.day.isoformat())
    times = {"starts": slot.starts, "ends": slot.ends}
    return dict(id=row_id(board.event, slot.key), event_id=board.event, day_id=day, key=slot.key, **times)


def _write_cards(old: Board, new: Board, touched: list[Card]) -> None:
    """Where a card was is written as that changes: it may have been erased, which other processes do not hear of."""
    rows: dict[bool, list[Row]] = {True: [], False: []}
    for card in touched:
        earlier = old.cards.get(card.code)
        rows[earlier is None or earlier.was != card.was].append(_card_row(new, card))
    upsert(models.Card, rows[True], ("was", *CHANGING))
    upsert(models.Card, rows[False], CHANGING)


SAME = ("code", "serial", "hand", "edited", "at", "sequence", "withdrawn", "full", "confirmed", "merged_into", "stars")
"""The fields of a card that its row has under the same names; the first two never change."""
CHANGING = ("version", "claim", "notice", "deal", "standing", "merged", "wished", "cohosts", *SAME[2:])


def _card_row(board: Board, card: Card) -> Row:
    return dict(
        id=row_id(board.event, card.code),
        event_id=board.event,
        version=card.words.version,
        was=placement_facts(card.was),
        claim=claim_facts(card.claim),
        notice=notice_facts(card.notice),
        deal=deal_facts(card.deal),
        standing=card.standing.value,
        merged=list(card.merged),
        wished=wished_facts(card.wished),
        cohosts=list(card.cohosts),
        **{name: getattr(card, name) for name in SAME},
    )


def _write_placements(new: Board, moved: list[Card]) -> None:
    rows = [
        dict(
            card_id=row_id(new.event, card.code),
            **_place(new, cell),
            lane=card.serial if new.is_elsewhere(cell) else 0,
            where=card.placement.where,
        )
        for card in moved
        if card.placement
        for cell in card.cells
    ]
    insert(models.Placement, rows)


def _write_closures(old: Board, new: Board) -> None:
    if old.closures is new.closures:
        return
    rows = [
        dict(
            **_place(new, cell),
            reason=made.reason,
            by=made.by,
            at=made.at,
            until=made.until,
        )
        for cell, made in new.closures.items()
        if old.closures.get(cell) != made
    ]
    insert(models.Closure, rows)


def _write_contests(old: Board, new: Board) -> None:
    if old.contests is new.contests:
        return
    changed = [contest for _, contest in sorted(new.contests.items()) if old.contests.get(contest.id) != contest]
    upsert(models.Contest, [_contest_row(new, contest) for contest in changed], ["facts", "settled"])


def _write_programmes(slug: str, changes: Iterable[Change]) -> None:
    """Every version, for the log names also those that were followed by others in one commit. A version that comes
    back, as when it is undone, is there already."""
    for programme in (change.after.get("programme") for change in changes):
        if isinstance(programme, Programme) and programme.version:
            row = {"event_id": slug, "version": programme.version, "talks": programme_facts(programme)}
            models.Programme.objects.get_or_create(id=row_id(slug, str(programme.version)), defaults=row)


def _contest_row(board: Board, contest: Contest) -> Row:
    return {
        "id": row_id(board.event, str(contest.id)),
        "event_id": board.event,
        "number": contest.id,
        "facts": contest_facts(contest),
        "settled": contest.settled,
    }


def _place(board: Board, cell: Cell) -> dict[str, str]:
    return {"room_id": row_id(board.event, cell.room), "slot_id": row_id(board.event, cell.slot)}
