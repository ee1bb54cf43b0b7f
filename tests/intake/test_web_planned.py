"""Planned sessions without a script: announced, understood, and on the day put where they were wished."""

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.drawing import EVE, EVENT, at, cell
from tests.intake.event import Visitor, now, titled, titles
from tests.intake.ideas import ELM9, KNIT, WISH, furnish, need_at, planned

from openspaces.board.moves import PlaceCard
from openspaces.board.play import play
from openspaces.board.state import Wished
from openspaces.board.vocabulary import Stage
from openspaces.people.contacts import contact_of
from openspaces.people.who import PROGRAM


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


# Planned


def test_a_session_is_announced_and_what_was_understood_is_said() -> None:
    visitor = Visitor()
    page = visitor.get("planned/new/")
    sent = page.form("title") | {"title": "Wine", "host": "Wilma", "wish": WISH, "email": "wilma@example.org"}
    code_ = visitor.leads_to("planned/new/", **sent).split("/")[3]
    wine = titled("Wine")
    assert (wine.code, wine.stage, wine.words.wish, wine.cells) == (code_, Stage.PLANNED, WISH, ())
    assert contact_of(EVENT, wine.code) == "wilma@example.org"
    given = visitor.get(f"cards/{wine.code}/edit/?planned=1")
    assert "Understood: Saturday, 17 May, 09:00–10:00, Elm." in given.needs["planned"]
    assert "wilma@example.org" not in given.source


def test_what_is_understood_can_be_looked_at_before_it_is_announced() -> None:
    page = Visitor().post("planned/new/", title="Wine", host="Wilma", wish=WISH, do="look")
    assert "Understood: Saturday, 17 May, 09:00–10:00, and Elm." in page.source.replace(", Elm.", ", and Elm.")
    assert (page.fields["wish"], titles()) == (WISH, ["Knit", "Talk", "Run", "Bees", "Honey"])


def test_the_forms_script_is_told_what_is_understood() -> None:
    answer = Client().get(f"/{EVENT}/understood/", {"wish": WISH})
    assert answer.json() == {"says": "Understood: Saturday, 17 May, 09:00–10:00, Elm."}
    assert Client().get(f"/{EVENT}/understood/").json() == {"says": ""}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [({"title": "", "host": "W"}, "title"), ({"host": ""}, "host"), ({"host": "W", "email": "wilma"}, "email")],
)
def test_what_is_wrong_with_a_planned_session_is_said(sent: dict[str, str], wrong: str) -> None:
    page = Visitor().post("planned/new/", **{"title": "Wine", **sent})
    assert (page.status, list(page.wrong)) == (422, [wrong])


def test_the_wish_is_edited_and_understood_anew() -> None:
    visitor = Visitor()
    visitor.send("planned/new/", title="Wine", host="Wilma", wish="Oak")
    wine = titled("Wine")
    form = visitor.get(f"cards/{wine.code}/edit/").form("seen")
    assert form["wish"] == "Oak"
    visitor.send(f"cards/{wine.code}/edit/", **form | {"wish": WISH})
    assert titled("Wine").wished == Wished(now().days[0].date, ("0517-0900",), "elm")


# On the day


def test_on_the_day_the_wished_cell_is_offered_first_and_it_presses() -> None:
    _visitor, wine = planned()
    need = need_at(wine, at("08:00"))
    assert (need.urgent, str(need.offers[0].cell), need.do, need.slots) == (True, ELM9, "place", 1)
    assert need.says == "Today is the day: put your card on the board."
    assert need_at(wine, EVE).urgent is False


def test_where_the_wished_cell_is_taken_the_nearest_are_offered() -> None:
    _visitor, wine = planned()
    play(EVENT, PlaceCard(card=KNIT, cells=(cell("elm 09:00"),)), by=PROGRAM)
    need = need_at(wine, at("08:00"))
    assert [str(offer.cell) for offer in need.offers][:2] == [str(cell("oak 09:00")), str(cell("fir 09:00"))]
    assert need.instead == "Your place is not free any more. Take another with one tap:"


def test_one_tap_puts_the_card_where_it_was_wished() -> None:
    visitor, wine = planned()
    page = visitor.get(f"cards/{wine}/edit/")
    offer = page.buttons["Elm 09:00–10:00"]
    sent = page.form("slots") | {"do": "place", "cell": offer["value"]}
    assert visitor.leads_to(f"cards/{wine}/edit/", **sent).endswith("?placed=1")
    assert [str(each) for each in titled("Wine").cells] == [ELM9]


def test_the_form_of_a_card_begins_with_as_many_slots_as_were_wished() -> None:
    visitor, wine = planned("May 17, Fir from 9am to 11am")
    assert '<option value="2" selected>' in visitor.get(f"cards/{wine}/edit/").source
