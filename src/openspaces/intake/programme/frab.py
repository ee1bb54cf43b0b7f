"""frab's schedule.xml, read liberally: unknown elements, empty ones and a foreign order are no harm. It may name no
entities, has no document type, and nothing is fetched for it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from lxml import etree

from openspaces.intake.programme import times
from openspaces.intake.programme.gathering import Gathered
from openspaces.intake.programme.programme import Damaged, Programme, Stretch
from openspaces.lib.plaintext import one_line

SHOWN = 60
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")


def read_frab(raw: bytes, zone: ZoneInfo) -> Programme:
    """The programme in a whole schedule.xml. Raises Damaged."""
    root = _parsed(_text(raw))
    if root.tag != "schedule":
        raise _wrong(root, _("this is no schedule.xml, but <%(tag)s>.") % {"tag": _shown(str(root.tag))})
    conference = root.find("conference")
    named = _said(conference, "time_zone_name")
    gathered = Gathered(times.zone_of(named, zone))
    by_pretalx = any("pretalx" in (each.get("name") or "") for each in root.iterfind("generator"))
    days = tuple(_day(day, gathered, by_pretalx) for day in root.iterfind("day"))
    if not days:
        raise _wrong(root, _("there is no <day> in it."))
    known = named if named == gathered.zone.key else ""
    return gathered.programme(_said(conference, "title"), known, days)


def _text(raw: bytes) -> str:
    """The text without the characters that XML has not; lines stay where they are."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _declared(raw)
    try:
        text = raw.decode(encoding)
    except LookupError:
        says = _("the encoding “%(name)s” is not known.")
        raise Damaged(_line(1), says % {"name": encoding}) from None
    except UnicodeDecodeError as trouble:
        says = _("this is not %(name)s text.")
        raise Damaged(_line(raw[: trouble.start].count(b"\n") + 1), says % {"name": encoding.upper()}) from None
    return _REFERENCE.sub(_legal_reference, _NOT_XML.sub("", text.removeprefix("\ufeff")))


def _declared(raw: bytes) -> str:
    found = _DECLARED.search(raw[:500])
    return found[1].decode("ascii") if found else "utf-8"


def _legal_reference(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    legal = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF and not _NOT_XML.match(chr(number))
    return found[0] if legal else ""


def _parsed(text: str) -> etree._Element:
    """The document's root. A document type is refused before anything in it is looked at."""
    begins = text.find("<schedule")
    if (doctype := text.find("<!DOCTYPE")) >= 0 and (begins < 0 or doctype < begins):
        raise Damaged(_line(text[:doctype].count("\n") + 1), _("a document type is not allowed here; take it out."))
    bare = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(bare.encode(), parser)
    except etree.XMLSyntaxError as trouble:
        what = one_line(str(trouble.msg or trouble)).partition(", line ")[0]
        raise Damaged(_line(trouble.lineno or 1), _("this is not XML (%(what)s).") % {"what": what}) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged(_line(1), _("a document type is not allowed here; take it out."))
    return root


def _day(day: etree._Element, gathered: Gathered, by_pretalx: bool) -> Stretch:
    stretch = _stretch(day, gathered.zone)
    for identity, room in _rooms(day):
        name = gathered.room(identity, room.get("name") or _said(room.find("event"), "room"))
        for event in room.iterfind("event"):
            _talk(event, gathered, name, stretch, by_pretalx)
    return stretch


def _stretch(day: etree._Element, zone: ZoneInfo) -> Stretch:
    starts = times.moment(day.get("start") or "", zone)
    ends = times.moment(day.get("end") or "", zone)
    on = times.day(day.get("date") or "") or (starts.astimezone(zone).date() if starts else None)
    if on is None:
        says = _("the date “%(typed)s” of this <day> is none.")
        raise _wrong(day, says % {"typed": _shown(day.get("date") or "")})
    midnight = datetime.combine(on, time(), zone).astimezone(UTC)
    starts = starts or midnight
    return Stretch(on, starts, ends if ends and ends > starts else midnight + timedelta(days=1, hours=4))


def _rooms(day: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The day's rooms, each with what it is known by: its guid, or its name and which one of that name it is."""
    met: dict[str, int] = {}
    guids: dict[str, str] = {}
    for room in day.iterfind("room"):
        name, guid = room.get("name") or "", room.get("guid") or ""
        met[name] = met.get(name, 0) + 1
        shared = guids.setdefault(guid, name) != name
        yield (guid if guid and not shared else f"{name}\n{met[name]}"), room


def _talk(event: etree._Element, gathered: Gathered, room: str, day: Stretch, by_pretalx: bool) -> None:
    starts = _starts(event, gathered.zone, day)
    written = _said(event, "duration")
    length = times.length(written, days_first=by_pretalx)
    if length is None:
        where, says = event.find("duration"), _("“%(typed)s” is no length like 01:30.")
        raise _wrong(event if where is None else where, says % {"typed": _shown(written)})
    if not one_line(title := _said(event, "title")):
        raise _wrong(event, _("this <event> has no title."))
    persons = [_all_text(person) for person in event.iterfind("persons/person")]
    key = event.get("guid") or event.get("id") or event.get("code") or ""
    kinds = (_said(event, "type"), _said(event, "track"))
    gathered.talk(key, title, persons, room, (starts, starts + length), kinds)


def _starts(event: etree._Element, zone: ZoneInfo, day: Stretch) -> datetime:
    """`date` is a whole moment; where it is left out, `start` is read on the day."""
    element = event.find("date")
    written = _said(event, "date").strip()
    if not written:
        element, written = event.find("start"), _said(event, "start")
        read = times.on_day(day.date, written, zone, day.starts)
    else:
        read = times.moment(written, zone)
    if read is None:
        says = _("“%(typed)s” is no date and time.")
        raise _wrong(event if element is None else element, says % {"typed": _shown(written)})
    return read


def _said(element: etree._Element | None, child: str) -> str:
    found = None if element is None else element.find(child)
    return "" if found is None else _all_text(found)


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _wrong(element: etree._Element, says: str) -> Damaged:
    return Damaged(_line(element.sourceline or 1), says)


def _line(number: int) -> str:
    return _("line %(line)d") % {"line": number}


def _shown(typed: str) -> str:
    return one_line(typed)[:SHOWN]
