"""A programme that an event follows is looked at again by itself; what changed there changes here, a fault nothing."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.drawing import EVE, EVENT, FIRST_DAY
from tests.intake.event import furnish, now
from tests.intake.programme import making
from tests.intake.programme.making import as_json
from tests.intake.programme.serving import Page, Site, site

from openspaces.board.moves.event import ChangeEvent, profile_of
from openspaces.board.play import play
from openspaces.intake.file import WrongFile, read_file
from openspaces.intake.programme.refreshing import Refresher
from openspaces.lib.addresses import networks
from openspaces.people.who import PROGRAM


@pytest.fixture
def web(database: None, settings: LazySettings) -> Iterator[Site]:
    """A site with a programme, and a board beside it."""
    settings.FETCH_FROM = networks("127.0.0.1")
    furnish()
    with site() as made:
        show(made, 7)
        follow(f"{made.address}/schedule.json")
        yield made


def follow(source: str) -> None:
    profile = replace(profile_of(now()), follows=source)
    assert play(EVENT, ChangeEvent(profile=profile), by=PROGRAM).refusal is None


def show(web: Site, talks: int) -> None:
    made = as_json(making.schedule_json(making.LECTURES[:talks]))
    web.pages["/schedule.json"] = Page(made, headers={"ETag": f'"{talks}"'})


def titles() -> list[str]:
    return [talk.title for talk in now().programme.talks]


def test_a_programme_is_looked_at_every_quarter_of_an_hour(web: Site) -> None:
    program = Refresher()
    program.tick(EVE)
    assert len(titles()) == 7
    program.tick(EVE + timedelta(minutes=14))
    assert len(web.asked) == 1
    show(web, 2)
    program.tick(EVE + timedelta(minutes=15))
    assert (len(web.asked), len(titles())) == (2, 2)


def test_a_programme_that_is_as_it_was_changes_nothing(web: Site) -> None:
    program = Refresher()
    program.tick(EVE)
    number = now().number
    program.tick(EVE + timedelta(minutes=15))
    Refresher().tick(EVE)
    assert (len(web.asked), now().number) == (3, number)


def test_a_fault_leaves_the_programme_as_it_is_and_is_told_once(web: Site, caplog: pytest.LogCaptureFixture) -> None:
    program = Refresher()
    program.tick(EVE)
    web.pages["/schedule.json"] = Page(b'{"schedule": ')
    with caplog.at_level(logging.WARNING):
        for quarter in (1, 2, 3):
            program.tick(EVE + quarter * timedelta(minutes=15))
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        f"the programme of camp stays as it is: {web.address}/schedule.json, line 1, column 14: this is not JSON "
        "(Expecting value)."
    ]
    assert len(titles()) == 7
    show(web, 1)
    program.tick(EVE + timedelta(hours=1))
    assert len(titles()) == 1


def test_an_event_that_is_over_is_not_looked_at(web: Site) -> None:
    over = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) + timedelta(days=3)
    Refresher().tick(over)
    assert web.asked == []


def test_the_thread_looks_at_once_and_stops(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openspaces.intake.programme.refreshing.TICK", 0.01)
    looked = threading.Event()
    program = Refresher()
    ticked = program.tick

    def tick(at: datetime) -> None:
        ticked(min(at, EVE))
        looked.set()

    monkeypatch.setattr(program, "tick", tick)
    program.start()
    assert looked.wait(30)
    program.stop()
    assert len(titles()) == 7


def test_an_event_that_follows_nothing_any_more_keeps_what_it_has(web: Site) -> None:
    program = Refresher()
    program.tick(EVE)
    follow("")
    program.tick(EVE + timedelta(hours=1))
    assert (len(web.asked), len(titles())) == (1, 7)


FILE = """
slug = "small"
name = "Small"
timezone = "Europe/Berlin"
[[rooms]]
key = "oak"
name = "Oak"
[[days]]
date = 2027-05-08
slots = "09:00-12:00/60"
[programme]
source = "https://pretalx.example/api/events/small/"
"""


def test_an_event_file_names_what_the_event_follows(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(FILE, encoding="utf-8")
    assert read_file(file).profile.follows == "https://pretalx.example/api/events/small/"


def test_what_it_follows_is_an_address(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(FILE.replace("https://", "file:///"), encoding="utf-8")
    with pytest.raises(WrongFile) as refused:
        read_file(file)
    assert str(refused.value) == (
        f"{file}:12: programme.source: “file:///pretalx.example/api/events/small/” is no address. Write one that "
        "begins with https://."
    )
