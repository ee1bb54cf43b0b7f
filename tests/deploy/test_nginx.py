"""Real nginx with the configuration of deploy/, before two processes and a worker on PostgreSQL."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.deployed import nginx
from tests.inside import ROOMS, slots_of
from tests.live.listening import listening
from tests.servers import EVENT, ROOT, Installation, Server, free_port, installation, postgresql_url, run

URL = "https://board.example"
BOARD = f"/{EVENT}/"
PLACES = iter(f"{ROOMS[number % 10]}@{slot}" for number, slot in enumerate(chain(*slots_of())))
TRIES = 60
"""How many tokens one address may try at once at one process: `intake.limits.TRIES`."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home"), postgresql_url()) as made:
        yield replace(made, limits="on", settings={"OPENSPACES_PROXIES": "127.0.0.1", "OPENSPACES_URL": URL})


@pytest.fixture(scope="module")
def events(home: Installation) -> dict[str, str]:
    """An event for each way in, for an event has limits of its own."""
    named = {"front": "front", "127.0.0.1": "believed", "127.0.0.7": "direct"}
    for event in named.values():
        home.ask("furnish", event, "1")
    return named


@pytest.fixture(scope="module")
def processes(home: Installation) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        started = [run(home, "--no-work") for _ in range(2)]
        for each in started:
            stack.callback(each.stop)
        yield started


@pytest.fixture(scope="module")
def front(processes: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(tmp_path_factory.mktemp("nginx") / "etc", [each.address for each in processes]) as address:
        yield address


def get(address: str, **headers: str) -> httpx.Response:
    """An answer to somebody without a cookie."""
    return httpx.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def placed(client: httpx.Client, title: str) -> str:
    """Place a card; its code."""
    answer = client.post(f"/api/{EVENT}/cards", json={"title": title, "cell": next(PLACES)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def until_soon(so: object) -> bool:
    """Whether something is so within the time that a process needs to start."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if so():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


# What everyone reads


@pytest.mark.parametrize("asked", ["gzip", "br", "zstd", "identity"])
def test_a_page_is_handed_out_as_it_was_compressed(front: str, processes: list[Server], asked: str) -> None:
    direct = get(processes[0].address + BOARD, Accept_Encoding=asked)
    kept = [get(front + BOARD, Accept_Encoding=asked) for _ in range(2)][-1]
    assert kept.headers.get("content-encoding", "identity") == asked
    assert (kept.status_code, kept.headers["etag"], kept.content) == (200, direct.headers["etag"], direct.content)


def test_a_page_comes_from_the_cache_in_each_language(front: str) -> None:
    pages = [get(front + BOARD, Accept_Language=each) for each in ("en", "de", "en", "de")]
    assert [language(page) for page in pages] == ["en", "de", "en", "de"]
    assert {page.headers["x-cache"] for page in pages[2:]} <= {"HIT", "REVALIDATED"}


def test_nobody_chooses_the_language_of_others(front: str) -> None:
    """The headers of both have the same letters in the same order."""
    assert language(get(front + BOARD, Accept_Encoding="gzip de,", Accept_Language="en")) == "en"
    assert language(get(front + BOARD, Accept_Encoding="gzip", Accept_Language="de, en")) == "de"


def language(page: httpx.Response) -> str:
    return page.text.partition('lang="')[2][:2]


def test_who_has_the_page_is_told_so(front: str) -> None:
    etag = get(front + BOARD).headers["etag"]
    again = get(front + BOARD, If_None_Match=etag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)


def test_the_cache_is_a_second_old_at_most(front: str) -> None:
    before = get(front + BOARD).headers["etag"]
    with httpx.Client(base_url=front) as host:
        placed(host, "News")
    time.sleep(2)  # nginx counts whole seconds
    assert get(front + BOARD).headers["etag"] != before


def test_styles_are_kept_and_personal_answers_never(front: str) -> None:
    styles = front + get(front + BOARD).text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert [get(styles).headers["x-cache"] for _ in range(2)][1] == "HIT"
    assert [get(f"{front}{BOARD}me").headers["x-cache"] for _ in range(3)] == ["MISS"] * 3


# Who writes


def test_who_has_written_reads_nothing_older(front: str) -> None:
    with httpx.Client(base_url=front) as host:
        placed(host, "The first")
        titles = [f"Number {number}" for number in range(8)]
        read = []
        for title in titles:
            placed(host, title)
            read.append(title in host.get(BOARD).text)
    assert read == [True] * len(titles)


def test_a_card_is_on_a_stream_as_soon_as_it_is_placed(front: str) -> None:
    with listening(f"{front}/api/{EVENT}/live") as program, httpx.Client(base_url=front) as host:
        started = time.monotonic()
        code = placed(host, "Soon told")
        told = [program.next().data for _ in range(2)]
        took = time.monotonic() - started
    assert [(change["kind"], change["card"]) for change in told] == [("card.written", code), ("card.placed", code)]
    assert took < 5


@pytest.fixture(params=["127.0.0.1", "127.0.0.7"])
def peer(request: pytest.FixtureRequest) -> str:
    """The proxy itself, and somebody else."""
    return str(request.param)


def test_a_forged_address_changes_nothing(front: str, events: dict[str, str]) -> None:
    tried = tries(f"{front}/{events['front']}", "127.0.0.5", 2 * TRIES + 20)
    assert {*tried[:TRIES]} == {403}
    assert {*tried[TRIES:]} == {403, 429}
    assert tries(f"{front}/{events['front']}", "127.0.0.6", 5) == [403] * 5


def test_only_the_proxy_is_believed(processes: list[Server], events: dict[str, str], peer: str) -> None:
    tried = tries(f"{processes[0].address}/{events[peer]}", peer, TRIES + 10)
    assert {*tried} == ({403} if peer == "127.0.0.1" else {403, 429})


def tries(board: str, own: str, times: int) -> list[int]:
    """What becomes of wrong tokens, typed by new devices at one address that say they are at others."""
    answers = []
    with httpx.Client(transport=httpx.HTTPTransport(local_address=own)) as abuser:
        for number in range(times):
            abuser.cookies.clear()
            forged = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
            answers.append(abuser.post(f"{board}/staff/", data={"token": "wrong"}, headers=forged).status_code)
    return answers


# Those who run it


def test_figures_are_not_for_the_public(front: str) -> None:
    assert get(f"{front}/metrics").status_code == 404


def test_where_one_process_is_away_the_other_answers(
    home: Installation, processes: list[Server], tmp_path: Path
) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    with nginx(tmp_path / "etc", [away, processes[0].address]) as front:
        for number in range(10):
            with httpx.Client(base_url=front) as host:
                placed(host, f"Host {number}")
    assert home.check() == 0


def test_where_none_is_there_readers_are_told_to_come_back(tmp_path: Path) -> None:
    with nginx(tmp_path / "etc", [f"http://127.0.0.1:{free_port()}"]) as front:
        answers = [get(front + path) for path in (BOARD, f"{BOARD}live", f"/api/{EVENT}/board")]
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in answers] == [(503, "2")] * 3


def test_one_worker_tells_for_all(home: Installation, front: str) -> None:
    command = [str(Path(sys.executable).with_name("openspaces")), "work"]
    assert holders(home) == 0
    worker = subprocess.Popen(command, cwd=ROOT, env=home.environment(), stdout=subprocess.DEVNULL)
    try:
        assert until_soon(lambda: holders(home) == 1)
    finally:
        worker.terminate()
    assert worker.wait(10) == 0


def holders(home: Installation) -> int:
    """How many workers hold the lease."""
    with psycopg.connect(home.database_url) as asked:
        found = asked.execute("SELECT count(*) FROM delivery_lease WHERE name = 'worker' AND holder <> ''").fetchone()
    return found[0] if found else 0
