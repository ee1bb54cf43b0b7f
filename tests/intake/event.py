"""An event for the tests of the forms: a drawn board in the database, and people who come to it with a browser."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from tests.drawing import EVENT, cell, moves_of
from tests.intake.pages import Page

from openspaces.board.moves.event import ChangeEvent, profile_of
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Card, Policy
from openspaces.people.staff import first_tokens
from openspaces.people.who import PROGRAM

DRAWN = """
          oak         elm       fir       elsewhere
  09:00   Knit/ada    .         .         .
  10:00   #lunch      Talk/bob  .         .
  11:00   .           .         .         Run/cy at Gate
"""


def furnish(drawn: str = DRAWN) -> None:
    """Put the drawn board into the database."""
    for move, by in moves_of(drawn):
        assert play(EVENT, move, by=by).refusal is None


def choose(policy: Policy) -> None:
    """Let the organiser change the event's policy."""
    profile = profile_of(now()).facts() | {"policy": policy}
    changed = ChangeEvent(profile=type(profile_of(now()))(**{**profile, "hashtags": ()}))
    assert play(EVENT, changed, by=PROGRAM).refusal is None


def now() -> Board:
    """The board as the database has it."""
    board = board_now(EVENT)
    assert board is not None
    return board


def titled(title: str) -> Card:
    """The only card of that title."""
    (found,) = [card for card in now().cards.values() if card.words.title == title]
    return found


def titles() -> list[str]:
    """Every card's title, oldest first."""
    return [card.words.title for card in now().in_order()]


def at(name: str) -> str:
    """The address of the cell `oak 09:00` under the event's."""
    return f"cells/{cell(name)}/"


class Visitor:
    """Somebody with a browser that keeps cookies and runs no script."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str) -> Page:
        """Open an address under the event's."""
        return Page(self.answer(path))

    def post(self, path: str, **fields: str) -> Page:
        """Send a form and read what comes back, or where it leads to."""
        response = self.send(path, **fields)
        if response.status_code != 303:
            return Page(response)
        return Page(self.client.get(response["Location"]))  # type: ignore[arg-type]

    def answer(self, path: str) -> HttpResponse:
        """The bare answer to opening an address."""
        return self.client.get(f"/{EVENT}/{path}")  # type: ignore[return-value]

    def send(self, path: str, **fields: str) -> HttpResponse:
        """The bare answer to a form; a path that begins with a slash is meant whole."""
        where = path if path.startswith("/") else f"/{EVENT}/{path}"
        return self.client.post(where, fields)  # type: ignore[return-value]

    def leads_to(self, path: str, **fields: str) -> str:
        """Where a form that was done leads to."""
        response = self.send(path, **fields)
        assert response.status_code == 303, response.content.decode()
        parts = urlsplit(response["Location"])
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def organiser() -> Visitor:
    """Somebody whose device has the organiser's role."""
    visitor = Visitor()
    assert visitor.leads_to("staff/", token=first_tokens(EVENT)[0]) == f"/{EVENT}/staff/"
    return visitor
