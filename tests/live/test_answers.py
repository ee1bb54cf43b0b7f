"""What the public addresses answer: the right bytes, once, and what an HTTP client may expect of them."""

import gzip
import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.servers import Installation, Server, installation, serving

EVENT = "race"
PAGE, DATA, PICTURE = f"/{EVENT}/", f"/{EVENT}/board.json", "/os"
ATOM, FEED = f"/{EVENT}/changes.atom", f"/{EVENT}/changes.json"
TABLES = [f"/{EVENT}/board.csv", f"/{EVENT}/board.tsv?as=grid", f"/{EVENT}/board.xlsx"]
EVERYTHING = [PAGE, DATA, PICTURE, ATOM, FEED, *TABLES, f"/{EVENT}/board.txt", f"/{EVENT}/now/"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("answers")) as made:
        yield made


@pytest.fixture(scope="module")
def server(home: Installation) -> Iterator[Server]:
    with serving(home) as servers:
        yield servers[0]


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=20) as made:
        yield made


@pytest.mark.parametrize("path", EVERYTHING)
def test_who_has_it_already_is_told_that_nothing_changed(client: httpx.Client, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    known = [etag, f"W/{etag}", f'"other", {etag}', "*"]
    answers = [client.get(path, headers={"If-None-Match": each}) for each in known]
    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b"")] * 4
    assert {answer.headers["ETag"] for answer in answers} == {etag}
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_what_is_no_address_is_told_so(server: Server, method: str) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"{method} * HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize("path", EVERYTHING)
def test_head_answers_as_get_does_without_the_body(client: httpx.Client, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    same = {name: value for name, value in whole.headers.items() if name != "date"}
    assert {name: value for name, value in head.headers.items() if name != "date"} == same
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_printed_can_only_be_read(client: httpx.Client, path: str, method: str) -> None:
    refused = client.request(method, path)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_a_program_that_writes_where_it_can_only_read_is_told_so_in_json(client: httpx.Client) -> None:
    refused = client.post(f"/api/{EVENT}/board")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    assert refused.json() == {"says": "This address can only be read."}


def test_a_change_makes_a_new_page_at_once(client: httpx.Client, home: Installation) -> None:
    before = client.get(PAGE)
    cell = _place(client, home, "Knitting together")
    after = client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert len(re.findall(rf'id="cell-{cell}".*?Knitting together', after.text)) == 1
    assert parsedate_to_datetime(after.headers["Last-Modified"]) >= parsedate_to_datetime(
        before.headers["Last-Modified"]
    )


@pytest.mark.parametrize("path", [ATOM, FEED])
def test_a_change_is_in_the_feeds_at_once_whatever_language_the_reader_speaks(
    client: httpx.Client, home: Installation, path: str
) -> None:
    title = f"Spoons by {path.rpartition('.')[2]}"
    before = client.get(path)
    _place(client, home, title)
    after = client.get(path, headers={"Accept-Language": "de"})
    german = client.get(path, params={"lang": "de"})
    said = (f"“{title}” is on the board: ", f"„{title}“ hängt an der Tafel: ")
    found = [[len(set(re.findall(each, answer.text))) for each in said] for answer in (before, after, german)]
    assert found == [[0, 0], [1, 0], [0, 1]]
    assert (after.headers["Vary"], after.headers["Access-Control-Allow-Origin"]) == ("Accept-Encoding", "*")


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.1", "br"),
        ("*", "br"),
        ("identity", None),
        ("gzip;q=0", None),
        ("", None),
        ("nonsense;q=nonsense,,;", None),
    ],
)
def test_text_comes_in_an_encoding_the_reader_takes(client: httpx.Client, accepts: str, encoding: str | None) -> None:
    answer = client.get(PAGE, headers={"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
    assert answer.text == client.get(PAGE, headers={"Accept-Encoding": "identity"}).text


def test_each_encoding_has_a_tag_of_its_own(client: httpx.Client) -> None:
    tags = {client.get(PAGE, headers={"Accept-Encoding": each}).headers["ETag"] for each in ("gzip", "br", "identity")}
    assert len(tags) == 3


def test_a_picture_is_not_compressed_again(client: httpx.Client) -> None:
    assert "Content-Encoding" not in client.get(PICTURE).headers


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("", "de", "de"),
        ("", "de-CH, en;q=0.9", "de"),
        ("", "en;q=0.1, de;q=0.9", "de"),
        ("", "xx, yy", "en"),
        ("", "", "en"),
        ("?lang=de", "en", "de"),
        ("?lang=xx", "de", "de"),
    ],
)
def test_pages_speak_the_readers_language(client: httpx.Client, query: str, accepts: str, language: str) -> None:
    page = client.get(PAGE + query, headers={"Accept-Language": accepts})
    assert re.findall(r'<html lang="(\w+)"', page.text) == [language]


@pytest.mark.parametrize("path", ["/os", "/OS", "/Os", "/os.png", "/OS.PNG", "/oS.PnG"])
def test_the_short_address_works_as_people_type_it(client: httpx.Client, path: str) -> None:
    picture = client.get(path)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content == client.get(f"/{EVENT}/board.png").content


def test_other_addresses_mind_their_case(client: httpx.Client) -> None:
    assert client.get(f"/{EVENT.upper()}/").status_code == 404


@pytest.mark.parametrize("rest", ["", "/", "/days/2031-01-01/", "/board.png", "/board.json", "/live", "/me", "/x/y/z"])
def test_an_event_that_is_not_there_is_nowhere(client: httpx.Client, rest: str) -> None:
    assert client.get(f"/nothere{rest}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("path", ["/api/nothere/changes", "/api/nothere/live", "/api/nothere/board"])
def test_the_api_of_an_event_that_is_not_there_is_nowhere(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_day_that_cannot_be_is_the_readers_mistake_and_one_that_is_not_is_not_there(client: httpx.Client) -> None:
    mistake, missing = client.get(PICTURE, params={"day": "friday"}), client.get(PICTURE, params={"day": "1999-01-01"})
    assert (mistake.status_code, missing.status_code) == (400, 404)
    assert mistake.text == "'friday' is not a day. Write it like 2022-04-29.\n"


def test_parameters_that_mean_nothing_are_passed_over(client: httpx.Client) -> None:
    assert client.get(PAGE, params={"utm_source": "x"}).content == client.get(PAGE).content


@pytest.mark.parametrize("query", ["%00", "a=%ff%fe", "=", "&&&", "day", "lang=", "a" * 5000])
def test_no_query_breaks_anything(client: httpx.Client, query: str) -> None:
    assert client.get(f"{PAGE}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("path", [f"/{EVENT}", f"/{EVENT}/now"])
def test_a_forgotten_slash_is_added(client: httpx.Client, path: str) -> None:
    moved = client.get(f"{path}?lang=de")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{path}/?lang=de")


def test_the_only_event_is_at_the_root(client: httpx.Client) -> None:
    moved = client.get("/")
    assert (moved.status_code, moved.headers["Location"]) == (302, PAGE)


def test_pages_carry_their_guards_and_data_may_be_read_from_anywhere(client: httpx.Client) -> None:
    page, data = client.get(PAGE).headers, client.get(DATA).headers
    policy = dict(each.strip().split(" ", 1) for each in page["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (page["X-Frame-Options"], page["Referrer-Policy"]) == ("DENY", "same-origin")
    assert "Access-Control-Allow-Origin" not in page
    assert data["Access-Control-Allow-Origin"] == "*"
    assert {each["X-Content-Type-Options"] for each in (page, data)} == {"nosniff"}
    assert {each["Cache-Control"] for each in (page, data)} == {"public, no-cache"}


@pytest.mark.parametrize("path", [f"/{EVENT}/cards/new/", f"/{EVENT}/me", "/nothing/", "/api/docs", "/api/nothing"])
def test_forms_and_errors_carry_the_guards_of_pages(client: httpx.Client, path: str) -> None:
    page, other = client.get(PAGE).headers, client.get(path).headers
    guards = ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy")
    assert {name: other.get(name) for name in guards} == {name: page[name] for name in guards}


def test_a_form_whose_address_looks_like_a_cards_can_be_sent(client: httpx.Client) -> None:
    """`/cards/new/` is no card."""
    sent = client.post(f"/{EVENT}/cards/new/", data={"title": "Chess"})
    assert (sent.status_code, sent.headers["Location"].partition("?")[2]) == (303, "planned=1")
    card = sent.headers["Location"].partition("edit/")[0]
    assert (client.get(card).status_code, client.post(card).status_code) == (200, 405)


def test_another_sites_script_may_ask_for_data_it_may_have_already(client: httpx.Client) -> None:
    may = client.options(DATA, headers={"Origin": "https://x.example", "Access-Control-Request-Method": "GET"})
    assert (may.status_code, may.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")


def test_every_style_and_script_of_a_page_is_there_and_kept_for_ever(client: httpx.Client) -> None:
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(PAGE).text)
    answers = [client.get(link, headers={"Accept-Encoding": "gzip"}) for link in links]
    assert len(links) >= 2
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"public, max-age=31536000, immutable"}


@pytest.mark.parametrize(("name", "kind"), [("favicon.ico", "image/svg+xml"), ("robots.txt", "text/plain")])
def test_what_is_asked_for_unasked_is_there(client: httpx.Client, name: str, kind: str) -> None:
    answer = client.get(f"/{name}")
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, kind)


@pytest.mark.parametrize("name", ["look/look.00000000.css", "look/nothing.css", "../settings.py", "%2e%2e/settings.py"])
def test_a_static_file_that_is_not_there_is_not_found(client: httpx.Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_the_log_is_read_in_pieces(client: httpx.Client) -> None:
    address = f"/api/{EVENT}/changes"
    whole = client.get(address, params={"after": 0}).json()
    pieces: list[dict[str, Any]] = []
    while piece := client.get(address, params={"after": len(pieces), "limit": 5}).json()["changes"]:
        pieces += piece
    assert pieces == whole["changes"]
    assert [change["number"] for change in pieces] == list(range(1, whole["number"] + 1))
    assert {"by", "hand"} & set(re.findall(r'"(\w+)":', json.dumps(whole))) == set()
    assert all(datetime.fromisoformat(change["at"]).tzinfo for change in pieces)


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=", "after=1.5", "after=1&limit=x", "after=" + "9" * 30]
)
def test_a_number_that_is_none_is_a_mistake(client: httpx.Client, query: str) -> None:
    assert client.get(f"/api/{EVENT}/changes?{query}").status_code == 422


def test_the_board_is_there_as_it_was_at_a_number_and_at_a_time(client: httpx.Client, home: Installation) -> None:
    address = f"/api/{EVENT}/board"
    before = client.get(address).json()
    _place(client, home, "Later than that")
    assert client.get(address, params={"at": before["number"]}).json() == before
    now = client.get(address).json()
    assert now["number"] == before["number"] + 2
    assert client.get(address, params={"at": now["at"]}).json() == now
    assert client.get(address, params={"at": before["at"]}).json() == before
    clock = before["at"].rpartition("+")[0] or before["at"].rpartition("-")[0]
    assert client.get(address, params={"at": clock}).json() == before


@pytest.mark.parametrize("at", ["0", "1999-01-01", "99999999", "yesterday", "2027-13-40", "9" * 30, "0001-01-01T00:00"])
def test_a_board_that_never_was_is_a_mistake(client: httpx.Client, at: str) -> None:
    answer = client.get(f"/api/{EVENT}/board", params={"at": at})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["at"])


def test_the_server_says_how_it_is(client: httpx.Client) -> None:
    health = client.get("/healthz")
    assert (health.status_code, health.json()["database"]) == (200, "ok")


def test_a_server_whose_database_is_gone_says_so_and_still_shows_the_board(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as home, serving(home) as servers:
        address = servers[0].address
        page = httpx.get(address + PAGE).content
        with closing(sqlite3.connect(home.data / "openspaces.sqlite3")) as database:
            database.execute("ALTER TABLE board_event RENAME TO lost")
            database.execute("ALTER TABLE board_change RENAME TO lost_too")
        health = httpx.get(f"{address}/healthz", timeout=20)
        assert (health.status_code, health.json()["database"]) == (503, "does not answer")
        log = httpx.get(f"{address}/api/{EVENT}/changes", timeout=20)
        assert (log.status_code, list(log.json())) == (503, ["says"])
        assert httpx.get(address + PAGE).content == page


def test_two_requests_on_one_connection_get_two_answers(server: Server) -> None:
    """Pipelined, as nothing but an old proxy does it."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as plain:
        plain.sendall((f"GET {PAGE} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n" * 2).encode())
        heard = b""
        while heard.count(b"HTTP/1.1 200 OK") < 2 or not _complete(heard):
            heard += plain.recv(100_000)
    bodies = [gzip.decompress(part.partition(b"\r\n\r\n")[2]) for part in heard.split(b"HTTP/1.1 200 OK")[1:]]
    assert bodies[0] == bodies[1]


def _complete(heard: bytes) -> bool:
    head, _, body = heard.rpartition(b"HTTP/1.1 200 OK")[2].partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    return length is not None and len(body) == int(length[1])


def _place(client: httpx.Client, home: Installation, title: str) -> str:
    board = client.get(f"/api/{EVENT}/board").json()
    taken = {cell for card in board["cards"] for cell in (card["placement"] or {"cells": []})["cells"]}
    day = board["slots"][0]["day"]
    slot = next(slot["key"] for slot in board["slots"] if slot["day"] == day and f"r1@{slot['key']}" not in taken)
    placed = client.post(f"/api/{EVENT}/cards", json={"title": title, "cell": f"r1@{slot}"}, headers=_staff(home))
    assert placed.status_code == 201, placed.text
    return f"r1@{slot}"


def _staff(home: Installation) -> dict[str, str]:
    return {"Authorization": f"Bearer {home.token}"}


def test_the_board_for_other_sites_alone_may_be_framed_and_sets_no_cookie(client: httpx.Client) -> None:
    answers = {
        path: client.get(path) for path in (f"/embed/{EVENT}/", PAGE, f"/{EVENT}/follow/", f"/{EVENT}/cards/new/")
    }
    ancestors = {
        path: re.findall(r"frame-ancestors ([^;]+)", answer.headers["Content-Security-Policy"])
        for path, answer in answers.items()
    }
    framed = f"/embed/{EVENT}/"
    assert ancestors == {path: ["*"] if path == framed else ["'none'"] for path in answers}
    refused = {path: answer.headers.get("X-Frame-Options") for path, answer in answers.items()}
    assert refused == {path: None if path == framed else "DENY" for path in answers}
    assert "Set-Cookie" not in answers[framed].headers
