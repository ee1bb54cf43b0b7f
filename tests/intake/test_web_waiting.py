"""A card that waits to be read, by forms: its sender opens the link and corrects it, staff approve what they read."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from tests.drawing import EVENT
from tests.intake.event import Visitor, furnish, now, organiser

from openspaces.board.moves import WriteCard
from openspaces.board.play import play
from openspaces.board.read import words_of
from openspaces.board.vocabulary import Standing
from openspaces.people.keys import card_key
from openspaces.people.who import PROGRAM

EDIT = "cards/BYMAIL/edit/"


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    move = WriteCard(title="Wine", code="BYMAIL", host="Wilma", wish="Elm", held=True, walk_up=True)
    assert play(EVENT, move, by=PROGRAM).refusal is None
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def sender() -> Visitor:
    """Somebody who opened the link in our letter."""
    visitor = Visitor()
    visitor.send(EDIT, key=card_key(EVENT, "BYMAIL"))
    return visitor


def test_its_sender_sees_it_corrects_it_and_it_waits_on() -> None:
    visitor = sender()
    page = visitor.get(EDIT)
    assert (page.fields["title"], page.fields["wish"]) == ("Wine", "Elm")
    visitor.send(EDIT, title="Red wine", seen=page.fields["seen"])
    words = words_of(EVENT, "BYMAIL")
    assert words is not None
    assert (words.title, words.host, words.wish) == ("Red wine", "Wilma", "Elm")
    assert (now().cards["BYMAIL"].standing, now().cards["BYMAIL"].words.title) == (Standing.HELD, "[…]")
    assert Visitor().get(EDIT).source.count("wine") == 0


def test_staff_do_not_approve_what_was_corrected_since_they_read_it() -> None:
    desk, visitor = organiser(), sender()
    button = f'name="do" value="approve {now().cards["BYMAIL"].edited}"'
    assert desk.get("desk/").source.count(button) == 1
    old = now().cards["BYMAIL"].edited
    visitor.send(EDIT, title="Abuse", seen=str(old))
    assert desk.post("desk/", do=f"approve {old}", card="BYMAIL").status == 409
    assert desk.post("desk/cards/BYMAIL/", do="approve", seen=str(old)).status == 409
    assert now().cards["BYMAIL"].hidden
    read = desk.get("desk/cards/BYMAIL/").fields["seen"]
    desk.send("desk/cards/BYMAIL/", do="approve", seen=read)
    assert now().cards["BYMAIL"].words.title == "Abuse"
