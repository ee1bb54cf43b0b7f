"""What letters have to do with stories 3 and 5, by hosts with a mail program and a browser without script. Nobody looks
at the board: one button in a letter leads to theirs, and each hears of what others did once."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from tests.drawing import EVENT, HELPER, at, cells, code
from tests.intake.event import Visitor, furnish, titled
from tests.mailbox import Mailbox
from tests.outlets.letters import ADA, BOB, HOUR, MINUTE, Post, plain, reach, sending, subject

from openspaces.board.moves import CloseCell, PlaceCard, Undo
from openspaces.board.read import changes_of
from openspaces.board.vocabulary import Cell

DRAWN = """
          250a        elm       fir       oak
  12:00   Chess/ada   .         .         .
  13:00   Go/bob      .         .         .
  14:00   .           .         .         .
  19:00   Faster/cy   .         .         .
  20:00   .           .         .         .
"""
TEAMS = "Open Teams Incubator"


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    limited, settings.LIMITS = settings.LIMITS, False
    with sending(box) as post:
        yield post
    settings.LIMITS = limited


def button_of(letter: EmailMessage) -> tuple[str, str]:
    """What the button of a letter says, and where it leads."""
    (found,) = re.findall(r"^(.+):\n(https://\S+/edit/#\S+)$", plain(letter), re.MULTILINE)
    return found[0], found[1]


def follow(link: str) -> tuple[Visitor, str]:
    """Open an edit link with a browser that the board has never seen; the script of that page sends what is behind the
    `#` to it."""
    parts, visitor = urlsplit(link), Visitor()
    assert visitor.leads_to(parts.path, key=parts.fragment) == parts.path
    return visitor, parts.path.removeprefix("/camp/")


def announce(wish: str) -> None:
    said = {"title": TEAMS, "host": "Open Teams", "wish": wish, "email": "teams@example.org"}
    Visitor().leads_to("planned/new/", **said)


def held_by(title: str) -> tuple[Cell, ...]:
    return titled(title).cells


@pytest.mark.parametrize(
    ("room", "button", "takes"),
    [("Fir", "Take Fir 19:00–20:00", "fir 19:00"), ("250a", "Take Elm 19:00–20:00", "elm 19:00")],
    ids=["it is free", "somebody was faster"],
)
def test_on_the_morning_of_its_day_one_button_leads_to_a_place(post: Post, room: str, button: str, takes: str) -> None:
    announce(f"May 17, Room {room} from 7pm - 8pm")
    post.on(MINUTE)
    assert post.subjects() == [("teams@example.org", "Camp: your edit link")]
    assert held_by(TEAMS) == ()
    post.until(at("08:00") + MINUTE)
    (letter,) = post.came()
    says, link = button_of(letter)
    assert (subject(letter), says) == ("Camp: Today is the day: put your card on the board", button)
    visitor, path = follow(link)
    page = visitor.get(path)
    first = page.offer(button.removeprefix("Take "))
    visitor.send(path, do="place", **first)
    assert held_by(TEAMS) == cells(takes)
    post.on(HOUR)
    assert post.subjects() == []


def test_lunch_needs_250a_and_each_host_hears_once(post: Post) -> None:
    reach("Chess", ADA)
    reach("Go", BOB)
    post.until(at("10:15"))
    closed = post.done(CloseCell(cells=cells("250a 12:00", "250a 13:00"), reason="Needed for lunch"), HELPER)
    post.on(MINUTE)
    letters = {str(letter["X-Was-For"]): letter for letter in post.came()}
    assert {to: subject(letter) for to, letter in letters.items()} == {
        ADA: "Camp: You lost Saturday 12:00–13:00, 250a: Needed for lunch",
        BOB: "Camp: You lost Saturday 13:00–14:00, 250a: Needed for lunch",
    }
    visitor, path = follow(button_of(letters[ADA])[1])
    visitor.send(path, do="place", **visitor.get(path).offer("Elm 12:00–13:00"))
    assert held_by("Chess") == cells("elm 12:00")
    post.until(at("11:30"))
    placed = post.done(PlaceCard(card=code("Go"), cells=cells("fir 13:00")), HELPER)
    post.until(at("11:35"))
    assert post.subjects() == [(BOB, "Camp: “Go” is on the board: Saturday 13:00–14:00, Fir")]
    post.until(at("11:40"))
    for number in (placed.changes[0].number, changes_of(EVENT, code("Chess"))[-1].number, closed.changes[0].number):
        post.done(Undo(number=number), HELPER)
    post.on(HOUR)
    assert (held_by("Chess"), held_by("Go")) == (cells("250a 12:00"), cells("250a 13:00"))
    assert post.subjects() == [
        (ADA, "Camp: “Chess” is on the board: Saturday 12:00–13:00, 250a"),
        (BOB, "Camp: “Go” is on the board: Saturday 13:00–14:00, 250a"),
    ]
