"""How somebody takes a calendar or one card into their own: the addresses of programs, and how late each one is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.look.cards import title_says, told

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0"


@dataclass(frozen=True, slots=True)
class CalendarWay:
    """One way into a calendar: what the program is called, the address, and what to expect of it. With `file` it is a
    file of that name to keep."""

    name: str
    href: str
    says: str
    file: str = ""


def late_says() -> str:
    """What to know before one trusts a calendar."""
    return _(
        "Calendars are late: Apple looks about every hour, Outlook every 3, Google every 8 to 24. The board never is."
    )


def copy_says() -> str:
    """What to know before one takes a copy of one card."""
    return _("Google and Outlook take a copy: it stays where it is when the card moves. The board tells you.")


def feed_ways(address: str, name: str) -> list[CalendarWay]:
    """How to subscribe to the calendar at an absolute `address`, whose name is suggested to programs that ask."""
    there = _query({"url": address, "name": name})
    outlook = _("Looks for news about every 3 hours.")
    return [
        CalendarWay(_("Apple and most programs"), webcal(address), _("Looks for news about every hour.")),
        CalendarWay("Google", f"{GOOGLE}?{_query({'cid': webcal(address)})}", _("Looks for news every 8 to 24 hours.")),
        CalendarWay("Outlook", f"{OUTLOOK}/addfromweb?{there}", outlook),
        CalendarWay(_("Outlook at work"), f"{OUTLOOK_AT_WORK}/addfromweb?{there}", outlook),
        CalendarWay(_("File"), address, _("Stays as it is."), "openspaces.ics"),
    ]


def card_calendar_ways(board: Board, card: Card, base_url: str) -> list[CalendarWay]:
    """How to take one card that is on the board into a calendar; nothing of one that is not, or that is hidden."""
    if card.placement is None or card.hidden:
        return []
    address = f"{base_url}/{board.event}/cards/{card.code}"
    copy = _("A copy: it stays as it is.")
    return [
        CalendarWay(_("Apple and most programs"), webcal(f"{address}.ics"), _("Looks for news about every hour.")),
        CalendarWay("Google", f"{GOOGLE}?{_query(_for_google(board, card, address))}", copy),
        CalendarWay("Outlook", f"{OUTLOOK}/deeplink/compose?{_query(_for_outlook(board, card, address))}", copy),
        CalendarWay(_("File"), f"{address}.ics", _("Stays as it is."), f"{card.code}.ics"),
    ]


def webcal(address: str) -> str:
    """An absolute address under the scheme that opens a calendar program."""
    return f"webcal://{address.partition('://')[2]}"


def _for_google(board: Board, card: Card, address: str) -> dict[str, str]:
    starts, ends = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in _times(board, card))
    return {
        "action": "TEMPLATE",
        "text": title_says(card),
        "dates": f"{starts}/{ends}",
        "ctz": board.timezone,
        "location": _place(board, card),
        "details": f"{address}/",
    }


def _for_outlook(board: Board, card: Card, address: str) -> dict[str, str]:
    starts, ends = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in _times(board, card))
    return {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title_says(card),
        "startdt": starts,
        "enddt": ends,
        "location": _place(board, card),
        "body": f"{address}/",
    }


def _times(board: Board, card: Card) -> tuple[datetime, datetime]:
    assert card.placement
    starts, ends = board.time_of(card.placement)
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _place(board: Board, card: Card) -> str:
    """Where it is, with the event's venue: in somebody's own calendar the room alone says little."""
    assert card.placement
    room = board.room(card.placement.cells[0].room)
    here = told(card, card.placement).where or (room.name if room else "")
    return ", ".join(filter(None, (here, board.venue)))


def _query(values: dict[str, str]) -> str:
    return urlencode(values, quote_via=quote, safe="")
