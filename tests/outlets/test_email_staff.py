"""Mail to the staff: what waits to be read, and who is soon without a place; never more than one in half an hour."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.drawing import EVENT, FACILITATOR, at, cells, code
from tests.intake.event import choose, furnish
from tests.mailbox import Mailbox
from tests.outlets.letters import MINUTE, Post, paragraphs, sending

from openspaces.board.moves import ApproveCard, ClaimCell, CloseCell, PlaceCard, ShieldCard, WriteCard
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.people.keys import mail_stop
from openspaces.people.members import invite
from openspaces.people.stopping import stop_mail
from openspaces.people.who import Role, Who

DRAWN = """
          oak         elm       fir
  09:00   Knit/ada    Talk/bob  .
  10:00   .           .         .
"""
KNIT, TALK = code("Knit"), code("Talk")
BOSS, DESK = "boss@example.org", "desk@example.org"
NEEDED = "Camp: somebody is needed at the desk"
READ = "1 card waits until somebody has read it."


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    invite(EVENT, BOSS, Role.ORGANISER, by="")
    invite(EVENT, DESK, Role.FACILITATOR, by="")
    invite(EVENT, "help@example.org", Role.HELPER, by="")
    with sending(box) as post:
        yield post


def test_what_nobody_has_read_for_ten_minutes_is_mailed_to_those_who_decide(post: Post) -> None:
    post.done(ShieldCard(card=KNIT, reason="Rude"), FACILITATOR)
    post.on(10 * MINUTE - timedelta(seconds=1))
    assert post.subjects() == []
    post.on(timedelta(seconds=1))
    letters = post.came()
    assert sorted((str(each["X-Was-For"]), str(each["Subject"])) for each in letters) == [
        (BOSS, NEEDED),
        (DESK, NEEDED),
    ]
    assert paragraphs(letters[0]) == [READ, "Open the desk:\nhttps://board.example/camp/desk/"]


def test_what_somebody_at_the_desk_has_seen_to_is_not_mailed(post: Post) -> None:
    post.done(ShieldCard(card=KNIT, reason="Rude"), FACILITATOR)
    post.done(ApproveCard(card=KNIT), FACILITATOR)
    post.on(20 * MINUTE)
    assert post.subjects() == []


def test_there_is_half_an_hour_between_two_letters(post: Post) -> None:
    post.done(ShieldCard(card=KNIT, reason="Rude"), FACILITATOR)
    post.on(10 * MINUTE)
    assert len(post.came()) == 2
    post.done(ShieldCard(card=TALK, reason="Rude"), FACILITATOR)
    post.on(29 * MINUTE)
    assert post.subjects() == []
    post.on(MINUTE)
    assert [paragraphs(each)[0] for each in post.came()] == ["2 cards wait until somebody has read them."] * 2


def test_a_session_that_came_by_mail_waits_to_be_read(post: Post) -> None:
    post.done(WriteCard(title="Bees", host="Cy", held=True), Who("cy"))
    post.on(10 * MINUTE)
    assert [paragraphs(each)[0] for each in post.came()] == [READ] * 2


def test_a_card_without_a_place_is_mailed_half_an_hour_before_its_hour(post: Post) -> None:
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), FACILITATOR)
    post.until(at("08:30") - timedelta(seconds=1))
    assert post.subjects() == []
    post.on(timedelta(seconds=10))
    assert [paragraphs(each)[0] for each in post.came()] == ["1 card has no place yet, and its hour is near."] * 2
    post.done(PlaceCard(card=KNIT, cells=cells("fir 10:00")), FACILITATOR)
    post.until(at("09:30"))
    assert post.subjects() == []


def test_a_claim_that_nobody_has_answered_is_one_too(post: Post) -> None:
    choose(Policy(placing=Placing.FACILITATORS))
    post.done(ClaimCell(card=KNIT, cells=cells("fir 10:00")), Who("ada"))
    post.until(at("09:31"))
    assert len(post.came()) == 2


def test_whoever_stopped_it_gets_no_more(post: Post) -> None:
    stop_mail(EVENT, mail_stop(EVENT, BOSS))
    post.done(ShieldCard(card=KNIT, reason="Rude"), FACILITATOR)
    post.on(10 * MINUTE)
    assert post.subjects() == [(DESK, NEEDED)]
