"""What people typed, showed and are called stands in no line of the log, whatever breaks; what happened does."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import quote

import httpx
import pytest
from tests.breaking import BREAKS, UNPRINTABLE
from tests.hostile import HOSTILE
from tests.inside import slots_of
from tests.live.addresses import Names, readable
from tests.seeing import seen
from tests.servers import EVENT, Installation, installation

CANARY = "Zaunkoenig"
"""A word in everything that somebody types."""
FROM, AGENT = "203.0.113.77", f"{CANARY}Browser/1.0"
CELL = f"r1@{slots_of()[0][0]}"
BREAKING = ("{python}", "-m", "tests.breaking", "{port}")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path, days=1) as made:
        yield made


def test_nothing_of_anybody_stands_in_the_log(home: Installation) -> None:
    with broken(home, "json") as server:
        shown = driven(server.address, home)
        records, text = server.records(), server.text()
    assert [each for each in shown if each in text] == []
    assert {sign for sign in text if category(sign) == "Cc"} == {"\n"}
    assert [words for words in HOSTILE.values() if len(words) > 8 and words in text] == []
    assert {each["trouble"] for each in records if "trouble" in each} >= {"ValueError", "RuntimeError", "LookupError"}
    told = [each for each in records if each["what"].startswith("a request took long")]
    assert len(told) > 50
    assert {each["event"] for each in told if "event" in each} == {EVENT}
    assert min(each["seconds"] for each in told) >= 0
    assert {"GET /race/stars/…", "POST /race/staff/", "POST /race/cards/new/"} <= {
        each["what"].partition(": ")[2] for each in told
    }
    moves = [each for each in records if each["what"].startswith("a move took long")]
    assert {(each["event"], each["what"]) for each in moves} >= {(EVENT, "a move took long: WriteCard")}
    assert [each for each in records if "OperationalError: no such table" in each["what"]] != []


def test_control_a_log_with_personal_data_has_it(home: Installation) -> None:
    with broken(home, "lines-with-personal-data") as server:
        with httpx.Client(base_url=server.address, verify=False, timeout=30) as host:
            broken_cards(host)
        assert CANARY in server.text()


def broken(home: Installation, logs: str) -> Any:
    """A server that breaks where it can, and says all that it may."""
    settings = {"OPENSPACES_LOGS": logs, "OPENSPACES_LOG": "DEBUG", "OPENSPACES_PROXIES": "127.0.0.1"}
    settings |= {"BROKEN_WORDS": CANARY, "OPENSPACES_SMTP": "smtp://127.0.0.1:9"}
    command = [each.format(python=sys.executable, port="{port}") for each in BREAKING]
    return seen(home, *command, **settings)


def driven(address: str, home: Installation) -> list[str]:
    """Everything that can be asked for is, with secrets; then the board cannot be printed, then the database is gone.
    Answers what must not be told."""
    known = {"X-Forwarded-For": FROM, "User-Agent": AGENT, "Referer": f"https://{CANARY}.example/?token={CANARY}"}
    with httpx.Client(base_url=address, headers=known, verify=False, timeout=30) as host:
        card = written(host)
        calendar = host.get(f"/{EVENT}/me").json()["calendar"]
        secrets = [card["key"], home.token, calendar.rpartition("/")[2].removesuffix(".ics"), *host.cookies.values()]
        forms(host, card, home.token)
        host.get(httpx.URL(calendar).path)
        broken_cards(host)
        hostile(host)
        asked(host, card["code"])
        host.post(f"/api/{EVENT}/cards", json={"title": f"{UNPRINTABLE} {CANARY}"})
        host.get(f"/{EVENT}/?lang=ar&token={CANARY}")
        with closing(sqlite3.connect(home.data / "openspaces.sqlite3")) as database:
            database.execute("ALTER TABLE board_change RENAME TO lost")
        host.get(f"/api/{EVENT}/changes?after=0&token={CANARY}")
        assert written(host, status=(409, 500, 503)) == {}
    return [CANARY, FROM, *secrets]


def written(host: httpx.Client, status: tuple[int, ...] = (201,)) -> dict[str, Any]:
    """A card of somebody who says everything."""
    words = {"title": f"{CANARY} title", "text": f"{CANARY} text", "host": f"{CANARY} host", "handle": f"@{CANARY}"}
    body = {**words, "link": f"https://{CANARY}.example/?{CANARY}", "cell": CELL}
    answer = host.post(f"/api/{EVENT}/cards", json=body, headers={"Idempotency-Key": f"{CANARY}{status[0]}"})
    assert answer.status_code in status, answer.text
    made: dict[str, Any] = answer.json() if answer.status_code == 201 else {}
    return made


def forms(host: httpx.Client, card: dict[str, Any], token: str) -> None:
    """What is typed into forms, and shown in headers."""
    host.post(f"/{EVENT}/cards/{card['code']}/edit/", data={"key": card["key"]})
    host.post(f"/{EVENT}/cards/{card['code']}/edit/?key={card['key']}", data={"key": f"{CANARY}-wrong"})
    host.post(f"/{EVENT}/staff/", data={"token": token})
    host.post("/accounts/login/", data={"email": f"{CANARY}@example.org"})
    host.post(f"/{EVENT}/planned/new/", data={"title": CANARY, "host": CANARY, "email": f"{CANARY}@example.org"})
    host.get(f"/{EVENT}/mail/stop/{CANARY}")
    host.get(f"/{CANARY}/?{CANARY}", headers={"Authorization": f"Bearer {token}", "Cookie": f"x={CANARY}"})
    host.request("POST", f"/api/{EVENT}/cards", content=f'{{"title": "{CANARY}'.encode())


def broken_cards(host: httpx.Client) -> None:
    """Cards on which the writer breaks, from both doors."""
    words = {"title": f"{BREAKS} {CANARY}", "host": CANARY}
    assert host.post(f"/api/{EVENT}/cards", json=words).status_code == 500
    assert host.post(f"/{EVENT}/cards/new/", data=words).status_code == 500


def hostile(host: httpx.Client) -> None:
    """Words that try to be a line of their own: in addresses, forms, headers and cards that break the writer."""
    for words in HOSTILE.values():
        host.get(f"/{EVENT}/{quote(words, safe='')}?{quote(words)}", headers={"User-Agent": quote(words)})
        host.get(f"/{quote(words, safe='')}/", headers={"Referer": f"https://{CANARY}.example/{quote(words)}"})
        answer = host.post(
            f"/api/{EVENT}/cards", json={"title": f"{BREAKS} {words[:60]}", "host": f"{CANARY} {words[:60]}"}
        )
        assert answer.status_code == 500


def asked(host: httpx.Client, code: str) -> None:
    """Every address that can be read."""
    names = Names(event=EVENT, code=code, cell=CELL, day=f"2026-{CELL[3:5]}-{CELL[5:7]}", last=1)
    for path in sorted(readable(names)):
        host.get(f"{path}{'&' if '?' in path else '?'}q={CANARY}")
