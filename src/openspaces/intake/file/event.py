"""An event file as a whole: the profile, the policy, the rooms, and everything put together as a plan."""

import re
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from openspaces.board.moves.event import Profile
from openspaces.board.moves.plan import Plan
from openspaces.board.state import Board, Policy, Room
from openspaces.board.vocabulary import EVENT_SLUG, ROOM_KEY, Competing, Method, Placing, Tie
from openspaces.intake.file.cards import read_cards
from openspaces.intake.file.closures import read_closures
from openspaces.intake.file.days import read_days
from openspaces.intake.file.holds import holds
from openspaces.intake.file.problems import Report, meant
from openspaces.intake.file.table import Table

RESERVED = ("accounts", "api", "embed", "healthz", "metrics", "oembed", "os", "static")
"""First words of our own addresses; an event of that name would hide behind them."""
MANY = 100_000
WEEK = 7 * 24 * 60
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_HASHTAG = re.compile(r"#?\w+")


def read_event(values: dict[str, Any], report: Report) -> Plan:
    """The plan that a file's values describe. It may be followed only if nothing was reported."""
    event = Table(report, (), values)
    slug = _slug(event)
    zone, profile = _profile(event)
    rooms = _rooms(event)
    written = read_days(event, rooms, zone)
    days = tuple(day for day, _share in written)
    closures = read_closures(event, [room.key for room in rooms], days, zone)
    closed = {cell for closure in closures for cell in closure.cells}
    closures = (*closures, *holds(written, rooms, closed, profile.language))
    cards = read_cards(event, Board(slug, timezone=profile.timezone, rooms=rooms, days=days))
    event.done()
    return Plan(event=slug, profile=profile, rooms=rooms, days=days, closures=closures, cards=cards)


def _slug(event: Table) -> str:
    slug = event.name("slug", EVENT_SLUG, "pyconus2025")
    if slug in RESERVED:
        event.wrong(_("The address /%(slug)s is the program's own. Choose another.") % {"slug": slug}, "slug")
    return slug


def _profile(event: Table) -> tuple[ZoneInfo, Profile]:
    name = event.text("name", 200, needed=True)
    zone = _zone(event)
    profile = Profile(
        name=name,
        timezone=zone.key,
        venue=event.text("venue", 300),
        language=_language(event),
        hashtags=_hashtags(event),
        contact=event.text("contact", 300),
        about=event.text("about", 5000, long=True),
        follows=_follows(event.table("programme")),
        policy=_policy(event.table("policy"), event.table("mail")),
    )
    return zone, profile


def _follows(table: Table) -> str:
    source = table.text("source", 500)
    if source and not source.startswith(("https://", "http://")):
        table.wrong(_("“%(typed)s” is no address. Write one that begins with https://.") % {"typed": source}, "source")
    table.done()
    return source


def _zone(event: Table) -> ZoneInfo:
    typed = event.text("timezone", 64, needed=True)
    known = available_timezones()
    if typed and typed not in known:
        hint = meant(typed, sorted(known), _("Write a name like Europe/Berlin or Asia/Kolkata."))
        event.wrong(_("There is no time zone “%(zone)s”. %(hint)s") % {"zone": typed, "hint": hint}, "timezone")
    return ZoneInfo(typed if typed in known else "UTC")


def _language(event: Table) -> str:
    language = event.text("language", 16)
    if language and not _LANGUAGE.fullmatch(language):
        event.wrong(_("Write the language's short name, like en, de or pt-br."), "language")
    return language or "en"


def _hashtags(event: Table) -> tuple[str, ...]:
    hashtags = event.texts("hashtags")
    for place, tag in enumerate(hashtags):
        if not _HASHTAG.fullmatch(tag):
            event.wrong(
                _("“%(tag)s” is no hashtag: it is one word of letters and digits.") % {"tag": tag}, "hashtags", place
            )
    return tuple(tag.removeprefix("#") for tag in hashtags)


class _Mail(StrEnum):
    """What becomes of a card that came by mail: it waits for a facilitator, or is listed at once."""

    HELD = "held"
    AT_ONCE = "at once"


def _policy(table: Table, mail: Table) -> Policy:
    contest = table.table("contest")
    policy = Policy(
        placing=table.choice("placing", Placing.ANYONE),
        competing=table.choice("competing", Competing.REFUSE),
        cards_per_host=table.number("cards_per_host", 0, 0, MANY),
        stop_taking=table.number("stop_taking", 0, 0, WEEK),
        contest_method=contest.choice("method", Method.VOTE, but=(Method.YIELD,)),
        contest_minutes=contest.number("minutes", 30, 1, WEEK),
        contest_tie=contest.choice("tie", Tie.LOT),
        contest_presence=contest.flag("presence"),
        trusts_mail=mail.choice("accept", _Mail.HELD) is _Mail.AT_ONCE,
    )
    contest.done()
    mail.done()
    table.done()
    return policy


def _rooms(event: Table) -> tuple[Room, ...]:
    rooms: list[Room] = []
    for table in event.tables("rooms", needed=True):
        room = _room(table)
        if room.key and room.key in (earlier.key for earlier in rooms):
            table.wrong(_("An earlier room has the key “%(key)s”. Give each room its own.") % {"key": room.key}, "key")
        else:
            rooms.append(room)
    return tuple(rooms)


def _room(table: Table) -> Room:
    room = Room(
        key=table.name("key", ROOM_KEY, "250a"),
        name=table.text("name", 200, needed=True),
        capacity=table.number("capacity", 0, 1, MANY) or None,
        kit=table.texts("kit"),
        elsewhere=table.flag("elsewhere"),
    )
    table.done()
    return room
