"""The board as JSON, in the shape that the API promises."""

import json
from datetime import date, datetime
from typing import Any

from openspaces.board.facts import policy_facts, room_facts
from openspaces.board.public import contest_facts
from openspaces.board.state import Announcement, Board, Card, Day, Placement, Slot, Wished
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import told
from openspaces.outlets.base import Asked, Pull, Variant, day_wanted

Facts = dict[str, Any]


def board_facts(board: Board, only: date | None = None) -> Facts:
    """The whole public board as plain values, or one day of it: its slots, and the cards and closures on them.

    Times are ISO 8601 with the event's offset. Who wrote a card is nobody's business: `hand` never leaves the house.
    """
    days = [day for day in board.days if only in (None, day.date)]
    cells = {cell: None for day in days for cell in board.cells_of(day)}
    cards = [card for card in board.in_order() if only is None or not cells.keys().isdisjoint(card.cells)]
    closed = [cell for cell in cells if cell in board.closures]
    return {
        "event": board.event,
        "name": board.name,
        "epoch": board.epoch,
        "number": board.number,
        "at": _moment(board, board.at),
        "timezone": board.timezone,
        "venue": board.venue,
        "about": board.about,
        "language": board.language,
        "hashtags": list(board.hashtags),
        "policy": policy_facts(board.policy),
        "rooms": [room_facts(room) for room in board.rooms],
        "days": [_day(board, day) for day in days],
        "slots": [_slot(board, slot) for day in days for slot in day.slots],
        "cards": [card_facts(board, card) for card in cards],
        "closures": [_closure(board, cell) for cell in closed],
        "contests": [contest_facts(contest, board) for _, contest in sorted(board.contests.items())],
        "frozen": board.freeze and {"reason": board.freeze.reason, "at": _moment(board, board.freeze.at)},
        "announcements": [_announcement(board, said) for said in board.announcements],
        "pitch": _pitch(board),
    }


def card_facts(board: Board, card: Card) -> Facts:
    """One card as plain values; `edited` is what an edit says it has `seen`."""
    return {
        "code": card.code,
        **card.words.as_said(),
        "stage": card.stage.value,
        "placement": _placement(card, card.placement),
        "edited": card.edited,
        "at": _moment(board, card.at),
        **_more(card),
    }


def _wished(wished: Wished) -> Facts:
    """What was understood of a wish; it books nothing."""
    slots, cells = list(wished.slots), [str(cell) for cell in wished.cells]
    return {"day": wished.day and wished.day.isoformat(), "slots": slots, "room": wished.room or None, "cells": cells}


def _more(card: Card) -> Facts:
    """What is so of a few cards only, and left out for the others."""
    facts = {
        "claim": _placement(card, card.claim.placement) if card.claim else None,
        "owed": card.owed,
        "hidden": card.hidden,
        "wished": _wished(card.wished) if card.wished else None,
        "stars": card.stars,
        "full": card.full,
        "confirmed": bool(card.confirmed),
        "merged": list(card.merged),
        "merged_into": card.merged_into,
    }
    return {name: value for name, value in facts.items() if value}


def _closure(board: Board, cell: Cell) -> Facts:
    closure = board.closures[cell]
    facts = {"cell": str(cell), "reason": closure.reason}
    return {**facts, "until": _moment(board, closure.until)} if closure.until else facts


def _announcement(board: Board, said: Announcement) -> Facts:
    times = {"at": _moment(board, said.at), "until": _moment(board, said.until)}
    return {"number": said.number, "text": said.text, **times}


def _pitch(board: Board) -> Facts | None:
    pitch = board.pitch
    if pitch is None:
        return None
    return {"queue": list(pitch.queue), "seconds": pitch.seconds, "ends": pitch.ends and _moment(board, pitch.ends)}


def _placement(card: Card, placement: Placement | None) -> Facts | None:
    if placement is None:
        return None
    facts: Facts = {"cells": [str(cell) for cell in placement.cells]}
    return {**facts, "where": told(card, placement).where} if placement.where else facts


def _day(board: Board, day: Day) -> Facts:
    return {
        "date": day.date.isoformat(),
        "rooms": list(day.rooms),
        "opens": day.opens and _moment(board, day.opens),
        "closes": day.closes and _moment(board, day.closes),
    }


def _slot(board: Board, slot: Slot) -> Facts:
    return {
        "key": slot.key,
        "day": slot.day.isoformat(),
        "starts": _moment(board, slot.starts),
        "ends": _moment(board, slot.ends),
    }


def _moment(board: Board, moment: datetime) -> str:
    return board.local(moment).isoformat()


def only_day(asked: Asked, board: Board) -> Variant:
    """The whole board, or the day that `?day=` names; the same for every language."""
    return Variant(day=day_wanted(asked, board) if asked.query.get("day") else None)


def _render(board: Board, variant: Variant) -> bytes:
    return json.dumps(board_facts(board, variant.day), ensure_ascii=False, separators=(",", ":")).encode()


JSON = Pull(
    "data-json", ("/{event}/board.json", "/api/{event}/board"), "application/json", only_day, _render, ahead=True
)
