"""schemathesis calls the API with everything that its OpenAPI document allows, and with much that it does not.

The last test says what all before it came to: it is run with them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.result import Ok
from schemathesis.errors import FailureGroup
from tests.inside import ROOMS, slots_of
from tests.promises import Promise
from tests.servers import EVENT, installation, serving

from openspaces.intake.api.shapes.base import CELL_PATTERN, CODE_PATTERN
from openspaces.intake.api.urls import api

CELLS = [f"{room}@{slot}" for slot in slots_of()[0] for room in ROOMS[:2]]
CODES: list[str] = []
"""Cards that are there, once the server runs."""
CONTESTS: list[str] = []
ASKED, RIGHT = Counter[str](), Counter[str]()
"""How often each operation was called, and how often all was as documented."""
ENOUGH = 20_000
"""Calls in a long run."""
NUMBERS = [str(number) for number in range(1, 200)]
"""Of changes and announcements; the log comes to have most of them."""
OF_A_CARD = ("card", "other", "with", "into", "winner", "cards", "queue")
OF_A_CELL = ("cell", "cells")
SHAPES = dict.fromkeys(OF_A_CARD, re.compile(CODE_PATTERN)) | dict.fromkeys(OF_A_CELL, re.compile(CELL_PATTERN))

document = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema()))).exclude(path_regex="/live$")
by_staff = pytest.mark.parametrize("caller", ["staff"])
"""Without a parameter of pytest's all operations would be tests of one name, of which pytest-xdist runs one alone."""
patient = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A running server with a few cards, and how staff calls it."""
    with installation(tmp_path_factory.mktemp("fuzz")) as home, serving(home) as servers:
        headers = {"Authorization": f"Bearer {home.token}"}
        CODES[:] = [_card(servers[0].address, cell) for cell in CELLS[:4]]
        CONTESTS[:] = [_contest(servers[0].address, headers, cell) for cell in CELLS[4:8]]
        yield {"base_url": servers[0].address, "headers": headers}


@by_staff
@document.parametrize()
@settings(patient, max_examples=6, derandomize=True)
def test_every_answer_is_as_the_document_says(case: Any, caller: str, request: pytest.FixtureRequest) -> None:
    _called(case, request.getfixturevalue(caller))


@pytest.mark.faults
@by_staff
@document.parametrize()
@settings(patient, max_examples=500)
def test_thousands_of_answers_are_as_the_document_says(case: Any, caller: str, request: pytest.FixtureRequest) -> None:
    _called(case, request.getfixturevalue(caller))


def test_all_of_the_api_was_called_and_nothing_broke(request: pytest.FixtureRequest, promise: Promise) -> None:
    kept = promise("T6", "schemathesis calls all of the API: no 5xx, and every answer is as documented")
    long = any("thousands" in item.name for item in request.session.items)
    assert set(ASKED) == {found.ok().label for found in document.get_all_operations() if isinstance(found, Ok)}
    assert (ASKED - RIGHT, ASKED.total() >= ENOUGH or not long) == (Counter(), True)
    kept.found(f"{ASKED.total():,} calls of {len(ASKED)} operations")


def test_control_an_answer_that_is_not_thought_of_is_found(tmp_path: Path, promise: Promise) -> None:
    control = promise.control("T6", "the answer to words that do not fit")
    case = document["/api/{event}/cards"]["POST"].Case(path_parameters={"event": EVENT}, body={"title": " "})
    with (
        installation(tmp_path, days=1) as home,
        serving(home, without=("words",)) as (server,),
        pytest.raises(FailureGroup, match="Server error"),
    ):
        _called(case, {"base_url": server.address, "headers": {}}, Counter(), Counter())
    control.found("a title of nothing but spaces is a 500")


def _called(case: Any, staff: dict[str, Any], asked: Counter[str] = ASKED, right: Counter[str] = RIGHT) -> None:
    """Call, and check: no 5xx, and status, type and shape as documented. What fits its shape may still be refused with
    422, for a title of nothing but spaces is a string too; and whoever is not staff may hold the card's key."""
    without = [schemathesis.checks.positive_data_acceptance, schemathesis.checks.ignored_auth]
    asked[case.operation.label] += 1
    case.call_and_validate(**staff, excluded_checks=without)
    right[case.operation.label] += 1


def _card(address: str, cell: str) -> str:
    answer = httpx.post(f"{address}/api/{EVENT}/cards", json={"title": "Here first", "cell": cell})
    code: str = answer.json()["code"]
    return code


def _contest(address: str, headers: dict[str, str], cell: str) -> str:
    codes = [httpx.post(f"{address}/api/{EVENT}/cards", json={"title": "Contends"}).json()["code"] for _ in range(2)]
    body = {"cell": cell, "cards": codes}
    return str(httpx.post(f"{address}/api/{EVENT}/contests", json=body, headers=headers).json()["id"])


@document.hook("map_path_parameters")
def aim_path(_context: Any, given: Any) -> Any:
    """Most calls ask for what is there, or they would all be 404."""
    return _aimed(given)


@document.hook("map_body")
def aim_body(_context: Any, given: Any) -> Any:
    """So do bodies; but what is there to be refused for its shape stays as it is."""
    fits = isinstance(given, dict) and all(_fits(name, value) for name, value in given.items() if name in SHAPES)
    return _aimed(given) if fits else given


def _fits(name: str, value: Any) -> bool:
    every = value if isinstance(value, list) and name.endswith(("s", "queue")) else [value]
    return all(isinstance(each, str) and SHAPES[name].fullmatch(each) for each in every)


def _aimed(given: Any) -> Any:
    return {name: _there(name, value) for name, value in given.items()} if isinstance(given, dict) else given


def _there(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_there(name, each) for each in value]
    paths = {"event": [EVENT], "code": CODES, "asking": CODES, "contest": CONTESTS, "number": NUMBERS}
    bodies = dict.fromkeys(OF_A_CARD, CODES) | dict.fromkeys(OF_A_CELL, CELLS)
    known = {**bodies, **paths}.get(name, []) if isinstance(value, str) else []
    turn = crc32(repr(value).encode("utf-8", "replace"))
    return known[turn % len(known)] if known and turn % 5 else value
