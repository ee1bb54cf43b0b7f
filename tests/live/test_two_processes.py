"""Several server processes on one database: what is written through one is seen through all."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.live.listening import listening, wait_until
from tests.servers import Installation, Server, installation, postgresql_url, serving

EVENT = "race"
BOTH = [pytest.param(False, id="sqlite"), pytest.param(True, id="postgresql")]


@pytest.fixture(params=BOTH)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data", postgresql_url() if request.param else "") as made:
        yield made


@pytest.fixture
def servers(home: Installation) -> Iterator[list[Server]]:
    with serving(home, processes=2) as both:
        yield both


def test_a_card_placed_through_one_process_is_told_at_once_on_the_stream_and_the_page_of_the_other(
    home: Installation,
) -> None:
    with (
        serving(home, processes=2, without=("looking",)) as (here, there),
        listening(f"{there.address}/{EVENT}/live") as page,
        listening(f"{there.address}/api/{EVENT}/live") as program,
    ):
        number = _place(home, here, "r1", 0)
        frame, changes = page.next(), program.until(number)
        shown, own = (httpx.get(f"{each.address}/{EVENT}/").text for each in (there, here))
    assert (frame.event, frame.number) == ("cells", number)
    assert [change.data["kind"] for change in changes] == ["card.written", "card.placed"]
    assert shown.count("Card r1 0") == own.count("Card r1 0") >= 1


def test_a_reader_may_go_on_at_another_process(home: Installation, servers: list[Server]) -> None:
    here, there = servers
    with listening(f"{here.address}/api/{EVENT}/live") as program:
        number = _place(home, here, "r1", 0)
        last = program.until(number)[-1]
    with listening(f"{there.address}/api/{EVENT}/live", Last_Event_ID=last.id) as again:
        following = _place(home, here, "r2", 0)
        frames = again.until(following)
    assert [frame.number for frame in frames] == list(range(number + 1, following + 1))


def test_everyone_at_every_process_hears_the_same_while_both_write(home: Installation, servers: list[Server]) -> None:
    first = httpx.get(f"{servers[0].address}/api/{EVENT}/board").json()["number"]
    last = first + 2 * 20
    ready = threading.Barrier(3)

    def hear(server: Server) -> list[str]:
        with listening(f"{server.address}/api/{EVENT}/live") as program:
            ready.wait(10)
            return [frame.id for frame in program.until(last)]

    with ThreadPoolExecutor(12) as hands:
        heard = [hands.submit(hear, server) for server in servers]
        ready.wait(10)
        places = [
            hands.submit(_place, home, servers[slot % 2], f"r{room}", slot) for room in range(1, 6) for slot in range(4)
        ]
        assert max(place.result() for place in places) == last
    one, other = (each.result() for each in heard)
    assert one == other
    assert [int(each.partition(":")[2]) for each in one] == list(range(first + 1, last + 1))


def test_an_event_that_is_made_later_appears_without_a_restart(home: Installation, servers: list[Server]) -> None:
    addresses = [f"{server.address}/later/" for server in servers]
    assert [httpx.get(address).status_code for address in addresses] == [404, 404]
    home.ask("furnish", "later")
    wait_until(lambda: {httpx.get(address).status_code for address in addresses} == {200})
    assert {httpx.get(f"{server.address}/").status_code for server in servers} == {200}


def _place(home: Installation, server: Server, room: str, slot: int) -> int:
    """Place a card in a room, in the event's slot of that place; its number."""
    slots = httpx.get(f"{server.address}/api/{EVENT}/board").json()["slots"]
    said = {"title": f"Card {room} {slot}", "cell": f"{room}@{slots[slot]['key']}"}
    staff = {"Authorization": f"Bearer {home.token}"}
    answer = httpx.post(f"{server.address}/api/{EVENT}/cards", json=said, headers=staff, timeout=20)
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["number"]
    return number
