"""The calendar of what somebody starred, at its secret address."""

import logging
from collections.abc import Iterator

import httpx
import pytest
from icalendar import Calendar
from tests.drawing import FACILITATOR, cell, code
from tests.live.listening import InThread, serving_here
from tests.verify import stored

from openspaces.board.moves import MoveCard, TakeDown
from openspaces.board.play import play
from openspaces.board.voices import Star
from openspaces.people.keys import hand, stars_key
from openspaces.people.who import Who

EVENT = "camp"
ADA = Who(hand("ada's phone", EVENT))
BOARD = f"""
          oak               elm       fir
  09:00   Knit/{ADA.hand}   Chess     .
  10:00   .                 Talk      .
"""


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    """A camp at which Ada hosts Knit and starred Talk."""
    stored(BOARD)
    assert play(EVENT, Star(card=code("Talk"), on=True), by=ADA).refusal is None
    with serving_here() as serving:
        yield serving


def address(server: InThread, key: str = "", event: str = EVENT) -> str:
    return f"{server.address}/{event}/stars/{key or stars_key(EVENT, ADA.hand)}.ics"


def told(server: InThread) -> dict[str, str]:
    """What the calendar says of each card: its status."""
    answer = httpx.get(address(server))
    return {str(event["SUMMARY"]): str(event["STATUS"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_has_what_was_starred_and_what_is_hosted_and_nothing_else(server: InThread) -> None:
    answer = httpx.get(address(server))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(Calendar.from_ical(answer.content)["X-WR-CALNAME"]) == "Camp: my stars"
    assert told(server) == {"Knit": "CONFIRMED", "Talk": "CONFIRMED"}


def test_it_follows_what_happens(server: InThread) -> None:
    assert play(EVENT, TakeDown(card=code("Talk")), by=FACILITATOR).refusal is None
    assert play(EVENT, Star(card=code("Chess"), on=True), by=ADA).refusal is None
    assert told(server) == {"Knit": "CONFIRMED", "Cancelled: Talk": "CANCELLED", "Chess": "CONFIRMED"}
    assert play(EVENT, Star(card=code("Talk"), on=False), by=ADA).refusal is None
    assert told(server) == {"Knit": "CONFIRMED", "Chess": "CONFIRMED"}


def test_who_has_it_already_is_told_that_nothing_changed_until_something_does(server: InThread) -> None:
    etag = httpx.get(address(server)).headers["ETag"]
    assert play(EVENT, MoveCard(card=code("Chess"), cells=(cell("fir 09:00"),)), by=FACILITATOR).refusal is None
    again = httpx.get(address(server), headers={"If-None-Match": f'"x", {etag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert play(EVENT, MoveCard(card=code("Talk"), cells=(cell("fir 10:00"),)), by=FACILITATOR).refusal is None
    assert httpx.get(address(server), headers={"If-None-Match": etag}).status_code == 200


def test_nobody_else_keeps_it_or_reads_it_from_another_site(server: InThread) -> None:
    headers = httpx.get(address(server)).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    assert [name for name in headers if name.startswith("access-control")] == []


@pytest.mark.parametrize("key", ["a" * 32, "x", hand("ada's phone", EVENT), "%00", "..%2f"])
def test_a_wrong_key_opens_nothing(server: InThread, key: str) -> None:
    assert httpx.get(address(server, key)).status_code == 404


def test_a_key_of_another_event_opens_nothing(server: InThread) -> None:
    other = hand("ada's phone", "fair")
    assert httpx.get(address(server, stars_key("fair", other))).status_code == 404
    assert httpx.get(address(server, event="fair")).status_code == 404


def test_it_can_only_be_read(server: InThread) -> None:
    refused = httpx.post(address(server))
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    head = httpx.head(address(server))
    assert (head.status_code, head.content) == (200, b"")


def test_no_log_has_the_key(server: InThread, caplog: pytest.LogCaptureFixture) -> None:
    """pytest listens at uvicorn's log of requests too; without it nobody does."""
    with caplog.at_level(logging.DEBUG):
        for path in (address(server), address(server, "wrong")):
            httpx.get(path)
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore", "uvicorn.access"))]
    assert [line for line in ours if stars_key(EVENT, ADA.hand) in line.getMessage()] == []
    assert logging.getLogger("uvicorn.access").propagate is False


def test_a_language_may_be_asked_for(server: InThread) -> None:
    assert play(EVENT, TakeDown(card=code("Talk")), by=FACILITATOR).refusal is None
    assert httpx.get(f"{address(server)}?lang=xx").status_code == 200
