"""Messages on this device: switched on and off, which words it follows, when it is quiet, how many a day at most."""

from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openspaces.board.state import Board
from openspaces.delivery.contract import Thing
from openspaces.delivery.known import push_named
from openspaces.delivery.rows import plan
from openspaces.delivery.sealing import seal
from openspaces.intake.reading import reading
from openspaces.intake.web.visiting import Visit, go_to, page, visited
from openspaces.lib.plaintext import one_line
from openspaces.lib.webpush import Browser, NoBrowser, browser_from, public_key
from openspaces.people.phones import (
    BUDGET,
    HOUR,
    Line,
    Phone,
    Wishes,
    cut_line,
    keep_line,
    keep_wishes,
    lines_to,
    mark_of,
    phone_of,
    signing_number,
)
from openspaces.wording import clock

OUTLET = "phone"
MOST_WORDS, LONGEST_WORD, LONGEST_TYPED = 10, 40, 420
BUDGETS = (5, 10, BUDGET, 50)
HOURS_A_DAY = 24
KNOWN = ("googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")
"""Who carries messages for the browsers that most people have."""
STRANGERS = 20
"""So many devices of an event may have a line by any other service: nobody is to be flooded in our name."""


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def notices(visit: Visit) -> HttpResponse:
    """The page, and its four forms: how to be told, switching on (which its script fills in), off, and a trial."""
    if visit.request.method != "POST":
        return await _notices_page(visit)
    do = visit.typed("do")
    wrong = await reading({"start": _start, "stop": _stop, "try": _try}.get(do, _save), visit)
    if wrong:
        return await _notices_page(visit, wrong, 422)
    return go_to(f"{visit.request.path}?done={do}" if do in DONE else visit.request.path)


DONE = ("start", "stop", "try", "save")


# What the forms do; each answers what is wrong with what was sent


def _save(visit: Visit) -> str:
    words = list(dict.fromkeys(one_line(word) for word in visit.typed("keywords").replace("\n", ",").split(",")))
    words = [word for word in words if word]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        says = _("Follow %(count)d words at most, each of %(letters)d letters at most.")
        return says % {"count": MOST_WORDS, "letters": LONGEST_WORD}
    quiet, budget = (_hour(visit.typed("quiet_from")), _hour(visit.typed("quiet_until"))), visit.typed("budget")
    if budget not in map(str, BUDGETS):
        return _("Choose one of the numbers.")
    keep_wishes(visit.event, visit.by.hand, Wishes(tuple(words), quiet, int(budget), get_language() or "en"))
    return ""


def _start(visit: Visit) -> str:
    try:
        browser = browser_from(*(visit.typed(name) for name in ("endpoint", "p256dh", "auth")))
    except NoBrowser:
        return _("Your browser did not say where it takes messages. Please try again.")
    if not browser.endpoint.startswith("https://") or _is_crowded(visit, browser):
        return _("Messages cannot be sent by the service of this browser. Keep the board open instead.")
    described = {"endpoint": browser.endpoint, "p256dh": visit.typed("p256dh"), "auth": visit.typed("auth")}
    there = phone_of(visit.event, visit.by.hand)
    keep_wishes(visit.event, visit.by.hand, there.wishes if there else usual(visit.board))
    keep_line(visit.event, visit.by.hand, Line(mark_of(browser.endpoint), browser.service, seal(described)))
    return _try(visit)


def _stop(visit: Visit) -> str:
    if there := phone_of(visit.event, visit.by.hand):
        cut_line(visit.event, there.id)
    return ""


def _try(visit: Visit) -> str:
    """One message at once, so that its owner sees how it looks and that it comes."""
    there, push = phone_of(visit.event, visit.by.hand), push_named(OUTLET)
    if there and there.sealed and push:
        thing = Thing(f"hello {get_random_string(8)}", visit.at, to=str(there.id), until=visit.at + timedelta(hours=1))
        plan(push, visit.event, 0, [thing], asks=False, since=visit.at)
    return ""


def _is_crowded(visit: Visit, browser: Browser) -> bool:
    if any(browser.service == known or browser.service.endswith(f".{known}") for known in KNOWN):
        return False
    return lines_to(visit.event, browser.service, but=visit.by.hand) >= STRANGERS


def _hour(typed: str) -> int:
    """Minutes of the day; midnight for what is no hour."""
    return int(typed) % HOURS_A_DAY * HOUR if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


def usual(board: Board) -> Wishes:
    """How a device is told whose owner said nothing: quiet from ten to seven, but never while the board has hours."""
    days = [day for day in board.days if day.slots]
    first = min((_minutes(board, day.date, day.slots[0].starts) for day in days), default=8 * HOUR)
    last = max((_minutes(board, day.date, day.slots[-1].ends) for day in days), default=0)
    begins, ends = max(22 * HOUR, -(-last // HOUR) * HOUR), min(7 * HOUR, max(0, first // HOUR - 1) * HOUR)
    day = HOURS_A_DAY * HOUR
    quiet = (begins % day, ends) if begins - day < ends else (0, 0)
    return Wishes(quiet=quiet, language=get_language() or board.language)


def _minutes(board: Board, day: date, moment: datetime) -> int:
    """Minutes since the day began, by the event's clocks; the small hours that belong to it count on."""
    midnight = datetime.combine(day, time(), board.zone)
    return int((board.local(moment).replace(tzinfo=None) - midnight.replace(tzinfo=None)) / timedelta(minutes=1))


# The page


async def _notices_page(visit: Visit, wrong: str = "", status: int = 200) -> HttpResponse:
    there = None if visit.device.fresh else await reading(phone_of, visit.event, visit.by.hand)
    wishes = there.wishes if there else usual(visit.board)
    done = visit.request.GET.get("done", "")
    context = {
        "on": _is_on(there),
        "known": there is not None,
        "key": public_key(signing_number()),
        "keywords": visit.typed("keywords") if wrong else ", ".join(wishes.keywords),
        "limit": LONGEST_TYPED,
        "quiet": [
            ("quiet_from", _("From"), _hours(wishes.quiet[0])),
            ("quiet_until", _("Until"), _hours(wishes.quiet[1])),
        ],
        "budgets": [(number, number == wishes.budget) for number in sorted({*BUDGETS, wishes.budget})],
        "wrong": wrong,
        "done": done if done in DONE else "",
    }
    return page(visit, "notices", context, status)


def _is_on(there: Phone | None) -> bool:
    return bool(there and there.sealed)


def _hours(chosen: int) -> list[tuple[int, str, bool]]:
    """Every hour of the day: its number, as a clock shows it, and whether it is the chosen one."""
    return [
        (hour, clock(datetime(2000, 1, 1, hour, tzinfo=UTC)), hour == chosen // HOUR) for hour in range(HOURS_A_DAY)
    ]
