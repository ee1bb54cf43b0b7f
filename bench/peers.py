"""The board's page beside the schedule page of pretalx with 300 talks, on the same core."""

import os
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench import ours, pulls, wrk
from bench.ours import SERVER_CORE, free_port, wait_for
from bench.table import Row, at_least

VENV = Path(__file__).parent.parent / ".venv" / "peers"
TALKS, ROOMS = pulls.CARDS, pulls.ROOMS
ROUNDS = 3
SECONDS = 3
AIM = 1000
SETTINGS = """
from pretalx.settings import *
ALLOWED_HOSTS = ["*"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
"""
"""Its own, but with a cache in the process instead of a Redis beside it: a little quicker."""
FILL = f"""
import datetime as dt
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("rebuild", silent=True)
from django_scopes import scope, scopes_disabled
from pretalx.event.domain.event import create_event
from pretalx.event.domain.organiser import create_organiser_with_team
from pretalx.person.domain.user import create_user
from pretalx.schedule.domain.release import freeze_schedule
from pretalx.schedule.domain.slot import move_slot
from pretalx.schedule.models import Room
from pretalx.submission.domain.submission import create_submission
from pretalx.submission.models import Submission
with scopes_disabled():
    host = create_user(email="ada@example.org", name="Ada", locale="en", timezone="UTC")
    organiser, team = create_organiser_with_team(name="Bench", slug="benchorg", users=[host])
    first = dt.date.today() + dt.timedelta(days=1)
    event = create_event(organiser=organiser, locales=["en"], name="Bench", slug="bench", is_public=True,
        date_from=first, date_to=first + dt.timedelta(days=2), timezone="UTC", email="ada@example.org", locale="en")
with scope(event=event):
    rooms = [Room.objects.create(event=event, name=f"Room {{n}}", position=n) for n in range({ROOMS})]
    for number in range({TALKS}):
        talk = create_submission(submission=Submission(event=event, title={ours.TITLE!r}.format(number),
            submission_type=event.submission_types.first(), description={ours.TEXT!r}, content_locale="en"),
            user=host, speakers=[host])
        talk.accept(); talk.confirm()
        hour, room = divmod(number, {ROOMS})
        starts = event.datetime_from + dt.timedelta(days=hour // 10, hours=9 + hour % 10)
        move_slot(talk.slots.first(), starts, room=rooms[room])
    freeze_schedule(event.wip_schedule, "1", notify_speakers=False)
"""
"""Runs in the environment of the peers."""


def rows(place: Path) -> Iterator[Row]:
    """Requests a second of both, in turns. RuntimeError where there are no peers."""
    if not (VENV / "bin" / "gunicorn").exists():
        raise RuntimeError("pretalx is not here: make bench-peers")
    with ours.serving(place / "ours") as server, _pretalx(place / "pretalx") as theirs:
        with httpx.Client(timeout=60) as client:
            pulls.large_event(client, server, place / "ours")
        pages = {f"{server.address}/{pulls.EVENT}/": [], f"{theirs}/bench/schedule/": []}  # type: dict[str, list[float]]
        for _ in range(ROUNDS):
            for page, rates in pages.items():
                rates.append(wrk.rate(page, known=False, seconds=SECONDS))
        we, they = (statistics.median(rates) for rates in pages.values())
        yield at_least(f"page of the board, {TALKS} cards and talks", we, they, AIM, "pretalx")


@contextmanager
def _pretalx(data: Path) -> Iterator[str]:
    """Make its event and serve it by gunicorn, with SQLite; its address."""
    data.mkdir()
    (data / "settings_here.py").write_text(SETTINGS)
    port = free_port()
    home = {"PATH": os.environ["PATH"], "PYTHONPATH": str(data), "DJANGO_SETTINGS_MODULE": "settings_here"}
    home |= {"PRETALX_DATA_DIR": str(data), "PRETALX_FILESYSTEM_STATIC": str(data / "static")}
    home |= {"PRETALX_SITE_URL": f"http://127.0.0.1:{port}", "PRETALX_LOG_LEVEL": "ERROR"}
    subprocess.run([VENV / "bin" / "python", "-c", FILL], env=home, check=True, cwd=data, stdout=subprocess.DEVNULL)
    command = [str(VENV / "bin" / "gunicorn"), "pretalx.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *command], env=home, cwd=data)
    try:
        wait_for(f"http://127.0.0.1:{port}/bench/schedule/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
