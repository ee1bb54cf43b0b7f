"""Mail that the clock makes due: the edit link, the morning of a card's day, "still on?", a close to come, offers."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.drawing import EVE, EVENT, FIRST_DAY, HELPER, at, cell, cells, code
from tests.intake.event import choose, furnish, titled
from tests.mailbox import Mailbox
from tests.outlets.letters import ADA, BOB, HOUR, MINUTE, Post, paragraphs, plain, reach, sending

from openspaces.board.moves import (
    ClaimCell,
    ConfirmCard,
    EditCard,
    MakeEvent,
    MoveCard,
    OpenContest,
    PlaceCard,
    Profile,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.play import play
from openspaces.board.state import Policy, Wished
from openspaces.board.vocabulary import Method, Placing
from openspaces.board.voices import OfferToHost
from openspaces.people.contacts import keep_contact
from openspaces.people.keys import card_key, mail_hand
from openspaces.people.models import Contact
from openspaces.people.who import PROGRAM, Who

DRAWN = """
          oak         elm       fir
  09:00   Knit/ada    Talk/bob  .
  10:00   .           .         .
  19:00   .           .         .
"""
KNIT, TALK, TEAMS = code("Knit"), code("Talk"), code("Open Teams")
ADAS, BOBS = Who("ada"), Who("bob")
AT_19 = Wished(FIRST_DAY, (cell("oak 19:00").slot,), "oak")
SECOND = timedelta(seconds=1)


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    with sending(box) as post:
        yield post


def announce(post: Post, wished: Wished | None = AT_19, by: Who = ADAS) -> None:
    """A session is announced three weeks before its day, and its host has had the edit link."""
    post.done(WriteCard(title="Open Teams", host="Ada", wish="7pm", wished=wished, code=TEAMS), by)
    reach("Open Teams", ADA)


# The edit link


def test_whoever_leaves_an_address_gets_the_edit_link_once(post: Post) -> None:
    keep_contact(EVENT, KNIT, ADA)
    post.on(10 * SECOND)
    (letter,) = post.came()
    link = f"https://board.example/camp/cards/{KNIT}/edit/#{card_key(EVENT, KNIT)}"
    assert (letter["Subject"], letter["X-Was-For"]) == ("Camp: your edit link", ADA)
    assert paragraphs(letter)[0] == "“Knit” is on the board: Saturday 09:00–10:00, Oak."
    assert re.findall(r"https://\S+/edit/\S+", plain(letter)) == [link]
    post.on(HOUR)
    assert post.subjects() == []


def test_it_waits_a_minute_for_what_else_is_typed(database: None, box: Mailbox) -> None:
    """An address is left by the clock on the wall, so here that is the time."""
    furnish(DRAWN)
    keep_contact(EVENT, KNIT, ADA)
    with sending(box, datetime.now(UTC)) as post:
        post.on(30 * SECOND)
        assert post.subjects() == []
        post.on(45 * SECOND)
        assert post.subjects() == [(ADA, "Camp: your edit link")]


def test_another_address_gets_it_too(post: Post) -> None:
    keep_contact(EVENT, KNIT, ADA)
    post.on(10 * SECOND)
    Contact.objects.update(at=datetime(2026, 1, 1, tzinfo=UTC))
    keep_contact(EVENT, KNIT, BOB)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: your edit link"), (BOB, "Camp: your edit link")]


def test_whoever_wrote_by_mail_has_it_from_the_answer(post: Post) -> None:
    post.done(WriteCard(title="Bees", host="Ada", code="BEES00"), Who(mail_hand(ADA, EVENT)))
    keep_contact(EVENT, "BEES00", ADA)
    post.on(HOUR)
    assert post.subjects() == []


def test_an_announced_session_is_told_that_nothing_is_booked(post: Post) -> None:
    announce(post)
    Contact.objects.update(linked=None)
    post.on(10 * SECOND)
    assert post.text()[0] == "“Open Teams” is listed. Nothing is booked: put it on the board on its day."


def test_nobodys_mailbox_is_filled_by_a_form(post: Post) -> None:
    for number in range(11):
        post.done(WriteCard(title="Buy this", code=f"BUY{number:03}"), Who("eve"))
        keep_contact(EVENT, f"BUY{number:03}", ADA)
    post.on(10 * SECOND)
    assert post.subjects() == []


def test_nobody_writes_to_everybody_from_one_card(post: Post) -> None:
    for number in range(8):
        keep_contact(EVENT, KNIT, f"{number}@example.org")
        post.on(2 * MINUTE)
    assert [to for to, _ in post.subjects()] == [f"{number}@example.org" for number in range(5)]


def test_an_event_that_has_no_days_yet_sends_edit_links(database: None, box: Mailbox) -> None:
    made = MakeEvent(profile=Profile(name="Camp", timezone="Asia/Kolkata"))
    assert play(EVENT, made, by=PROGRAM, at=EVE).refusal is None
    assert play(EVENT, WriteCard(title="Knit", host="Ada", code=KNIT), by=ADAS, at=EVE).refusal is None
    keep_contact(EVENT, KNIT, ADA)
    with sending(box) as post:
        post.on(MINUTE)
        assert post.subjects() == [(ADA, "Camp: your edit link")]


# The morning of its day


def test_in_the_morning_of_its_day_one_button_offers_the_wished_cell(post: Post) -> None:
    announce(post)
    post.until(at("08:00") - SECOND)
    assert post.subjects() == []
    post.on(10 * SECOND)
    assert post.text() == [
        "Today is the day: put your card on the board.",
        "Your card: “Open Teams”.",
        "The place that you wished for is free.",
        f"Take Oak 19:00–20:00:\nhttps://board.example/camp/cards/{TEAMS}/edit/#KEY",
    ]
    post.on(HOUR)
    assert post.subjects() == []


def test_where_somebody_else_has_it_the_button_offers_the_nearest(post: Post) -> None:
    announce(post)
    post.done(MoveCard(card=TALK, cells=cells("oak 19:00")), BOBS)
    post.until(at("08:00") + MINUTE)
    _today, _which, free, button = post.text()
    assert free == "The place that you wished for is not free any more. This one is:"
    assert button.split("\n")[0] == "Take Elm 19:00–20:00:"


def test_where_facilitators_place_the_button_asks(post: Post) -> None:
    announce(post)
    choose(Policy(placing=Placing.FACILITATORS))
    post.until(at("08:00") + MINUTE)
    assert post.text()[-1].split("\n")[0] == "Ask for Oak 19:00–20:00:"


@pytest.mark.parametrize(
    "does",
    [
        PlaceCard(card=TEAMS, cells=cells("fir 10:00")),
        WithdrawCard(card=TEAMS),
        EditCard(card=TEAMS, title="Open Teams", wish="", wished=None, seen=99),
        ClaimCell(card=TEAMS, cells=cells("fir 10:00")),
    ],
    ids=["placed", "withdrawn", "without a wish", "asked for"],
)
def test_a_card_that_waits_for_nothing_is_not_reminded_of(post: Post, does: object) -> None:
    announce(post)
    if isinstance(does, ClaimCell):
        choose(Policy(placing=Placing.FACILITATORS))
    post.done(does, ADAS)  # type: ignore[arg-type]
    post.until(at("08:00") + MINUTE)
    assert post.subjects() == []


def test_an_early_hour_is_reminded_of_an_hour_before(post: Post) -> None:
    announce(post, Wished(FIRST_DAY, (cell("oak 09:00").slot,), ""))
    post.until(at("08:00") + MINUTE)
    assert post.subjects() == [(ADA, "Camp: Today is the day: put your card on the board")]


def test_a_worker_that_was_down_in_the_morning_reminds_later_and_offers_what_is_to_come(post: Post) -> None:
    announce(post, Wished(FIRST_DAY, (), ""))
    post.until(at("10:30"))
    assert post.text()[-1].split("\n")[0] == "Take Oak 10:00–11:00:"


# Still on?


def test_a_quarter_of_an_hour_before_its_slot_a_host_is_asked_whether_it_is_on(post: Post) -> None:
    reach("Knit", ADA)
    post.until(at("08:45") - SECOND)
    assert post.subjects() == []
    post.on(10 * SECOND)
    assert post.text() == [
        "Is it still on? Saturday 09:00–10:00, Oak.",
        "Your card: “Knit”.",
        f"Say yes, or take it down:\nhttps://board.example/camp/cards/{KNIT}/edit/#KEY",
    ]
    post.on(HOUR)
    assert post.subjects() == []


def test_a_host_who_said_so_or_has_just_come_to_the_place_is_not_asked(post: Post) -> None:
    reach("Knit", ADA)
    reach("Talk", BOB)
    post.done(ConfirmCard(card=KNIT), ADAS)
    post.until(at("08:30"))
    post.done(MoveCard(card=TALK, cells=cells("fir 09:00")), BOBS)
    post.until(at("09:30"))
    assert post.subjects() == []


def test_a_card_that_goes_to_another_hour_is_asked_about_again(post: Post) -> None:
    reach("Knit", ADA)
    post.until(at("08:50"))
    post.done(MoveCard(card=KNIT, cells=cells("oak 19:00")), ADAS)
    post.until(at("18:50"))
    assert post.subjects() == [
        (ADA, "Camp: Is it still on? Saturday 09:00–10:00, Oak"),
        (ADA, "Camp: Is it still on? Saturday 19:00–20:00, Oak"),
    ]


# A close, and offers


def test_a_long_contest_says_ten_minutes_before_that_it_closes(post: Post) -> None:
    reach("Knit", ADA)
    post.done(OpenContest(cell=cell("fir 10:00"), cards=(KNIT, TALK), method=Method.VOTE, minutes=90), HELPER)
    post.on(2 * MINUTE)
    post.came()
    post.on(79 * MINUTE)
    assert post.subjects() == [(ADA, "Camp: the contest for your place closes soon")]


def test_those_who_would_host_a_card_too_are_told_of_together(post: Post) -> None:
    reach("Knit", ADA)
    for name in ("Eve", "Cy"):
        post.done(OfferToHost(card=KNIT, name=name), Who(name.lower()))
    post.on(10 * MINUTE)
    assert post.text() == [
        "Eve would host “Knit” with you.",
        "Cy would host “Knit” with you.",
        f"Take them in, or say no:\nhttps://board.example/camp/cards/{KNIT}/edit/#KEY",
    ]
    post.on(HOUR)
    assert post.subjects() == []


def test_an_offer_that_is_taken_back_is_not_told(post: Post) -> None:
    reach("Knit", ADA)
    post.done(OfferToHost(card=KNIT, name="Eve"), Who("eve"))
    post.done(OfferToHost(card=KNIT, on=False), Who("eve"))
    post.on(HOUR)
    assert post.subjects() == []
    assert titled("Knit").cohosts == ()
