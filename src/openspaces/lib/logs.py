"""How records look in the log, one line each: readable, or JSON for programs; either tells nothing of people."""

import json
import logging
import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from openspaces.lib import discreet

OURS = "openspaces"
FACTS = ("event", "number", "seconds", "times")
"""What a record may say beside its words, by `extra`; how many `times` it was, where not each is told."""
COUNTED = Counter[str]()
"""How many records of each level there were, and under "database" those that tell of trouble with it."""


class Json(logging.Formatter):
    """A record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Times in UTC, durations in seconds."""
        return json.dumps(_facts(record), ensure_ascii=False)


class Lines(logging.Formatter):
    """A record as somebody at a terminal reads it."""

    def format(self, record: logging.LogRecord) -> str:
        """Where it went wrong stands below, one place a line."""
        facts = _facts(record)
        known = " ".join(f"{name}={facts[name]}" for name in (*FACTS, "trouble") if name in facts)
        line = f"{facts['time'][:19].replace('T', ' ')} {facts['level']:7} {facts['from']}: {facts['what']}"
        return "\n    ".join([f"{line} ({known})" if known else line, *facts.get("trace", [])])


class WithWords(logging.Formatter):
    """Everything that exceptions say, which may be what people typed: for whoever looks for a fault at home."""


class Count(logging.Filter):
    """Counts records, and lets all of them pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Costs nothing where nothing is logged."""
        COUNTED[record.levelname.lower()] += 1
        error = record.exc_info[1] if record.exc_info else None
        if any(discreet.is_database(each) for each in (error, *_arguments(record))):
            COUNTED["database"] += 1
        return True


def tell_the_rest() -> None:
    """What Python itself would write to standard error goes to the log, in the same words."""
    logger = logging.getLogger(OURS)

    def told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error and not isinstance(error, KeyboardInterrupt | SystemExit):
            logger.critical("something broke that nobody caught", exc_info=error)

    sys.excepthook = told
    threading.excepthook = lambda args: told(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: told(args.exc_type, args.exc_value, args.exc_traceback)


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "from": record.name.removeprefix(f"{OURS}."),
        "what": _what(record),
    }
    facts |= {name: _rounded(value) for name in FACTS if (value := getattr(record, name, None)) not in (None, "")}
    if record.exc_info and (error := record.exc_info[1]):
        facts |= {"trouble": discreet.trouble(error), "trace": discreet.frames(error)}
    return facts


def _what(record: logging.LogRecord) -> str:
    """Its words. What other libraries put in brackets and quotes are values, and may be anything."""
    arguments = tuple(
        discreet.trouble(each) if isinstance(each, BaseException) else each for each in _arguments(record)
    )
    said = str(record.msg)
    if arguments:
        said = said % arguments
    elif isinstance(record.args, dict):
        said = said % record.args
    if record.name.partition(".")[0] != OURS:
        said = _before_values(said)
    return discreet.text(said)


def _before_values(said: str) -> str:
    first = said.strip().partition("\n")[0]
    ends = [place for mark in "(<[{'\"" if (place := first.find(mark)) >= 0]
    return first[: min(ends)] if ends else first


def _arguments(record: logging.LogRecord) -> tuple[object, ...]:
    return record.args if isinstance(record.args, tuple) else ()


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
