"""Being there: typing the presence code, the four choices of who may place, and the code for the screen."""

import json
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT
from tests.intake.event import Visitor, at, choose, furnish, organiser, titled, titles
from tests.intake.test_web_people import signed_in, with_role

from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.intake.limits import PRESENCE, check_presence, presence_was_right
from openspaces.people.asking import Device
from openspaces.people.presence import WINDOW, code_now
from openspaces.people.staff import SCREEN, first_tokens, make_token, written
from openspaces.people.who import Role

TAKE = "Put my card on the board"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    furnish()
    settings.LIMITS = False


@pytest.fixture
def limits(settings: LazySettings) -> None:
    settings.LIMITS = True
    for buckets in (PRESENCE.device, PRESENCE.event, PRESENCE.address):
        buckets._filled.clear()


def code() -> str:
    """What the screen shows now."""
    return code_now(EVENT, datetime.now(UTC))[0]


# The page


def test_the_code_is_typed_and_one_goes_on_from_there() -> None:
    visitor = Visitor()
    page = visitor.get(f"here/?next=/{EVENT}/{at('elm 09:00')}")
    assert (page.headings, page.fields["code"]) == (["Type the six symbols on the screen"], "")
    assert visitor.leads_to("here/", code=code().lower(), next=page.fields["next"]) == f"/{EVENT}/{at('elm 09:00')}"
    assert visitor.get("here/").headings == ["You are here"]


def test_a_wrong_code_is_said_so_and_kept() -> None:
    page = Visitor().post("here/", code="AAAAAA", next="/x/")
    assert (page.status, page.fields) == (403, {"next": "/x/", "code": "AAAAAA"})
    assert page.wrong == {"code": "That is not the code on the screen now. It changes every ten minutes: look again."}


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "x"]
)
def test_one_never_goes_on_to_another_site(onward: str) -> None:
    assert Visitor().leads_to("here/", code=code(), next=onward) == f"/{EVENT}/here/"
    assert Visitor().get(f"here/?next={onward}").fields["next"] == f"/{EVENT}/"


# Who may place


def test_where_presence_is_asked_for_the_code_is_the_way_to_the_form() -> None:
    choose(Policy(placing=Placing.PRESENCE))
    visitor = Visitor()
    page = visitor.get(at("elm 09:00"))
    assert page.fields == {}
    way = page.links["Type the symbols on the screen"]
    assert way == f"/{EVENT}/here/?next=/{EVENT}/{at('elm 09:00').replace('@', '%40')}"
    onward = visitor.get(way.removeprefix(f"/{EVENT}/")).fields["next"]
    assert visitor.post("here/", code=code(), next=onward).buttons == {TAKE: {"class": "button"}}
    visitor.send(at("elm 09:00"), title="Chess")
    assert titles()[-1] == "Chess"


def test_a_card_from_somebody_who_is_not_present_waits_for_the_code_and_loses_nothing() -> None:
    choose(Policy(placing=Placing.PRESENCE))
    visitor = Visitor()
    typed = {"title": "Chess", "text": "two\nlines", "host": "Ada"}
    page = visitor.post(at("elm 09:00"), **typed)
    assert (page.status, page.headings, page.fields) == (
        403,
        ["Type the six symbols on the screen"],
        {**typed, "presence": ""},
    )
    wrong = visitor.post(at("elm 09:00"), **{**page.fields, "presence": "AAAAAA"})
    assert (wrong.status, list(wrong.wrong), wrong.fields) == (403, ["presence"], {**typed, "presence": ""})
    done = visitor.post(at("elm 09:00"), **{**wrong.fields, "presence": code()})
    assert done.successes[0].startswith("It's up: Saturday 09:00–10:00, Elm.")
    assert titled("Chess").words.text == "two\nlines"


def test_where_signing_in_is_asked_for_it_is_the_way_to_the_form() -> None:
    choose(Policy(placing=Placing.SIGNED_IN))
    page = Visitor().get(at("elm 09:00"))
    way = f"/accounts/login/?next=/{EVENT}/{at('elm 09:00').replace('@', '%40')}"
    assert (page.fields, page.links["Sign in"]) == ({}, way)
    signed_in("bob@example.org").send(at("elm 09:00"), title="Chess")
    assert titles()[-1] == "Chess"


def test_a_card_from_somebody_who_is_not_signed_in_waits_and_loses_nothing() -> None:
    choose(Policy(placing=Placing.SIGNED_IN))
    page = Visitor().post(at("elm 09:00"), title="Chess", text="two\nlines")
    assert (page.status, page.headings, page.fields) == (
        403,
        ["Sign in first"],
        {"title": "Chess", "text": "two\nlines"},
    )
    assert page.links["Sign in on another page"] == "/accounts/login/?next=/accounts/"
    signed_in("bob@example.org").send(at("elm 09:00"), **page.fields)
    assert titled("Chess").words.text == "two\nlines"


def test_a_card_that_was_placed_elsewhere_is_not_moved_without_the_code() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    choose(Policy(placing=Placing.PRESENCE))
    address = f"cards/{titled('Chess').code}/edit/"
    assert visitor.get(address).links["Type the symbols on the screen"].startswith(f"/{EVENT}/here/?next=")
    cell = at("fir 09:00").split("/")[1]
    page = visitor.post(address, do="move", cell=cell)
    assert (page.status, page.fields) == (403, {"do": "move", "cell": cell, "presence": ""})
    visitor.send(address, **{**page.fields, "presence": code()})
    assert [str(each) for each in titled("Chess").cells] == [cell]


@pytest.mark.parametrize("placing", [Placing.PRESENCE, Placing.SIGNED_IN, Placing.FACILITATORS])
def test_staff_place_whatever_the_event_chose(placing: Placing) -> None:
    choose(Policy(placing=placing))
    with_role(Role.HELPER).send(at("elm 09:00"), title="Chess")
    assert titled("Chess").placement is not None


# The screen's code


def told_code(visitor: Visitor, **headers: str) -> tuple[int, dict[str, str]]:
    answer = visitor.client.get(f"/{EVENT}/screen/code", headers=headers)
    assert answer["Cache-Control"] == "private, no-store"
    return answer.status_code, json.loads(answer.content)


def test_the_code_is_told_to_staff_and_to_a_screen_and_to_nobody_else() -> None:
    screen = written(make_token(EVENT, SCREEN, note="hall"))
    others = written(make_token("fair", SCREEN, note="hall"))
    bearers = [screen, first_tokens(EVENT)[1], first_tokens(EVENT)[0], others, "x"]
    statuses = [told_code(Visitor(), Authorization=f"Bearer {token}")[0] for token in bearers]
    assert statuses == [200, 200, 403, 403, 403]
    people = [Visitor(), signed_in("ada@example.org"), with_role(Role.HELPER), organiser()]
    assert [told_code(visitor)[0] for visitor in people] == [403, 403, 200, 200]


def test_the_code_comes_with_the_moment_when_it_changes() -> None:
    before = datetime.now(UTC)
    status, told = told_code(organiser())
    until = datetime.fromisoformat(told["until"])
    assert (status, told["code"]) == (200, code_now(EVENT, until - WINDOW)[0])
    assert before < until <= datetime.now(UTC) + WINDOW


# Guessing


def test_a_device_that_guesses_is_stopped_and_all_that_it_typed_is_kept(limits: None) -> None:
    PRESENCE.device.rate = 1 / 3600
    visitor = Visitor()
    visitor.send("here/", code="AAAAAA")
    assert [visitor.send("here/", code="AAAAAA").status_code for _ in range(8)] == [403] * 6 + [429] * 2
    assert visitor.post("here/", code=code()).status == 429
    page = visitor.post(at("elm 09:00"), title="Chess", presence="AAAAAA")
    assert (page.status, page.fields) == (429, {"title": "Chess"})
    PRESENCE.device.rate = 0.1


def test_a_hall_that_types_at_once_behind_one_address_is_let_in(limits: None) -> None:
    for number in range(5000):
        assert check_presence(Device(str(number), fresh=True), EVENT, "192.0.2.1", now=0.0) == 0.0
        presence_was_right(EVENT, "192.0.2.1")


def test_guessing_with_fresh_devices_ends_at_the_address_and_locks_nobody_out(limits: None) -> None:
    guesses = [check_presence(Device(str(n), fresh=n % 2 == 0), EVENT, "192.0.2.1", now=n / 1000) for n in range(5000)]
    assert 1000 <= guesses.count(0.0) <= 1003
    assert check_presence(Device("honest", fresh=True), EVENT, "192.0.2.2", now=5.0) == 0.0


def test_guessing_from_many_addresses_ends_at_the_event(limits: None) -> None:
    guesses = [check_presence(Device("x", fresh=True), EVENT, f"192.0.{n % 250}.1", now=0.0) for n in range(5000)]
    assert guesses.count(0.0) == 3000
    assert check_presence(Device("x", fresh=True), "fair", "192.0.2.1", now=0.0) == 0.0
