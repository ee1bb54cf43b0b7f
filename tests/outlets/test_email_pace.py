"""How many letters a host gets: quick while there are few, and no more in a wild day than somebody would want."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.drawing import EVE, HELPER, cells, code
from tests.intake.event import furnish
from tests.mailbox import Mailbox
from tests.outlets.letters import ADA, BOB, HOUR, MINUTE, Post, reach, sending, subject

from openspaces.board.moves import CloseCell, MoveCard, PlaceCard, ReopenCell, TakeDown

DRAWN = """
          oak         elm       fir
  09:00   Knit/ada    Talk/bob  .
  10:00   .           .         .
"""
KNIT = code("Knit")
CHANGES, WAKING = 400, 12 * HOUR


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    reach("Knit", ADA)
    reach("Talk", BOB)
    with sending(box) as post:
        yield post


def test_a_day_of_four_hundred_moves_is_a_dozen_letters(post: Post) -> None:
    places = itertools.cycle(("fir 09:00", "oak 10:00", "elm 10:00", "fir 10:00", "oak 09:00"))
    next(places)
    for _ in range(CHANGES // 4):
        for name in itertools.islice(places, 4):
            post.done(MoveCard(card=KNIT, cells=cells(name)), HELPER)
        post.tick(4 * WAKING / CHANGES)
    assert [to for to, _ in post.subjects()] == [ADA] * 12


def test_a_day_of_losses_is_told_sooner_and_not_each_one(post: Post) -> None:
    for _ in range(CHANGES // 8):
        post.done(TakeDown(card=KNIT), HELPER)
        post.done(PlaceCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
        post.done(CloseCell(cells=cells("fir 10:00"), reason="Lunch"), HELPER)
        post.done(ReopenCell(cells=cells("fir 10:00")), HELPER)
        post.tick(8 * WAKING / CHANGES)
    assert len(post.subjects()) == 18


def test_a_lost_room_does_not_wait_behind_what_was_put_off(post: Post) -> None:
    for name in ("fir 10:00", "oak 10:00", "elm 10:00", "fir 09:00", "oak 10:00"):
        post.done(MoveCard(card=KNIT, cells=cells(name)), HELPER)
        post.on(2 * MINUTE)
    assert len(post.came()) == 5
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(2 * MINUTE)
    assert post.subjects() == []
    post.done(CloseCell(cells=cells("fir 10:00"), reason="Lunch"), HELPER)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: You lost Saturday 10:00–11:00, Fir: Lunch")]
    post.on(HOUR)
    assert post.subjects() == []


def test_one_hosts_wild_day_puts_nobody_else_off(post: Post) -> None:
    for name in ("fir 10:00", "oak 10:00", "elm 10:00", "fir 09:00", "oak 10:00", "fir 10:00"):
        post.done(MoveCard(card=KNIT, cells=cells(name)), HELPER)
        post.on(2 * MINUTE)
    post.came()
    post.done(MoveCard(card=code("Talk"), cells=cells("oak 09:00")), HELPER)
    post.on(MINUTE)
    assert post.subjects() == [(BOB, "Camp: “Talk” moved: Saturday 09:00–10:00, Oak")]


def test_the_next_day_is_quick_again(post: Post) -> None:
    for name in ("fir 10:00", "oak 10:00", "elm 10:00", "fir 09:00", "oak 10:00", "fir 10:00"):
        post.done(MoveCard(card=KNIT, cells=cells(name)), HELPER)
        post.on(2 * MINUTE)
    post.until(EVE + timedelta(hours=25))
    post.came()
    post.done(MoveCard(card=KNIT, cells=cells("oak 10:00")), HELPER)
    post.on(MINUTE)
    assert [subject(letter) for letter in post.came()] == ["Camp: “Knit” moved: Saturday 10:00–11:00, Oak"]
