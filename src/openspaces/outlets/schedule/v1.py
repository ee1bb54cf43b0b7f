"""schedule.json, version 1 (https://c3voc.de/schedule/schema.json): the same timetable for hubs and websites. The
definition allows no keys but its own."""

import json
import re
from typing import Any

from openspaces import __version__
from openspaces.board.state import Board
from openspaces.lib.guids import card_guid, host_guid
from openspaces.lib.plaintext import one_line
from openspaces.look.typeset.palette import ACCENT
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.schedule.places import Place
from openspaces.outlets.schedule.timetable import KIND, Entry, Timetable, TimetableDay, acronym, everything

Facts = dict[str, Any]
SCHEMA = "https://c3voc.de/schedule/schema.json"
_ZONE = re.compile("[A-Z][a-z]+/[A-Z][a-z]+|(.*/)?UTC$")
"""The definition knows no zones like `EST5EDT`; such a name is left out."""


def _render(board: Board, variant: Variant) -> bytes:
    timetable, base_url = Timetable(board), variant.base_url
    facts = {
        "$schema": SCHEMA,
        "generator": {"name": "openspaces", "version": __version__},
        "schedule": {
            "version": str(board.number),
            **({"base_url": f"{base_url}/{board.event}/"} if base_url else {}),
            "conference": _conference(timetable, base_url),
        },
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


JSON = Pull("schedule-json", ("/{event}/schedule.json",), "application/json", everything, _render, timeless=True)


def _conference(timetable: Timetable, base_url: str) -> Facts:
    board, days = timetable.board, timetable.days
    return {
        "acronym": acronym(board),
        "title": one_line(board.name) or board.event,
        "start": days[0].date.isoformat(),
        "end": days[-1].date.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": timetable.step,
        **({"time_zone_name": board.timezone} if _ZONE.match(board.timezone) else {}),
        **({"url": f"{base_url}/{board.event}/"} if base_url else {}),
        "colors": {"primary": ACCENT},
        "rooms": [_room(place) for place in timetable.places],
        "tracks": [{"name": track.name, "slug": track.slug, "color": track.color} for track in timetable.tracks],
        "days": [_day(day, base_url) for day in days],
    }


def _room(place: Place) -> Facts:
    return {"name": place.name, "guid": str(place.guid), "capacity": place.capacity}


def _day(day: TimetableDay, base_url: str) -> Facts:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.starts.isoformat(),
        "day_end": day.ends.isoformat(),
        "rooms": {name: [_event(each, base_url) for each in entries] for name, entries in day.rooms.items()},
    }


def _event(entry: Entry, base_url: str) -> Facts:
    event, card = entry.board.event, entry.card
    return {
        "guid": str(card_guid(event, card.code)),
        "code": card.code,
        "id": card.serial,
        "date": entry.starts.isoformat(),
        "start": f"{entry.starts:%H:%M}",
        "end": entry.ends.isoformat(),
        "duration": entry.length,
        "room": entry.room,
        "slug": entry.slug,
        "url": f"{base_url}/{event}/cards/{card.code}/",
        "title": entry.title,
        "subtitle": "",
        "track": entry.track,
        "type": KIND,
        "language": None,  # nobody asks a host in which language they speak
        "abstract": entry.text,
        "do_not_record": True,
        "persons": _persons(entry),
        "links": [{"url": entry.link, "title": entry.link}] if entry.link else [],
    }


def _persons(entry: Entry) -> list[Facts]:
    if not entry.host:
        return []
    guid = host_guid(entry.board.event, entry.card.code, entry.host)
    return [{"name": entry.host, "guid": str(guid)}]
