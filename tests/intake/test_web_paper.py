"""A card that begins on paper: its code opens its form, and once it is written, the card."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from tests.drawing import EVENT
from tests.intake.event import Visitor, furnish, now, organiser, titled, titles
from tests.outlets.sheets import codes, pictures

from openspaces.board.paper import paper_code
from openspaces.outlets.base import Variant
from openspaces.outlets.print import CARDS

NEW = "cards/new/"
DRAWN_TITLES = ["Knit", "Talk", "Run"]


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def code(serial: int = 1) -> str:
    return paper_code(EVENT, serial)


def scan(visitor: Visitor, serial: int = 1) -> str:
    """Where the phone ends up: at a form, or at a card."""
    answer = visitor.answer(f"{NEW}?paper={code(serial)}")
    return answer["Location"] if answer.status_code == 303 else NEW


def test_the_code_of_a_sheet_opens_the_form_of_that_card() -> None:
    page = Visitor().get(f"{NEW}?paper={code()}")
    assert page.form("title")["paper"] == code()
    shown = f"{code()[:3]} {code()[3:]}"
    assert page.notices == [
        f"This is the form of the paper card {shown}. "
        "Write here what stands on it; from then on whoever scans its code sees this card."
    ]


def test_what_phones_read_from_a_sheet_opens_the_form_of_that_card_and_later_that_card() -> None:
    (sheet,) = pictures(CARDS, now(), Variant(base_url="https://board.example", form="a4", name="1+2"), ppi=150)
    addresses = [f"{NEW}?{urlsplit(read).query}" for read in codes(sheet)]
    ada = Visitor()
    forms = [ada.get(address).form("title") for address in addresses]
    assert sorted(form["paper"] for form in forms) == sorted([code(1), code(2)])
    for number, form in enumerate(forms):
        ada.post(NEW, **{**form, "title": f"Chess {number}"})
    assert [Visitor().answer(address)["Location"] for address in addresses] == [
        f"/{EVENT}/cards/{titled(f'Chess {number}').code}/" for number in (0, 1)
    ]
    assert [titled(f"Chess {number}").code for number in (0, 1)] == [form["paper"] for form in forms]


def test_the_card_that_is_written_there_has_the_code_of_the_sheet() -> None:
    ada = Visitor()
    page = ada.post(NEW, title="Chess", host="Eve", paper=code())
    assert page.successes[0].startswith("Your card is planned.")
    assert titled("Chess").code == code()


def test_from_then_on_the_code_leads_to_the_card() -> None:
    ada = Visitor()
    assert scan(ada) == NEW
    ada.post(NEW, title="Chess", paper=code())
    assert [scan(visitor) for visitor in (ada, Visitor())] == [f"/{EVENT}/cards/{code()}/"] * 2
    assert scan(ada, 2) == NEW


def test_of_two_phones_that_scan_one_sheet_one_writes_the_card_and_the_other_is_led_to_it() -> None:
    ada, bob = Visitor(), Visitor()
    assert (scan(ada), scan(bob)) == (NEW, NEW)
    ada.post(NEW, title="Chess", paper=code())
    page = bob.post(NEW, title="Go", host="Bob", text="A board game", paper=code())
    assert (page.status, page.links["See the card"]) == (409, f"/{EVENT}/cards/{code()}/")
    assert page.refusals[0].startswith("Somebody has just written the card of this sheet: “Chess”.")
    assert titles() == [*DRAWN_TITLES, "Chess"]


def test_what_the_other_typed_is_kept_and_may_be_a_card_of_its_own() -> None:
    Visitor().post(NEW, title="Chess", paper=code())
    bob = Visitor()
    page = bob.post(NEW, title="Go", host="Bob", text="A board game", paper=code())
    form = page.form("title")
    assert (form["title"], form["host"], form["text"], "paper" in form) == ("Go", "Bob", "A board game", False)
    bob.post(NEW, **form)
    assert (titles(), titled("Chess").code) == ([*DRAWN_TITLES, "Chess", "Go"], code())
    assert titled("Go").code != code()


def test_many_phones_at_once_write_one_card() -> None:
    phones = [Visitor() for _ in range(8)]

    def send(phone: Visitor) -> int:
        return phone.send(NEW, title="Chess", paper=code()).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, phones))
    assert answers == [303] + [409] * 7
    assert titles() == [*DRAWN_TITLES, "Chess"]


def test_a_form_that_is_sent_twice_is_one_card() -> None:
    ada = Visitor()
    key = ada.get(f"{NEW}?paper={code()}").form("title")["key"]
    for _ in range(2):
        sent = ada.send(NEW, title="Chess", paper=code(), key=key)
        assert (sent.status_code, sent["Location"]) == (303, f"/{EVENT}/cards/{code()}/edit/?planned=1")
    assert titles() == [*DRAWN_TITLES, "Chess"]


def test_a_mistake_in_the_form_keeps_the_code() -> None:
    page = Visitor().post(NEW, title="", paper=code())
    assert (page.status, page.form("title")["paper"]) == (422, code())


def test_an_idea_may_come_from_paper_too() -> None:
    Visitor().post(NEW, title="Chess", idea="1", paper=code())
    assert (titled("Chess").code, titled("Chess").stage) == (code(), "idea")


@pytest.mark.parametrize(
    "spelled",
    ["{code}", " {code} ", "{first} {last}", "{first}-{last}", "{lower}"],
    ids=["as it is", "spaces around", "a space", "a dash", "small letters"],
)
def test_the_code_may_be_typed_as_people_type(spelled: str) -> None:
    typed = spelled.format(code=code(), first=code()[:3], last=code()[3:], lower=code().lower())
    assert Visitor().get(f"{NEW}?paper={typed}").form("title")["paper"] == code()


@pytest.mark.parametrize(
    "typed",
    ["PAAAAA", "KNIT00", "nonsense", "<script>", "P" * 500, "\u202e\x00"],
    ids=["made up", "a card's", "no code", "markup", "long", "invisible"],
)
def test_a_code_that_no_sheet_has_is_said_to_be_none(typed: str) -> None:
    page = Visitor().get(f"{NEW}?paper={typed}")
    assert (page.status, "paper" in page.form("title")) == (200, False)
    assert [said.endswith("Look again, or write your card here all the same.") for said in page.refusals] == [True]


def test_nobody_chooses_the_code_of_a_card() -> None:
    Visitor().post(NEW, title="Chess", paper="PAAAAA")
    Visitor().post(NEW, title="Go", paper=paper_code("fair", 1))
    taken = {card.code for card in now().in_order()}
    assert taken & {"PAAAAA", paper_code("fair", 1)} == set()
    assert titles() == [*DRAWN_TITLES, "Chess", "Go"]


def test_the_form_asks_for_the_code_of_a_card_that_is_on_paper_already() -> None:
    page = Visitor().get(NEW)
    assert page.form("paper") == {"paper": ""}
    assert page.refusals == []


def test_a_withdrawn_card_keeps_its_code() -> None:
    ada = Visitor()
    ada.post(NEW, title="Chess", paper=code())
    ada.post(f"cards/{code()}/edit/", do="withdraw")
    assert scan(Visitor()) == f"/{EVENT}/cards/{code()}/"


@pytest.mark.parametrize("page", ["desk/", "staff/"])
def test_staff_are_led_to_what_is_printed(page: str) -> None:
    assert organiser().get(page).links["On paper"] == f"/{EVENT}/print/"
