"""The list of what people asked to be erased: in the database, and in a file beside it that no backup puts back.

A line names an event and a card's code, a device by its hand, or an address by what only the installation's secret
makes of it: nobody can tell from it who that was, so it may be copied to wherever backups are kept.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from openspaces.people.keys import mail_stop
from openspaces.people.models import Erasure as Row


class What(StrEnum):
    """By what something that was erased is found again."""

    CARD = "card"
    DEVICE = "device"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One thing that is erased, and what was left until when."""

    event: str
    what: What
    name: str
    at: datetime


def of_address(event: str, email: str, at: datetime) -> Erasure:
    """The erasure of an e-mail address; its name is that of the link which stops mail to it."""
    return Erasure(event, What.ADDRESS, mail_stop(event, email), at)


def is_address(event: str, email: str, name: str) -> bool:
    """Whether that erasure is of this address."""
    return mail_stop(event, email) == name


def list_file() -> Path:
    """Where the list is kept beside the database."""
    return Path(settings.DATA) / "erasures.jsonl"


def enlist(erasures: Iterable[Erasure]) -> None:
    """Keep these on the list, before anything is erased: whatever breaks then is done when the list is next read. What
    is asked for again counts from now."""
    for erasure in erasures:
        _insert(erasure)
        _append(erasure)


def enlisted() -> list[Erasure]:
    """Everything on the list. What only the file has is put into the database, and the other way round."""
    rows = {_key(each): each for each in map(_from_row, Row.objects.order_by("at"))}
    lines = {_key(each): each for each in (_read(list_file()) if list_file().exists() else [])}
    newest = {
        key: max((each for each in (rows.get(key), lines.get(key)) if each), key=_at) for key in {**rows, **lines}
    }
    for key, erasure in newest.items():
        if rows.get(key) != erasure:
            _insert(erasure)
        if lines.get(key) != erasure:
            _append(erasure)
    return sorted(newest.values(), key=_at)


def read_list(file: Path) -> int:
    """Take over a list that was kept somewhere else; how many erasures are on it. Raises OSError and ValueError."""
    found = _read(file)
    for erasure in found:
        _append(erasure)
    return len(found)


def _insert(erasure: Erasure) -> None:
    what, newer = erasure.what.value, {"at": erasure.at}
    Row.objects.update_or_create(event=erasure.event, what=what, name=erasure.name, defaults=newer)


def _append(erasure: Erasure) -> None:
    file = list_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    line = {"event": erasure.event, "what": erasure.what.value, "name": erasure.name, "at": erasure.at.isoformat()}
    begins = "\n" if file.exists() and file.read_bytes()[-1:] not in (b"", b"\n") else ""  # the last one broke off
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as kept:
        kept.write(f"{begins}{json.dumps(line)}\n")
        kept.flush()
        os.fsync(kept.fileno())


def _read(file: Path) -> list[Erasure]:
    return [_from_line(line) for line in file.read_text().splitlines() if _is_whole(line)]


def _is_whole(line: str) -> bool:
    """Not empty, and not broken off because the program died over it: nobody was told then that it is kept."""
    return bool(line.strip()) and (line.endswith("}") or not line.startswith("{"))


def _from_line(line: str) -> Erasure:
    facts = json.loads(line)
    try:
        return Erasure(facts["event"], What(facts["what"]), facts["name"], datetime.fromisoformat(facts["at"]))
    except (KeyError, TypeError) as trouble:
        raise ValueError(f"a line lacks {trouble}") from None


def _from_row(row: Row) -> Erasure:
    return Erasure(row.event, What(row.what), row.name, row.at)


def _key(erasure: Erasure) -> tuple[str, str, str]:
    return erasure.event, erasure.what, erasure.name


def _at(erasure: Erasure) -> datetime:
    return erasure.at
