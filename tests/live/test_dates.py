"""Readers that know no tags, only dates: Giggity keeps Last-Modified and sends it back as If-Modified-Since."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest
from tests.outlets.boards import board, with_cards

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.live.app import Front
from openspaces.live.asgi import Receive, Scope, Send
from openspaces.outlets.registry import PULLS

SCHEDULE, STATUS, PAGE = "/camp/schedule.xml", "/camp/rooms/status.json", "/camp/"
QUIET = with_cards(board(), 3)
FIRST = replace(QUIET, number=8, at=QUIET.at.replace(microsecond=200_000))
SECOND = replace(FIRST, number=9, at=QUIET.at.replace(microsecond=700_000))
YOUNG, OLD = timedelta.max, timedelta(0)


class Reader:
    """Somebody with a date and no tag."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._front = Front(PULLS, _nothing)

    def asks(self, path: str, of: Board, changed: timedelta, since: str = "", **more: str) -> httpx.Response:
        """Ask for a path of a board whose last change is young or old."""
        self._patch.setattr("openspaces.live.printed.SETTLED", changed)
        MEMORY.correct(of)
        said = {"If-Modified-Since": since} if since else {}
        return asyncio.run(self._get(path, said | more))

    def close(self) -> None:
        self._front.press.close()

    async def _get(self, path: str, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._front), base_url="http://test") as client:
            return await client.get(path, headers=headers)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError(scope["path"])


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr("openspaces.live.printed.SECONDS", 0.0)  # no answer is kept: time passes between any two
    reader = Reader(monkeypatch)
    yield reader
    reader.close()
    MEMORY.forget(QUIET.event)


def dated(answer: httpx.Response) -> str:
    date: str = answer.headers["Last-Modified"]
    return date


@pytest.mark.parametrize("path", [SCHEDULE, "/camp/board.ics", "/camp/schedule.json", "/camp/board.csv"])
def test_whoever_knows_the_date_alone_gets_it_once(reader: Reader, path: str) -> None:
    given = reader.asks(path, QUIET, OLD)
    again = reader.asks(path, QUIET, OLD, dated(given))
    assert (given.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["ETag"] == given.headers["ETag"]


def test_of_two_changes_in_one_second_the_later_is_not_missed(reader: Reader) -> None:
    first = reader.asks(SCHEDULE, FIRST, YOUNG)
    soon = reader.asks(SCHEDULE, SECOND, YOUNG, dated(first))
    later = reader.asks(SCHEDULE, SECOND, OLD, dated(first))
    assert (soon.status_code, later.status_code) == (200, 200)
    assert reader.asks(SCHEDULE, SECOND, OLD, dated(soon)).status_code == 200
    assert reader.asks(SCHEDULE, SECOND, OLD, dated(later)).status_code == 304


def test_no_date_is_one_of_a_change_of_the_second_before(reader: Reader) -> None:
    """The first was settled when the second came a second later: its date is the one that the second has at first."""
    first = reader.asks(SCHEDULE, FIRST, OLD)
    second = replace(SECOND, at=FIRST.at + timedelta(seconds=1))
    assert [reader.asks(SCHEDULE, second, age, dated(first)).status_code for age in (YOUNG, OLD)] == [200, 200]


def test_a_date_is_never_that_of_a_time_to_come(reader: Reader) -> None:
    """An HTTP client may take such a date for none."""
    now = datetime.now(UTC)
    for age in (timedelta(0), timedelta(seconds=4.9), timedelta(seconds=5.1), timedelta(days=1)):
        given = reader.asks(SCHEDULE, replace(QUIET, at=now - age), timedelta(seconds=5))
        assert parsedate_to_datetime(dated(given)) <= datetime.now(UTC)


def test_after_a_restore_an_older_board_is_news(reader: Reader) -> None:
    given = reader.asks(SCHEDULE, replace(SECOND, at=SECOND.at + timedelta(hours=1)), OLD)
    restored = replace(FIRST, epoch="e2")
    assert reader.asks(SCHEDULE, restored, OLD, dated(given)).status_code == 200


def test_a_tag_outweighs_a_date(reader: Reader) -> None:
    given = reader.asks(SCHEDULE, QUIET, OLD)
    assert reader.asks(SCHEDULE, QUIET, OLD, dated(given), **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", [STATUS, PAGE])
def test_what_the_clock_changes_too_is_given_anew(reader: Reader, path: str) -> None:
    given = reader.asks(path, QUIET, OLD)
    assert reader.asks(path, QUIET, OLD, dated(given)).status_code == 200


@pytest.mark.parametrize("date", ["yesterday", "0", "Fri, 16 May 2025 18:32:00 GMT, x", "\x00"])
def test_a_date_that_is_none_is_passed_over(reader: Reader, date: str) -> None:
    assert reader.asks(SCHEDULE, QUIET, OLD, date).status_code == 200
