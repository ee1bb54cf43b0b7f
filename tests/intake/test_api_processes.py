"""The API of two processes on one installation: what is done at the desk through one holds at once in the other."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.inside import ROOMS, slots_of
from tests.servers import EVENT, Installation, installation, serving

CELLS = [f"{room}@{slots_of()[0][0]}" for room in ROOMS]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("processes")) as home:
        yield home


@pytest.fixture(scope="module")
def desk(home: Installation) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Staff at the first process, and somebody with no role and no cookie yet at the second."""
    with serving(home, processes=2) as servers:
        first, second = (f"{server.address}/api/{EVENT}/" for server in servers)
        staff = {"Authorization": f"Bearer {home.token}"}
        with httpx.Client(base_url=first, headers=staff) as one, httpx.Client(base_url=second) as other:
            yield one, other


def contest_at(desk: httpx.Client, cell: str) -> tuple[int, list[str]]:
    """A contest about `cell` that staff open between two new cards."""
    codes = [desk.post("cards", json={"title": title}).json()["code"] for title in ("Chess", "Go")]
    return desk.post("contests", json={"cell": cell, "cards": codes}).json()["id"], codes


def refusal(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()["refusal"]


def test_a_contest_opened_through_one_is_voted_on_and_over_through_the_other(
    home: Installation, desk: tuple[httpx.Client, httpx.Client]
) -> None:
    staff, voter = desk
    contest, (_chess, go) = contest_at(staff, CELLS[0])
    ballot = {"cards": [go]}
    assert voter.put(f"contests/{contest}/ballot", json=ballot).json() == {"contest": contest, "cards": [go]}
    assert staff.get(f"contests/{contest}").json()["ballots"] == 1
    settled = staff.post(f"contests/{contest}/settlement", json={"reason": "All have voted"}).json()
    late = voter.put(f"contests/{contest}/ballot", json={"cards": []})
    assert (settled["outcome"], settled["ballots"], refusal(late)) == (go, 1, (409, "contest-over"))
    assert home.check() == 0


def test_a_freeze_through_one_stops_writes_and_votes_through_the_other(desk: tuple[httpx.Client, httpx.Client]) -> None:
    staff, host = desk
    contest, codes = contest_at(staff, CELLS[1])
    assert host.put(f"contests/{contest}/ballot", json={"cards": codes}).status_code == 200
    frozen = time.monotonic()
    staff.put("freeze", json={"reason": "Fire drill"})
    write = host.post("cards", json={"title": "Whist", "cell": CELLS[2]})
    assert (refusal(write), write.json()["facts"]) == ((409, "frozen"), {"reason": "Fire drill"})
    while (vote := host.put(f"contests/{contest}/ballot", json={"cards": []})).status_code == 200:
        assert time.monotonic() - frozen < 20  # it takes some hundredths of a second
    assert refusal(vote) == (409, "frozen")
    staff.delete("freeze")
    assert host.post("cards", json={"title": "Whist", "cell": CELLS[2]}).status_code == 201
