"""A line of the log: what it says of the program, and what it never says of people."""

import json
import logging
import sys
from collections.abc import Callable
from unicodedata import category

import pytest
from django.db import IntegrityError, OperationalError
from tests.hostile import HOSTILE

from openspaces.lib import discreet
from openspaces.lib.logs import COUNTED, Count, Json, Lines


def record(said: str, *arguments: object, name: str = "openspaces.board.play", **extra: object) -> logging.LogRecord:
    made = logging.getLogger(name).makeRecord(name, logging.WARNING, "", 0, said, arguments, None, extra=extra or None)
    made.created = 1_800_000_000.25
    return made


def broken(trouble: Exception) -> logging.LogRecord:
    made = record("a move failed")
    try:
        raise trouble
    except Exception:
        made.exc_info = sys.exc_info()
    return made


def test_a_record_is_one_line_of_json_with_its_time_its_event_its_number_and_how_long() -> None:
    line = Json().format(record("a move\ntook long: %s", "PlaceCard", event="camp", number=12, seconds=1.23456))
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.250+00:00",
        "level": "warning",
        "from": "board.play",
        "what": "a move took long: PlaceCard",
        "event": "camp",
        "number": 12,
        "seconds": 1.235,
    }


def test_a_record_is_a_line_that_can_be_read() -> None:
    line = Lines().format(record("a move took long: %s", "PlaceCard", event="camp", number=12))
    assert line == "2027-01-15 08:00:00 warning board.play: a move took long: PlaceCard (event=camp number=12)"


def test_what_went_wrong_is_told_by_its_kind_and_its_place_and_not_by_what_was_typed() -> None:
    facts = json.loads(Json().format(broken(ValueError("Grace"))))
    assert facts["trouble"] == "ValueError"
    assert [each.partition(":")[0] for each in facts["trace"]] == ["lib/test_logs.py"]


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (OperationalError("database is locked"), "OperationalError: database is locked"),
        (OSError(28, "No space left on device", "Grace"), "OSError: No space left on device"),
        (
            IntegrityError('duplicate key violates "told_once"\nDETAIL:  Key (name)=(Grace) already exists.'),
            "IntegrityError: duplicate key violates …",
        ),
        (KeyError("Grace"), "KeyError"),
    ],
)
def test_the_system_and_the_database_may_say_what_is_wrong_and_name_no_values(trouble: Exception, told: str) -> None:
    assert discreet.trouble(trouble) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mail for ada@example.org waits", "mail for … waits"),
        ("from 192.0.2.7, 2001:db8::7 or ::1", "from …, … or …"),
        ("/camp/stars/abcdefgh.ics?lang=de", "/camp/stars/…"),
        ("/camp/mail/stop/3f9a", "/camp/mail/stop/…"),
        ("/camp/board?at=12&token=x is slow", "/camp/board is slow"),
        ("https://hooks.example/T0/ABCDEFGH12345678abcdefgh?x=1 refused", "https://hooks.example/T0/… refused"),
        ("the token x9Vt2Kq0LmZ81bYc44PpQ fits", "the token … fits"),
        ("250a@0429-0900 at 14:00:05, SQLite 3.53.4", "250a@0429-0900 at 14:00:05, SQLite 3.53.4"),
    ],
)
def test_what_leads_to_a_person_or_opens_something_is_left_out(said: str, told: str) -> None:
    assert discreet.text(said) == told


def test_a_text_with_line_ends_in_it_makes_no_line_of_its_own() -> None:
    assert Lines().format(record("odd: %s", "x\r\n2027-01-01 critical\u2028all is lost")).count("\n") == 0


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("formatter", [Json(), Lines()], ids=["json", "lines"])
@pytest.mark.parametrize("name", ["openspaces.board.play", "asyncio"])
def test_hostile_words_make_no_line_and_steer_no_terminal(words: str, formatter: logging.Formatter, name: str) -> None:
    line = formatter.format(record("odd: %s", f"{words}\x9b2J", name=name))
    assert (len(line.splitlines()), {sign for sign in line if category(sign) in ("Cc", "Zl", "Zp")}) == (1, set())
    assert {"\u202e", "\u2066"} & set(line) == set()


def test_of_what_other_libraries_say_nothing_is_told_from_the_first_value_on() -> None:
    said = "Task exception was never retrieved\nfuture: <Task finished exception=ValueError('Grace')>"
    assert json.loads(Json().format(record(said, name="asyncio")))["what"] == "Task exception was never retrieved"


@pytest.mark.parametrize("made", [lambda: broken(OperationalError("x")), lambda: record("%s", OperationalError("x"))])
def test_records_are_counted_and_trouble_with_the_database_apart(made: Callable[[], logging.LogRecord]) -> None:
    before = dict(COUNTED)
    assert Count().filter(made())
    assert COUNTED["warning"] - before.get("warning", 0) == 1
    assert COUNTED["database"] - before.get("database", 0) == 1
