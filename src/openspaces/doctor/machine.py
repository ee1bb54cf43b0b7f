"""The machine: its clock, its time zones, and how many files it lets one process open."""

import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from django.conf import settings
from django.db import connection

from openspaces.board.read import board_now, events
from openspaces.doctor.finding import Finding, fine, look, wrong

LITTLE, MUCH = timedelta(seconds=5), timedelta(minutes=1)
"""By how much clocks may differ: sign-up opens to the second, and a day that is a minute off is noticed."""
SPARE = 500
"""Files beside streams: requests under way, the database, the log."""
OLD = timedelta(days=2 * 365)


def look_at_clock() -> Iterator[Finding]:
    """Against the database's server, and against the last change: nothing has happened in the future."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield compared(cursor.fetchone()[0], "the database's server")
    newest = max((board.at for event in events() if (board := board_now(event))), default=None)
    now = datetime.now(UTC)
    if newest and newest > now + LITTLE:
        late = _seconds(newest - now)
        yield wrong("clock", f"The last change is {late} in the future: this clock was put back. Set it (timedatectl).")
    else:
        yield fine("clock", f"It is {now:%Y-%m-%d %H:%M:%S} UTC here, after the last change.")


def compared(theirs: datetime, whose: str) -> Finding:
    """Our clock beside another one."""
    apart = datetime.now(UTC) - theirs
    if abs(apart) < LITTLE:
        return fine("clock", f"It agrees with that of {whose}.")
    says = f"It is {_seconds(abs(apart))} {'ahead of' if apart > timedelta() else 'behind'} that of {whose}: "
    says += "let both follow a time server (timedatectl set-ntp true)."
    return wrong("clock", says) if abs(apart) > MUCH else look("clock", says)


def _seconds(time: timedelta) -> str:
    return f"{time.total_seconds():,.0f} s"


def look_at_zones() -> Iterator[Finding]:
    """Whether the zones of all events are known, and the rules are fresh: governments change them."""
    unknown = [name for name in sorted(_zones()) if not _is_known(name)]
    for name in unknown:
        yield wrong("time zones", f"{name} is not known here: pip install --upgrade tzdata.")
    if unknown:
        return
    release = _release()
    made = datetime.strptime(release[:4], "%Y").replace(tzinfo=UTC) if release[:4].isdecimal() else None
    if made and datetime.now(UTC) - made > OLD + timedelta(days=365):
        yield look("time zones", f"The rules are of {release}: pip install --upgrade tzdata, for they change.")
    else:
        yield fine("time zones", f"The zones of all events are known; the rules are of {release or 'an unknown date'}.")


def _zones() -> set[str]:
    return {board.timezone for event in events() if (board := board_now(event))}


def _is_known(name: str) -> bool:
    try:
        ZoneInfo.no_cache(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _release() -> str:
    """The system's rules are asked first; the package's where it has none."""
    for folder in TZPATH:
        rules = Path(folder) / "tzdata.zi"
        if rules.exists():
            with rules.open(encoding="utf-8") as file:
                return file.readline().removeprefix("# version ").strip()
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return ""


def look_at_open_files() -> Iterator[Finding]:
    """Each stream is an open file."""
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)  # a server asks for as many as it may have
    needed = settings.STREAMS + SPARE
    if allowed == resource.RLIM_INFINITY or allowed >= needed:
        says = f"{allowed:,} are allowed here, {needed:,} are needed with {settings.STREAMS:,} streams."
        return (yield fine("open files", says))
    says = f"{allowed:,} are allowed here, and {settings.STREAMS:,} streams need {needed:,}: raise LimitNOFILE of the"
    yield look("open files", f"{says} service, or set OPENSPACES_STREAMS to {max(0, allowed - SPARE)}.")
