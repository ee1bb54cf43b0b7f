"""schedule.json, the first version of the format that c3voc describes, and as pretalx exports it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.intake.programme import times
from openspaces.intake.programme.gathering import Gathered
from openspaces.intake.programme.nodes import Node
from openspaces.intake.programme.programme import Programme, Stretch


def read_schedule_json(document: Node, zone: ZoneInfo) -> Programme:
    """The programme in a whole schedule.json. Raises Damaged."""
    conference = document.at("schedule").table().at("conference").table()
    own = times.zone_of(conference.at("time_zone_name").text(), zone)
    gathered = Gathered(own)
    _rooms(conference, gathered)
    days = []
    for day in conference.at("days").rows():
        stretch = _stretch(day.table(), own)
        days.append(stretch)
        for name, talks in day.at("rooms").items() if day.at("rooms").value else ():
            room = gathered.room(name, name)
            for talk in talks.rows():
                _talk(talk.table(), gathered, room, stretch)
    known = own.key if own.key == conference.at("time_zone_name").value else ""
    return gathered.programme(conference.at("title").text(), known, tuple(days))


def _rooms(conference: Node, gathered: Gathered) -> None:
    """The rooms in their order. A day names them by name alone, so the second of a name is the day's second one."""
    met: dict[str, int] = {}
    for room in conference.at("rooms").rows():
        name = room.table().at("name").text()
        met[name] = met.get(name, 0) + 1
        gathered.room(name if met[name] == 1 else f"{name} ({met[name]})", name, room.at("capacity").number())


def _stretch(day: Node, zone: ZoneInfo) -> Stretch:
    on = times.day(day.at("date").text(needed=True))
    if on is None:
        raise day.at("date").wrong(_("“%(typed)s” is no date.") % {"typed": day.at("date").shown()})
    starts = times.moment(day.at("day_start").text(), zone)
    ends = times.moment(day.at("day_end").text(), zone)
    midnight = datetime.combine(on, time(), zone).astimezone(UTC)
    starts = starts or midnight
    return Stretch(on, starts, ends if ends and ends > starts else midnight + timedelta(days=1, hours=4))


def _talk(talk: Node, gathered: Gathered, room: str, day: Stretch) -> None:
    starts = _starts(talk, gathered.zone, day)
    persons = [_name(person) for person in talk.at("persons").rows()]
    key = talk.at("guid").text() or talk.at("id").text() or talk.at("code").text()
    kinds = (talk.at("type").text(), talk.at("track").text())
    title = talk.at("title").text(needed=True)
    gathered.talk(key, title, persons, room, (starts, _ends(talk, gathered.zone, starts)), kinds)


def _name(person: Node) -> str:
    if isinstance(person.value, str):
        return person.value
    return person.table().at("name").text() or person.at("public_name").text()


def _starts(talk: Node, zone: ZoneInfo, day: Stretch) -> datetime:
    written = talk.at("date") if talk.at("date").value else talk.at("start")
    read = times.moment(written.text(needed=True), zone)
    if read is None and not talk.at("date").value:
        read = times.on_day(day.date, written.text(), zone, day.starts)
    if read is None:
        raise written.wrong(_("“%(typed)s” is no date and time.") % {"typed": written.shown()})
    return read


def _ends(talk: Node, zone: ZoneInfo, starts: datetime) -> datetime:
    if talk.at("end").value:
        if ends := times.moment(talk.at("end").text(), zone):
            return ends
        raise talk.at("end").wrong(_("“%(typed)s” is no date and time.") % {"typed": talk.at("end").shown()})
    length = times.length(talk.at("duration").text(needed=True), days_first=True)
    if length is None:
        says = _("“%(typed)s” is no length like 01:30.")
        raise talk.at("duration").wrong(says % {"typed": talk.at("duration").shown()})
    return starts + length
