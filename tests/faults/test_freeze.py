"""A freeze by one process holds at every door of another, and at its mail; a thaw opens them again.

Ballots and stars lock no board, so that process has to hear of it. How soon it does is measured in the long run.
"""

import smtplib
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from tests.inside import ROOMS, slots_of
from tests.promises import Promise
from tests.servers import EVENT, Installation, free_port, run, start

REASON = "Fire drill"
REFUSED = f"The board is paused: {REASON}. Nothing you typed is lost; try again soon."
HAPPENS_SECONDS = 30.0
PROMISED_SECONDS = 2.0

Door = Callable[[], str]
"""Somebody goes through it, or hears why not: the refusal, "" when there was none."""


@pytest.fixture
def hall(home: Installation) -> Iterator[tuple[httpx.Client, dict[str, Door]]]:
    """The desk at one process, and every door of the other."""
    mail, first = free_port(), start(home)
    second = run(home, "--smtp", str(mail))
    try:
        desk = httpx.Client(base_url=f"{first.address}/api/{EVENT}", headers={"Authorization": f"Bearer {home.token}"})
        with desk, httpx.Client(base_url=second.address) as somebody:
            yield desk, doors(desk, somebody, mail)
    finally:
        second.stop()
        first.stop()


def test_a_freeze_reaches_every_door_and_page_and_so_does_the_thaw(hall: tuple[httpx.Client, dict[str, Door]]) -> None:
    desk, every = hall
    assert {name: door() for name, door in every.items()} == dict.fromkeys(every, "")
    frozen(desk, every)
    assert {name: door() for name, door in every.items()} == {
        name: REASON if name.startswith("page") else REFUSED for name in every
    }
    desk.delete("/freeze")
    until(every, HAPPENS_SECONDS, lambda said: said == "")


@pytest.mark.faults
def test_it_is_frozen_everywhere_in_two_seconds(hall: tuple[httpx.Client, dict[str, Door]], promise: Promise) -> None:
    kept = promise("T10", f"a freeze holds at every door and page of another process within {PROMISED_SECONDS:g} s")
    desk, every = hall
    took = []
    for _ in range(10):
        took.append(frozen(desk, every, PROMISED_SECONDS))
        desk.delete("/freeze")
        until(every, HAPPENS_SECONDS, lambda said: said == "")
    assert max(took) < PROMISED_SECONDS
    kept.found(f"{len(every)} doors and pages, 10 times: {max(took):.2f} s at most")


def frozen(desk: httpx.Client, every: dict[str, Door], seconds: float = HAPPENS_SECONDS) -> float:
    """The board is frozen at every door; how many seconds after it was asked for."""
    since = time.monotonic()
    assert desk.put("/freeze", json={"reason": REASON}).status_code == 200
    until(every, seconds, lambda said: said != "")
    return time.monotonic() - since


def until(every: dict[str, Door], seconds: float, right: Callable[[str], bool]) -> None:
    """Wait until every door says what is right now."""
    deadline = time.monotonic() + seconds
    waiting = dict(every)
    while waiting:
        waiting = {name: door for name, door in waiting.items() if not right(door())}
        assert not waiting or time.monotonic() < deadline, list(waiting)


# The doors


def doors(desk: httpx.Client, somebody: httpx.Client, mail: int) -> dict[str, Door]:
    """Every kind of door where somebody without a role writes, and the pages that tell of the board."""
    made = [desk.post("/cards", json={"title": title}).json() for title in ("Chess", "Knitting", "Yoga")]
    chess, knitting, yoga = (card["code"] for card in made)
    first, second = (f"{room}@{slots_of()[0][0]}" for room in ROOMS[:2])
    asked = {"cell": first, "cards": [chess, knitting], "method": "vote", "minutes": 60}
    contest = desk.post("/contests", json=asked).json()["id"]
    host = {"Authorization": f"Card {made[2]['key']}"}
    api = f"/api/{EVENT}"

    def called(method: str, path: str, body: Any = None, **headers: str) -> Door:
        return lambda: _refusal(somebody.request(method, f"{api}/{path}", json=body, headers=headers))

    def sent(path: str, **fields: str) -> Door:
        return lambda: _told(somebody.post(f"/{EVENT}/{path}", data=fields))

    return {
        "api card": called("POST", "cards", {"title": "Song"}),
        "api claim": called("POST", f"cards/{yoga}/claims", {"cell": second}, **host),
        "api ballot": called("PUT", f"contests/{contest}/ballot", {"cards": [chess]}),
        "api star": called("PUT", f"cards/{chess}/star"),
        "api report": called("POST", f"cards/{chess}/reports", {"what": "abuse", "reason": "Rude"}),
        "form card": sent("cards/new/", title="Song"),
        "form ballot": sent(f"contests/{contest}/", cards=chess),
        "form star": sent(f"cards/{knitting}/star/", on="1"),
        "mail": lambda: _answered(mail),
        "page board": lambda: _shown(somebody.get(f"/{EVENT}/")),
        "page screen": lambda: _shown(somebody.get(f"/{EVENT}/screen/")),
    }


def _refusal(answer: httpx.Response) -> str:
    if answer.is_success:
        return ""
    told = answer.json()
    assert (answer.status_code, told["refusal"]) == (409, "frozen"), told
    says: str = told["says"]
    return says


def _told(answer: httpx.Response) -> str:
    if answer.status_code == 303:
        return ""
    assert answer.status_code == 409, answer.text
    return REFUSED if REFUSED in answer.text else answer.text


def _shown(page: httpx.Response) -> str:
    return REASON if REASON in page.text else ""


def _answered(port: int) -> str:
    """A letter that has to wait is kept by whoever sends it."""
    letter = b"From: Ada <ada@example.org>\r\nSubject: Go\r\nMessage-ID: <%f@x>\r\n\r\nGo\r\n" % time.monotonic()
    with smtplib.SMTP("127.0.0.1", port, timeout=HAPPENS_SECONDS) as server:
        server.ehlo()
        server.mail("ada@example.org")
        server.rcpt(f"{EVENT}@localhost")
        code, _says = server.data(letter)
    return "" if code == 250 else REFUSED if 400 <= code < 500 else str(code)
