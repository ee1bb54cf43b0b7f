"""A small answer and the guards: similar titles, other sites, too fast, what went wrong."""

import json
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests.drawing import EVENT, cell
from tests.intake.event import Visitor, at, furnish, titled
from tests.intake.pages import Page

from openspaces.board.state import BEGINNING, Card
from openspaces.board.words import Words
from openspaces.intake.limits import TRIES, WRITES, check
from openspaces.intake.web.errors import bad_request, broken, forbidden
from openspaces.intake.web.similar import similar
from openspaces.lib.limits import Buckets
from openspaces.people.asking import Device


@pytest.fixture
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


@pytest.fixture
def limits(board: None) -> None:
    """Limits as they are in earnest, with all buckets full."""
    settings.LIMITS = True
    for each in (WRITES, TRIES):
        for buckets in (each.device, each.event, each.address):
            buckets._filled.clear()


# Similar titles


def test_the_form_hears_of_cards_like_its_own(board: None) -> None:
    found = json.loads(Visitor().answer("similar/?title=chess").content)
    assert found == {"says": "", "cards": []}
    Visitor().send(at("elm 09:00"), title="Lightning chess")
    found = json.loads(Visitor().answer("similar/?title=CHESS!").content)
    code = titled("Lightning chess").code
    when = "Saturday 09:00–10:00, Elm"
    card = {"code": code, "title": "Lightning chess", "when": when, "url": f"/{EVENT}/cards/{code}/"}
    assert found == {"says": "There are cards like yours:", "cards": [card]}


@pytest.mark.parametrize("title", ["", "%00", "%f0%9f%92%85", "x" * 5000, "%ff"])
def test_any_title_may_be_looked_for(board: None, title: str) -> None:
    assert Visitor().answer(f"similar/?title={title}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "other", "alike"),
    [
        ("Python packaging", "Python packaging: open therapy", True),
        ("teaching KIDS", "Teaching kids to code", True),
        ("Straße", "STRASSE", True),
        ("पायथन मशीन लर्निंग", "पायथन में मशीन लर्निंग: शुरुआत कैसे करें", True),
        ("ロボット入門", "Python で作るロボット入門", True),
        ("مبتدئين", "بايثون للمبتدئين", True),
        ("Python packaging", "Charlas: comunidad Python en español", False),
        ("Python", "Charlas: comunidad Python en español", False),
        ("Board games", "Jazz jam with Python synths", False),
        ("…", "!!!", False),
    ],
)
def test_titles_are_alike_or_not(typed: str, other: str, alike: bool) -> None:
    assert similar(typed, [card(other)]) == ([card(other)] if alike else [])


def test_the_nearest_come_first_and_withdrawn_ones_not_at_all() -> None:
    near, nearer = card("Chess for beginners", serial=1), card("Chess", serial=2)
    gone = card("Chess", serial=3, withdrawn=True)
    assert similar("chess", [near, nearer, gone]) == [nearer, near]


def card(title: str, serial: int = 1, withdrawn: bool = False) -> Card:
    return Card(f"CARD{serial:02}", serial, Words(title), "hand", 1, BEGINNING, withdrawn=withdrawn)


# Other sites


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "https://board.example"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, 403),
    ],
)
def test_only_this_site_and_programs_write(board: None, headers: dict[str, str], status: int) -> None:
    address = f"/{EVENT}/{at('elm 09:00')}"
    assert Client().post(address, {"title": "Chess"}, headers=headers).status_code == status
    assert Client().get(address, headers=headers).status_code == 200


def test_the_api_is_guarded_too(board: None) -> None:
    answer = Client().post(
        f"/api/{EVENT}/cards", {"title": "x"}, "application/json", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


# Too fast


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    buckets = Buckets(rate=0.5, burst=2)
    waits = []
    for moment in (0.0, 0.0, 0.0, 1.0, 2.0):
        waits.append(buckets.wait("ada", moment))
        if not waits[-1]:
            buckets.take("ada", moment)
    assert waits == [0.0, 0.0, 2.0, 1.0, 0.0]
    assert buckets.wait("bob", 0.0) == 0.0


def test_one_device_that_hammers_is_stopped_and_stops_nobody_else(limits: None) -> None:
    one, other = Device("one"), Device("other")
    passed = sum(not check(one, "fast", "192.0.2.1", now=moment / 20) for moment in range(2000))
    assert passed == 40 + 49
    assert check(other, "fast", "192.0.2.1", now=100.0) == 0.0


def test_three_thousand_known_devices_behind_one_address_are_let_in(limits: None) -> None:
    waits = [check(Device(str(number)), "wide", "192.0.2.1", now=number / 100) for number in range(3000)]
    assert waits == [0.0] * 3000


def test_three_thousand_new_devices_may_write_at_once_and_then_share_the_limit_of_their_address(limits: None) -> None:
    asked = [check(Device(str(number), fresh=True), "wide", "192.0.2.9", now=0.0) for number in range(4100)]
    assert (asked.count(0.0), min(asked[4000:]) > 0) == (4000, True)
    assert check(Device("x", fresh=True), "wide", "192.0.2.10", now=0.0) == 0.0


def test_an_ipv6_household_is_one_address(limits: None) -> None:
    for number in range(int(WRITES.address.burst)):
        check(Device("x", fresh=True), "six", f"2001:db8:1:1::{number:x}", now=0.0)
    assert check(Device("x", fresh=True), "six", "2001:db8:1:1::ffff", now=0.0) > 0
    assert check(Device("x", fresh=True), "six", "2001:db8:1:2::1", now=0.0) == 0.0


def test_too_fast_says_how_long_and_keeps_what_was_typed(limits: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WRITES.device, "rate", 1 / 3600)  # so that a slow machine regains nothing meanwhile
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    for _ in range(int(WRITES.device.burst)):
        visitor.send(at("elm 09:00"), title="")
    answer = visitor.send(at("fir 11:00"), title="More\nchess", text="kept\n\nwhole")
    page = Page(answer)
    assert (answer.status_code, 3500 < int(answer["Retry-After"]) <= 3600) == (429, True)
    assert page.fields == {"title": "More\nchess", "text": "kept\n\nwhole"}
    assert page.headings == ["One moment"]


def test_wrong_keys_are_limited_sooner(limits: None) -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    address = f"cards/{titled('Knit').code}/edit/"
    assert [visitor.post(address, key="AAAAA").status for _ in range(8)] == [403] * 6 + [429] * 2


# What went wrong


@pytest.mark.parametrize(("view", "status"), [(bad_request, 400), (forbidden, 403), (broken, 500)])
def test_what_went_wrong_is_said_on_a_page_with_a_way_on(view: object, status: int) -> None:
    request: HttpRequest = RequestFactory().get("/nowhere/x/")
    assert callable(view)
    page = Page(view(request))
    assert (page.status, page.links["To the events"]) == (status, "/")


def test_an_address_that_is_nothing_leads_to_the_board(board: None) -> None:
    page = Visitor().get("nothing/")
    assert (page.status, page.headings, page.links["To the board"]) == (404, ["There is nothing here"], f"/{EVENT}/")


def test_other_methods_are_not_for_forms(board: None) -> None:
    assert Client().delete(f"/{EVENT}/cells/{cell('elm 09:00')}/").status_code == 405
