"""Event files: a TOML file that an organiser wrote becomes a plan, or is refused whole with everything to mend."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from openspaces.board.moves.plan import Plan
from openspaces.intake.file.event import read_event
from openspaces.intake.file.problems import Problem, Report, WrongFile, lines_of

__all__ = ["Problem", "WrongFile", "read_file"]


def read_file(file: Path, *, first_day: date | None = None) -> Plan:
    """The plan in `file`; raises WrongFile with every problem, or OSError. With `first_day` all its dates move, so
    that its first day is that one."""
    text = _text(file)
    values = _values(file, text)
    if first_day:
        values = _moved(values, first_day - _first_day(values))
    report = Report(lines_of(text))
    plan = read_event(values, report)
    if problems := report.problems():
        raise WrongFile(str(file), problems)
    return plan


def _text(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        says = _("This is not UTF-8. Save the file again as UTF-8 text.")
        raise WrongFile(str(file), (Problem(line, "", says),)) from None


def _values(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise WrongFile(str(file), (_syntax(str(trouble), text),)) from None


def _syntax(says: str, text: str) -> Problem:
    """What tomllib says, which is English, with its line taken out of the sentence."""
    placed = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", says)
    line = int(placed[1]) if placed and placed[1] else text.rstrip().count("\n") + 1
    what = says[: placed.start()] if placed else says
    return Problem(line, "", _("This is not TOML: %(what)s.") % {"what": what})


def _first_day(values: dict[str, Any]) -> date:
    first: date = min(day["date"] for day in values["days"])
    return first


def _moved(value: Any, by: timedelta) -> Any:
    """`value` with every date and time in it moved."""
    if isinstance(value, dict):
        return {key: _moved(inside, by) for key, inside in value.items()}
    if isinstance(value, list):
        return [_moved(inside, by) for inside in value]
    return value + by if isinstance(value, date) else value
