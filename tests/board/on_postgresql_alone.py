"""What SQLite cannot show, for it has one lock for the whole database, and none to take away. faults/test_postgresql.py
runs it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection
from tests.board.test_ballots_at_the_close import counted, settled_while_a_ballot_is_cast
from tests.board.test_play import BOARD, asked, written
from tests.contested import contested
from tests.neighbour import neighbour
from tests.verify import consistent, stored

from openspaces.board.answering import answers
from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.models import Ballot
from openspaces.board.models import Contest as Row
from openspaces.board.outcome import Outcome
from openspaces.board.vocabulary import Code

LATE = 0.5
"""Seconds by which a commit comes later than we lost its connection: what looks for it at once finds nothing yet."""


def unlocked(slug: str, numbers: list[int]) -> list[Contest]:
    """The contests as they are, without the lock."""
    return [contest_from(row.facts) for row in Row.objects.filter(event=slug, number__in=numbers)]


def test_control_without_the_lock_a_ballot_is_taken_at_the_close_and_not_counted(database: None) -> None:
    event = contested()
    with neighbour() as other:
        outcome = settled_while_a_ballot_is_cast(event, unlocked, other, wait=True)
    assert (counted(outcome), Ballot.objects.count()) == (0, 1)


def test_a_commit_that_is_under_way_when_its_connection_is_lost_is_waited_for(database: None) -> None:
    event = stored(BOARD)
    with cut_at_the_next_commit():
        moves = [asked(event, written(title, "oak 10:00")) for title in ("New", "Late")]
        outcomes = [each for each in answers(moves) if isinstance(each, Outcome)]
    assert [each.refusal and each.refusal.code for each in outcomes] == [None, Code.CELL_TAKEN]
    assert len(consistent(event).cards) == 3


@contextmanager
def cut_at_the_next_commit() -> Iterator[None]:
    """This thread's way to PostgreSQL: when a COMMIT comes by, it is cut behind it, and the server gets it later."""
    there: Any = connection.settings_dict
    host, port = there["HOST"], there["PORT"]
    with socket.create_server(("127.0.0.1", 0)) as way:
        threading.Thread(target=_carry, args=(way, host, port or 5432), daemon=True).start()
        connection.close()
        there["HOST"], there["PORT"] = way.getsockname()
        try:
            yield
        finally:
            connection.close()
            there["HOST"], there["PORT"] = host, port


def _carry(way: socket.socket, host: str, port: int) -> None:
    commits = ["the next"]
    with suppress(OSError):
        while True:
            near, far = way.accept()[0], _server(host, port)
            threading.Thread(target=_there, args=(near, far, commits), daemon=True).start()
            threading.Thread(target=_back, args=(far, near), daemon=True).start()


def _server(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def _there(near: socket.socket, far: socket.socket, commits: list[str]) -> None:
    with suppress(OSError), far:
        while said := near.recv(65536):
            if b"COMMIT" in said and commits:
                commits.clear()
                near.shutdown(socket.SHUT_RDWR)
                threading.Event().wait(LATE)
            far.sendall(said)
        far.shutdown(socket.SHUT_RDWR)  # the other thread waits for it, so closing alone would not end it


def _back(far: socket.socket, near: socket.socket) -> None:
    with suppress(OSError), near:
        while said := far.recv(65536):
            near.sendall(said)
