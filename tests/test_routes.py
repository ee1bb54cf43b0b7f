"""Every address is declared in `tests/routes.py`, and everybody can do there what is declared, and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.drawing import moves_of
from tests.people.signing import sign_in
from tests.routes import (
    DRAWN,
    FILLED,
    HELPER,
    HOOK,
    HOST,
    IDEAS,
    KNIT,
    LINES,
    ODD,
    ODD_CELL,
    PRESENT,
    PUBLIC,
    STREAMS,
    TALK,
    Actor,
    Line,
)
from tests.servers import installation, serving

from openspaces.board.models import Ballot, Report
from openspaces.board.moves import AddRoom, WriteCard
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Room
from openspaces.delivery.destinations import set_up
from openspaces.delivery.known import know
from openspaces.delivery.models import Delivery, Destination
from openspaces.intake.api.urls import api
from openspaces.intake.web.staff.doing import _DOES
from openspaces.outlets import webhook
from openspaces.outlets.registry import PULLS, PUSHES
from openspaces.outlets.webhook.signing import mint
from openspaces.people.asking import COOKIE, Device, hold
from openspaces.people.keys import card_key, hand
from openspaces.people.members import invite
from openspaces.people.models import Account, Membership, Presence, RoleGiven, Token
from openspaces.people.presence import code_now, show
from openspaces.people.staff import API, first_tokens, give_role, make_token, written
from openspaces.people.who import PROGRAM, Role

CAMP, FAIR = "camp", "fair"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_NUMBER = "99999"
EVER = datetime(2022, 4, 29, tzinfo=UTC)


# Every address is declared


def test_every_address_is_declared() -> None:
    assert declared() == {(method, path) for path in existing() for method in existing()[path]} | forms_declared()
    assert {path for _, path in declared()} == set(existing())


def test_every_public_address_is_declared() -> None:
    assert set(PUBLIC) == {path for pull in PULLS for path in pull.paths} | {
        "/",
        "/os",
        "/os.png",
        "/healthz",
        "/metrics",
    }


def test_everything_that_an_organiser_may_do_about_people_is_declared() -> None:
    does = {line.sends["do"] for line in LINES if line.path == "/{event}/staff/" and "do" in line.sends}
    assert does == {*_DOES, "drop"}


def declared() -> set[tuple[str, str]]:
    return {(line.method, line.path.partition("?")[0]) for line in LINES}


def forms_declared() -> set[tuple[str, str]]:
    """Forms do not say in the routing tables which methods they take; the others are refused, which is tried below."""
    return {(method, path) for method, path in declared() if not existing().get(path)}


def existing() -> dict[str, set[str]]:
    """Every path of the routing tables, and the methods of those that tell them."""
    calls = dict(_calls())
    return {path: calls.get(path, set()) for path in {*_paths(get_resolver().url_patterns), *calls}}


def _paths(patterns: list[Any], before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        path = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, path)
        else:
            assert isinstance(pattern, URLPattern)
            yield path


def _plain(pattern: str) -> str:
    """`<str:code>/` and `^(?P<rest>.*)$` as the lines write them."""
    bare = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)\$?", r"{\1}", pattern)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", bare)


def _calls() -> Iterator[tuple[str, set[str]]]:
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            yield f"/api{path}", {method for operation in view.operations for method in operation.methods}


# Everybody tries everything


@dataclass(frozen=True)
class Scene:
    """An event with everybody at it, and another one."""

    clients: Mapping[Actor, Client]
    values: Mapping[str, str]

    def ask(self, line: Line, actor: Actor, **other: str) -> HttpResponse:
        """What somebody is answered; `other` takes the place of a value."""
        return ask(self.clients[actor], line, {**self.values, **other})


@pytest.fixture
def ways_out() -> Iterator[None]:
    """The program has all its push outlets."""
    know(PUSHES)
    yield
    know(())


@pytest.fixture
def clients(database: None, settings: LazySettings, ways_out: None) -> Mapping[Actor, Client]:
    """The two events, and everybody with a browser of their own."""
    settings.LIMITS = False
    for event in (CAMP, FAIR):
        for move, by in moves_of(DRAWN, ideas=IDEAS):
            assert play(event, move, by=by).refusal is None
        first_tokens(event)
        invite(event, "member@example.org", Role.HELPER, by="program")
        set_up(event, webhook.WEBHOOK, "Bot", {"url": HOOK["set-url"]}, asks=False, by="", minted=mint({}, EVER).keeps)
    assert play(FAIR, WriteCard(title="Odd", code=ODD), by=PROGRAM).refusal is None
    assert play(FAIR, AddRoom(room=Room("yew", "Yew")), by=PROGRAM).refusal is None
    return {actor: _client(actor) for actor in Actor}


def _client(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    if actor is Actor.STRANGER:
        return client
    device = Device(actor.name)
    client.cookies[COOKIE] = device.cookie
    if actor is Actor.SIGNED_IN:
        client.cookies["session"] = sign_in("ada@example.org")
    if actor is Actor.PRESENT:
        now = datetime.now(UTC)
        show(CAMP, hand(device.name, CAMP), code_now(CAMP, now)[0], now)
    if actor is Actor.HOST:
        hold(CAMP, device, KNIT, card_key(CAMP, KNIT))
    if actor in (Actor.HELPER, Actor.FACILITATOR, Actor.ORGANISER):
        give_role(CAMP, hand(device.name, CAMP), Role[actor.name])
    if actor is Actor.OUTSIDER:
        give_role(FAIR, hand(device.name, FAIR), Role.ORGANISER)
        client.cookies["session"] = sign_in("boss@example.org")
        invite(FAIR, "boss@example.org", Role.ORGANISER, by="program")
        token = written(make_token(FAIR, API, role=Role.ORGANISER, note="theirs"))
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def scene_for(line: Line, clients: Mapping[Actor, Client]) -> Scene:
    """What has to be so for the line to succeed."""
    for move, by in line.first:
        outcome = play(CAMP, move, by=by)
        assert outcome.refusal is None, outcome.refusal
    board = board_now(CAMP)
    assert board is not None
    found = {"number": str(board.number), "contest": str(max(board.contests, default=0))}
    people = {
        "place": str(Destination.objects.get(event=CAMP).pk),
        "member": str(Membership.objects.get(event=CAMP).pk),
        "device": str(RoleGiven.objects.get(hand=hand("HELPER", CAMP)).pk),
    }
    values = {**FILLED, **found, **people}
    return Scene(clients, {**values, **{name: value.format(**values) for name, value in line.fills.items()}})


def ask(client: Client, line: Line, values: Mapping[str, str], method: str = "") -> HttpResponse:
    path, sends = line.path.format(**values), _filled(line.sends, values)
    if path.startswith("/api/"):
        body = json.dumps(sends) if line.method not in ("GET", "DELETE") else ""
        return client.generic(method or line.method, path, body, "application/json")  # type: ignore[return-value]
    if (method or line.method) == "POST":
        return client.post(path, sends)  # type: ignore[return-value]
    return client.generic(method or line.method, path)  # type: ignore[return-value]


def _filled(sent: Any, values: Mapping[str, str]) -> Any:
    if isinstance(sent, Mapping):
        return {name: _filled(value, values) for name, value in sent.items()}
    if isinstance(sent, list):
        return [_filled(value, values) for value in sent]
    names = re.fullmatch(r"\{(\w+)\}", sent) if isinstance(sent, str) else None
    return values[names[1]] if names else sent


def state() -> tuple[object, ...]:
    """Everything that a request could change without being allowed to."""
    numbers = [board.number for event in (CAMP, FAIR) if (board := board_now(event))]
    tables = (Destination, Delivery, Token, Membership, RoleGiven, Presence, Account, Ballot, Report)
    return (numbers, *(list(table.objects.order_by("pk").values()) for table in tables))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.named)
def test_everybody_can_do_what_they_may_and_nothing_else(line: Line, clients: Mapping[Actor, Client]) -> None:
    scene = scene_for(line, clients)
    before = state()
    others = [actor for actor in Actor if actor not in line.may]
    assert {actor: scene.ask(line, actor).status_code for actor in others} == dict.fromkeys(others, line.refused)
    assert state() == before
    if line.may:
        first, *also = line.may
        answer = scene.ask(line, first)
        assert answer.status_code == line.ok, answer.content.decode()[-800:]
        more = also[-1:] if line.method == "GET" else also
        statuses = [scene.ask(line, actor).status_code for actor in more]
        assert [status for status in statuses if status >= 500 or status in (401, 403)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        Line("PUT", "/api/{event}/freeze", HELPER, {"reason": "Rain"}),
        Line("POST", "/api/{event}/ideas", HOST, {"title": "Chess"}, ok=201),
        Line("POST", "/{event}/here/", PRESENT, {"code": "AAAAAA"}),
    ],
    ids=["allows too much", "allows too little", "never succeeds"],
)
def test_control_a_line_that_is_wrong_is_found(wrong: Line, clients: Mapping[Actor, Client]) -> None:
    with pytest.raises(AssertionError):
        test_everybody_can_do_what_they_may_and_nothing_else(wrong, clients)


WRITES = [line for line in LINES if line.method != "GET" and line.path.startswith(("/api/{event}", "/{event}"))]


@pytest.mark.parametrize("line", WRITES, ids=lambda line: line.named)
def test_what_another_event_has_is_not_here(line: Line, clients: Mapping[Actor, Client]) -> None:
    scene, boss = scene_for(line, clients), Actor.ORGANISER
    before = state()
    strange = [("event", "nowhere"), ("code", ODD), ("asking", ODD), ("cell", ODD_CELL)]
    strange += [("contest", NO_NUMBER), ("number", NO_NUMBER), ("member", NO_NUMBER), ("device", NO_NUMBER)]
    strange += [("place", str(Destination.objects.get(event=FAIR).pk)), ("outlet", "owl")]
    named = re.findall(r"\{(\w+)\}", line.path + json.dumps(line.sends))
    asked = {name: scene.ask(line, boss, **{name: value}).status_code for name, value in strange if name in named}
    assert asked == dict.fromkeys(asked, 404)
    assert state() == before


@pytest.mark.parametrize("line", [line for line in WRITES if "api" in line.path], ids=lambda line: line.named)
def test_nor_can_its_cards_be_named_in_what_is_sent(line: Line, clients: Mapping[Actor, Client]) -> None:
    scene = scene_for(line, clients)
    sent = json.dumps(line.sends)
    before = state()
    for known in (KNIT, TALK):
        if known in sent:
            odd = Line(line.method, line.path, line.may, json.loads(sent.replace(known, ODD)))
            assert scene.ask(odd, Actor.ORGANISER).status_code == 404
    assert state() == before


READ_IN_ANY_WAY = ("/api/docs", "/api/openapi.json")
"""The library answers every method there, always with the same page."""
FORMS = sorted({path for _, path in declared() if not existing().get(path)} - set(READ_IN_ANY_WAY))


@pytest.mark.parametrize("path", FORMS)
def test_a_form_takes_the_declared_methods_and_no_other(path: str, clients: Mapping[Actor, Client]) -> None:
    line = Line("", path, ())
    scene = scene_for(line, clients)
    wrong = [method for method in METHODS if (method, path) not in declared()]
    for actor in (Actor.ORGANISER, Actor.SIGNED_IN):
        asked = {method: ask(clients[actor], line, scene.values, method).status_code for method in wrong}
        assert {method: status for method, status in asked.items() if status not in (404, 405)} == {}


# What everybody reads


def test_what_everybody_reads_nobody_writes(tmp_path: Path) -> None:
    with installation(tmp_path) as home, serving(home) as (server,), httpx.Client(verify=False, timeout=60) as client:
        card = client.post(f"{server.address}/api/race/cards", json={"title": "Chess"}).json()["code"]
        day = client.get(f"{server.address}/race/board.json").json()["slots"][0]["day"]
        staff = {"Authorization": f"Bearer {home.token}"}
        for path, status in PUBLIC.items():
            address = server.address + path.format(event="race", code=card, day=day)
            assert (path, client.get(address).status_code) == (path, status)
            refused = [client.request(method, address, headers=staff).status_code for method in METHODS[1:]]
            assert (path, [code for code in refused if code not in (404, 405)]) == (path, [])
        for path in STREAMS:
            address = server.address + path.format(event="race")
            refused = [client.request(method, address, headers=staff).status_code for method in METHODS[1:]]
            assert (path, refused) == (path, [405] * 4)
