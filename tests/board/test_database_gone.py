"""What a mover hears when the database does not do as it should: a word to come back, or that all is done already."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from tests.board.test_play import BOARD, asked, written
from tests.drawing import EVENT
from tests.intake.calling import told
from tests.verify import consistent, stored

from openspaces.board.answering import answers
from openspaces.board.commit import Played
from openspaces.board.outcome import Outcome
from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake import asking
from openspaces.intake.api.answers import refused

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the faults are SQLite's")


@contextmanager
def read_only() -> Iterator[None]:
    """Whatever connects meanwhile can only read."""
    options = connections.settings["default"]["OPTIONS"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(options, "init_command", f"{options['init_command']} PRAGMA query_only=ON;")
        connection.close()
        yield
    connection.close()


def test_what_cannot_be_written_is_refused_for_now_and_done_by_a_retry(database: None) -> None:
    event = stored(BOARD)
    move = asked(event, written("New", "oak 10:00"), key="k1")
    with read_only():
        assert answers([move]) == [Outcome(0, refusal=Refusal(Code.NOT_NOW))]
    (done,) = answers([move])
    assert isinstance(done, Outcome)
    assert done.refusal is None
    assert len(consistent(event).cards) == 3


def test_programs_are_told_to_come_back_in_words() -> None:
    answer = refused(Refusal(Code.NOT_NOW))
    assert (answer.status_code, answer["Retry-After"], told(answer)["refusal"]) == (503, "5", "not-now")
    assert told(answer)["says"] == "The board cannot write anything down just now. Send this again in a moment."


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next commit is done, and nobody hears of it."""
    commit: Any = getattr(connection, "_commit")  # noqa: B009 - mypy knows of none
    troubles = [OperationalError("the connection is lost")]

    def committed_unheard(*_: Any) -> None:
        commit()
        if troubles:
            raise troubles.pop()

    monkeypatch.setattr(connection, "_commit", committed_unheard)


def test_a_commit_that_nobody_heard_of_is_found_in_the_log(database: None, request: pytest.FixtureRequest) -> None:
    event = stored(BOARD)
    request.getfixturevalue("lost")
    first, second = answers([asked(event, written("New", "oak 10:00")), asked(event, written("Late", "oak 10:00"))])
    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert (first.refusal, second.refusal and second.refusal.code) == (None, Code.CELL_TAKEN)
    assert [change.kind for change in first.changes] == ["card.written", "card.placed"]
    assert len(consistent(event).cards) == 3


def test_control_who_does_not_look_there_calls_its_own_card_taken(
    database: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = stored(BOARD)
    request.getfixturevalue("lost")
    monkeypatch.setattr(Played, "is_in_the_log", lambda _: False)
    (outcome,) = answers([asked(event, written("New", "oak 10:00"))])
    assert isinstance(outcome, Outcome)
    assert outcome.refusal == Refusal(Code.CODE_TAKEN)


def test_a_page_says_that_the_database_is_gone(database: None, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(BOARD)

    async def gone(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(asking, "reading", gone)
    client.cookies["session"] = "somebody"
    page = client.get(f"/{EVENT}/cards/new/")
    assert (page.status_code, page.get("Retry-After")) == (503, "5")
    program = client.post(f"/api/{EVENT}/cards", b'{"title": "Chess"}', "application/json")
    assert (program.status_code, told(program)["refusal"]) == (503, "not-now")
