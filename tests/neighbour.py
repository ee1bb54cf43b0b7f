"""A second process on the test's own database, or on an installation: `with neighbour() as other: other.play(…)`."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.servers import Installation

    from openspaces.board.moves import Move
    from openspaces.board.play import Outcome
    from openspaces.board.voices import Voice
    from openspaces.people.who import Who

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 10.0


class Neighbour:
    """The near end of the other process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def play(
        self, event: str, move: "Move | Voice", *, by: "Who", at: datetime | None = None, key: str = ""
    ) -> "Outcome":
        """Play a move over there."""
        self.ask(event, move, by=by, at=at, key=key)
        return self.answer()

    def ask(self, event: str, move: "Move | Voice", *, by: "Who", at: datetime | None = None, key: str = "") -> None:
        """Let a move be played over there, without waiting for it."""
        assert self._process.stdin is not None
        pickle.dump((event, move, by, at, key), self._process.stdin)
        self._process.stdin.flush()

    def answer(self) -> "Outcome":
        """The outcome of the oldest move that was asked for."""
        assert self._process.stdout is not None
        outcome: Outcome = pickle.load(self._process.stdout)
        return outcome


@contextmanager
def neighbour(home: "Installation | None" = None, without: tuple[str, ...] = ()) -> Iterator[Neighbour]:
    """Start the other process; it ends with the block. `without` names guards to take away there."""
    command = [sys.executable, "-m", "tests.neighbour", "" if home else _own_database(), *without]
    environment = home.environment() if home else {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe)
    try:
        yield Neighbour(process)
    finally:
        process.communicate(timeout=STOP_SECONDS)


def _own_database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _serve(database: str, *without: str) -> None:
    """The far end: play what comes in until nothing comes any more."""
    import django

    from openspaces import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "openspaces.settings"
    if database:
        settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from openspaces.board.play import play

    for guard in without:
        GUARDS[guard]()

    while (asked := _next()) is not None:
        event, move, by, at, key = asked
        pickle.dump(play(event, move, by=by, at=at, key=key), sys.stdout.buffer)
        sys.stdout.buffer.flush()


def blind_to_contests() -> None:
    """Take away what a ballot is checked by: the contest as it is by now, locked until the ballot is in."""
    from openspaces.board import store

    setattr(store, "locked_contests", lambda _slug, _numbers: [])  # noqa: B010


def blind_to_holders() -> None:
    """Take away what a move is checked by: who has a cell, and which contest is about it."""
    from openspaces.board.moves import claiming, taking

    for name, blind in (("holder", lambda *_: None), ("_in_contest", lambda *_: None)):
        setattr(taking, name, blind)
    setattr(claiming, "holder", lambda *_: None)  # noqa: B010


GUARDS: dict[str, Callable[[], None]] = {"lock": blind_to_contests, "rule": blind_to_holders}


def _next() -> Any:
    try:
        return pickle.load(sys.stdin.buffer)
    except EOFError:
        return None


if __name__ == "__main__":
    _serve(*sys.argv[1:])
