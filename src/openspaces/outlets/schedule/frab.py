"""schedule.xml, as frab and the voc define it (https://c3voc.de/schedule/schema.xsd): Giggity, EventFahrplan, ConfClerk
and many screens read it. Elements and their order follow the definition; what it does not name is left out."""

from lxml import etree

from openspaces import __version__
from openspaces.board.state import Board
from openspaces.lib.guids import card_guid
from openspaces.lib.plaintext import one_line
from openspaces.look.typeset.palette import ACCENT
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.schedule.timetable import KIND, Entry, Timetable, TimetableDay, acronym, everything


def _render(board: Board, variant: Variant) -> bytes:
    timetable = Timetable(board)
    root = etree.Element("schedule")
    _add(root, "generator", name="openspaces", version=__version__)
    if variant.base_url:
        _add(root, "url", f"{variant.base_url}/{board.event}/schedule.xml")
    _add(root, "version", str(board.number))
    _conference(root, timetable, variant.base_url)
    for day in timetable.days:
        _day(root, timetable, day, variant.base_url)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


XML = Pull(
    "schedule-xml", ("/{event}/schedule.xml",), "application/xml; charset=utf-8", everything, _render, timeless=True
)


def _add(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _conference(root: etree._Element, timetable: Timetable, base_url: str) -> None:
    board, days = timetable.board, timetable.days
    conference = _add(root, "conference")
    _add(conference, "title", one_line(board.name) or board.event)
    _add(conference, "acronym", acronym(board))
    _add(conference, "start", days[0].date.isoformat())
    _add(conference, "end", days[-1].date.isoformat())
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", timetable.step)
    if base_url:
        _add(conference, "base_url", f"{base_url}/{board.event}/")
        _add(conference, "url", f"{base_url}/{board.event}/")
    _add(conference, "time_zone_name", board.timezone)
    _add(conference, "color", primary=ACCENT)
    for track in timetable.tracks:
        _add(conference, "track", name=track.name, color=track.color, slug=track.slug)


def _day(root: etree._Element, timetable: Timetable, day: TimetableDay, base_url: str) -> None:
    facts = {"index": str(day.index), "date": day.date.isoformat()}
    drawn = _add(root, "day", **facts, start=day.starts.isoformat(), end=day.ends.isoformat())
    for place in timetable.places:
        room = _add(drawn, "room", name=place.name, guid=str(place.guid))
        for entry in day.rooms[place.name]:
            _event(room, entry, base_url)


def _event(room: etree._Element, entry: Entry, base_url: str) -> None:
    event, card = entry.board.event, entry.card
    drawn = _add(room, "event", id=str(card.serial), guid=str(card_guid(event, card.code)), code=card.code)
    _add(drawn, "date", entry.starts.isoformat())
    _add(drawn, "start", f"{entry.starts:%H:%M}")
    _add(drawn, "duration", entry.length)
    _add(drawn, "room", entry.room)
    _add(drawn, "slug", entry.slug)
    if base_url:
        _add(drawn, "url", f"{base_url}/{event}/cards/{card.code}/")
    _add(drawn, "title", entry.title)
    _add(drawn, "track", entry.track)
    _add(drawn, "type", KIND)
    _add(drawn, "abstract", entry.text)
    recording = _add(drawn, "recording")
    _add(recording, "license", "")
    _add(recording, "optout", "true")
    persons = _add(drawn, "persons")
    if entry.host:
        # ConfClerk knows a person by this number alone.
        _add(persons, "person", entry.host, id=str(card.serial))
    links = _add(drawn, "links")
    if entry.link:
        _add(links, "link", entry.link, href=entry.link)
