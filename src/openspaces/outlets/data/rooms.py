"""The rooms as JSON, each with its cells in order of time: for door displays and maps that ask again and again."""

import json
from typing import Any

from openspaces.board.state import Board, Card, Room
from openspaces.board.vocabulary import Cell
from openspaces.look.cells import status_of
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.data.board import only_day

Facts = dict[str, Any]


def _render(board: Board, variant: Variant) -> bytes:
    return json.dumps(_facts(board, variant), ensure_ascii=False, separators=(",", ":")).encode()


ROOMS = Pull("data-rooms", ("/{event}/rooms.json",), "application/json", only_day, _render)


def _facts(board: Board, variant: Variant) -> Facts:
    """`{event, epoch, number, timezone, rooms}`; whoever shows what is on now compares `starts` and `ends` with a clock
    of its own, for this says the same at any time until something changes."""
    return {
        "event": board.event,
        "name": board.name,
        "epoch": board.epoch,
        "number": board.number,
        "timezone": board.timezone,
        "rooms": [_room(board, room, variant) for room in board.rooms],
    }


def _room(board: Board, room: Room, variant: Variant) -> Facts:
    days = [day for day in board.days if room.key in day.rooms and variant.day in (None, day.date)]
    cells = [Cell(room.key, slot.key) for day in days for slot in day.slots]
    facts = {"room": room.key, "name": room.name, "capacity": room.capacity, "elsewhere": room.elsewhere}
    return {**facts, "cells": [_cell(board, cell) for cell in cells]}


def _cell(board: Board, cell: Cell) -> Facts:
    """A cell; `status` is free, taken, full, closed, held, contested or claimed."""
    slot = board.slot_of(cell)
    facts = {
        "cell": str(cell),
        "starts": board.local(slot.starts).isoformat(),
        "ends": board.local(slot.ends).isoformat(),
        "status": status_of(board, cell).value,
    }
    return {**facts, **_closure(board, cell), **_cards(board, cell)}


def _closure(board: Board, cell: Cell) -> Facts:
    closure = board.closures.get(cell)
    if closure is None:
        return {}
    return {"reason": closure.reason, **({"until": board.local(closure.until).isoformat()} if closure.until else {})}


def _cards(board: Board, cell: Cell) -> Facts:
    """The card that holds the cell; `cards` where there may be several: those Elsewhere, and those that want it."""
    holding, contest = board.cards_at(cell), board.contest_at(cell)
    if board.is_elsewhere(cell):
        return {"cards": [card.code for card in holding]}
    rivals = contest.cards if contest else tuple(card.code for card in board.claimed_by(cell))
    facts = _card(holding[0]) if holding else {}
    return {**facts, **({"contest": contest.id} if contest else {}), **({"cards": list(rivals)} if rivals else {})}


def _card(card: Card) -> Facts:
    return {"card": card.code, "title": card.words.title, "host": card.words.host}
