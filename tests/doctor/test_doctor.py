"""The doctor on this machine: settings, files, database, clock, zones, fonts; as people run it, and what it answers."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.intake.event import furnish
from tests.seeing import seen
from tests.servers import Installation, installation

from openspaces.board.memory import MEMORY
from openspaces.board.moves import WriteCard
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.delivery.lease import HELD
from openspaces.delivery.models import Lease
from openspaces.doctor import configured, kept, letters, looks, machine, ways
from openspaces.doctor.finding import Finding, Level, fine, look, wrong
from openspaces.people.who import PROGRAM

LIVED = "\U00010900"
"""A letter of Phoenician, which no font of ours has."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path, days=1) as made:
        made.data.chmod(0o700)
        yield replace(made, limits="on")


def bad(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    """What is not fine: how bad it is, and what it is about."""
    return [(found.level.value, found.about) for found in findings if found.level is not Level.FINE]


# As people run it


def test_a_server_that_is_well_gets_no_cross(home: Installation) -> None:
    url = {"OPENSPACES_STREAMS": "100"}
    with seen(home, **url) as server:
        told = replace(home, settings={"OPENSPACES_URL": server.address, **url}).program("doctor")
        lines = told.stdout.decode().splitlines()
    assert [line for line in lines if not line.startswith("✓")] == [
        "! log: Sign-in codes stand in the log, for no mail is sent: who reads it can sign in as anybody.",
        "! mail out: No mail is sent (OPENSPACES_SMTP is not set): hosts get no links, and sign-in codes stand in the "
        "log.",
    ]
    assert f"✓ address: {server.address} leads here." in lines
    assert told.returncode == 0


def test_what_is_wrong_is_said_and_the_status_tells_programs(home: Installation) -> None:
    wrongly = {"OPENSPACES_LIMITS": "off", "OPENSPACES_SMPT": "smtp://x"}
    told = replace(home, settings=wrongly, limits="off").program("doctor", "--json")
    answer = json.loads(told.stdout)
    assert (told.returncode, answer["well"]) == (1, False)
    assert {"level", "about", "says"} == {name for finding in answer["findings"] for name in finding}
    assert [found["about"] for found in answer["findings"] if found["level"] == "wrong"] == ["limits"]
    assert answer["findings"][0]["says"].startswith("OPENSPACES_SMPT is no setting")


@pytest.mark.parametrize(
    ("settings", "says"),
    [({"OPENSPACES_SMTP": "mail.example.org"}, "A setting is wrong"), ({"OPENSPACES_DATA": "nowhere"}, "There is no")],
)
def test_where_nothing_can_begin_that_is_the_finding(home: Installation, settings: dict[str, str], says: str) -> None:
    told = replace(home, settings=settings).program("doctor")
    assert (told.returncode, told.stdout.decode().startswith(f"✗ start: {says}")) == (1, True)
    assert not Path("nowhere").exists()


def test_a_look_that_breaks_is_a_finding_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Iterator[Finding]:
        yield fine("stars", "There are some.")
        raise KeyError("ada@example.org")

    monkeypatch.setattr(looks, "LOOKS", (("stars", breaks),))
    says = "This could not be looked at (KeyError): see the lines above."
    assert list(looks.examine()) == [fine("stars", "There are some."), wrong("stars", says)]


# Settings


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("BASE_URL", "https://board.example", [("look", "proxies")]),
        ("BASE_URL", "http://board.example", [("look", "address")]),
        ("BASE_URL", "http://192.168.1.7:8000", []),
        ("BASE_URL", "https://board.example/os", [("wrong", "address"), ("look", "proxies")]),
        ("BASE_URL", "board.example", [("wrong", "address")]),
        ("PROXIES", ["*"], [("wrong", "proxies")]),
        ("SECRET_KEY", "short", [("wrong", "secret")]),
        ("LIMITS", False, [("wrong", "limits")]),
        ("LOGS", "lines-with-personal-data", [("look", "log")]),
        ("MAIL_IS_SENT", False, [("look", "log")]),
        ("METRICS_TOKEN", "short", [("wrong", "metrics")]),
    ],
)
def test_a_setting_that_is_wrong_is_found(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, name: str, value: object, found: list[tuple[str, str]]
) -> None:
    for variable in [each for each in os.environ if each.startswith("OPENSPACES_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("OPENSPACES_URL", "x")
    settings.BASE_URL, settings.LOGS, settings.LIMITS = "http://localhost:8000", "lines", True
    settings.MAIL_IS_SENT, settings.SECRET_KEY = True, "s" * 64
    assert bad(configured.look_at_settings()) == []
    setattr(settings, name, value)
    assert bad(configured.look_at_settings()) == found


# What is kept


@pytest.mark.parametrize(
    ("file", "mode", "found"),
    [
        (".", 0o700, []),
        (".", 0o755, [("look", "permissions")]),
        (".", 0o777, [("wrong", "permissions"), ("look", "permissions")]),
        ("secret", 0o644, [("wrong", "permissions")]),
    ],
)
def test_who_else_can_read_what_is_kept(
    database: None, settings: LazySettings, tmp_path: Path, file: str, mode: int, found: list[tuple[str, str]]
) -> None:
    settings.DATA = tmp_path
    for name in ("secret", "openspaces.sqlite3"):
        (tmp_path / name).write_text("x")
    (tmp_path / "secret").chmod(0o600)
    tmp_path.chmod(0o700)
    (tmp_path / file).chmod(mode)
    assert bad(kept.look_at_files()) == found


@pytest.mark.parametrize(("little", "comfortable", "found"), [(2**62, 0, "wrong"), (0, 2**62, "look"), (0, 0, "fine")])
def test_how_much_room_is_left(
    database: None, monkeypatch: pytest.MonkeyPatch, little: int, comfortable: int, found: str
) -> None:
    monkeypatch.setattr(kept, "LITTLE", little)
    monkeypatch.setattr(kept, "COMFORTABLE", comfortable)
    assert [each.level.value for each in kept.look_at_files() if each.about == "disk"] == [found]


# The machine


@pytest.mark.parametrize(("seconds", "level"), [(0, "fine"), (20, "look"), (-20, "look"), (300, "wrong")])
def test_clocks_are_compared(seconds: int, level: str) -> None:
    found = machine.compared(datetime.now(UTC) + timedelta(seconds=seconds), "the sun")
    assert found.level.value == level
    assert ("behind" in found.says, "ahead of" in found.says) == (seconds > 5, seconds < -5)


def test_a_clock_that_was_put_back_is_found_by_the_last_change(database: None) -> None:
    furnish()
    assert bad(machine.look_at_clock()) == []
    play("camp", WriteCard(title="Chess"), by=PROGRAM, at=datetime.now(UTC) + timedelta(hours=1))
    assert bad(machine.look_at_clock()) == [("wrong", "clock")]


def test_a_time_zone_that_is_gone_is_found(database: None) -> None:
    furnish()
    board = board_now("camp")
    assert board is not None
    assert bad(machine.look_at_zones()) == []
    MEMORY.correct(replace(board, timezone="Atlantis/Poseidonis"))
    says = "Atlantis/Poseidonis is not known here: pip install --upgrade tzdata."
    assert list(machine.look_at_zones()) == [wrong("time zones", says)]


@pytest.mark.parametrize(("streams", "found"), [(100, []), (10**12, [("look", "open files")])])
def test_streams_are_open_files(settings: LazySettings, streams: int, found: list[tuple[str, str]]) -> None:
    settings.STREAMS = streams
    assert bad(machine.look_at_open_files()) == found


def test_pictures_have_fonts_for_all_that_is_spoken_here_and_what_they_lack_is_named(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish()
    play("camp", WriteCard(title="शतरंज für بايثون"), by=PROGRAM)
    assert bad(letters.look_at_fonts()) == []
    play("camp", WriteCard(title=f"Chess {LIVED}"), by=PROGRAM)
    monkeypatch.setitem(letters.SAMPLES, "Phoenician", LIVED)
    first, second = letters.look_at_fonts()
    assert (first.level, first.says.partition(":")[0]) == (Level.WRONG, "Pictures cannot show Phoenician")
    assert (second.level, second.says.partition(",")[0]) == (Level.LOOK, f"No font has {LIVED} (U+10900)")


# The worker


@pytest.mark.parametrize(
    ("holder", "ago", "level"), [("one", 2, Level.FINE), ("one", 100, Level.WRONG), ("", 2, Level.LOOK)]
)
def test_whether_somebody_tells_people_outside(database: None, holder: str, ago: int, level: Level) -> None:
    until = datetime.now(UTC) + HELD - timedelta(seconds=ago)
    Lease.objects.create(name="worker", holder=holder, until=until)
    assert [found.level for found in ways.look_at_worker()] == [level]


def test_where_nobody_ever_told_anybody_that_is_said(database: None) -> None:
    says = "Nobody tells people outside: start openspaces run, or openspaces work beside it."
    assert list(ways.look_at_worker()) == [look("worker", says)]
