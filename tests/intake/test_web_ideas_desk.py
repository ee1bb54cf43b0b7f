"""What is kept beside the board: how to reach a host, how many would come, and what the desk sees of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.drawing import EVE, EVENT, at, cell
from tests.intake.event import Visitor, now, organiser, titled
from tests.intake.ideas import BEES, ELM9, HONEY, TALK, WISH, furnish, need_at, planned

from openspaces.board.moves import ChangeRoom, CountStars, PlaceCard, WriteCard
from openspaces.board.play import play
from openspaces.board.state import Room, Wished
from openspaces.board.vocabulary import Stage
from openspaces.board.voices import Star
from openspaces.intake.web.desk.claims import today_items
from openspaces.people.contacts import contact_of
from openspaces.people.who import PROGRAM, Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def starred(hands: int, *cards: str) -> None:
    """Some devices star some cards, and the program counts."""
    for number in range(hands):
        for each in cards:
            assert play(EVENT, Star(card=each), by=Who(f"fan{number}")).refusal is None
    assert play(EVENT, CountStars(), by=PROGRAM).refusal is None


# How to reach its host


def address_form(visitor: Visitor, card: str) -> str:
    return visitor.get(f"cards/{card}/edit/").source.partition('id="reminder"')[2].partition("</section>")[0]


def test_a_host_leaves_another_address_and_takes_it_away() -> None:
    visitor, wine = planned()
    edit = f"cards/{wine}/edit/"
    assert visitor.leads_to(edit, do="reach", email=" wilma@example.org ") == f"/{EVENT}/{edit}?reach=1"
    assert contact_of(EVENT, wine) == "wilma@example.org"
    told = address_form(visitor, wine)
    assert ("w…@example.org" in told, "wilma@" in told) == (True, False)
    assert visitor.post(edit, do="reach", email="win@example.org").successes != []
    assert contact_of(EVENT, wine) == "win@example.org"
    visitor.post(edit, do="unreach")
    assert (contact_of(EVENT, wine), "…@" in address_form(visitor, wine)) == ("", False)


def test_what_is_no_address_is_said_and_the_one_before_is_kept() -> None:
    visitor, wine = planned()
    visitor.send(f"cards/{wine}/edit/", do="reach", email="wilma@example.org")
    page = visitor.post(f"cards/{wine}/edit/", do="reach", email="wilma")
    assert (page.status, list(page.wrong), page.fields["email"]) == (422, ["email"], "wilma")
    assert contact_of(EVENT, wine) == "wilma@example.org"


def test_only_who_may_edit_a_card_changes_its_address() -> None:
    _visitor, wine = planned()
    assert Visitor().post(f"cards/{wine}/edit/", do="reach", email="eve@example.org").status == 403
    assert contact_of(EVENT, wine) == ""


# Interest that helps


def test_a_host_reads_how_many_would_come_and_what_they_also_want() -> None:
    visitor, wine = planned()
    play(EVENT, ChangeRoom(room=Room("elm", "Elm", 3)), by=PROGRAM)
    starred(5, wine)
    starred(2, TALK)
    page = visitor.get(f"cards/{wine}/edit/")
    assert "5 would come." in page.source
    assert "2 also want “Talk” (Saturday " in page.source
    assert "2 of 5 also want “Talk” then" in page.source
    assert "5 would come, and Elm seats 3. Perhaps a larger room is free." in page.source
    assert "Elm · only 3 seats" in page.source


def test_a_room_that_is_too_small_is_said_with_how_many_were_asked() -> None:
    visitor, wine = planned()
    play(EVENT, ChangeRoom(room=Room("elm", "Elm", 3)), by=PROGRAM)
    play(EVENT, PlaceCard(card=wine, cells=(cell("elm 09:00"),)), by=PROGRAM)
    starred(5, wine)
    page = visitor.get(f"cards/{wine}/edit/")
    assert "5 would come, and Elm seats 3. Perhaps a larger room is free." in page.source


# The desk


def test_what_came_by_mail_is_shown_with_its_wish_and_accepted_with_one_tap() -> None:
    move = WriteCard(
        title="Wine", code="BYMAIL", host="Wilma", wish=WISH, wished=Wished(room="elm"), held=True, walk_up=True
    )
    assert play(EVENT, move, by=PROGRAM).refusal is None
    desk = organiser()
    page = desk.get("desk/")
    assert "A session that came by mail waits until somebody has read it." in page.source
    assert f"Wish: “{WISH}”" in page.source
    assert "Understood: Elm." in page.source
    assert desk.send("desk/", do="approve", card="BYMAIL").status_code == 303
    assert (titled("Wine").stage, titled("Wine").words.wish) == (Stage.PLANNED, WISH)


def test_what_is_announced_for_today_waits_at_the_desk_with_the_wished_hour_first() -> None:
    planned()
    (draft,) = today_items(now(), at("08:00"))
    item = draft()
    assert item.says == "“Wine” by Wilma is planned for today and has no place yet."
    assert (item.answers[0].do, item.facts[0]) == (f"place {ELM9}", f"Wish: “{WISH}”")
    assert ELM9 not in [answer.do.removeprefix("place ") for answer in item.others]
    assert list(today_items(now(), EVE)) == []


@pytest.mark.parametrize(
    ("wish", "offered"),
    [
        ("May 17, Fir from 9am to 11am", "Saturday 09:00–11:00, Fir"),
        ("May 17, Elm from 9am to 11am", "Fir 09:00–11:00"),
        ("May 17 at 11am", "Oak 11:00–12:00"),
    ],
)
def test_the_desk_offers_the_whole_time_that_was_wished_or_near_to_it(wish: str, offered: str) -> None:
    planned(wish)
    (draft,) = today_items(now(), at("08:00"))
    assert draft().answers[0].says == offered


def test_the_log_leaves_out_what_was_counted() -> None:
    starred(2, BEES)
    assert "Stars were counted" not in organiser().get("desk/log/").source


def test_facilitators_make_one_idea_of_two_and_part_them_again() -> None:
    desk = organiser()
    assert desk.send(f"desk/cards/{BEES}/", do="merge", other=HONEY).status_code == 303
    assert titled("Bees").merged_into == HONEY
    assert desk.send(f"desk/cards/{BEES}/", do="unmerge").status_code == 303
    assert titled("Bees").merged_into == ""


def test_a_day_that_is_over_presses_no_more() -> None:
    _visitor, wine = planned()
    assert need_at(wine, at("11:59") + timedelta(hours=2)).urgent is False
    assert datetime.now(UTC) < at("09:00")
