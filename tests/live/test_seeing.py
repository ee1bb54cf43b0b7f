"""Whether it is well, and its figures: what a load balancer, a person and Prometheus are told, and who is told."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.conf import LazySettings
from django.db import InterfaceError, OperationalError, transaction
from prometheus_client.parser import text_string_to_metric_families
from tests.inside import slots_of
from tests.intake.event import furnish
from tests.live.listening import InThread, listening, serving_here
from tests.seeing import Seen, seen
from tests.servers import EVENT, Installation, installation

from openspaces.board import store
from openspaces.board.memory import MEMORY
from openspaces.board.moves import WriteCard
from openspaces.board.play import play
from openspaces.board.state import Board
from openspaces.delivery.lease import HELD
from openspaces.delivery.models import Lease
from openspaces.live import health, metrics
from openspaces.live.health import Health
from openspaces.live.requests import event_of
from openspaces.people.who import PROGRAM
from openspaces.settings import shown_to

CELL = f"r1@{slots_of()[0][0]}"
FROM_AFAR = {"X-Forwarded-For": "192.0.2.7"}
Figures = dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Seen]]:
    with installation(tmp_path_factory.mktemp("seen"), days=1) as home, seen(home) as server:
        yield home, server


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    furnish()
    with serving_here() as serving:
        yield serving


def figures(text: str) -> Figures:
    """Every figure by its name and the values of its labels."""
    families = text_string_to_metric_families(text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


# /healthz


def test_a_server_that_is_well_says_what_a_person_wants_to_know(running: tuple[Installation, Seen]) -> None:
    home, server = running
    answer = httpx.get(f"{server.address}/healthz")
    facts = answer.json()
    known = {"version", "installation", "database", "events", "streams", "newest", "behind", "worker", "disk_free"}
    assert (answer.status_code, set(facts)) == (200, known | {"troubles"})
    board = httpx.get(f"{server.address}/api/{EVENT}/board").json()
    assert (facts["newest"]["event"], facts["newest"]["number"]) == (EVENT, board["number"])
    assert (facts["database"], facts["events"], facts["behind"], facts["troubles"]) == ("ok", 1, 0, [])
    assert facts["worker"]["works"]
    secret = (home.data / "secret").read_text()
    assert [word for word in (secret, home.token, str(home.data)) if word in answer.text] == []


def test_a_load_balancer_may_ask_without_wanting_the_words(running: tuple[Installation, Seen]) -> None:
    answer = httpx.head(f"{running[1].address}/healthz")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_process_that_misses_what_others_write_for_ten_seconds_is_not_well() -> None:
    ours, missed = Board("lost", "epoch", number=4), {"lost": ("epoch", 5)}
    MEMORY.correct(ours)
    try:
        process = Health(lambda: 0)
        asked = [process._has_missed(missed, now) for now in (0.0, 9.0, 11.0)]
        MEMORY.correct(Board("lost", "epoch", number=5))
        newer = {"lost": ("epoch", 6)}
        assert [*asked, *(process._has_missed(newer, now) for now in (12.0, 21.0))] == [
            False,
            False,
            True,
            False,
            False,
        ]
    finally:
        MEMORY.forget("lost")


def test_a_writer_that_cannot_write_is_not_well_until_it_can(server: InThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "COMMIT_SECONDS", 0.3)
    monkeypatch.setattr(health, "HOLDS", 0.0)
    writes = threading.Thread(target=lambda: play("camp", WriteCard(title="Chess"), by=PROGRAM))
    with transaction.atomic():
        store.lock("camp")
        writes.start()
        threading.Event().wait(0.6)
        held = httpx.get(f"{server.address}/healthz")
    writes.join()
    assert (held.status_code, len(held.json()["troubles"]) >= 1) == (503, True)
    assert held.json()["troubles"][0].startswith("The writer has been at one commit")
    assert httpx.get(f"{server.address}/healthz").status_code == 200


@pytest.mark.parametrize(("holder", "ago"), [("", 0), ("one", 120)])
def test_where_nobody_tells_people_outside_it_is_said_and_people_are_served(
    server: InThread, holder: str, ago: int
) -> None:
    until = datetime.now(UTC) + HELD - timedelta(seconds=ago)
    Lease.objects.update_or_create(name="worker", defaults={"holder": holder, "until": until})
    answer = httpx.get(f"{server.address}/healthz")
    says = "Nobody tells people outside (mail, phones, posts, hooks): run openspaces work."
    assert (answer.status_code, answer.json()["troubles"]) == (200, [says])
    assert answer.json()["worker"]["works"] is bool(holder)


@pytest.mark.parametrize("trouble", [OperationalError, InterfaceError])
def test_where_the_database_cannot_be_asked_it_is_not_well(
    server: InThread, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    def gone() -> None:
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(health, "numbers", gone)
        answer = httpx.get(f"{server.address}/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


def test_where_the_disk_is_almost_full_it_is_said_and_people_are_served(
    server: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LITTLE", 2**62)
    answer = httpx.get(f"{server.address}/healthz")
    assert answer.status_code == 200
    assert [each for each in answer.json()["troubles"] if each.startswith("The disk has")] != []


# /metrics


def test_what_happens_is_in_the_figures(running: tuple[Installation, Seen]) -> None:
    _, server = running
    before = figures(httpx.get(f"{server.address}/metrics").text)
    placed = [httpx.post(f"{server.address}/api/{EVENT}/cards", json={"title": "A", "cell": CELL}) for _ in range(2)]
    assert [answer.status_code for answer in placed] == [201, 409]
    for _ in range(3):
        httpx.get(f"{server.address}/{EVENT}/now/")
    with listening(f"{server.address}/{EVENT}/live"):
        after = figures(httpx.get(f"{server.address}/metrics").text)
    grew = {key: value - before.get(key, 0.0) for key, value in after.items() if value != before.get(key, 0.0)}
    assert grew["openspaces_moves_total", "WriteCard", ""] == 1
    assert grew["openspaces_moves_total", "WriteCard", "cell-taken"] == 1
    assert grew[("openspaces_move_seconds_count",)] >= 2
    assert grew["openspaces_number", EVENT] == placed[0].json()["number"] - before["openspaces_number", EVENT]
    assert grew["openspaces_requests_total", "api", "409"] == 1
    assert grew["openspaces_print_seconds_count", "now"] >= 1
    assert grew[("openspaces_answers_kept_total",)] >= 1
    assert (after[("openspaces_streams",)], before[("openspaces_streams",)]) == (1, 0)
    assert (after[("openspaces_database_up",)], after[("openspaces_follower_behind",)]) == (1, 0)
    assert after[("process_open_fds",)] > 5


def test_no_figure_has_a_name_of_anybody_or_of_a_card(running: tuple[Installation, Seen]) -> None:
    _, server = running
    words = {"title": "Zaunkoenig", "text": "Zaunkoenig", "host": "Zaunkoenig", "handle": "@Zaunkoenig"}
    made = httpx.post(f"{server.address}/api/{EVENT}/cards", json=words).json()
    httpx.get(f"{server.address}/{EVENT}/cards/{made['code']}/")
    text = httpx.get(f"{server.address}/metrics").text
    assert [word for word in ("Zaunkoenig", made["code"], made["key"]) if word in text] == []


def test_few_events_have_a_figure_of_their_own() -> None:
    boards = [Board(f"e{number}", "epoch", number=number, at=_day(number)) for number in range(metrics.EVENTS + 7)]
    for board in boards:
        MEMORY.correct(board)
    try:
        count, newest = metrics._boards()
        shown = {sample.labels["event"]: sample.value for sample in newest.samples}
        assert shown == {board.event: board.number for board in boards[7:]}
        assert [sample.value for sample in count.samples] == [len(MEMORY.boards())]
    finally:
        for board in boards:
            MEMORY.forget(board.event)


@pytest.mark.parametrize("path", ["/apifest/", "/apifest/desk/", "/api/apifest/board"])
def test_an_address_names_its_event(path: str) -> None:
    MEMORY.correct(Board("apifest", "epoch", number=1))
    try:
        assert event_of(path) == "apifest"
    finally:
        MEMORY.forget("apifest")


def test_where_nobody_ever_told_anybody_a_figure_says_so() -> None:
    _engine, _behind, works = metrics._database(metrics.Asked({}, {}, None, "sqlite"))
    assert [(sample.name, sample.value) for sample in works.samples] == [("openspaces_worker_works", 0)]


def _day(number: int) -> datetime:
    return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=number)


@pytest.mark.parametrize(
    ("setting", "proxies", "headers", "status"),
    [
        ("127.0.0.1, ::1", "", {}, 200),
        ("127.0.0.1, ::1", "", FROM_AFAR, 403),
        ("127.0.0.1, ::1", "", {"Forwarded": "for=127.0.0.1"}, 403),
        ("192.0.2.0/24", "", {}, 403),
        ("192.0.2.0/24", "", FROM_AFAR, 403),
        ("192.0.2.0/24", "127.0.0.1", FROM_AFAR, 200),
        ("192.0.2.0/24", "127.0.0.1", {"X-Forwarded-For": "198.51.100.7"}, 403),
        ("127.0.0.1", "127.0.0.1", FROM_AFAR, 403),
        ("on", "", FROM_AFAR, 200),
        ("off", "", {}, 404),
        ("token=sesame-sesame", "", {}, 403),
        ("token=sesame-sesame", "", {"Authorization": "Bearer sesame"}, 403),
        ("token=sesame-sesame", "", {"Authorization": "Bearer s\u00e9same"}, 403),
        ("token=sesame-sesame", "", {"Authorization": "Bearer sesame-sesame", **FROM_AFAR}, 200),
    ],
)
def test_figures_are_shown_to_whom_the_setting_names(
    database: None, settings: LazySettings, setting: str, proxies: str, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_FROM, settings.METRICS_TOKEN = shown_to(setting)
    settings.PROXIES = [proxies] if proxies else []
    encoded = {name.encode(): value.encode() for name, value in headers.items()}
    with serving_here() as serving:
        assert httpx.get(f"{serving.address}/metrics", headers=encoded).status_code == status
