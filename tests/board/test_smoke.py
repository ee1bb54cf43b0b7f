"""stub: replaced by the tests of the rules."""

from openspaces.board.moves import MakeEvent, Profile
from openspaces.board.play import play
from openspaces.people.who import PROGRAM


def test_an_event_is_made(database: None) -> None:
    made = play("camp", MakeEvent(profile=Profile(name="Camp", timezone="UTC")), by=PROGRAM)
    assert made.number == 1
