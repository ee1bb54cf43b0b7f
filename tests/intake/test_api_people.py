"""The API's callers: the presence code, and the four choices of who may place."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT
from tests.intake.calling import ELM9, ELM11, KNIT, Caller, anybody, cells_of, host_of, staff, told
from tests.intake.event import choose
from tests.people.signing import sign_in

from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.intake.limits import PRESENCE
from openspaces.people.members import invite
from openspaces.people.models import Presence
from openspaces.people.presence import code_now
from openspaces.people.who import Role

ADA = "ada@example.org"


def code() -> str:
    """What the screen shows now."""
    return code_now(EVENT, datetime.now(UTC))[0]


def signed_in() -> Caller:
    caller = Caller()
    caller.client.cookies["session"] = sign_in(ADA)
    return caller


def test_a_program_shows_the_code_and_is_present_from_then_on(board: None) -> None:
    choose(Policy(placing=Placing.PRESENCE))
    caller = anybody()
    assert caller.call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 403
    answer = caller.call("PUT", "presence", {"code": code()})
    assert (answer.status_code, answer.content) == (204, b"")
    assert caller.call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201


def test_the_first_thing_that_a_program_sends_may_be_the_code(board: None) -> None:
    answer = anybody().call("PUT", "presence", {"code": code()})
    assert "device" in answer.cookies


@pytest.mark.parametrize("wrong", ["AAAAAA", "", "\0", "x" * 40])
def test_a_wrong_code_is_refused_in_the_shape_of_every_refusal(board: None, wrong: str) -> None:
    answer = anybody().call("PUT", "presence", {"code": wrong})
    assert (answer.status_code, told(answer)["refusal"]) == (403, "presence-needed")
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("body", [{}, {"code": None}, {"code": 7}, {"code": "x" * 41}, []])
def test_what_is_no_code_at_all_is_misshapen(board: None, body: object) -> None:
    assert anybody().call("PUT", "presence", body).status_code == 422


def test_the_code_may_come_with_the_card(board: None) -> None:
    choose(Policy(placing=Placing.PRESENCE))
    card = {"title": "Chess", "cell": ELM9}
    refused = anybody().call("POST", "cards", {**card, "presence": "AAAAAA"})
    assert (refused.status_code, told(refused)["refusal"]) == (403, "presence-needed")
    caller = anybody()
    assert caller.call("POST", "cards", {**card, "presence": code()}).status_code == 201
    assert caller.call("POST", "cards", {**card, "cell": ELM11}).status_code == 201


def test_and_with_a_placement(board: None) -> None:
    choose(Policy(placing=Placing.PRESENCE))
    host = host_of(KNIT)
    assert host.call("PUT", f"cards/{KNIT}/placement", {"cell": ELM11}).status_code == 403
    assert host.call("PUT", f"cards/{KNIT}/placement", {"cell": ELM11, "presence": code()}).status_code == 200
    assert cells_of(KNIT) == [ELM11]


def test_guessing_ends_with_a_wait(board: None, settings: LazySettings) -> None:
    settings.LIMITS = True
    caller = anybody()
    for bucket in (PRESENCE.device, PRESENCE.event, PRESENCE.address):
        bucket._filled.clear()
    PRESENCE.device.rate = 1 / 3600
    statuses = [caller.call("PUT", "presence", {"code": "AAAAAA"}).status_code for _ in range(9)]
    PRESENCE.device.rate = 0.1
    assert statuses == [403] * 7 + [429] * 2


@pytest.mark.parametrize(
    ("placing", "refusal"),
    [(Placing.SIGNED_IN, "sign-in-needed"), (Placing.PRESENCE, "presence-needed")],
)
def test_who_may_not_place_is_told_what_is_lacking(board: None, placing: Placing, refusal: str) -> None:
    choose(Policy(placing=placing))
    answer = anybody().call("POST", "cards", {"title": "Chess", "cell": ELM9})
    assert (answer.status_code, told(answer)["refusal"]) == (403, refusal)
    assert staff().call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201


def test_whoever_is_signed_in_places_where_that_is_asked_for(board: None) -> None:
    choose(Policy(placing=Placing.SIGNED_IN))
    assert signed_in().call("POST", "cards", {"title": "Chess", "cell": ELM9}).status_code == 201


def test_being_signed_in_is_no_role_until_one_is_given(board: None) -> None:
    caller = signed_in()
    assert caller.call("PUT", f"cells/{ELM11}/closure", {"reason": "Rain"}).status_code == 403
    invite(EVENT, ADA, Role.FACILITATOR, by="program")
    assert caller.call("PUT", f"cells/{ELM11}/closure", {"reason": "Rain"}).status_code == 200
