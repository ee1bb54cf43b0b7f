"""Phones are told what their owners starred or host, follow or have to know: once each, in time, and not too much."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.delivery.trial import MINUTE, Working
from tests.drawing import EVENT, FACILITATOR, HELPER, at, cells, code
from tests.hostile import HOSTILE
from tests.intake.event import furnish, now
from tests.outlets.phones import Service, service

from openspaces.board.moves import (
    Announce,
    ApproveCard,
    CloseCell,
    EndAnnouncement,
    MergeCards,
    MoveCard,
    PlaceCard,
    RemoveCard,
    ShieldCard,
    SwapCards,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.board.read import changes_after
from openspaces.board.voices import Star
from openspaces.delivery.contract import News
from openspaces.delivery.known import know
from openspaces.delivery.models import Delivery
from openspaces.lib.addresses import networks
from openspaces.outlets.phone import PHONE
from openspaces.outlets.phone.followed import followed_word
from openspaces.outlets.phone.wanting import awake
from openspaces.people.phones import Wishes, phone_of, phones
from openspaces.people.who import Who
from openspaces.wording import apart

DRAWN = """
          oak         elm       fir       elsewhere
  09:00   Knit/ada    .         .         .
  10:00   .           Talk/bob  .         .
  11:00   .           .         .         Run/cy at Gate
"""
KNIT, TALK, RUN = code("Knit"), code("Talk"), code("Run")
ADA, BOB = Who("ada"), Who("bob")
SECOND = timedelta(seconds=1)
MORNING = at("08:00")


@pytest.fixture
def push(database: None, settings: LazySettings) -> Iterator[Service]:
    settings.PHONES_TO = networks("127.0.0.0/8")
    furnish(DRAWN)
    with service() as there:
        yield there
        assert there.wrong == []


@pytest.fixture
def working(push: Service) -> Iterator[Working]:
    """The worker, at eight in the morning of the event."""
    know([PHONE])
    working = Working(MORNING)
    yield working
    working.worker.stop()
    know(())


def do(working: Working, move: Move | Star, by: Who = FACILITATOR) -> int:
    """Somebody makes a move; the board's number after it."""
    outcome = play(EVENT, move, by=by, at=working.at)
    assert outcome.refusal is None, outcome.refusal
    return outcome.number


def star(working: Working, card: str, *hands: str) -> None:
    for hand in hands:
        do(working, Star(card=card), Who(hand))


# What it becomes


def test_those_who_starred_it_hear_at_once_that_it_is_withdrawn(push: Service, working: Working) -> None:
    fans = ("fay", "flo", "fin")
    for hand in (*fans, "ada", "else"):
        push.phone(EVENT, hand)
    star(working, KNIT, *fans)
    do(working, WithdrawCard(card=KNIT), ADA)
    working.on()
    working.on(31 * SECOND)
    heard = {hand: push.titles(hand) for hand in (*fans, "ada", "else")}
    assert heard == {**{hand: ["“Knit” will not take place"] for hand in fans}, "ada": [], "else": []}
    (shown,) = push.shown["/fay"]
    assert shown == {
        "title": "“Knit” will not take place",
        "body": "It was to be: Saturday 09:00–10:00, Oak.",
        "url": f"/{EVENT}/cards/{KNIT}/",
        "tag": f"{EVENT} {KNIT}",
        "lang": "en",
        "dir": "ltr",
    }


def test_a_card_that_loses_its_room_and_gets_another_is_told_once_each(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    push.phone(EVENT, "ada")
    star(working, KNIT, "fay")
    do(working, CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    working.on()
    working.on(MINUTE)
    do(working, PlaceCard(card=KNIT, cells=cells("fir 09:00")), HELPER)
    working.on()
    working.on(MINUTE)
    assert push.titles("fay") == push.titles("ada") == ["“Knit” has lost its room", "“Knit” has a room"]
    lost, found = push.shown["/fay"]
    says = "It cannot be there: Saturday 09:00–10:00, Oak (Lunch). You hear when it has another."
    assert (lost["body"], found["body"]) == (says, "Saturday 09:00–10:00, Fir")
    assert push.shown["/ada"][0]["url"] == f"/{EVENT}/cards/{KNIT}/edit/"


def test_five_moves_in_a_minute_are_one_message_with_where_it_was(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    for place in ("elm 09:00", "fir 09:00", "oak 10:00", "fir 10:00", "fir 11:00"):
        do(working, MoveCard(card=KNIT, cells=cells(place)), ADA)
        working.on(12 * SECOND)
    working.on(MINUTE)
    assert push.titles("fay") == ["“Knit” moved"]
    now_and_before = "Now: Saturday 11:00–12:00, Fir. Before: Saturday 09:00–10:00, Oak."
    assert push.shown["/fay"][0]["body"] == now_and_before


def test_what_is_back_where_it_was_is_no_news(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    for place in ("elm 09:00", "oak 09:00"):
        do(working, MoveCard(card=KNIT, cells=cells(place)), ADA)
    working.on()
    working.on(5 * MINUTE)
    assert push.titles("fay") == []


def test_a_swap_is_told_to_the_followers_of_both(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    push.phone(EVENT, "gus")
    star(working, KNIT, "fay")
    star(working, TALK, "gus")
    do(working, SwapCards(card=KNIT, other=TALK), HELPER)
    working.on()
    working.on(MINUTE)
    assert (push.titles("fay"), push.titles("gus")) == (["“Knit” moved"], ["“Talk” moved"])
    assert push.shown["/gus"][0]["body"] == "Now: Saturday 09:00–10:00, Oak. Before: Saturday 10:00–11:00, Elm."


def test_who_starred_a_card_that_became_part_of_another_hears_of_that_one(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    do(working, MergeCards(card=KNIT, into=TALK), HELPER)
    working.on()
    working.on(MINUTE)
    do(working, MoveCard(card=TALK, cells=cells("fir 10:00")), HELPER)
    working.on()
    working.on(MINUTE)
    merged, moved = push.titles("fay")
    assert merged == f"“Knit” is now part of “{now().cards[TALK].words.title}”"
    assert moved == f"“{now().cards[TALK].words.title}” moved"


def test_a_hidden_card_says_nothing_and_a_removed_one_no_word_of_its_own(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    star(working, TALK, "fay")
    do(working, MoveCard(card=KNIT, cells=cells("fir 09:00")), ADA)
    do(working, ShieldCard(card=KNIT, reason="Rude"), HELPER)
    working.on()
    working.on(MINUTE)
    assert push.titles("fay") == []
    do(working, RemoveCard(card=TALK, reason="Rude"))
    working.on()
    working.on(MINUTE)
    (shown,) = push.shown["/fay"]
    assert (shown["title"], shown["body"]) == (
        "Something that you starred was taken off the board",
        "Saturday 10:00–11:00, Elm",
    )


def test_a_host_hears_what_others_do_with_the_card_and_not_what_they_do_themselves(
    push: Service, working: Working
) -> None:
    push.phone(EVENT, "ada")
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    working.on(MINUTE)
    assert push.titles("ada") == []
    do(working, TakeDown(card=KNIT), HELPER)
    working.on()
    working.on(MINUTE)
    assert push.titles("ada") == ["“Knit” has lost its room"]


# Time


def test_what_is_starred_or_hosted_is_told_a_quarter_of_an_hour_before_and_once(
    push: Service, working: Working
) -> None:
    for hand in ("fay", "ada", "else"):
        push.phone(EVENT, hand)
    star(working, KNIT, "fay")
    working.on(at("08:44") + 50 * SECOND - working.at)
    assert push.shown == {}
    for _ in range(40):
        working.on(10 * SECOND)
    assert [push.titles(hand) for hand in ("fay", "ada", "else")] == [["09:00: “Knit”"], ["09:00: “Knit”"], []]
    assert push.shown["/fay"][0]["body"] == "Saturday 09:00–10:00, Oak"
    assert [each["ttl"] for each in push.headers] == ["900", "900"]


def test_a_card_that_moves_is_told_again_before_its_other_hour(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    working.on(at("08:45") - working.at)
    do(working, MoveCard(card=KNIT, cells=cells("oak 10:00")), ADA)
    working.on()
    working.on(MINUTE)
    working.on(at("09:45") - working.at)
    assert push.titles("fay") == ["09:00: “Knit”", "“Knit” moved", "10:00: “Knit”"]


def test_in_quiet_hours_nothing_is_told_and_afterwards_what_still_matters(push: Service, working: Working) -> None:
    quiet = Wishes(quiet=(8 * 60, 9 * 60 + 30))
    push.phone(EVENT, "fay", quiet)
    star(working, KNIT, "fay")
    star(working, RUN, "fay")
    do(working, TakeDown(card=RUN), Who("cy"))
    working.on()
    working.on(at("08:46") - working.at)
    working.on(at("09:29") - working.at)
    assert push.shown == {}
    working.on(MINUTE)
    assert push.titles("fay") == ["“Run” has lost its room"]


def test_quiet_hours_may_run_over_midnight_and_may_be_none(push: Service) -> None:
    night = push.phone(EVENT, "fay")
    never = push.phone(EVENT, "gus", Wishes(quiet=(0, 0)))
    moments = [at("21:59"), at("22:00"), at("03:00", day=1), at("07:00", day=1)]
    assert [awake(now(), night, moment) for moment in moments] == [moments[0], moments[3], moments[3], moments[3]]
    assert [awake(now(), never, moment) for moment in moments] == moments


# How much


def test_a_phone_is_told_no_more_in_a_day_than_its_owner_wants_but_for_the_desk(
    push: Service, working: Working
) -> None:
    push.phone(EVENT, "fay", Wishes(budget=2))
    star(working, KNIT, "fay")
    for place in ("elm 09:00", "fir 09:00", "oak 10:00"):
        do(working, MoveCard(card=KNIT, cells=cells(place)), ADA)
        working.on()
        working.on(MINUTE)
    do(working, Announce(text="Fire drill", minutes=60))
    working.on()
    working.on(MINUTE)
    assert push.titles("fay") == ["“Knit” moved", "“Knit” moved", "Camp"]
    assert [each["body"].endswith("That was the last message for today.") for each in push.shown["/fay"]] == [
        False,
        True,
        False,
    ]


def test_an_announcement_reaches_every_phone_unless_it_is_over_by_then(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    number = do(working, Announce(text="Oops", minutes=60))
    do(working, EndAnnouncement(announcement=number))
    do(working, Announce(text="Lunch is here", minutes=60))
    working.on()
    working.on(MINUTE)
    assert [each["body"] for each in push.shown["/fay"]] == ["Lunch is here"]


def test_of_one_card_the_push_service_keeps_the_newest_message(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    star(working, TALK, "fay")
    for card, place in ((KNIT, "elm 09:00"), (KNIT, "fir 09:00"), (TALK, "oak 10:00")):
        do(working, MoveCard(card=card, cells=cells(place)), HELPER)
        working.on()
        working.on(MINUTE)
    knit, knit_again, talk = (each["topic"] for each in push.headers)
    assert knit == knit_again != talk


def test_three_thousand_phones_cost_a_few_queries(push: Service, working: Working) -> None:
    for hand in range(30):
        push.phone(EVENT, f"fan{hand}")
        star(working, KNIT, f"fan{hand}")
    number = do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    news = News(now(), tuple(changes_after(EVENT, number - 1)))
    with CaptureQueriesContext(connection) as asked:
        things = list(PHONE.wants(news))
    assert (len(things), len(asked)) == (30, 3)


# Words that somebody follows


def test_a_word_that_somebody_follows_is_told_once_when_it_appears(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay", Wishes(keywords=("bees", "honey")))
    push.phone(EVENT, "gus", Wishes(keywords=("tea",)))
    do(working, WriteCard(title="All about Bees", code="2EES22", cells=cells("elm 09:00")), BOB)
    do(working, WriteCard(title="Combs", text="and honey", code="2MBS22", idea=True), BOB)
    working.on()
    working.on(MINUTE)
    do(working, ShieldCard(card="2EES22", reason="?"), HELPER)
    do(working, ApproveCard(card="2EES22", seen=now().cards["2EES22"].edited), HELPER)
    working.on()
    working.on(MINUTE)
    assert [(each["title"], each["body"]) for each in push.shown["/fay"]] == [
        ("New: “All about Bees”", "Saturday 09:00–10:00, Elm You follow “bees”."),
        ("New: “Combs”", "An idea that nobody hosts yet. You follow “honey”."),
    ]
    assert "/gus" not in push.shown


@pytest.mark.parametrize(
    ("says", "word", "found"),
    [
        ("Knitting", "knit", "knit"),
        ("A party", "art", ""),
        ("Art", "ART", "ART"),
        ("STRASSE", "straße", "straße"),
        ("茶の湯の会", "湯", "湯"),
        ("C++ (again)", "c++", "c++"),
        ("#python", "python", "python"),
    ],
)
def test_a_word_is_found_where_one_begins(says: str, word: str, found: str, database: None) -> None:
    furnish(DRAWN)
    card = now().cards[KNIT]
    assert followed_word(replace(card, words=replace(card.words, title=says)), (word,)) == found


def test_hostile_words_reach_a_phone_as_words_and_add_no_header(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay", Wishes(budget=100))
    codes = [f"2V{place:02}22".translate(str.maketrans("01", "ZY")) for place in range(len(HOSTILE))]
    for code_, title in zip(codes, HOSTILE.values(), strict=True):
        do(working, WriteCard(title=title, code=code_, idea=True), BOB)
        star(working, code_, "fay")
        do(working, WithdrawCard(card=code_), HELPER)
    working.on()
    working.on(MINUTE)
    working.on(MINUTE)
    titles = [apart(now().cards[code_].words.title) for code_ in codes]
    assert sorted(push.titles("fay")) == sorted(f"“{title}” will not take place" for title in titles)
    assert len({tuple(sorted(each)) for each in push.headers}) == 1


# Trouble


def test_a_phone_that_is_gone_is_told_nothing_more(push: Service, working: Working) -> None:
    for hand, status in (("fay", 410), ("gus", 404)):
        push.phone(EVENT, hand)
        push.answers[f"/{hand}"] = [status]
        star(working, KNIT, hand)
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    working.on(MINUTE)
    assert phones(EVENT) == []
    wished = phone_of(EVENT, "fay")
    assert wished is not None
    assert (wished.sealed, wished.wishes) == ("", Wishes())


def test_a_service_that_is_busy_or_broken_gets_it_again_later(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    push.answers["/fay"] = [500, 429]
    star(working, KNIT, "fay")
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    for _ in range(4):
        working.on(MINUTE)
    assert push.titles("fay") == ["“Knit” moved"]


def test_a_message_that_is_refused_is_not_sent_again_and_the_phone_stays(push: Service, working: Working) -> None:
    push.phone(EVENT, "fay")
    push.answers["/fay"] = [400]
    star(working, KNIT, "fay")
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    working.on(30 * MINUTE)
    row = Delivery.objects.get(subject=f"card {KNIT}")
    assert (row.state, row.trouble) == ("failed", "The phone's service does not take it (status 400).")
    assert len(phones(EVENT)) == 1


def test_nothing_is_sent_into_a_private_network(push: Service, working: Working, settings: LazySettings) -> None:
    settings.SEND_TO, settings.PHONES_TO = settings.PHONES_TO, ()  # what an organiser may reach, no attendee does
    push.phone(EVENT, "fay")
    star(working, KNIT, "fay")
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    working.on(MINUTE)
    assert push.there.came == []


def test_a_phone_of_another_event_hears_nothing(push: Service, working: Working) -> None:
    push.phone("other", "fay")
    star(working, KNIT, "fay")
    do(working, MoveCard(card=KNIT, cells=cells("elm 09:00")), ADA)
    working.on()
    working.on(MINUTE)
    assert push.there.came == []
