"""A Board's values as the log's plain facts, and back."""

from datetime import date, datetime
from typing import Any

from openspaces.board.state import Day, Placement, Policy, Room, Slot
from openspaces.board.vocabulary import Cell, Competing, Facts, Placing


def policy_facts(policy: Policy) -> dict[str, Any]:
    """A policy as plain facts."""
    return {name: getattr(policy, name) for name in Policy.__dataclass_fields__}


def policy_from(facts: Facts) -> Policy:
    """The policy that plain facts describe."""
    return Policy(**{**facts, "placing": Placing(facts["placing"]), "competing": Competing(facts["competing"])})


def room_facts(room: Room) -> dict[str, Any]:
    """A room as plain facts."""
    return {
        "key": room.key,
        "name": room.name,
        "capacity": room.capacity,
        "kit": list(room.kit),
        "elsewhere": room.elsewhere,
    }


def room_from(facts: Facts) -> Room:
    """The room that plain facts describe."""
    return Room(**{**facts, "kit": tuple(facts["kit"])})


def day_facts(day: Day) -> dict[str, Any]:
    """A day as plain facts, times in ISO 8601."""
    return {
        "date": day.date.isoformat(),
        "opens": day.opens and day.opens.isoformat(),
        "closes": day.closes and day.closes.isoformat(),
        "rooms": list(day.rooms),
        "slots": [[slot.key, slot.starts.isoformat(), slot.ends.isoformat()] for slot in day.slots],
    }


def day_from(facts: Facts) -> Day:
    """The day that plain facts describe."""
    on = date.fromisoformat(facts["date"])
    return Day(
        date=on,
        slots=tuple(Slot(key, on, _moment(starts), _moment(ends)) for key, starts, ends in facts["slots"]),
        rooms=tuple(facts["rooms"]),
        opens=_moment(facts["opens"]) if facts["opens"] else None,
        closes=_moment(facts["closes"]) if facts["closes"] else None,
    )


def placement_facts(placement: Placement | None) -> dict[str, Any]:
    """A placement as plain facts; none is empty."""
    if placement is None:
        return {}
    return {"cells": [str(cell) for cell in placement.cells], "where": placement.where}


def placement_from(facts: Facts) -> Placement | None:
    """The placement that plain facts describe, or None."""
    if not facts.get("cells"):
        return None
    return Placement(tuple(Cell.parse(cell) for cell in facts["cells"]), facts["where"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
